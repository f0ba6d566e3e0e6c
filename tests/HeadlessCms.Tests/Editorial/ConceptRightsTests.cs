using System.Net;
using HeadlessCms.Core.Access;
using HeadlessCms.Tests.Harness;

namespace HeadlessCms.Tests.Editorial;

/// <summary>Nobody publishes through a concept who may not publish.</summary>
public sealed class ConceptRightsTests(Newsroom newsroom) : IClassFixture<Newsroom>
{
    [Theory]
    [MemberData(nameof(Kinds.Plurals), MemberType = typeof(Kinds))]
    public async Task An_author_changes_a_concept_until_readers_see_it_and_an_editor_from_then_on(string kind)
    {
        var author = await newsroom.AsAsync(Role.Author);
        var editor = await newsroom.AsAsync(Role.Editor);
        var slug = await author.ConceptAsync(kind, new { name = $"Unseen {kind}" });
        var path = $"/editorial/v1/{kind}/{slug}";
        var names = Core.Concepts.ConceptKindNames.All.Single(names => names.Plural == kind);
        var mention = new Dictionary<string, string> { [names.Singular] = slug };
        (await author.PatchAsync(path, new { description = "By an author" }, "*")).Expect(HttpStatusCode.OK);

        Refused(await author.PatchAsync(path, new { @public = true }, "*"), "public");
        Refused(await author.PostAsync($"/editorial/v1/{kind}", new { name = $"Public {kind}", @public = true }), "public");
        await editor.ArticleAsync(
            new Dictionary<string, object> { ["headline"] = $"Shows {kind}", [kind] = names.HasParts ? mention : new[] { mention } },
            publish: true
        );
        Refused(await author.PatchAsync(path, new { name = "Vandalised" }, "*"), "editor");
        Refused(await author.PutAsync(path, new { name = "Vandalised" }, "*"), "editor");

        (await editor.PatchAsync(path, new { description = "By an editor" }, "*")).Expect(HttpStatusCode.OK);
        var seen = (await newsroom.Anyone.ReadAsync($"/content/v1/{kind}/{slug}")).Expect(HttpStatusCode.OK);
        Assert.Equal("By an editor", seen["description"]!.GetValue<string>());
    }

    [Fact]
    public async Task A_line_of_an_author_that_would_change_what_readers_see_is_refused_alone()
    {
        var author = await newsroom.AsAsync(Role.Author);
        var seen = await newsroom.Admin.ConceptAsync("topics", new { name = "Seen by all", @public = true });

        var results = await author.BulkAsync(
            "/editorial/v1/topics/bulk",
            new { name = "Vandalised", slug = seen },
            new { name = "New and unseen" },
            new { name = "New and seen", @public = true }
        );

        Assert.Equal([true, false, true], results.Take(3).Select(IsForbidden));
        Assert.Equal(
            "Seen by all",
            (await newsroom.Anyone.ReadAsync($"/content/v1/topics/{seen}")).Expect(HttpStatusCode.OK)["name"]!.GetValue<string>()
        );
    }

    private static bool IsForbidden(System.Text.Json.Nodes.JsonNode line) =>
        line["problem"]?["type"]?.GetValue<string>() == "urn:headless-cms:problem:forbidden";

    private static void Refused(Answer answer, string says)
    {
        Assert.Equal("forbidden", answer.Problem(HttpStatusCode.Forbidden));
        Assert.Contains(says, answer.Json["detail"]!.GetValue<string>(), StringComparison.Ordinal);
    }
}
