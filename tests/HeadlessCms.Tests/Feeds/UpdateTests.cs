using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using System.Xml.Linq;
using HeadlessCms.Tests.Harness;

namespace HeadlessCms.Tests.Feeds;

/// <summary>What feeds say of stories that change, are corrected, or go.</summary>
public sealed class UpdateTests(PublicNewsroom newsroom) : IClassFixture<PublicNewsroom>
{
    private static readonly string[] Formats = ["rss", "atom", "json", "ninjs"];
    private static readonly XNamespace Atom = "http://www.w3.org/2005/Atom";
    private static readonly XNamespace Terms = "http://purl.org/dc/terms/";
    private static readonly XNamespace Tombstones = "http://purl.org/atompub/tombstones/1.0";

    private HttpClient Editor => newsroom.Admin;

    private HttpClient Anyone => newsroom.Anyone;

    [Fact]
    public async Task Every_format_says_when_a_story_was_published_and_when_it_changed()
    {
        var (topic, ids) = await StoriesAsync("changed", 1);
        await UpdateAsync(ids[0], null);
        var story = (await Anyone.ReadAsync($"/content/v1/articles/{ids[0]}")).Json;
        var (published, updated) = (Instant(story["publishedAt"]), Instant(story["updatedAt"]));
        Assert.NotEqual(published, updated);

        var item = (await ReadAsync($"/feeds/topics/{topic}.rss")).Xml.Descendants("item").Single();
        Assert.Equal(updated, Instant(item.Element(Atom + "updated")!.Value));
        Assert.Equal(published.ToUnixTimeSeconds(), Instant(item.Element("pubDate")!.Value).ToUnixTimeSeconds());
        var entry = (await ReadAsync($"/feeds/topics/{topic}.atom")).Xml.Element(Atom + "entry")!;
        Assert.Equal(
            (published, updated),
            (Instant(entry.Element(Atom + "published")!.Value), Instant(entry.Element(Atom + "updated")!.Value))
        );
        var json = (await ReadAsync($"/feeds/topics/{topic}.json")).Answer.Json["items"]![0]!;
        Assert.Equal((published, updated), (Instant(json["date_published"]), Instant(json["date_modified"])));
        var ninjs = (await ReadAsync($"/feeds/topics/{topic}.ninjs")).Answer.Json["associations"]![0]!;
        Assert.Equal((published, updated), (Instant(ninjs["firstCreated"]), Instant(ninjs["versionCreated"])));
    }

    [Fact]
    public async Task Every_feed_sorts_by_update_page_by_page()
    {
        var (topic, ids) = await StoriesAsync("sorted", 9);
        foreach (var index in new[] { 4, 0, 2 })
            await UpdateAsync(ids[index], null);
        string[] expected = [.. new[] { 2, 0, 4, 8, 7, 6, 5, 3, 1 }.Select(index => ids[index])];

        foreach (var format in Formats)
        foreach (var feed in new[] { $"topics/{topic}.{format}?", $"articles.{format}?topic={topic}&", $"authors/sorted-author.{format}?" })
        {
            var pages = await FeedDocument.WalkAsync(Anyone, $"/feeds/{feed}sort=-updatedAt&limit=4", "next");
            Assert.Equal(expected, pages.SelectMany(page => page.Stories).Select(Id));
            Assert.Equal([4, 4, 1], pages.Select(page => page.Stories.Count));
            Assert.All(pages, page => Assert.Null(page.To("prev-archive"))); // this order has no archive
        }
    }

