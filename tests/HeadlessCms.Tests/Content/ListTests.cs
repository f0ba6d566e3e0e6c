using System.Net;
using HeadlessCms.Tests.Harness;

namespace HeadlessCms.Tests.Content;

/// <summary>The lists of Content, over a small set of hierarchical places and topics and articles that name them.</summary>
public sealed class ListTests(ListTests.World world) : IClassFixture<ListTests.World>
{
    public sealed class World(TestCluster cluster) : Newsroom(cluster), IAsyncLifetime
    {
        async ValueTask IAsyncLifetime.InitializeAsync()
        {
            await InitializeAsync();
            await Admin.ConceptAsync("places", new { name = "Asia" });
            await Admin.ConceptAsync("places", new { name = "Japan", within = "asia" });
            await Admin.ConceptAsync("places", new { name = "Tokyo", within = "japan" });
            await Admin.ConceptAsync("places", new { name = "Norway" });
            await Admin.ConceptAsync("topics", new { name = "Economy" });
            await Admin.ConceptAsync("topics", new { name = "Energy", broader = "economy" });
            await Admin.ConceptAsync("people", new { name = "Ann" });
            await Admin.ConceptAsync("people", new { name = "Ben" });
            await StoryAsync(
                "a",
                "2025-01-01T00:00:00Z",
                new
                {
                    authors = new[] { "ann" },
                    people = new[] { new { person = "ann", relation = "about" } },
                    places = new[] { new { place = "tokyo" } },
                    topics = new[] { new { topic = "energy" } },
                }
            );
            await StoryAsync(
                "b",
                "2025-01-02T00:00:00Z",
                new
                {
                    language = "ja",
                    genre = "analysis",
                    dateline = new { source = "A wire" },
                    people = new[] { new { person = "ben", relation = "about" } },
                    places = new[] { new { place = "japan" } },
                    topics = new[] { new { topic = "economy" } },
                }
            );
            await StoryAsync(
                "c",
                "2025-01-03T00:00:00Z",
                new
                {
                    people = new[] { new { person = "ann", relation = "mentions" }, new { person = "ben", relation = "mentions" } },
                    places = new[] { new { place = "norway" } },
                }
            );
            await StoryAsync("d", "2025-01-03T00:00:00Z", new { });
        }

        private async Task StoryAsync(string slug, string liveFrom, object more)
        {
            var content = System.Text.Json.JsonSerializer.SerializeToNode(more)!.AsObject();
            (content["headline"], content["slug"]) = ($"Story {slug}", slug);
            await Admin.ArticleAsync(content);
            await Admin.PublishAsync(slug, new { liveFrom });
        }
    }

    [Theory]
    [InlineData("", "dcba")]
    [InlineData("sort=publishedAt", "abcd")]
    [InlineData("sort=-updatedAt", "dcba")]
    [InlineData("sort=-updatedAt&place=tokyo,norway&person=ann", "ca")]
    [InlineData("sort=-publishedAt", "dcba")]
    [InlineData("person=ann", "ca")]
    [InlineData("person=ann&person=ben", "c")]
    [InlineData("person=ann,ben", "cba")]
    [InlineData("person=ann&relation=about", "a")]
    [InlineData("author=ann", "a")]
    [InlineData("place=japan", "ba")]
    [InlineData("place=japan&descendants=false", "b")]
    [InlineData("place=tokyo,norway", "ca")]
    [InlineData("topic=economy", "ba")]
    [InlineData("topic=energy&place=japan&person=ann", "a")]
    [InlineData("language=ja", "b")]
    [InlineData("genre=analysis", "b")]
    [InlineData("source=A%20wire", "b")]
    [InlineData("publishedAfter=2025-01-01T00:00:00Z", "dcb")]
    [InlineData("publishedBefore=2025-01-03T00:00:00Z", "ba")]
    [InlineData("person=nobody", "")]
    [InlineData("topic=japan", "")]
    public async Task Articles_are_filtered_and_sorted(string query, string slugs)
    {
        var expected = slugs.Select(slug => $"{slug}");
        foreach (var limit in new[] { 1, 2, 100 })
        {
            var found = await world.Anyone.SlugsAsync($"/content/v1/articles?{query}{(query.Length > 0 ? "&" : "")}limit={limit}");
            Assert.Equal(Tied(expected), Tied(found));
        }

        Assert.Equal(
            slugs.Length,
            (await world.Anyone.ReadAsync($"/content/v1/articles?{query}{(query.Length > 0 ? "&" : "")}count=true&limit=1")).Json[
                "total"
            ]!.GetValue<int>()
        );
    }

    [Fact]
    public async Task A_concept_lists_its_articles_and_those_of_what_lies_within_it()
    {
        Assert.Equal(["b", "a"], await world.Anyone.SlugsAsync("/content/v1/places/japan/articles"));
        Assert.Equal(["a"], await world.Anyone.SlugsAsync("/content/v1/places/tokyo/articles"));
        Assert.Equal(["a", "b"], await world.Anyone.SlugsAsync("/content/v1/topics/economy/articles?sort=publishedAt&limit=1"));
    }

    [Fact]
    public async Task A_concept_is_visible_from_its_first_live_article_or_when_it_is_made_public()
    {
        Assert.Equal(["japan", "norway", "tokyo"], await world.Anyone.SlugsAsync("/content/v1/places?limit=1"));
        Assert.Equal(HttpStatusCode.NotFound, (await world.Anyone.ReadAsync("/content/v1/places/asia")).Status);
        Assert.Null((await world.Anyone.ReadAsync("/content/v1/places/japan")).Expect(HttpStatusCode.OK)["within"]);
        Assert.Equal(
            "japan",
            (await world.Anyone.ReadAsync("/content/v1/places/tokyo")).Expect(HttpStatusCode.OK)["within"]!["slug"]!.GetValue<string>()
        );
        Assert.Empty(await world.Anyone.SlugsAsync("/content/v1/articles?place=asia"));
    }

    [Fact]
    public async Task A_page_stays_right_while_stories_are_added()
    {
        var first = (await world.Anyone.ReadAsync("/content/v1/articles?limit=2&publishedBefore=2025-06-01T00:00:00Z")).Json;
        await world.Admin.ArticleAsync(new { headline = "Late", slug = "late" });
        await world.Admin.PublishAsync("late", new { liveFrom = "2025-05-01T00:00:00Z" });
        var second = (
            await world.Anyone.ReadAsync($"/content/v1/articles?limit=2&publishedBefore=2025-06-01T00:00:00Z&cursor={first["nextCursor"]}")
        ).Json;
        (await world.Admin.PostAsync("/editorial/v1/articles/late/unpublish")).Expect(HttpStatusCode.OK);

        Assert.Equal(["b", "a"], second["items"]!.AsArray().Select(item => item!["slug"]!.GetValue<string>()));
    }

    // Articles c and d went live at the same instant, so their random ids decide the order.
    private static string Tied(IEnumerable<string> slugs) => string.Concat(slugs).Replace("dc", "cd", StringComparison.Ordinal);
}
