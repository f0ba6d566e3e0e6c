using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using HeadlessCms.Postgres;
using HeadlessCms.Tests.Harness;

namespace HeadlessCms.Tests.Hosting;

/// <summary>PostgreSQL goes away under readers and editors, and comes back.</summary>
public sealed class OutageTests(OutageTests.OutageNewsroom newsroom, ITestOutputHelper output) : IClassFixture<OutageTests.OutageNewsroom>
{
    private const int Readers = 16;
    private static readonly TimeSpan Outage = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    [Fact]
    public async Task While_PostgreSQL_is_away_what_was_read_is_given_the_rest_is_503_and_no_acknowledged_save_is_lost()
    {
        var stories = new List<string>();
        while (stories.Count < Readers)
            stories.Add(await newsroom.Admin.ArticleAsync(new { headline = $"Before {stories.Count}" }, publish: true));
        string[] pages = [.. stories.Select(story => $"/content/v1/articles/{story}")];
        foreach (var page in pages)
            await KeepAsync(page);

        var (read, unread, saved) = (new ConcurrentBag<Answer>(), new ConcurrentBag<(Answer Answer, TimeSpan Took)>(), new List<string>());
        using var end = new CancellationTokenSource();
        var readers = pages.Select(page => RepeatAsync(async _ => read.Add(await newsroom.Anyone.ReadAsync(page)), end.Token));
        var others = RepeatAsync(
            async turn =>
            {
                var watch = Stopwatch.StartNew();
                unread.Add(
                    (await newsroom.Anyone.ReadAsync($"/content/v1/articles?limit={turn % 100 + 1}&source=none-{turn}"), watch.Elapsed)
                );
            },
            end.Token
        );
        var editor = RepeatAsync(
            async turn =>
            {
                var answer = await newsroom.Admin.PostAsync("/editorial/v1/articles", new { headline = $"Saved {turn}" });
                if (answer.Status == HttpStatusCode.Created)
                    saved.Add(answer.Json["id"]!.GetValue<string>());
                else
                    Assert.Equal("unavailable", answer.Problem(HttpStatusCode.ServiceUnavailable));
            },
            end.Token
        );
        var work = Task.WhenAll([.. readers, others, editor]);
        await Eventually.TrueAsync(() => Task.FromResult(saved.Count > 2 && unread.Count > 2));

        await newsroom.StopPostgresAsync();
        var (before, beforeUnread) = (read.Count, unread.Count);
        await Task.Delay(Outage, TestContext.Current.CancellationToken); // the time that is promised, not a wait for something
        var (during, duringUnread, savedBefore) = (read.Count, unread.Count, saved.Count);
        await newsroom.StartPostgresAsync();
        var back = Stopwatch.StartNew();
        await Eventually.TrueAsync(async () =>
            (await newsroom.Anyone.ReadAsync("/content/v1/articles?limit=77")).Status == HttpStatusCode.OK
        );
        await Eventually.TrueAsync(() => Task.FromResult(saved.Count > savedBefore));
        output.WriteLine($"Everything was right {back.Elapsed.TotalSeconds:0.00} s after PostgreSQL was back.");
        await end.CancelAsync();
        await work;

        Assert.True(during - before > Readers * 10, "Too little was read while PostgreSQL was away.");
        Assert.All(read, answer => Assert.True(answer.Status == HttpStatusCode.OK, answer.Text));
        Assert.Contains(read, answer => answer.Headers.CacheControl!.ToString().Contains("stale-if-error", StringComparison.Ordinal));
        Assert.True(duringUnread - beforeUnread > 10, "Too little was asked for while PostgreSQL was away.");
        var refused = unread.Where(asked => asked.Answer.Status != HttpStatusCode.OK).ToList();
        Assert.All(refused, asked =>
        {
            Assert.Equal("unavailable", asked.Answer.Problem(HttpStatusCode.ServiceUnavailable));
            Assert.NotNull(asked.Answer.Headers.RetryAfter);
        });
        var waits = refused.Select(asked => asked.Took).Order().ToList();
        output.WriteLine(
            $"{waits.Count} refusals took {waits[waits.Count / 2].TotalMilliseconds:0} ms, at most {waits[^1].TotalMilliseconds:0} ms."
        );
        Assert.True(waits[waits.Count / 2] < TimeSpan.FromSeconds(2), $"A refusal took {waits[waits.Count / 2]}.");
        foreach (var id in saved)
            (await newsroom.Admin.ReadAsync($"/editorial/v1/articles/{id}")).Expect(HttpStatusCode.OK);
    }

    /// <summary>Reads a page until the response is one that was kept.</summary>
    private async Task KeepAsync(string page) =>
        await Eventually.TrueAsync(async () =>
        {
            var answer = await newsroom.Anyone.ReadAsync(page);
            answer.Expect(HttpStatusCode.OK);
            return await newsroom.Statements.CountReadsAsync(() => newsroom.Anyone.ReadAsync(page)) == 0;
        });

    private static async Task RepeatAsync(Func<int, Task> work, CancellationToken end)
    {
        for (var turn = 0; !end.IsCancellationRequested; turn++)
        {
            await work(turn);
            await Task.Delay(Pause, TestContext.Current.CancellationToken);
        }
    }

    /// <summary>A newsroom on a PostgreSQL of its own, which can be stopped and started.</summary>
    public sealed class OutageNewsroom(TestCluster cluster) : Newsroom(cluster), IAsyncLifetime
    {
        private readonly TemporaryDirectory _directory = new();
        private PrivatePostgres _postgres = null!;

        protected override IReadOnlyDictionary<string, string> Settings { get; } =
            new Dictionary<string, string> { ["Logging:LogLevel:Default"] = "None", ["Logging:LogLevel:Microsoft.AspNetCore"] = "None" };

        private string Cluster => Path.Combine(_directory.Path, "postgres", "data");

        protected override async Task<string> CreateDatabaseAsync()
        {
            _postgres = await PrivatePostgres.StartAsync(
                new()
                {
                    DataDirectory = _directory.Path,
                    Durable = true,
                    Search = PostgresVersions.Search,
                }
            );
            await _postgres.EnsureDatabaseAsync("cms");
            return _postgres.ConnectionString("cms");
        }

        /// <summary>Stops it as a power cut does.</summary>
        public Task StopPostgresAsync() => ControlAsync("stop", "-m", "immediate");

        /// <summary>Starts it as it was started before: on the same port.</summary>
        public Task StartPostgresAsync() => ControlAsync("restart", "-l", Path.Combine(_directory.Path, "postgres", "server.log"));

        async ValueTask IAsyncDisposable.DisposeAsync()
        {
            await DisposeAsync();
            await _postgres.DisposeAsync();
            _directory.Dispose();
        }

        private async Task ControlAsync(string action, params string[] arguments)
        {
            var binaries = PostgresBinaries.Find(PostgresVersions.Search(), PrivateMajor)!;
            var (code, printed) = await ServerUser.Current.RunAsync(
                binaries.PathOf("pg_ctl"),
                [action, "-w", "-D", Cluster, .. arguments],
                TestContext.Current.CancellationToken
            );
            Assert.True(code == 0, printed);
        }

        private int PrivateMajor =>
            int.Parse(File.ReadAllText(Path.Combine(Cluster, "PG_VERSION")), System.Globalization.CultureInfo.InvariantCulture);
    }
}
