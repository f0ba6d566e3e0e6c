using System.Diagnostics;
using System.Net;
using System.Text.Json.Nodes;
using HeadlessCms.Tests.Harness;

namespace HeadlessCms.Tests.Content;

/// <summary>The change log, as read by clients that keep a copy.</summary>
public sealed class ChangesTests(Newsroom newsroom) : IClassFixture<Newsroom>
{
    [Fact]
    public async Task A_storys_life_is_told_in_order()
    {
        var since = await LatestAsync();
        var slug = await newsroom.Admin.ArticleAsync(new { headline = "Life" });
        await newsroom.Admin.PublishAsync(slug);
        await newsroom.Admin.UpdateAsync(slug);
        (await newsroom.Admin.PostAsync($"/editorial/v1/articles/{slug}/unpublish")).Expect(HttpStatusCode.OK);
        await newsroom.Admin.PublishAsync(slug);
        (await newsroom.Admin.PostAsync($"/editorial/v1/articles/{slug}/withdraw", new { reason = "Not so." })).Expect(HttpStatusCode.OK);

        var told = (await SinceAsync(since)).Where(change => change["kind"]!.GetValue<string>() == "article").ToList();

        Assert.Equal(
            ["article.published", "article.updated", "article.unpublished", "article.published", "article.withdrawn"],
            told.Select(Event)
        );
        Assert.Equal("Not so.", told[^1]["reason"]!.GetValue<string>());
        Assert.All(told, change => Assert.Null(change["href"]));
    }

