using System.Net;
using System.Text.Json.Nodes;
using HeadlessCms.Tests.Feeds;
using HeadlessCms.Tests.Harness;

namespace HeadlessCms.Tests.Content;

/// <summary>The articles of a series as readers get them.</summary>
public sealed class SeriesTests(PublicNewsroom newsroom) : IClassFixture<PublicNewsroom>
{
    private const string Articles = "/content/v1/articles";

    private HttpClient Editor => newsroom.Admin;

    private HttpClient Reader => newsroom.Anyone;

    [Fact]
    public async Task The_articles_of_a_series_come_by_part_and_then_by_first_publication()
    {
        var series = await SeriesAsync("Ordered");
        var late = await PartAsync(series, "Late without a part", null);
        var third = await PartAsync(series, "Third", 3);
        var first = await PartAsync(series, "First", 1);
        var twin = await PartAsync(series, "Third again", 3);
        var last = await PartAsync(series, "Last without a part", null);
        string[] order = [first, third, twin, late, last];
        var list = $"/content/v1/series/{series}/articles";

        Assert.Equal(order, await Reader.SlugsAsync(list));
        Assert.Equal(order, await PagedAsync($"{list}?limit=2"));
        Assert.Equal(order, await PagedAsync($"{list}?limit=1&fields=slug"));
        Assert.Equal([last, twin, first, third, late], await Reader.SlugsAsync($"{list}?sort=-publishedAt"));
        Assert.Equal(order.Reverse(), (await Reader.SlugsAsync($"{list}?count=true")).AsEnumerable().Reverse());
        for (var index = 0; index < order.Length; index++)
        {
            var (previous, next) = await NeighboursAsync(order[index]);
            Assert.Equal((index == 0 ? null : order[index - 1], order.ElementAtOrDefault(index + 1)), (previous, next));
        }

        await Editor.UpdateAsync(third); // a new publication is no first publication
        Assert.Equal(order, await Reader.SlugsAsync(list));
    }

    [Fact]
    public async Task An_article_has_its_series_with_the_articles_beside_it_in_the_statement_that_reads_it()
    {
        var series = await SeriesAsync("Whole");
        var (one, two) = (await PartAsync(series, "Whole one", 1), await PartAsync(series, "Whole two", 2));
        var id = (string?)(await Editor.ReadAsync($"/editorial/v1/series/{series}")).Json["id"];
        var other = (await Reader.ReadAsync($"{Articles}/{two}")).Json;

        foreach (
            var article in new[]
            {
                (await Reader.ReadAsync($"{Articles}/{one}")).Json,
                (await Reader.ReadAsync($"/content/v1/series/{series}/articles?limit=1")).Json["items"]![0]!,
                (await Reader.ReadAsync($"{Articles}?ids={one}&fields=series")).Json["items"]![0]!,
            }
        )
        {
            var part = article["series"]!;
            Assert.Equal(
                (id, series, "Whole", $"{PublicNewsroom.Site}/series/{series}", 1, null),
                (
                    (string?)part["id"],
                    (string?)part["slug"],
                    (string?)part["name"],
                    (string?)part["url"],
                    (int?)part["part"],
                    part["previous"]
                )
            );
            foreach (var member in new[] { "id", "slug", "url", "headline" })
                Assert.Equal((string?)other[member], (string?)part["next"]![member]);
        }

        Assert.Null((await Reader.ReadAsync($"{Articles}/{await PartAsync(null, "In no series", null)}")).Json["series"]);
        foreach (var path in new[] { $"{Articles}/{one}", $"{Articles}?series={series}", $"{Articles}/{two}?fields=series.previous.slug" })
            Assert.Equal(1, await newsroom.Statements.CountReadsAsync(() => Editor.ReadAsync(path)));
        Assert.Equal(
            new JsonObject { ["series"] = new JsonObject { ["previous"] = new JsonObject { ["slug"] = one } } }.ToJsonString(),
            (await Reader.ReadAsync($"{Articles}/{two}?fields=series.previous.slug")).Text
        );
    }

