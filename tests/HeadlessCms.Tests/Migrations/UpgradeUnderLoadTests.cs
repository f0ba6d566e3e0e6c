using System.Collections.Concurrent;
using System.Net.Http.Headers;
using HeadlessCms.Api.Hosting.Storage;
using HeadlessCms.Tests.Harness;
using Microsoft.Extensions.Logging.Abstractions;

namespace HeadlessCms.Tests.Migrations;

/// <summary>A node that does not keep responses, so that each read reaches the database.</summary>
public sealed class UncachedNewsroom(TestCluster cluster) : Newsroom(cluster)
{
    protected override IReadOnlyDictionary<string, string> Settings { get; } =
        new Dictionary<string, string> { ["Cms:Cache:MaxBytes"] = "0" };
}

/// <summary>Nodes go on answering while another one applies the schema.</summary>
public sealed class UpgradeUnderLoadTests(UncachedNewsroom newsroom) : IClassFixture<UncachedNewsroom>
{
    private const int Upgrades = 8;

    [Fact]
    public async Task No_request_fails_while_the_definitions_are_applied_again_and_again()
    {
        var cancellation = TestContext.Current.CancellationToken;
        await newsroom.Admin.ConceptAsync("topics", new { name = "Upgrades" });
        var slug = await newsroom.Admin.ArticleAsync(
            new { headline = "Zebra crossing", topics = new[] { new { topic = "upgrades", relation = "about" } } },
            publish: true
        );
        string[] reads =
        [
            $"/content/v1/articles/{slug}",
            "/content/v1/articles?limit=5&facets=topics",
            "/content/v1/articles?topic=upgrades",
            "/content/v1/search?q=zebra",
            "/content/v1/suggest?q=upgr",
            $"/content/v1/articles/{slug}/related",
            "/content/v1/changes",
            "/feeds/articles.rss",
            "/editorial/v1/articles?limit=5",
            $"/editorial/v1/articles/{slug}",
            "/editorial/v1/overview",
        ];
        var failed = new ConcurrentBag<string>();
        var answered = 0;
        using var upgraded = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var load = reads.Select((path, _) => LoopAsync(_ => Task.FromResult(new HttpRequestMessage(HttpMethod.Get, path)))).ToList();
        load.Add(
            LoopAsync(number =>
                Task.FromResult(
                    new HttpRequestMessage(HttpMethod.Post, "/editorial/v1/articles")
                    {
                        Content = System.Net.Http.Json.JsonContent.Create(
                            new { headline = $"Saved {number}", topics = new[] { new { topic = "upgrades", relation = "about" } } }
                        ),
                    }
                )
            )
        );
        load.Add(
            LoopAsync(async number =>
            {
                var made = await newsroom.Admin.ArticleAsync(new { headline = $"Published {number}" });
                return new(HttpMethod.Post, $"/editorial/v1/articles/{made}/publications")
                {
                    Content = System.Net.Http.Json.JsonContent.Create(new { }),
                };
            })
        );

        load.Add(
            LoopAsync(number =>
                Task.FromResult(
                    new HttpRequestMessage(HttpMethod.Post, "/editorial/v1/articles/bulk")
                    {
                        Content = new StringContent(
                            string.Concat(Enumerable.Range(0, 100).Select(line => $"{{\"headline\":\"Imported {number}, {line}\"}}\n")),
                            MediaTypeHeaderValue.Parse("application/x-ndjson")
                        ),
                    }
                )
            )
        );

        for (var upgrade = 0; upgrade < Upgrades; upgrade++)
        {
            await Task.Delay(300, cancellation);
            await newsroom.SqlAsync("update applied_definitions set hash = 'older'");
            await using var node = new Database(newsroom.ConnectionString);
            await Migrator.RunAsync(node, NullLogger.Instance);
        }

        await upgraded.CancelAsync();
        await Task.WhenAll(load);
        Assert.Empty(failed.Distinct());
        Assert.True(answered > 10 * reads.Length, $"{answered} answers");

        async Task LoopAsync(Func<int, Task<HttpRequestMessage>> next)
        {
            using var client = newsroom.Client(Newsroom.AdminKey);
            for (var number = 0; !upgraded.IsCancellationRequested; number++)
            {
                using var request = await next(number);
                using var response = await client.SendAsync(request, cancellation);
                Interlocked.Increment(ref answered);
                if ((int)response.StatusCode is < 200 or > 299)
                    failed.Add(
                        $"{(int)response.StatusCode} {request.Method} {request.RequestUri}: "
                            + $"{await response.Content.ReadAsStringAsync(cancellation)}"
                    );
            }
        }
    }
}
