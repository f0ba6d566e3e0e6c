using System.Net;
using HeadlessCms.Tests.Harness;
using Npgsql;

namespace HeadlessCms.Tests.Editorial;

/// <summary>Slugs and their redirects, which work alike for articles and every kind of concept.</summary>
public sealed class SlugTests(Newsroom newsroom) : IClassFixture<Newsroom>
{
    private HttpClient Editor => newsroom.Admin;

    public static TheoryData<string> Kinds => ["articles", .. Concepts];

    public static IEnumerable<TheoryDataRow<string>> ConceptKinds => [.. Concepts.Select(kinds => new TheoryDataRow<string>(kinds))];

    private static readonly string[] Concepts = [.. Core.Concepts.ConceptKindNames.All.Select(names => names.Plural)];

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task An_old_slug_leads_straight_to_the_one_of_today_however_often_it_changed_and_changed_back(string kinds)
    {
        await MakeAsync(kinds, "round-a");
        await RenameAsync(kinds, "round-a", "round-b");
        await RenameAsync(kinds, "round-b", "round-c");
        await LeadsAsync(kinds, "round-a", "round-c");
        await LeadsAsync(kinds, "round-b", "round-c");

        await RenameAsync(kinds, "round-a", "round-a"); // renames it back, by its old slug
        await RenameAsync(kinds, "round-a", "round-b");
        await RenameAsync(kinds, "round-b", "round-a");

        await LeadsAsync(kinds, "round-a", "round-a");
        await LeadsAsync(kinds, "round-b", "round-a");
        await LeadsAsync(kinds, "round-c", "round-a");
        Assert.Equal(
            "round-a",
            (await Editor.ReadAsync($"/editorial/v1/{kinds}/round-c")).Expect(HttpStatusCode.OK)["slug"]!.GetValue<string>()
        );
    }

    [Theory]
    [MemberData(nameof(ConceptKinds))]
    public async Task Two_things_can_change_slugs_with_each_other(string kinds)
    {
        var first = await MakeAsync(kinds, "swap-one");
        var second = await MakeAsync(kinds, "swap-two");

        await RenameAsync(kinds, "swap-one", "swap-between");
        await RenameAsync(kinds, "swap-two", "swap-one");
        await RenameAsync(kinds, "swap-between", "swap-two");

        Assert.Equal(first, await LeadsAsync(kinds, "swap-two", "swap-two"));
        Assert.Equal(second, await LeadsAsync(kinds, "swap-one", "swap-one"));
        Assert.Equal(first, await LeadsAsync(kinds, "swap-between", "swap-two"));
    }

    [Theory]
    [MemberData(nameof(ConceptKinds))]
    public async Task A_freed_slug_can_be_taken_by_who_asks_for_it_and_is_not_given_to_who_does_not(string kinds)
    {
        var first = await MakeAsync(kinds, "freed-name");
        Assert.Equal("slugTaken", (await PostAsync(kinds, "freed-name")).Problem(HttpStatusCode.Conflict));
        await RenameAsync(kinds, "freed-name", "freed-elsewhere");
        Assert.Equal("freed-name-2", (await PostAsync(kinds, null)).Expect(HttpStatusCode.Created)["slug"]!.GetValue<string>());
        Assert.Equal(first, await LeadsAsync(kinds, "freed-name", "freed-elsewhere"));

        var second = await MakeAsync(kinds, "freed-name");

        Assert.NotEqual(first, second);
        Assert.Equal(second, await LeadsAsync(kinds, "freed-name", "freed-name"));
        Assert.Equal(first, await LeadsAsync(kinds, "freed-elsewhere", "freed-elsewhere"));
        Assert.Equal("slugTaken", (await ChangeAsync(kinds, "freed-elsewhere", "freed-name")).Problem(HttpStatusCode.Conflict));
    }

    [Fact]
    public async Task A_slug_under_which_an_article_is_live_or_is_to_be_is_not_free_though_its_working_copy_has_another()
    {
        await Editor.ArticleAsync(new { headline = "Still live", slug = "still-live" }, publish: true);
        await Editor.ArticleAsync(new { headline = "To be live", slug = "to-be-live" });
        await Editor.PublishAsync("to-be-live", new { liveFrom = "2998-01-01T00:00:00Z", liveUntil = "2998-01-02T00:00:00Z" });
        foreach (var slug in new[] { "still-live", "to-be-live" })
        {
            (await ChangeAsync("articles", slug, $"{slug}-renamed")).Expect(HttpStatusCode.OK);
            Assert.Equal("slugTaken", (await PostAsync("articles", slug)).Problem(HttpStatusCode.Conflict));
        }

        Assert.Equal(HttpStatusCode.OK, await newsroom.Anyone.LiveStatusAsync("still-live"));
        Assert.Equal(HttpStatusCode.NotFound, await newsroom.Anyone.LiveStatusAsync("still-live-renamed"));
        (await Editor.PostAsync("/editorial/v1/articles/still-live-renamed/unpublish")).Expect(HttpStatusCode.OK);
        (await Editor.DeleteAsync("/editorial/v1/articles/to-be-live-renamed/publications/next", null)).Expect(HttpStatusCode.NoContent);
        foreach (var slug in new[] { "still-live", "to-be-live" })
            (await PostAsync("articles", slug)).Expect(HttpStatusCode.Created);
    }