    [Fact]
    public async Task Lists_feeds_and_facets_take_the_series_as_a_filter_whatever_the_relation()
    {
        var (series, other) = (await SeriesAsync("Filtering"), await SeriesAsync("Filtering other"));
        var topic = await Editor.ConceptAsync("topics", new { name = "Filtered series" });
        var (plain, named) = (await PartAsync(series, "Filtered plain", 2), await PartAsync(series, "Filtered with a topic", 1, topic));
        var elsewhere = await PartAsync(other, "Filtered elsewhere", 1, topic);

        Assert.Equal([named, plain], await Reader.SlugsAsync($"{Articles}?series={series}"));
        Assert.Equal([elsewhere, named, plain], await Reader.SlugsAsync($"{Articles}?series={series},{other}"));
        Assert.Empty(await Reader.SlugsAsync($"{Articles}?series={series}&series={other}"));
        foreach (var relation in new[] { "about", "mentions" })
            Assert.Equal([named, plain], await Reader.SlugsAsync($"{Articles}?series={series}&relation={relation}&descendants=false"));
        Assert.Equal([named], await Reader.SlugsAsync($"{Articles}?series={series}&topic={topic}"));
        Assert.Equal([named, plain], await Editor.SlugsAsync($"/editorial/v1/articles?series={series}"));
        Assert.Equal([named, plain], await Reader.SlugsAsync($"/content/v1/search?q=filtered&sort=-publishedAt&series={series}"));
        var facets = (await Reader.ReadAsync($"{Articles}?topic={topic}&facets=series")).Expect(HttpStatusCode.OK)["facets"]!["series"]!;
        Assert.Equal([(series, 1), (other, 1)], facets.AsArray().Select(facet => ((string)facet!["slug"]!, (int)facet["count"]!)).Order());
        var feed = (await Reader.ReadAsync($"/feeds/articles.json?series={series}")).Expect(HttpStatusCode.OK)["items"]!.AsArray();
        Assert.Equal(2, feed.Count);
    }

    [Fact]
    public async Task A_draft_a_scheduled_part_and_a_part_that_is_gone_are_nowhere()
    {
        var series = await SeriesAsync("Leaking");
        var draft = await PartAsync(series, "Leaking draft", 1, publish: false);
        foreach (
            var path in new[] { $"/content/v1/series/{series}", $"/content/v1/series/{series}/articles", $"/feeds/series/{series}.rss" }
        )
            (await Reader.ReadAsync(path)).Problem(HttpStatusCode.NotFound);
        var live = await PartAsync(series, "Leaking live", 2);
        var scheduled = await PartAsync(series, "Leaking scheduled", 3, publish: false);
        await Editor.PublishAsync(scheduled, new { liveFrom = "2999-01-01T00:00:00Z" });
        var withdrawn = await PartAsync(series, "Leaking withdrawn", 4);
        (await Editor.PostAsync($"/editorial/v1/articles/{withdrawn}/withdraw", new { reason = "Wrong." })).Expect(HttpStatusCode.OK);
        var unpublished = await PartAsync(series, "Leaking unpublished", 5);
        (await Editor.PostAsync($"/editorial/v1/articles/{unpublished}/unpublish")).Expect(HttpStatusCode.OK);
        var moved = await PartAsync(series, "Leaking moved", 6);
        (await Editor.PatchAsync($"/editorial/v1/articles/{moved}", new { series = (object?)null }, "*")).Expect(HttpStatusCode.OK);

        Assert.Equal((null, moved), await NeighboursAsync(live)); // what the working copy says is no matter of readers
        await Editor.PublishAsync(moved);

        Assert.Equal((null, null), await NeighboursAsync(live));
        Assert.Equal([live], await Reader.SlugsAsync($"/content/v1/series/{series}/articles"));
        foreach (
            var path in new[]
            {
                $"{Articles}/{live}",
                $"{Articles}/{live}/related",
                $"/content/v1/series/{series}",
                $"/content/v1/series/{series}/articles",
                $"/feeds/series/{series}.ninjs",
                $"/feeds/articles/{live}.jsonld",
            }
        )
        foreach (var hidden in new[] { draft, scheduled, withdrawn, unpublished, moved })
            Assert.DoesNotContain(
                hidden,
                (await Reader.ReadAsync(path)).Expect(HttpStatusCode.OK).ToJsonString(),
                StringComparison.Ordinal
            );
    }