    [Fact]
    public async Task An_old_story_that_is_corrected_is_on_the_first_page_again()
    {
        var (topic, ids) = await StoriesAsync("corrected", 12);
        await UpdateAsync(ids[1], null); // no correction: not shown again
        await UpdateAsync(ids[0], "The name was wrong.");
        await UpdateAsync(ids[6], "So was the date."); // among the newest, until the other takes a place

        foreach (var format in Formats)
        foreach (
            var feed in new[] { $"topics/{topic}.{format}?", $"articles.{format}?topic={topic}&", $"authors/corrected-author.{format}?" }
        )
        {
            var first = await ReadAsync($"/feeds/{feed}limit=6");
            Assert.Equal(
                ["11", "10", "9", "8", "6", "0"],
                first.Stories.Select(story => ids.IndexOf(Id(story)).ToString(CultureInfo.InvariantCulture))
            );
            Assert.Equal(6, first.Stories.Count);
            var rest = await FeedDocument.WalkAsync(Anyone, first.To("next")!, "next");
            Assert.Equal(ids.Count, rest.SelectMany(page => page.Stories).Concat(first.Stories).Distinct().Count());
            var archive = await FeedDocument.WalkAsync(Anyone, first.To("prev-archive")!, "prev-archive");
            Assert.Equal(ids.Count, archive.SelectMany(page => page.Stories).Concat(first.Stories).Distinct().Count());
            Assert.Single((await ReadAsync($"/feeds/{feed}limit=1")).Stories);
            Assert.Equal(ids.Count, (await ReadAsync($"/feeds/{feed}limit=100")).Stories.Distinct().Count());
        }

        await newsroom.SqlAsync(
            """
            set session_replication_role = replica;
            update publications set live_from = live_from - interval '8 days', first_live_from = first_live_from - interval '8 days'
            where correction_text like '%wrong.'
            """
        );
        var later = await ReadAsync($"/feeds/topics/{topic}.json?limit=6&text=summary"); // not cached yet
        Assert.DoesNotContain(ids[0], later.Stories.Select(Id));
    }

