using System.Diagnostics;
using System.Net;
using HeadlessCms.Api.Outbox.Changes;
using HeadlessCms.Tests.Harness;

namespace HeadlessCms.Tests.Cluster;

/// <summary>Nodes that hear of changes by notification.</summary>
public sealed class ListenTests(ListenTests.ListeningNewsroom newsroom, ITestOutputHelper output)
    : IClassFixture<ListenTests.ListeningNewsroom>
{
    private const string Insert =
        "insert into changes (type, article_id, revision) values ('updated', gen_random_uuid(), 1) returning position";

    [Fact]
    public async Task A_change_is_seen_on_another_node_long_before_it_would_poll()
    {
        var other = newsroom.Client(null, newsroom.AnotherNode());
        var slug = await newsroom.Admin.ArticleAsync(new { headline = "Before" }, publish: true);
        var path = $"/content/v1/articles/{slug}";
        var took = new List<double>();
        for (var round = 0; round < 21; round++)
        {
            await Eventually.TrueAsync(async () =>
            {
                (await other.ReadAsync(path)).Expect(HttpStatusCode.OK);
                return await newsroom.Statements.CountReadsAsync(() => other.ReadAsync(path)) == 0; // that node has it in memory
            });
            var headline = $"After {round}";
            var tag = (await newsroom.Admin.ReadAsync($"/editorial/v1/articles/{slug}")).Tag;
            (await newsroom.Admin.PutAsync($"/editorial/v1/articles/{slug}", new { headline }, tag)).Expect(HttpStatusCode.OK);
            await newsroom.Admin.PublishAsync(slug);
            var watch = Stopwatch.StartNew();
            while ((await other.ReadAsync(path)).Json["headline"]!.GetValue<string>() != headline)
                Assert.True(watch.Elapsed < Patience.Limit);
            took.Add(watch.Elapsed.TotalMilliseconds);
        }

        took.Sort();
        output.WriteLine($"From the answer to the editor to the other node: {took[took.Count / 2]:0.0} ms, at most {took[^1]:0.0} ms");
        // A busy machine is no error; without notifications a node that listens would poll after thirty seconds.
        Assert.True(took[^1] < ChangeWatcher.Backstop.TotalMilliseconds / 3, $"One took {took[^1]} ms.");
    }

    [Fact]
    public async Task An_idle_node_asks_the_database_for_little_more_than_its_health()
    {
        var database = await newsroom.IdleNodeAsync();

        // It has to settle: what the start did is counted late.
        double rate = 0;
        await Eventually.TrueAsync(async () => (rate = await newsroom.TransactionsASecondAsync(database)) < 2);
        output.WriteLine($"{rate:0.0} transactions a second");
    }

    [Fact]
    public async Task A_node_whose_connection_is_cut_polls_and_then_listens_again()
    {
        var (listener, watcher) = (newsroom.Service<ChangeListener>(), newsroom.Service<ChangeWatcher>());
        await Eventually.TrueAsync(() => Task.FromResult(listener.IsListening));
        var path = "/content/v1/articles?limit=3";
        for (var round = 0; round < 3; round++)
        {
            var lost = new TaskCompletionSource();
            listener.StateChanged += () => lost.TrySetResult();
            var cut = await newsroom.SqlAsync(
                """
                select count(pg_terminate_backend(pid)) from pg_stat_activity
                where datname = current_database() and application_name = 'HeadlessCms-listen'
                """
            );
            Assert.True((long)cut! > 0);
            await lost.Task.WaitAsync(Patience.Limit, TestContext.Current.CancellationToken);

            // As another node would: past the caches of this one.
            var position = (long)(await newsroom.SqlAsync(Insert))!;
            await watcher
                .WaitBeyondAsync(position - 1, TestContext.Current.CancellationToken)
                .WaitAsync(Patience.Limit, TestContext.Current.CancellationToken);
            (await newsroom.Anyone.ReadAsync(path)).Expect(HttpStatusCode.OK);
            await Eventually.TrueAsync(() => Task.FromResult(listener.IsListening && watcher.IsCurrent));
        }
    }

    [Fact]
    public async Task A_scheduled_publication_is_logged_at_its_instant_without_a_notification()
    {
        var slug = await newsroom.Admin.ArticleAsync(new { headline = "At its instant" });
        var at = (await newsroom.ClockAsync()).AddSeconds(4);
        await newsroom.Admin.PublishAsync(slug, new { liveFrom = at });

        await Eventually.TrueAsync(async () =>
            (await newsroom.Anyone.ReadAsync("/content/v1/changes")).Text.Contains(slug, StringComparison.Ordinal)
            || (await newsroom.Anyone.LiveStatusAsync(slug)) == HttpStatusCode.OK
                && (bool)(await newsroom.SqlAsync("select bool_and(start_logged) from publications"))!
        );

        var late = await newsroom.ClockAsync() - at;
        output.WriteLine($"Logged {late.TotalMilliseconds:0} ms after its instant at most");
        Assert.True(late < ChangeWatcher.Backstop / 2, $"It was logged {late} late.");
    }

    /// <summary>A newsroom with a hub, so that everything that could poll runs.</summary>
    public sealed class ListeningNewsroom(TestCluster cluster) : Newsroom(cluster)
    {
        protected override IReadOnlyDictionary<string, string> Settings { get; } =
            new Dictionary<string, string> { ["Cms:SiteUrl"] = "https://news.example", ["Cms:WebSubHub"] = "https://hub.example/" };

        /// <summary>Starts a node on a database of its own and returns the database's name.</summary>
        public async Task<string> IdleNodeAsync()
        {
            var connection = await Databases.NewDatabaseAsync();
            AnotherNode(("ConnectionStrings:Cms", connection));
            return new Npgsql.NpgsqlConnectionStringBuilder(connection).Database!;
        }

        /// <summary>How many transactions that database committed a second, over ten seconds.</summary>
        public async Task<double> TransactionsASecondAsync(string database)
        {
            var (before, watch) = (await CommittedAsync(database), Stopwatch.StartNew());
            await Task.Delay(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken); // what is measured is a rate
            return (await CommittedAsync(database) - before) / watch.Elapsed.TotalSeconds;
        }

        private async Task<long> CommittedAsync(string database) =>
            (long)(await SqlAsync($"select xact_commit from pg_stat_database where datname = '{database}'"))!;
    }
}