    [Fact]
    public async Task What_happens_to_one_part_evicts_the_answers_of_the_others_and_changes_their_tags()
    {
        var series = await SeriesAsync("Evicting");
        var (first, third) = (await PartAsync(series, "Evicting first", 1), await PartAsync(series, "Evicting third", 3));
        var second = await PartAsync(series, "Evicting second", 2, publish: false);
        var other = await PartAsync(await SeriesAsync("Never evicted"), "Evicted never", 1);
        string[] paths =
        [
            $"{Articles}/{first}",
            $"{Articles}/{third}",
            $"{Articles}?ids={await IdAsync(first)}",
            $"/content/v1/series/{series}/articles",
            $"/feeds/series/{series}.atom",
        ];

        foreach (
            var change in new Func<Task>[]
            {
                () => Editor.PublishAsync(second),
                async () =>
                {
                    await Editor.PatchAsync($"/editorial/v1/articles/{second}", new { headline = "Evicting second, again" }, "*");
                    await Editor.PublishAsync(second);
                },
                () => Editor.PostAsync($"/editorial/v1/articles/{second}/unpublish"),
            }
        )
        {
            var before = new Dictionary<string, string>();
            foreach (var path in paths)
                before[path] = (await Reader.ReadAsync(path)).Tag;
            await Reader.ReadAsync($"{Articles}/{other}");
            foreach (var path in paths)
                Assert.Equal(0, await newsroom.Statements.CountReadsAsync(() => Reader.ReadAsync(path)));

            await change();

            foreach (var path in paths)
                Assert.NotEqual(before[path], (await Reader.ReadAsync(path)).Tag);
            Assert.Equal(0, await newsroom.Statements.CountReadsAsync(() => Reader.ReadAsync($"{Articles}/{other}")));
        }

        await Editor.PatchAsync($"/editorial/v1/series/{series}", new { name = "Evicting, renamed" }, "*");
        Assert.Equal("Evicting, renamed", (string?)(await Reader.ReadAsync(paths[0])).Json["series"]!["name"]);
    }

    [Fact]
    public async Task An_answer_is_kept_until_the_next_part_begins_or_ends()
    {
        var series = await SeriesAsync("Bounded series");
        var first = await PartAsync(series, "Bounded first", 1);
        var second = await PartAsync(series, "Bounded second", 2, publish: false);
        var begins = (await newsroom.ClockAsync()).AddSeconds(4);
        await Editor.PublishAsync(second, new { liveFrom = begins, liveUntil = begins.AddSeconds(3) });

        Assert.Equal((null, null), await NeighboursAsync(first));
        Assert.True((await Reader.ReadAsync($"{Articles}/{first}")).Headers.CacheControl!.SharedMaxAge < TimeSpan.FromSeconds(5));
        await Eventually.TrueAsync(async () => await newsroom.ClockAsync() > begins);
        Assert.Equal((null, second), await NeighboursAsync(first));
        await Eventually.TrueAsync(async () => await newsroom.ClockAsync() > begins.AddSeconds(3));
        Assert.Equal((null, null), await NeighboursAsync(first));
    }

    [Fact]
    public async Task A_preview_of_the_site_has_the_parts_of_its_instant()
    {
        var series = await SeriesAsync("Previewed series");
        var first = await PartAsync(series, "Previewed first", 1);
        var second = await PartAsync(series, "Previewed second", 2, publish: false);
        await Editor.PublishAsync(second, new { liveFrom = "2800-01-01T00:00:00Z" });
        var preview = await Editor.PostAsync("/editorial/v1/previews", new { asOf = "2900-01-01T00:00:00Z" });
        var token = (string?)preview.Expect(HttpStatusCode.Created)["token"];

        var seen = (await Reader.ReadAsync($"{Articles}/{first}?asOf=2900-01-01T00:00:00Z&preview={token}")).Expect(HttpStatusCode.OK);

        Assert.Equal(second, (string?)seen["series"]!["next"]!["slug"]);
        Assert.Equal((null, null), await NeighboursAsync(first));
    }

