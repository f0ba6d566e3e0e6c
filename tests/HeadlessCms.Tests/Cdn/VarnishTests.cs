using System.Diagnostics;
using System.Net;
using HeadlessCms.Tests.Harness;

namespace HeadlessCms.Tests.Cdn;

/// <summary>Varnish with the VCL of the documentation, purged by the app.</summary>
[Collection(WholeMachine.Tests)]
[Trait("Postgres", "AnyVersion")] // once is enough: it says nothing about a version
public sealed class VarnishTests(VarnishNewsroom newsroom) : IClassFixture<VarnishNewsroom>
{
    private HttpClient Editor => newsroom.Admin;

    private HttpClient Reader => newsroom.Reader;

    [Fact]
    public async Task A_change_is_seen_through_varnish_within_a_second()
    {
        var topic = await Editor.ConceptAsync("topics", new { name = "Seen at once" });
        var slug = await Editor.ArticleAsync(new { headline = "Headline 0", topics = new[] { new { topic } } }, publish: true);
        string[] paths = [$"/content/v1/articles/{slug}", $"/content/v1/articles?topic={topic}", $"/feeds/topics/{topic}.json"];
        var waits = new List<TimeSpan>();
        for (var time = 1; time <= 3 || (time <= 20 && waits.Min() > TimeSpan.FromSeconds(1)); time++)
        {
            await newsroom.SettledAsync();
            foreach (var path in paths)
                await newsroom.StoreAsync(path);

            var headline = $"Headline {time}";
            (
                await Editor.PutAsync(
                    $"/editorial/v1/articles/{slug}",
                    new
                    {
                        headline,
                        slug,
                        topics = new[] { new { topic } },
                    },
                    $"\"r{time}\""
                )
            ).Expect(HttpStatusCode.OK);
            await Editor.PublishAsync(slug);
            var watch = Stopwatch.StartNew();
            foreach (var path in paths)
                await Eventually.TrueAsync(async () => (await Reader.ReadAsync(path)).Text.Contains(headline, StringComparison.Ordinal));
            waits.Add(watch.Elapsed);
        }

        Assert.True(waits.Min() < TimeSpan.FromSeconds(1), $"It took {waits.Min()}.");
    }

    [Fact]
    public async Task Ten_thousand_responses_that_a_change_does_not_concern_stay()
    {
        const int articles = 100;
        string[] members = ["id", "slug", "headline", "standfirst", "language", "updatedAt", "publishedAt"];
        var choices = Enumerable
            .Range(1, 101)
            .Select(bits => string.Join(',', members.Where((_, index) => (bits & (1 << index)) != 0)))
            .ToList();
        var lines = Enumerable.Range(0, articles).Select(number => new { headline = $"Crowd {number}", slug = $"crowd-{number}" });
        Assert.All(await Editor.BulkAsync("/editorial/v1/articles/bulk?publish=true", lines), line => Assert.NotNull(line["id"]));
        await newsroom.SettledAsync();
        var paths = Enumerable
            .Range(0, articles)
            .SelectMany(number => choices.Select(fields => $"/content/v1/articles/crowd-{number}?fields={fields}"))
            .ToList();
        await Eventually.TrueAsync(async () => await CountHitsAsync(paths) == paths.Count);

        await Editor.UpdateAsync("crowd-7");
        await newsroom.SettledAsync();

        Assert.Equal(paths.Count - choices.Count, await CountHitsAsync(paths));
    }

