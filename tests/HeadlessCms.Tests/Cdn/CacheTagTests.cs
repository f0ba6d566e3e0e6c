using HeadlessCms.Api.Http.Caching;
using HeadlessCms.Tests.Harness;
using Npgsql;

namespace HeadlessCms.Tests.Cdn;

/// <summary>Tags that are too many or too long for a header become broader ones, which still evict.</summary>
public sealed class CacheTagTests(Newsroom newsroom) : IClassFixture<Newsroom>
{
    [Fact]
    public void Tags_of_concepts_become_broad_first_then_those_of_articles_then_all()
    {
        string[] few = ["articles", "concept:a", "topic:b"];
        var concepts = Enumerable.Range(0, 200).Select(_ => CacheTags.Concept(Guid.CreateVersion7())).ToList();
        var articles = Enumerable.Range(0, 200).Select(_ => CacheTags.Article(Guid.CreateVersion7())).ToList();
        var lists = Enumerable.Range(0, 100).Select(number => CacheTags.Naming("topic", $"{number}-{new string('x', 90)}")).ToList();

        Assert.Equal(few, CacheTags.Limit(few));
        Assert.Equal(["topic:b", "concepts", articles[0]], CacheTags.Limit(["topic:b", .. concepts, articles[0]]));
        Assert.Equal(["topic:b", "concepts", "articles"], CacheTags.Limit(["topic:b", .. concepts, .. articles]));
        Assert.Equal(["tree", "articles", "concepts"], CacheTags.Limit(["tree", .. lists]));
        Assert.Equal(["articles", "concepts", "tree"], CacheTags.Limit([CacheTags.Naming("topic", new string('y', 1_000)), "tree"]));
    }

    [Fact]
    public async Task Every_change_that_has_a_tag_has_a_broader_one_too()
    {
        var editor = newsroom.Admin;
        var country = await editor.ConceptAsync("places", new { name = "Broad country", @public = true });
        var city = await editor.ConceptAsync("places", new { name = "Broad city", within = country });
        var person = await editor.ConceptAsync("people", new { name = "Broad person" });
        var series = await editor.ConceptAsync("series", new { name = "Broad series" });
        var topic = await editor.ConceptAsync("topics", new { name = "Broad topic" });
        var merged = await editor.ConceptAsync("topics", new { name = "Broad merged" });
        foreach (var part in new[] { 1, 2 })
            await editor.ArticleAsync(
                new
                {
                    headline = $"Broad {part}",
                    series = new { series, part },
                    places = new[] { new { place = city } },
                    people = new[] { new { person } },
                    topics = new[] { new { topic = merged } },
                },
                publish: true
            );
        await editor.PatchAsync($"/editorial/v1/places/{country}", new { name = "Broad land" }, "\"v1\"");
        await editor.PostAsync($"/editorial/v1/topics/{merged}/merge", new { into = topic });

        var tags = new List<(long Position, string Tag)>();
        await using (var connection = new NpgsqlConnection(newsroom.ConnectionString))
        {
            await connection.OpenAsync(TestContext.Current.CancellationToken);
            await using var all = new NpgsqlCommand("select position, tag from change_tags", connection);
            await using var rows = await all.ExecuteReaderAsync(TestContext.Current.CancellationToken);
            while (await rows.ReadAsync(TestContext.Current.CancellationToken))
                tags.Add((rows.GetInt64(0), rows.GetString(1)));
        }

        var byPosition = tags.ToLookup(row => row.Position, row => row.Tag);
        Assert.Contains(tags, row => row.Tag.StartsWith("series:", StringComparison.Ordinal));
        Assert.All(tags, row => Assert.NotEmpty(CacheTags.Broader(row.Tag).Intersect(byPosition[row.Position])));
    }
}