    [Fact]
    public async Task A_draft_does_not_take_the_former_slug_of_a_live_story()
    {
        var first = await MakeAsync("articles", "story-was");
        await RenameAsync("articles", "story-was", "story-is");

        Assert.Equal("slugTaken", (await PostAsync("articles", "story-was")).Problem(HttpStatusCode.Conflict));
        await Editor.ArticleAsync(new { headline = "Another", slug = "another-story" });
        Assert.Equal("slugTaken", (await ChangeAsync("articles", "another-story", "story-was")).Problem(HttpStatusCode.Conflict));
        var refused = await Assert.ThrowsAsync<PostgresException>(() =>
            newsroom.SqlAsync(
                "update article_slugs set article_id = (select id from articles where slug = 'another-story') where slug = 'story-was'"
            )
        );
        Assert.Equal("pk_article_slugs", refused.ConstraintName);
        Assert.Equal(first, await LeadsAsync("articles", "story-was", "story-is"));

        // The story's own new revision may, and so may another when readers are no longer led to this one.
        await RenameAsync("articles", "story-is", "story-was");
        await RenameAsync("articles", "story-was", "story-is");
        (await Editor.PostAsync("/editorial/v1/articles/story-is/unpublish")).Expect(HttpStatusCode.OK);
        (await PostAsync("articles", "story-was")).Expect(HttpStatusCode.Created);
    }

    [Fact]
    public async Task Twenty_who_ask_for_a_freed_slug_at_once_are_one_who_gets_it()
    {
        await MakeAsync("topics", "much-wanted");
        await RenameAsync("topics", "much-wanted", "given-up");

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => PostAsync("topics", "much-wanted")));

        Assert.Single(answers, answer => answer.Status == HttpStatusCode.Created);
        Assert.All(answers.Where(answer => answer.Status != HttpStatusCode.Created), answer =>
            Assert.Equal("slugTaken", answer.Problem(HttpStatusCode.Conflict))
        );
    }

    /// <summary>Creates a resource that readers see and returns its id.</summary>
    private async Task<string> MakeAsync(string kinds, string slug)
    {
        var id = (await PostAsync(kinds, slug)).Expect(HttpStatusCode.Created)["id"]!.GetValue<string>();
        if (kinds == "articles")
            await Editor.PublishAsync(slug);
        return id;
    }

    private Task<Answer> PostAsync(string kinds, string? slug) =>
        Editor.PostAsync(
            $"/editorial/v1/{kinds}",
            kinds == "articles"
                ? new { headline = "Freed name", slug }
                : new
                {
                    name = "Freed name",
                    slug,
                    @public = true,
                }
        );

    private Task<Answer> ChangeAsync(string kinds, string idOrSlug, string slug) =>
        Editor.PatchAsync($"/editorial/v1/{kinds}/{idOrSlug}", new { slug }, "*");

    private async Task RenameAsync(string kinds, string idOrSlug, string slug)
    {
        (await ChangeAsync(kinds, idOrSlug, slug)).Expect(HttpStatusCode.OK);
        if (kinds == "articles")
            await Editor.PublishAsync(slug);
    }

    /// <summary>Reads a slug as a reader, following at most one redirect, and returns the id.</summary>
    private async Task<string> LeadsAsync(string kinds, string slug, string to)
    {
        var answer = await newsroom.Anyone.ReadAsync($"/content/v1/{kinds}/{slug}");
        if (slug != to)
        {
            Assert.Equal(
                (HttpStatusCode.PermanentRedirect, $"/content/v1/{kinds}/{to}"),
                (answer.Status, answer.Headers.Location?.ToString())
            );
            answer = await newsroom.Anyone.ReadAsync(answer.Headers.Location!.ToString());
        }

        return answer.Expect(HttpStatusCode.OK)["id"]!.GetValue<string>();
    }
}