    [Fact]
    public async Task A_publication_begins_and_ends_at_its_instants_without_any_purge()
    {
        var topic = await Editor.ConceptAsync("topics", new { name = "By the clock", @public = true });
        await Editor.ArticleAsync(new { headline = "There before", topics = new[] { new { topic } } }, publish: true);
        var slug = await Editor.ArticleAsync(new { headline = "Clockwork", topics = new[] { new { topic } } });
        var begins = (await newsroom.ClockAsync()).AddSeconds(8);
        var ends = begins.AddSeconds(4);
        await Editor.PublishAsync(slug, new { liveFrom = begins, liveUntil = ends });
        await newsroom.SettledAsync();
        newsroom.Purges.Cut();
        try
        {
            var list = $"/content/v1/articles?topic={topic}";
            await newsroom.StoreAsync(list);
            var before = await Reader.ReadAsync(list);
            if (await newsroom.ClockAsync() < begins.AddSeconds(-1))
                Assert.Equal(("hit", false), (Cached(before), Has(before)));

            await Eventually.TrueAsync(async () => Has(await Reader.ReadAsync(list)) || await newsroom.ClockAsync() > ends);
            Assert.True(await newsroom.ClockAsync() >= begins);
            await Eventually.TrueAsync(async () => await newsroom.ClockAsync() > ends && !Has(await Reader.ReadAsync(list)));
            Assert.NotEqual(HttpStatusCode.OK, await Reader.LiveStatusAsync(slug));
        }
        finally
        {
            newsroom.Purges.Open();
        }

        static bool Has(Answer answer) => answer.Text.Contains("Clockwork", StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_purge_is_tried_again_until_varnish_can_be_reached_and_one_line_says_so()
    {
        var slug = await Editor.ArticleAsync(new { headline = "Out of reach" }, publish: true);
        var path = $"/content/v1/articles/{slug}";
        await newsroom.SettledAsync();
        await newsroom.StoreAsync(path);
        var (first, lines) = (await Reader.ReadAsync(path), Failures());
        newsroom.Purges.Cut();
        try
        {
            await Editor.UpdateAsync(slug);
            await Eventually.TrueAsync(async () => (int)(await newsroom.SqlAsync("select tries from cdn_targets"))! > 2);
            var stale = await Reader.ReadAsync(path);
            Assert.Equal(("hit", first.Text), (Cached(stale), stale.Text));
            Assert.Equal(lines + 1, Failures());
        }
        finally
        {
            newsroom.Purges.Open();
        }

        await Eventually.TrueAsync(async () => (await Reader.ReadAsync(path)).Text != first.Text);
        await newsroom.SettledAsync();
    }

    [Fact]
    public async Task Purges_go_on_when_varnish_itself_was_started_anew()
    {
        var slug = await Editor.ArticleAsync(new { headline = "Started anew" }, publish: true);
        await newsroom.SettledAsync();
        await newsroom.Varnish.StopAsync();
        await Editor.UpdateAsync(slug);
        await newsroom.Varnish.RunAsync();

        await newsroom.SettledAsync();

        Assert.Equal(HttpStatusCode.OK, await Reader.LiveStatusAsync(slug));
    }

    [Fact]
    public async Task A_withdrawn_story_is_gone_at_once_and_given_to_nobody_once_more()
    {
        var slug = await Editor.ArticleAsync(new { headline = "Withdrawn" }, publish: true);
        await newsroom.SettledAsync();
        await newsroom.StoreAsync($"/content/v1/articles/{slug}");

        (await Editor.PostAsync($"/editorial/v1/articles/{slug}/withdraw", new { reason = "In doubt" })).Expect(HttpStatusCode.OK);
        await newsroom.SettledAsync();

        Assert.Equal(HttpStatusCode.Gone, await Reader.LiveStatusAsync(slug));
    }

    private static string Cached(Answer answer) => answer.Headers.GetValues("X-Cache").Single();

    private int Failures() =>
        newsroom.SecurityLog.Lines.Count(line => line.Text.Contains("could not be purged at the CDN", StringComparison.Ordinal));

    private async Task<int> CountHitsAsync(IEnumerable<string> paths)
    {
        var hits = 0;
        await Parallel.ForEachAsync(
            paths,
            new ParallelOptions { MaxDegreeOfParallelism = 8, CancellationToken = TestContext.Current.CancellationToken },
            async (path, cancellation) =>
            {
                using var answer = await newsroom.Crowd.GetAsync(path, cancellation);
                Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
                if (answer.Headers.GetValues("X-Cache").Single() == "hit")
                    Interlocked.Increment(ref hits);
            }
        );
        return hits;
    }
}