    [Fact]
    public async Task Each_format_tells_of_a_correction_in_its_own_way()
    {
        var (topic, ids) = await StoriesAsync("noted", 1);
        await UpdateAsync(ids[0], "It was <Tuesday> & not Monday.");

        foreach (var format in new[] { "rss", "atom" })
        {
            var note = (await ReadAsync($"/feeds/topics/{topic}.{format}")).Xml.Descendants(Terms + "provenance").Single().Value;
            Assert.StartsWith("correction 2", note, StringComparison.Ordinal);
            Assert.EndsWith("Z: It was <Tuesday> & not Monday.", note, StringComparison.Ordinal);
        }

        var noted = (await ReadAsync($"/feeds/topics/{topic}.json")).Answer.Json["items"]![0]!["_headless_cms"]!["corrections"]![0]!;
        Assert.Equal(
            ("correction", "It was <Tuesday> & not Monday."),
            (noted["kind"]!.GetValue<string>(), noted["text"]!.GetValue<string>())
        );
        Assert.EndsWith(
            "correction: It was <Tuesday> & not Monday.",
            (await ReadAsync($"/feeds/topics/{topic}.ninjs")).Answer.Json["associations"]![0]!["edNote"]!.GetValue<string>(),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task What_is_unpublished_expired_withdrawn_or_deleted_leaves_a_tombstone_for_a_month_and_in_the_archive_for_good()
    {
        var (topic, ids) = await StoriesAsync("gone", 50);
        var (unpublished, expired, withdrawn, deleted) = (ids[1], ids[2], ids[3], ids[30]);
        (await Editor.PostAsync($"/editorial/v1/articles/{unpublished}/unpublish")).Expect(HttpStatusCode.OK);
        await Editor.PublishAsync(expired, new { liveUntil = (await newsroom.ClockAsync()).AddMilliseconds(800) });
        (await Editor.PostAsync($"/editorial/v1/articles/{withdrawn}/withdraw", new { reason = "Not so" })).Expect(HttpStatusCode.OK);
        (await Editor.DeleteAsync($"/editorial/v1/articles/{deleted}", "*")).Expect(HttpStatusCode.NoContent);
        await Eventually.TrueAsync(async () => (await Anyone.LiveStatusAsync(expired)) == HttpStatusCode.NotFound);
        HashSet<string> gone = [unpublished, expired, withdrawn, deleted];

        string[] feeds = ["topics/gone-topic", "authors/gone-author", "places/gone-country"];
        foreach (var feed in feeds)
        foreach (var format in new[] { "atom", "json", "ninjs" })
        {
            var path = $"/feeds/{feed}.{format}";
            Assert.Equal(gone, Gone(await ReadAsync(path)).Keys.ToHashSet());
            Assert.Equal("Not so", Gone(await ReadAsync(path))[withdrawn]);
            Assert.Null(Gone(await ReadAsync(path))[unpublished]);
            var archive = (await FeedDocument.WalkAsync(Anyone, path, "prev-archive")).Skip(1).ToList();
            Assert.Superset(
                new HashSet<string> { unpublished, expired, withdrawn },
                archive.SelectMany(page => Gone(page).Keys).ToHashSet()
            );
            Assert.Contains(unpublished, Gone(archive[^1]).Keys);
            Assert.Empty(archive.SelectMany(page => page.Stories).Select(Id).Intersect(gone));
            if (format == "ninjs")
                Assert.All(archive, page => NinjsSchema.Validates(page.Answer.Text));
        }

        Assert.All(
            await AtomSchema.CheckAsync(
                (await FeedDocument.WalkAsync(Anyone, $"/feeds/topics/{topic}.atom", "prev-archive")).Select(page => page.Answer.Text)
            ),
            verdict => Assert.Equal("ok", verdict)
        );

        // A month later, only the archive has them.
        await newsroom.SqlAsync(
            $"""
            set session_replication_role = replica;
            update publications set live_from = live_from - interval '40 days', live_until = live_until - interval '40 days',
              planned_until = planned_until - interval '40 days'
            where article_id in ('{unpublished}', '{expired}', '{withdrawn}', '{deleted}');
            update withdrawals set withdrawn_at = withdrawn_at - interval '40 days' where article_id = '{withdrawn}'
            """
        );
        foreach (var format in new[] { "atom", "json", "ninjs" })
        {
            var path = $"/feeds/topics/{topic}.{format}?text=summary"; // not cached yet
            Assert.Empty(Gone(await ReadAsync(path)));
            var archive = await FeedDocument.WalkAsync(Anyone, path, "prev-archive");
            Assert.Contains(unpublished, Gone(archive[^1]).Keys);
        }

        // A story that is published again is a story again.
        await Editor.PublishAsync(unpublished);
        Assert.DoesNotContain(unpublished, Gone(await ReadAsync($"/feeds/topics/{topic}.atom?limit=99")).Keys);
    }

    [Fact]
    public async Task A_tombstone_says_nothing_of_a_story_that_was_never_live()
    {
        var topic = await Editor.ConceptAsync("topics", new { name = "Never live", @public = true });
        var slug = await Editor.ArticleAsync(new { headline = "Never live", topics = new[] { new { topic } } });
        await Editor.PublishAsync(slug, new { liveFrom = "2999-01-01T00:00:00Z", liveUntil = "2999-02-01T00:00:00Z" });

        foreach (var format in new[] { "atom", "json", "ninjs" })
        {
            Assert.Empty(Gone(await ReadAsync($"/feeds/topics/{topic}.{format}")));
            Assert.Empty((await ReadAsync($"/feeds/topics/{topic}.{format}")).Stories);
        }

        Assert.DoesNotContain("xmlns:at=", (await ReadAsync($"/feeds/topics/{topic}.atom")).Answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task If_modified_since_is_answered_by_every_feed()
    {
        var (topic, ids) = await StoriesAsync("dated", 3);
        var slug = ids[0];
        List<string> paths = [$"/feeds/articles/{slug}.ninjs", $"/feeds/articles/{slug}.jsonld"];
        foreach (var format in Formats)
            paths.AddRange([
                $"/feeds/topics/{topic}.{format}",
                $"/feeds/topics/{topic}.{format}?limit=1",
                $"/feeds/articles.{format}?topic={topic}",
            ]);

        foreach (var path in paths)
        {
            var first = await Anyone.ReadAsync(path);
            var modified = first.ContentHeaders.LastModified!.Value;
            foreach (var method in new[] { HttpMethod.Get, HttpMethod.Head })
            {
                var same = await SinceAsync(path, modified.ToString("R", CultureInfo.InvariantCulture), method);
                Assert.Equal((path, HttpStatusCode.NotModified, ""), (path, same.Status, same.Text));
                Assert.Equal(first.Tag, same.Tag);
            }

            Assert.Equal(
                HttpStatusCode.NotModified,
                (await SinceAsync(path, modified.AddDays(1).ToString("R", CultureInfo.InvariantCulture))).Status
            );
            Assert.Equal(
                HttpStatusCode.OK,
                (await SinceAsync(path, modified.AddSeconds(-1).ToString("R", CultureInfo.InvariantCulture))).Status
            );
            Assert.Equal(HttpStatusCode.OK, (await SinceAsync(path, "yesterday")).Status);
            Assert.Equal(
                HttpStatusCode.OK,
                (await SinceAsync(path, modified.ToString("R", CultureInfo.InvariantCulture), tag: "\"other\"")).Status
            ); // the tag counts
        }

        // A story that goes changes a feed that cannot say so, too.
        var feed = $"/feeds/topics/{topic}.rss";
        var before = (await Anyone.ReadAsync(feed)).ContentHeaders.LastModified!.Value.ToString("R", CultureInfo.InvariantCulture);
        (await Editor.PostAsync($"/editorial/v1/articles/{ids[1]}/unpublish")).Expect(HttpStatusCode.OK);
        await Eventually.TrueAsync(async () => (await SinceAsync(feed, before)).Status == HttpStatusCode.OK);
    }

    private async Task<Answer> SinceAsync(string path, string date, HttpMethod? method = null, string? tag = null)
    {
        using var request = new HttpRequestMessage(method ?? HttpMethod.Get, path);
        request.Headers.TryAddWithoutValidation("If-Modified-Since", date);
        if (tag is not null)
            request.Headers.TryAddWithoutValidation("If-None-Match", tag);
        return await Anyone.AnswerAsync(request);
    }

    // Stories of one topic, author and country, the oldest first, by id.
    private async Task<(string Topic, List<string> Ids)> StoriesAsync(string word, int count)
    {
        var topic = await Editor.ConceptAsync("topics", new { name = $"{word} topic", @public = true });
        await Editor.ConceptAsync("people", new { name = $"{word} author" });
        await Editor.ConceptAsync("places", new { name = $"{word} country", @public = true });
        await Editor.ConceptAsync("places", new { name = $"{word} city", within = $"{word}-country" });
        var made = await Editor.BulkAsync(
            "/editorial/v1/articles/bulk?publish=true",
            Enumerable
                .Range(0, count)
                .Select(number => new
                {
                    headline = $"{word} {number}",
                    authors = new[] { $"{word}-author" },
                    places = new[] { new { place = $"{word}-city" } },
                    topics = new[] { new { topic } },
                })
        );
        List<string> ids = [.. made.Select(line => line["id"]!.GetValue<string>())];
        await newsroom.SqlAsync(
            $"""
            set session_replication_role = replica;
            with ordered as (select id, row_number() over (order by headline_number) as number from (
              select p.id, substring(r.headline from '\d+$')::int as headline_number
              from publications p join revisions r on r.article_id = p.article_id and r.number = p.revision
              where r.headline ~ '^{word} \d+$') numbered)
            update publications p set live_from = now() - interval '1 hour' + ordered.number * interval '1 second',
              first_live_from = now() - interval '1 hour' + ordered.number * interval '1 second'
            from ordered where ordered.id = p.id;
            update appearances a set live_from = p.live_from, first_live_from = p.first_live_from
            from publications p where p.id = a.publication_id
            """
        );
        return (topic, ids);
    }

    private async Task UpdateAsync(string id, string? correction)
    {
        (await Editor.PatchAsync($"/editorial/v1/articles/{id}", new { standfirst = $"As of {correction}" }, "*")).Expect(
            HttpStatusCode.OK
        );
        await Editor.PublishAsync(id, correction is null ? null : new { correction = new { kind = "correction", text = correction } });
    }

    private static Dictionary<string, string?> Gone(FeedDocument page) =>
        page.Path.Split('?')[0].Split('.')[^1] switch
        {
            "atom" => page
                .Xml.Elements(Tombstones + "deleted-entry")
                .ToDictionary(entry => Id(entry.Attribute("ref")!.Value), entry => entry.Element(Tombstones + "comment")?.Value),
            "json" => (page.Answer.Json["_headless_cms"]?["deleted"]?.AsArray() ?? []).ToDictionary(
                item => Id(item!["id"]!.GetValue<string>()),
                item => (string?)item!["reason"]
            ),
            _ => page.Answer.Json["associations"]!
                .AsArray()
                .Where(item => item!["pubStatus"]!.GetValue<string>() == "canceled")
                .ToDictionary(item => Id(item!["uri"]!.GetValue<string>()), item => (string?)item!["edNote"]),
        };

    private Task<FeedDocument> ReadAsync(string path) => FeedDocument.ReadAsync(Anyone, path);

    private static string Id(string urn) => urn["urn:uuid:".Length..];

    private static DateTimeOffset Instant(JsonNode? node) => Instant(node!.GetValue<string>());

    private static DateTimeOffset Instant(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}
