using System.Net;
using HeadlessCms.Tests.Harness;

namespace HeadlessCms.Tests.Content;

/// <summary>Articles that share concepts with an article.</summary>
public sealed class RelatedTests(RelatedTests.World world) : IClassFixture<RelatedTests.World>
{
    public sealed class World(TestCluster cluster) : Newsroom(cluster), IAsyncLifetime
    {
        async ValueTask IAsyncLifetime.InitializeAsync()
        {
            await InitializeAsync();
            foreach (var name in new[] { "Common", "Rare", "Other" })
                await Admin.ConceptAsync("topics", new { name });
            await Admin.ConceptAsync("people", new { name = "Ann" });
            await StoryAsync("of", 1, "common", "rare");
            await StoryAsync("shares-both", 2, "common", "rare");
            await StoryAsync("shares-rare", 3, "rare");
            for (var number = 0; number < 6; number++)
                await StoryAsync($"shares-common-{number}", 10 + number, "common");
            await StoryAsync("shares-nothing", 20, "other");
            await StoryAsync("ended", 21, "common", "rare");
            (await Admin.PostAsync("/editorial/v1/articles/ended/unpublish")).Expect(HttpStatusCode.OK);
            await Admin.ArticleAsync(
                new
                {
                    headline = "Draft",
                    slug = "draft",
                    topics = new[] { new { topic = "rare" } },
                }
            );
        }

        public async Task StoryAsync(string slug, int day, params string[] topics)
        {
            await Admin.ArticleAsync(
                new
                {
                    headline = $"Story {slug}",
                    slug,
                    topics = topics.Select(topic => new { topic }),
                    people = slug == "shares-nothing" ? [new { person = "ann" }] : Array.Empty<object>(),
                }
            );
            await Admin.PublishAsync(slug, new { liveFrom = $"2025-01-{day:D2}T00:00:00Z" });
        }
    }

    [Fact]
    public async Task What_shares_rare_concepts_comes_before_what_shares_common_ones_and_the_newest_before_older_ones()
    {
        Assert.Equal(
            [
                "shares-both",
                "shares-rare",
                "shares-common-5",
                "shares-common-4",
                "shares-common-3",
                "shares-common-2",
                "shares-common-1",
                "shares-common-0",
            ],
            await SlugsAsync("of")
        );
        Assert.Equal(["shares-both", "shares-rare", "shares-common-5"], await SlugsAsync("of", "?limit=3"));
        Assert.DoesNotContain("shares-common-1", await SlugsAsync("shares-common-1"));
        Assert.Empty(await SlugsAsync("shares-nothing"));
    }

    [Fact]
    public async Task Related_articles_are_one_statement_and_whole()
    {
        await SlugsAsync("of");
        Answer? answer = null;
        Assert.Equal(
            1,
            await world.Statements.CountReadsAsync(async () =>
                answer = await world.Anyone.ReadAsync("/content/v1/articles/of/related?limit=2")
            )
        );
        Assert.Equal("common", answer!.Json["items"]![0]!["topics"]![0]!["slug"]!.GetValue<string>());
        Assert.Contains("articles", answer.Headers.GetValues("Cache-Tag").Single().Split(','));
        Assert.Equal(HttpStatusCode.OK, (await world.Anyone.SendAsync(HttpMethod.Head, "/content/v1/articles/of/related")).Status);
        Assert.Equal(
            ["limit: outOfRange"],
            (await world.Anyone.ReadAsync("/content/v1/articles/of/related?limit=51")).Errors(HttpStatusCode.BadRequest)
        );
    }

    [Fact]
    public async Task It_is_missing_moved_or_withdrawn_as_the_article_itself()
    {
        Assert.Equal("notFound", (await world.Anyone.ReadAsync("/content/v1/articles/nobody/related")).Problem(HttpStatusCode.NotFound));
        Assert.Equal("notFound", (await world.Anyone.ReadAsync("/content/v1/articles/draft/related")).Problem(HttpStatusCode.NotFound));
        await world.StoryAsync("moving", 25, "other");
        var id = (await world.Anyone.ReadAsync("/content/v1/articles/moving")).Json["id"]!.GetValue<string>();
        (await world.Admin.PatchAsync("/editorial/v1/articles/moving", new { slug = "moved" }, "\"r1\"")).Expect(HttpStatusCode.OK);
        await world.Admin.PublishAsync("moved");
        var moved = await world.Anyone.ReadAsync("/content/v1/articles/moving/related?limit=2");
        Assert.Equal(
            (HttpStatusCode.PermanentRedirect, "/content/v1/articles/moved/related?limit=2"),
            (moved.Status, moved.Headers.Location!.OriginalString)
        );
        Assert.Equal(HttpStatusCode.OK, (await world.Anyone.ReadAsync($"/content/v1/articles/{id}/related")).Status);

        (await world.Admin.PostAsync("/editorial/v1/articles/moved/withdraw", new { reason = "Wrong." })).Expect(HttpStatusCode.OK);
        await Eventually.TrueAsync(async () =>
            (await world.Anyone.ReadAsync("/content/v1/articles/moved/related")).Status == HttpStatusCode.Gone
        );
        Assert.Equal("Wrong.", (await world.Anyone.ReadAsync("/content/v1/articles/moved/related")).Json["reason"]!.GetValue<string>());
    }

    private async Task<List<string>> SlugsAsync(string article, string query = "") =>
        [
            .. (await world.Anyone.ReadAsync($"/content/v1/articles/{article}/related{query}")).Expect(HttpStatusCode.OK)["items"]!
                .AsArray()
                .Select(item => item!["slug"]!.GetValue<string>()),
        ];
}
