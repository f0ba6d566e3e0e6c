using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using HeadlessCms.Core.Access;
using HeadlessCms.Tests.Harness;

namespace HeadlessCms.Tests.Cluster;

/// <summary>Readers read a replica, which may lag: its replay is paused, so that it stays as it was.</summary>
public sealed class ReplicaTests(LaggingNewsroom newsroom) : IClassFixture<LaggingNewsroom>
{
    private const string Articles = "/editorial/v1/articles";

    [Fact]
    public async Task Readers_read_at_the_replica()
    {
        await newsroom.Admin.ArticleAsync(new { headline = "At the replica", slug = "at-the-replica" }, publish: true);
        var before = await ReadsAsync();

        // A key bypasses the cache.
        await Eventually.TrueAsync(async () =>
        {
            Assert.Equal(HttpStatusCode.OK, await newsroom.Admin.LiveStatusAsync("at-the-replica"));
            return await ReadsAsync() > before;
        });

        Task<long> ReadsAsync() =>
            ReplicatedPostgres.ReadAsync<long>(
                newsroom.Servers.Second,
                """
                select count(*) from pg_stat_activity where application_name = 'HeadlessCms-live' and query ilike '%from live.articles%'
                """
            );
    }

    [Fact]
    public async Task Nobody_travels_back_when_the_replica_falls_behind()
    {
        var other = newsroom.AnotherNode();
        await newsroom.Admin.ArticleAsync(Version("never-back", 1), publish: true);
        HttpClient[] readers = [newsroom.Admin, newsroom.Anyone, newsroom.Client(Newsroom.AdminKey, other), newsroom.Client(null, other)];
        foreach (var reader in readers)
            await Eventually.TrueAsync(async () => await VersionAsync(reader, "never-back") == 1);

        await WithLagAsync(async () =>
        {
            await SaveAsync("never-back", 2);

            // The node that saved has it at once, in memory too; the other one within a moment, and never again without it.
            Assert.Equal(2, await VersionAsync(readers[0], "never-back"));
            Assert.Equal(2, await VersionAsync(readers[1], "never-back"));
            foreach (var reader in readers[2..])
                await Eventually.TrueAsync(async () => await VersionAsync(reader, "never-back") == 2);
            for (var round = 0; round < 20; round++)
                foreach (var reader in readers)
                    Assert.Equal(2, await VersionAsync(reader, "never-back"));
        });

        for (var round = 0; round < 20; round++)
            foreach (var reader in readers)
                Assert.Equal(2, await VersionAsync(reader, "never-back"));
    }

    [Fact]
    public async Task Lists_search_feeds_and_changes_have_what_a_node_has_saved_although_the_replica_lacks_it()
    {
        await WithLagAsync(async () =>
        {
            await newsroom.Admin.ArticleAsync(new { headline = "Quince harvest", slug = "quince-harvest" }, publish: true);

            foreach (
                var path in new[]
                {
                    "/content/v1/articles",
                    "/content/v1/search?q=quince",
                    "/content/v1/changes",
                    "/feeds/articles.rss",
                    "/feeds/articles.json",
                    "/sitemap-news.xml",
                }
            )
            {
                var answer = await newsroom.Admin.ReadAsync(path);
                Assert.Equal(HttpStatusCode.OK, answer.Status);
                Assert.Contains("quince-harvest", answer.Text, StringComparison.Ordinal);
            }
        });
    }

    [Fact]
    public async Task A_preview_has_what_was_saved_on_another_node()
    {
        var other = newsroom.AnotherNode();
        var editor = await newsroom.AsAsync(Role.Editor);
        await WithLagAsync(async () =>
        {
            await editor.PostAsync(Articles, new { headline = "Tomorrow", slug = "replica-tomorrow" });
            (await editor.PostAsync($"{Articles}/replica-tomorrow/publications", new { liveFrom = "2999-01-01T00:00:00Z" })).Expect(
                HttpStatusCode.Created
            );
            var token = (await editor.PostAsync("/editorial/v1/previews", new { asOf = "2999-01-02T00:00:00Z" })).Expect(
                HttpStatusCode.Created
            )["token"]!.GetValue<string>();

            for (var round = 0; round < 5; round++)
            {
                var preview = await newsroom.Client(null, other).ReadAsync($"/content/v1/articles/replica-tomorrow?preview={token}");
                Assert.True(preview.Status == HttpStatusCode.OK, preview.Text);
                Assert.Equal(HttpStatusCode.NotFound, await newsroom.Client(null, other).LiveStatusAsync("replica-tomorrow"));
            }
        });
    }

    [Fact]
    public async Task Lag_is_measured_and_said_by_the_check_while_the_node_stays_ready()
    {
        using var manager = Patience.Client(
            new Uri(newsroom.Service<HeadlessCms.Api.Hosting.Management.ManagementServer>().Addresses.Single())
        );
        await WithLagAsync(async () =>
        {
            await newsroom.Admin.ArticleAsync(new { headline = "A change that the replica lacks" }, publish: true);
            await Eventually.TrueAsync(async () => await CheckAsync() == "degraded");
            await Eventually.TrueAsync(async () => await MetricAsync("changes") >= 1 && await MetricAsync("lag") > 0.1);
        });

        await Eventually.TrueAsync(async () => await CheckAsync() == "healthy");
        await Eventually.TrueAsync(async () => await MetricAsync("changes") == 0 && await MetricAsync("lag") == 0);

        async Task<double> MetricAsync(string name) => Metric((await manager.ReadAsync("/metrics")).Text, name);

        async Task<string> CheckAsync() =>
            (await manager.ReadAsync("/health/ready")).Expect(HttpStatusCode.OK)["checks"]!
                .AsArray()
                .Single(check => check!["name"]!.GetValue<string>() == "replicas")!["status"]!.GetValue<string>();
    }

    private double Metric(string metrics, string name)
    {
        var metric = $"headless_cms_replica_lag{(name == "lag" ? "" : "_" + name)}";
        var found = Regex.Match(
            metrics,
            $$"""{{metric}}{{(name == "lag" ? "_seconds" : "")}}\{[^}]*127.0.0.1:{{newsroom.Servers.SecondPort}}"[^}]*\} (\S+)"""
        );
        Assert.True(found.Success, metrics);
        return double.Parse(found.Groups[1].Value, CultureInfo.InvariantCulture);
    }

    private async Task WithLagAsync(Func<Task> during)
    {
        await newsroom.Servers.PauseAsync();
        try
        {
            await during();
        }
        finally
        {
            await newsroom.Servers.ResumeAsync();
        }
    }

    private static object Version(string slug, int number) => new { headline = $"Version {number}", slug };

    private async Task SaveAsync(string slug, int number)
    {
        var revision = (await newsroom.Admin.ReadAsync($"{Articles}/{slug}")).Expect(HttpStatusCode.OK)["revision"];
        (await newsroom.Admin.PutAsync($"{Articles}/{slug}", Version(slug, number), $"\"r{revision}\"")).Expect(HttpStatusCode.OK);
        await newsroom.Admin.PublishAsync(slug);
    }

    private static async Task<int> VersionAsync(HttpClient reader, string slug) =>
        int.Parse(
            (await reader.ReadAsync($"/content/v1/articles/{slug}")).Expect(HttpStatusCode.OK)["headline"]!.GetValue<string>().Split(' ')[
                1
            ],
            CultureInfo.InvariantCulture
        );
}