    [Fact]
    public async Task What_is_live_names_where_to_read_it()
    {
        var since = await LatestAsync();
        var slug = await newsroom.Admin.ArticleAsync(new { headline = "Where" }, publish: true);

        var told = Assert.Single(await SinceAsync(since), change => change["slug"]?.GetValue<string>() == slug);

        (await newsroom.Anyone.ReadAsync(told["href"]!.GetValue<string>())).Expect(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_concept_is_told_of_from_the_moment_that_readers_can_see_it()
    {
        var since = await LatestAsync();
        await newsroom.Admin.ConceptAsync("people", new { name = "Shy" });
        await newsroom.Admin.PatchAsync("/editorial/v1/people/shy", new { title = "Nobody" }, "\"v1\"");
        var slug = await newsroom.Admin.ArticleAsync(new { headline = "About somebody", people = new[] { new { person = "shy" } } });
        Assert.DoesNotContain(await SinceAsync(since), IsOf("shy"));

        await newsroom.Admin.PublishAsync(slug);
        Assert.Single(await SinceAsync(since), IsOf("shy"));

        (await newsroom.Admin.PatchAsync("/editorial/v1/people/shy", new { title = "Somebody" }, "\"v2\"")).Expect(HttpStatusCode.OK);
        Assert.Equal(["concept.updated", "concept.updated"], (await SinceAsync(since)).Where(change => IsOf("shy")(change)).Select(Event));
    }

    [Fact]
    public async Task A_merge_names_what_took_the_concepts_place()
    {
        await newsroom.Admin.ConceptAsync("topics", new { name = "Old name" });
        await newsroom.Admin.ConceptAsync("topics", new { name = "New name" });
        await newsroom.Admin.ArticleAsync(
            new { headline = "Merged", topics = new[] { new { topic = "old-name" }, new { topic = "new-name" } } },
            publish: true
        );
        var since = await LatestAsync();
        (await newsroom.Admin.PostAsync("/editorial/v1/topics/old-name/merge", new { into = "new-name" })).Expect(HttpStatusCode.OK);

        var merged = Assert.Single(await SinceAsync(since), change => Event(change) == "concept.merged");

        var target = (await newsroom.Anyone.ReadAsync("/content/v1/topics/new-name")).Expect(HttpStatusCode.OK);
        Assert.Equal(target["id"]!.GetValue<string>(), merged["mergedInto"]!.GetValue<string>());
    }

    [Fact]
    public async Task What_the_clock_does_is_told_once_in_order_and_after_downtime_too()
    {
        var since = await LatestAsync();
        var slugs = new List<string>();
        var rehearsed = Stopwatch.StartNew();
        for (var number = 0; number < 20; number++)
            slugs.Add(await newsroom.Admin.ArticleAsync(new { headline = $"Clock {number}" }));
        // All are scheduled before the first begins, however busy the machine is.
        var start = (await newsroom.ClockAsync()).AddSeconds(6) + 2 * rehearsed.Elapsed;
        foreach (var (number, slug) in slugs.Index())
        {
            // Articles scheduled later begin earlier.
            var from = start.AddMilliseconds(-10 * number);
            await newsroom.Admin.PublishAsync(slug, new { liveFrom = from, liveUntil = from.AddSeconds(1) });
        }

        var articles = await newsroom.SqlAsync($"select string_agg(id::text, ',') from articles where slug like 'clock-%'");
        var ids = ((string)articles!).Split(',').ToHashSet();
        List<JsonNode> told = [];
        await Eventually.TrueAsync(async () =>
            (told = [.. (await SinceAsync(since)).Where(change => ids.Contains(change["id"]!.GetValue<string>()))]).Count >= 40
        );

        Assert.Equal(40, told.Count);
        Assert.Equal(told.Select(At).Order(), told.Select(At));
        Assert.All(told.GroupBy(change => change["id"]!.GetValue<string>()), life =>
            Assert.Equal(["article.published", "article.unpublished"], life.Select(Event))
        );

        // As after a night without a running node: the log lacks the changes made by the clock.
        var night = await LatestAsync();
        await newsroom.SqlAsync($"update publications set end_logged = false where slug = '{slugs[0]}'");
        await Eventually.TrueAsync(async () => (await SinceAsync(night)).Count > 0);
        await Task.Delay(500, TestContext.Current.CancellationToken);
        Assert.Equal("article.unpublished", Event(Assert.Single(await SinceAsync(night))));
    }

    [Fact]
    public async Task No_change_is_missed_while_sixteen_write()
    {
        var slugs = new List<string>();
        for (var number = 0; number < 16; number++)
            slugs.Add(await newsroom.Admin.ArticleAsync(new { headline = $"Writer {number}" }));
        var since = await LatestAsync();
        using var done = new CancellationTokenSource();
        var seen = new List<(DateTimeOffset, string)>();
        var reading = Task.Run(
            async () =>
            {
                var token = since;
                while (true)
                {
                    var last = done.IsCancellationRequested;
                    var page = (await newsroom.Anyone.ReadAsync($"/content/v1/changes?since={token}&limit=7")).Expect(HttpStatusCode.OK);
                    seen.AddRange(page["items"]!.AsArray().Select(change => (At(change!), change!["id"]!.GetValue<string>())));
                    token = page["nextCursor"]!.GetValue<string>();
                    if (last && !page["more"]!.GetValue<bool>())
                        return;
                }
            },
            TestContext.Current.CancellationToken
        );
        await Parallel.ForEachAsync(slugs, new ParallelOptions { MaxDegreeOfParallelism = 16 }, async (slug, _) =>
        {
            for (var time = 0; time < 10; time++)
                await newsroom.Admin.UpdateAsync(slug);
        });
        await done.CancelAsync();
        await reading;

        var ids = (await newsroom.SqlAsync("select string_agg(id::text, ',') from articles where slug like 'writer-%'"))!
            .ToString()!
            .Split(',');
        Assert.All(ids, id => Assert.Equal(10, seen.Count(change => change.Item2 == id)));
    }

    [Fact]
    public async Task A_token_that_was_altered_is_refused()
    {
        var token = await LatestAsync();
        var altered = (token[0] == 'B' ? 'C' : 'B') + token[1..];

        Assert.Equal(HttpStatusCode.BadRequest, (await newsroom.Anyone.ReadAsync($"/content/v1/changes?since={altered}")).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await newsroom.Anyone.ReadAsync("/content/v1/changes?since=x")).Status);
    }

    [Fact]
    public async Task A_token_of_a_history_that_is_gone_is_answered_with_410()
    {
        await newsroom.Admin.ArticleAsync(new { headline = "Lost" }, publish: true);
        var token = await LatestAsync();
        // As after a restore: the same positions with a different history.
        await newsroom.SqlAsync(
            "with gone as (delete from changes where position = (select max(position) from changes) returning *) insert into "
                + "changes (position, type, at, article_id, revision) overriding system value select position, type, at - interval "
                + "'1 s', article_id, revision from gone"
        );

        var answer = await newsroom.Anyone.ReadAsync($"/content/v1/changes?since={token}");

        Assert.Equal(HttpStatusCode.Gone, answer.Status);
        Assert.Equal("urn:headless-cms:problem:historyGone", answer.Json["type"]!.GetValue<string>());
    }

    private static string Event(JsonNode change) => change["event"]!.GetValue<string>();

    private static DateTimeOffset At(JsonNode change) => change["at"]!.GetValue<DateTimeOffset>();

    private static Predicate<JsonNode> IsOf(string slug) => change => change["slug"]?.GetValue<string>() == slug;

    private async Task<string> LatestAsync() =>
        (await newsroom.Anyone.ReadAsync("/content/v1/changes?since=latest")).Expect(HttpStatusCode.OK)["nextCursor"]!.GetValue<string>();

    private async Task<List<JsonNode>> SinceAsync(string token)
    {
        var all = new List<JsonNode>();
        while (true)
        {
            var page = (await newsroom.Anyone.ReadAsync($"/content/v1/changes?since={token}&limit=100")).Expect(HttpStatusCode.OK);
            all.AddRange(page["items"]!.AsArray().Select(change => change!.DeepClone()));
            if (!page["more"]!.GetValue<bool>())
                return all;
            token = page["nextCursor"]!.GetValue<string>();
        }
    }
}
