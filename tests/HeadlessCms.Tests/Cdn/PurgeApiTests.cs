using System.Diagnostics;
using HeadlessCms.Api.Hosting.Options;
using HeadlessCms.Api.Outbox.Cdn;
using HeadlessCms.Core.Cdn;
using HeadlessCms.Tests.Harness;
using Microsoft.AspNetCore.Http;

namespace HeadlessCms.Tests.Cdn;

/// <summary>Fastly and Cloudflare, against stand-ins of their APIs.</summary>
public sealed class PurgeApiTests(FastlyNewsroom fastly, CloudflareNewsroom cloudflare)
    : IClassFixture<FastlyNewsroom>,
        IClassFixture<CloudflareNewsroom>
{
    [Fact]
    public async Task Fastly_is_asked_by_surrogate_key_and_gets_its_headers()
    {
        var slug = await fastly.Admin.ArticleAsync(new { headline = "At Fastly" }, publish: true);
        var answer = await fastly.Anyone.ReadAsync($"/content/v1/articles/{slug}");
        var tags = answer.Headers.GetValues("Surrogate-Key").Single().Split(' ');
        Assert.Equal(
            "max-age=3600, stale-while-revalidate=120, stale-if-error=600",
            answer.Headers.GetValues("Surrogate-Control").Single()
        );
        Assert.False(answer.Headers.Contains("Cache-Tag"));
        await fastly.SettledAsync();
        var before = fastly.Api.Calls.Count;

        await fastly.Admin.UpdateAsync(slug);
        await fastly.SettledAsync();

        var calls = fastly.Api.Calls.Skip(before).ToList();
        Assert.All(calls, call => Assert.Equal("POST /service/SU1Z0isxPaozGVKXdv0eY/purge", call.Request));
        Assert.All(calls, call => Assert.Equal("token-of-the-api", call.Credential));
        foreach (var tag in tags)
            Assert.Equal(2, calls.Count(call => call.Tags.Contains(tag))); // at once and once more
    }

    [Fact]
    public async Task Cloudflare_is_asked_by_tag_and_gets_its_headers()
    {
        var slug = await cloudflare.Admin.ArticleAsync(new { headline = "At Cloudflare" }, publish: true);
        var answer = await cloudflare.Anyone.ReadAsync($"/content/v1/articles/{slug}");
        var tags = answer.Headers.GetValues("Cache-Tag").Single().Split(',');
        Assert.StartsWith("max-age=3600", answer.Headers.GetValues("CDN-Cache-Control").Single(), StringComparison.Ordinal);
        await cloudflare.SettledAsync();
        var before = cloudflare.Api.Calls.Count;

        await cloudflare.Admin.UpdateAsync(slug);
        await cloudflare.SettledAsync();

        var calls = cloudflare.Api.Calls.Skip(before).ToList();
        Assert.All(calls, call => Assert.Equal("POST /zones/023e105f4ecef8ad9ca31a8372d0c353/purge_cache", call.Request));
        Assert.All(calls, call => Assert.Equal("Bearer token-of-the-api", call.Credential));
        foreach (var tag in tags)
            Assert.Equal(2, calls.Count(call => call.Tags.Contains(tag)));
    }

    [Fact]
    public async Task A_provider_that_asks_for_time_gets_it_and_then_all_tags()
    {
        var slug = await fastly.Admin.ArticleAsync(new { headline = "Too many" }, publish: true);
        await fastly.SettledAsync();
        var before = fastly.Api.Calls.Count;
        var refused = 0;
        fastly.Api.Refuse = context =>
        {
            if (Interlocked.Increment(ref refused) > 1)
                return Task.FromResult(false);
            context.Response.StatusCode = StatusCodes.Status429TooManyRequests;
            context.Response.Headers.RetryAfter = "2";
            return Task.FromResult(true);
        };

        await fastly.Admin.UpdateAsync(slug);
        await fastly.SettledAsync();

        var calls = fastly.Api.Calls.Skip(before).ToList();
        Assert.InRange(Stopwatch.GetElapsedTime(calls[0].At, calls[1].At), TimeSpan.FromSeconds(1.9), Patience.Limit);
        Assert.Subset(calls.Skip(1).SelectMany(call => call.Tags).ToHashSet(), calls[0].Tags.ToHashSet());
    }

    [Fact]
    public async Task Cloudflares_200_without_success_is_a_failure()
    {
        var slug = await cloudflare.Admin.ArticleAsync(new { headline = "No success" }, publish: true);
        await cloudflare.SettledAsync();
        var before = cloudflare.Api.Calls.Count;
        var refused = 0;
        cloudflare.Api.Refuse = async context =>
        {
            if (Interlocked.Increment(ref refused) > 1)
                return false;
            await context.Response.WriteAsJsonAsync(new { success = false, errors = new[] { new { code = 10_000 } } });
            return true;
        };

        await cloudflare.Admin.UpdateAsync(slug);
        await cloudflare.SettledAsync();

        var calls = cloudflare.Api.Calls.Skip(before).ToList();
        Assert.Equal(3, calls.Count(call => call.Tags.Contains("articles"))); // refused, and both times
    }

    [Fact]
    public async Task Of_two_nodes_one_purges_and_changes_are_purged_in_order()
    {
        fastly.AnotherNode();
        await fastly.SettledAsync();
        var before = fastly.Api.Calls.Count;
        var slugs = new List<string>();
        for (var number = 0; number < 5; number++)
            slugs.Add(await fastly.Admin.ArticleAsync(new { headline = $"In order {number}" }, publish: true));
        await fastly.SettledAsync();

        var tags = new List<string>();
        foreach (var slug in slugs)
            tags.Add($"article:{(await fastly.Anyone.ReadAsync($"/content/v1/articles/{slug}")).Json["id"]}");
        var purged = fastly.Api.Calls.Skip(before).SelectMany(call => call.Tags).ToList();
        Assert.Equal(tags, purged.Distinct().Where(tags.Contains));
        Assert.All(tags, tag => Assert.Equal(2, purged.Count(one => one == tag)));
    }

    [Fact]
    public async Task The_backlog_of_a_target_that_is_away_is_known()
    {
        await cloudflare.Admin.ArticleAsync(new { headline = "Never purged there" }, publish: true);
        await cloudflare.SettledAsync();

        var metrics = cloudflare.Service<CdnMetrics>();

        await Eventually.TrueAsync(() => Task.FromResult(metrics.Backlog is { Tags: > 0 } backlog && backlog.Age > TimeSpan.Zero));
    }

    [Theory]
    [InlineData("fastly", 256)]
    [InlineData("cloudflare", 100)]
    [InlineData("varnish", 1_000)]
    public void A_request_names_no_more_tags_than_the_provider_takes(string provider, int limit)
    {
        var api = PurgeApi.Of(new CdnOptions { Provider = Enum.Parse<CdnProvider>(provider, ignoreCase: true), Addresses = ["http://a"] });
        string[] tags = [.. Enumerable.Range(0, 3_000).Select(number => $"t{number}"), new('x', 1_001), .. Slugs()];

        var batches = api.Batches(tags);

        Assert.Equal(tags.Where(tag => tag.Length <= 1_000), batches.SelectMany(batch => batch));
        Assert.All(batches, batch => Assert.InRange(batch.Count, 1, limit));
        Assert.All(batches, batch => Assert.InRange(batch.Sum(tag => tag.Length + 1), 1, 7_500));

        static IEnumerable<string> Slugs() => Enumerable.Range(0, 100).Select(number => $"topic:{number}-{new string('y', 600)}");
    }

    [Fact]
    public void Waits_grow_to_a_minute_and_never_end()
    {
        var waits = Enumerable.Range(1, 8).Select(tries => PurgeQueue.Schedule.DelayAfter(tries, null)!.Value).ToList();

        Assert.InRange(waits[0], TimeSpan.FromSeconds(0.5), TimeSpan.FromSeconds(0.6));
        Assert.InRange(waits[^1], TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(1.2));
    }
}
