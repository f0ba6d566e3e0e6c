using System.Net;
using HeadlessCms.Tests.Harness;

namespace HeadlessCms.Tests.Editorial;

/// <summary>A slug that is refused says who has it, and one in the trash can be freed.</summary>
public sealed class SlugHolderTests(Newsroom newsroom) : IClassFixture<Newsroom>
{
    private const string Articles = "/editorial/v1/articles";

    private HttpClient Editor => newsroom.Admin;

    [Fact]
    public async Task A_slug_that_an_article_has_is_refused_with_the_article()
    {
        var holder = (await Editor.PostAsync(Articles, new { headline = "The holder", slug = "held-one" })).Expect(HttpStatusCode.Created);

        var refused = await Editor.PostAsync(Articles, new { headline = "Another", slug = "held-one" });

        Assert.Equal("slugTaken", refused.Problem(HttpStatusCode.Conflict));
        var heldBy = refused.Json["heldBy"]!;
        Assert.Equal(holder["id"]!.GetValue<string>(), heldBy["id"]!.GetValue<string>());
        Assert.Equal(("The holder", "draft"), ((string?)heldBy["name"], (string?)heldBy["status"]));
        Assert.Equal("The holder", (string?)(await Editor.ReadAsync((string)heldBy["href"]!)).Expect(HttpStatusCode.OK)["headline"]);
        Assert.Contains("The holder", (string?)refused.Json["detail"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_slug_in_the_trash_is_refused_until_it_is_released()
    {
        var slug = await Editor.ArticleAsync(new { headline = "Trashed holder", slug = "held-in-trash" });
        var read = await Editor.ReadAsync($"{Articles}/{slug}");
        (await Editor.DeleteAsync($"{Articles}/{slug}", read.Tag)).Expect(HttpStatusCode.NoContent);

        var refused = await Editor.PostAsync(Articles, new { headline = "Another", slug });
        Assert.Equal("slugTaken", refused.Problem(HttpStatusCode.Conflict));
        Assert.Equal("trashed", (string?)refused.Json["heldBy"]!["status"]);
        Assert.Contains("releaseSlug=true", (string?)refused.Json["detail"], StringComparison.Ordinal);

        (await Editor.DeleteAsync($"{Articles}/{read.Json["id"]}?releaseSlug=true", read.Tag)).Expect(HttpStatusCode.NoContent);

        Assert.Equal(slug, await Editor.ArticleAsync(new { headline = "Another", slug }));
        var released = (await Editor.ReadAsync($"{Articles}/{read.Json["id"]}")).Expect(HttpStatusCode.OK);
        Assert.Equal(("trashed", 2), ((string?)released["status"], (int)released["revision"]!));
        Assert.StartsWith("held-in-trash-", (string?)released["slug"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_live_article_is_trashed_and_gives_its_slug_up_in_one_request()
    {
        var slug = await Editor.ArticleAsync(new { headline = "Live holder" }, publish: true);
        var read = await Editor.ReadAsync($"{Articles}/{slug}");
        (await Editor.DeleteAsync($"{Articles}/{slug}?releaseSlug=true", read.Tag)).Expect(HttpStatusCode.NoContent);

        Assert.Equal(slug, await Editor.ArticleAsync(new { headline = "Its successor", slug }, publish: true));

        Assert.Equal("Its successor", (string?)(await newsroom.Anyone.ReadAsync($"/content/v1/articles/{slug}")).Json["headline"]);
        var restored = await Editor.PostAsync($"{Articles}/{read.Json["id"]}/restore");
        await Editor.PublishAsync((string)restored.Expect(HttpStatusCode.OK)["slug"]!);
        Assert.Equal(
            "slugTaken",
            (await Editor.PostAsync($"{Articles}/{read.Json["id"]}/publications", new { revision = 1 })).Problem(HttpStatusCode.Conflict)
        );
    }

    [Theory]
    [MemberData(nameof(Kinds.Plurals), MemberType = typeof(Kinds))]
    public async Task A_slug_that_a_concept_has_is_refused_with_the_concept(string kinds)
    {
        await Editor.ConceptAsync(kinds, new { name = "Holder", slug = "held-concept" });
        var refused = await Editor.PostAsync($"/editorial/v1/{kinds}", new { name = "Another", slug = "held-concept" });
        Assert.Equal("slugTaken", refused.Problem(HttpStatusCode.Conflict));
        Assert.Equal("Holder", (string?)(await Editor.ReadAsync((string)refused.Json["heldBy"]!["href"]!)).Json["name"]);
    }
}