    [Fact]
    public async Task A_merge_joins_two_series_in_one_order()
    {
        var (wrong, right) = (await SeriesAsync("Wrong series"), await SeriesAsync("Right series"));
        var (second, first) = (await PartAsync(wrong, "Merged second", 2), await PartAsync(right, "Merged first", 1));

        (await Editor.PostAsync($"/editorial/v1/series/{wrong}/merge", new { into = right })).Expect(HttpStatusCode.OK);

        Assert.Equal([first, second], await Reader.SlugsAsync($"/content/v1/series/{right}/articles"));
        Assert.Equal((first, null), await NeighboursAsync(second));
        Assert.Equal(
            $"/content/v1/series/{right}/articles",
            (await Reader.ReadAsync($"/content/v1/series/{wrong}/articles")).Headers.Location!.ToString()
        );
    }

    [Fact]
    public async Task Formats_say_what_an_article_is_a_part_of()
    {
        var series = await Editor.ConceptAsync(
            "series",
            new { name = "Syndicated series", sameAs = new[] { "https://www.wikidata.org/entity/Q1" } }
        );
        var story = await PartAsync(series, "Syndicated part", 7);
        await PartAsync(series, "Syndicated next part", 8);
        var id = await IdAsync(series, "series");

        foreach (var format in new[] { "rss", "atom", "json", "ninjs" })
        {
            Assert.Equal(2, (await FeedDocument.ReadAsync(Reader, $"/feeds/series/{series}.{format}")).Stories.Count);
            Assert.Contains(
                "Syndicated series",
                (await Reader.ReadAsync($"/feeds/series/{series}.{format}")).Text,
                StringComparison.Ordinal
            );
        }

        var ninjs = await Reader.ReadAsync($"/feeds/articles/{story}.ninjs");
        NinjsSchema.Validates(ninjs.Text);
        var whole = Assert.Single(ninjs.Json["associations"]!.AsArray())!;
        Assert.Equal(
            ("Syndicated series", "partOf", $"urn:uuid:{id}", "composite"),
            ((string?)whole["name"], (string?)whole["rel"], (string?)whole["uri"], (string?)whole["type"])
        );
        var linked = (await Reader.ReadAsync($"/feeds/articles/{story}.jsonld")).Expect(HttpStatusCode.OK);
        Assert.Equal(7, (int?)linked["position"]);
        var wholeWork = linked["isPartOf"]!;
        Assert.Equal(
            ("CreativeWorkSeries", "Syndicated series", $"urn:uuid:{id}", $"{PublicNewsroom.Site}/series/{series}"),
            ((string?)wholeWork["@type"], (string?)wholeWork["name"], (string?)wholeWork["@id"], (string?)wholeWork["url"])
        );
        Assert.Equal("https://www.wikidata.org/entity/Q1", (string?)wholeWork["sameAs"]![0]);
        Assert.Null(linked["about"]);
    }

    private Task<string> SeriesAsync(string name) => Editor.ConceptAsync("series", new { name });

    private Task<string> PartAsync(string? series, string headline, int? part, string? topic = null, bool publish = true) =>
        Editor.ArticleAsync(
            new JsonObject
            {
                ["headline"] = headline,
                ["series"] = series is null ? null : new JsonObject { ["series"] = series, ["part"] = part },
                ["topics"] = topic is null ? [] : new JsonArray(new JsonObject { ["topic"] = topic }),
            },
            publish
        );

    private async Task<string> IdAsync(string slug, string kind = "articles") =>
        (string)(await Editor.ReadAsync($"/editorial/v1/{kind}/{slug}")).Expect(HttpStatusCode.OK)["id"]!;

    private async Task<(string? Previous, string? Next)> NeighboursAsync(string article)
    {
        var series = (await Reader.ReadAsync($"{Articles}/{article}")).Expect(HttpStatusCode.OK)["series"]!;
        return ((string?)series["previous"]?["slug"], (string?)series["next"]?["slug"]);
    }

    private async Task<List<string>> PagedAsync(string list)
    {
        var slugs = new List<string>();
        for (string? cursor = ""; cursor is not null; )
        {
            var page = (await Reader.ReadAsync($"{list}{(cursor == "" ? "" : $"&cursor={cursor}")}")).Expect(HttpStatusCode.OK);
            slugs.AddRange(page["items"]!.AsArray().Select(item => (string)item!["slug"]!));
            cursor = (string?)page["nextCursor"];
        }

        return slugs;
    }
}
