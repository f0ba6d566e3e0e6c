using System.Globalization;
using HeadlessCms.Tests.Harness;
using Npgsql;

namespace HeadlessCms.Tests.Cluster;

/// <summary>
/// Three nodes behind HAProxy, which write to a primary through PgBouncer and read its replica, under load, while one part after the other
/// breaks; at last the primary is lost. A further part that may break is one more <see cref="Fault"/>.
/// </summary>
[Collection(WholeMachine.Tests)]
[Trait("Postgres", "AnyVersion")] // once is enough: it says nothing about a version
public sealed class ChaosTests(ITestOutputHelper output)
{
    /// <summary>How long parts break, in seconds.</summary>
    private const string Variable = "HEADLESS_CMS_TEST_CHAOS_SECONDS";

    /// <summary>The database at the pooler.</summary>
    private const string Pooled = "cms";

    private static readonly TimeSpan Duration = TimeSpan.FromSeconds(
        int.Parse(Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } set ? set : "35", CultureInfo.InvariantCulture)
    );

    [Fact]
    public async Task Whatever_breaks_nothing_acknowledged_is_lost_nothing_leaks_and_no_order_is_wrong()
    {
        await using var servers = await ReplicatedPostgres.StartAsync(synchronous: true);
        using var pooler = await PgBouncer.StartAsync(To(servers.First, servers.FirstPort));
        await using var group = await NodeGroup.StartAsync(
            servers.First,
            $"--ConnectionStrings:Cms={pooler.ConnectionString(Pooled)}",
            $"--ConnectionStrings:CmsLive={servers.Live}",
            $"--ConnectionStrings:CmsListen={servers.Newsroom}",
            "--Cms:Drain=00:00:02"
        );
        await using var subscribers = await Subscribers.BeginAsync(group);
        var traffic = new NewsTraffic(group, editors: 3);
        await traffic.BeginAsync();
        using var end = new CancellationTokenSource();
        var load = Task.WhenAll(traffic.RunAsync(end.Token), subscribers.RunAsync(end.Token));

        await BreakAsync([.. FaultsOf(group), .. FaultsOf(pooler), .. FaultsOf(servers)], load);
        await LosePrimaryAsync(servers, pooler, group, traffic);

        await end.CancelAsync();
        await load;
        output.WriteLine(
            $"{traffic.Reads} reads, {traffic.Writes} writes, {traffic.Failed.Count} requests without an answer, "
                + $"{subscribers.Streams} streams, {subscribers.Repeated} webhooks sent again"
        );
        foreach (var failed in traffic.Failed.GroupBy(one => (one.Split(' ')[0], one.Split(": ", 2)[1].Split(' ')[0])))
            output.WriteLine($"{failed.Count()} × {failed.Key}");
        Assert.True(!traffic.Failed.Any(one => one.Contains(": 500 ", StringComparison.Ordinal)), group.Errors);
        Assert.Empty(traffic.Wrong);
        Assert.True(traffic.Writes > 50, "Too little was written to say anything.");
        await traffic.CheckAsync();
        await subscribers.CheckAsync(traffic.Stories.Values);
    }

    private async Task BreakAsync(IReadOnlyList<Fault> faults, Task load)
    {
        var seed = Environment.TickCount;
        output.WriteLine($"Seed {seed}");
        var random = new Random(seed);
        var waited = System.Diagnostics.Stopwatch.StartNew();
        while (waited.Elapsed < Duration)
        {
            var order = faults.ToArray();
            random.Shuffle(order);
            foreach (var fault in order.TakeWhile(_ => waited.Elapsed < Duration))
            {
                Assert.False(load.IsFaulted, load.Exception?.ToString());
                output.WriteLine($"{waited.Elapsed.TotalSeconds:0.0} s: {fault.Name}");
                await fault.BreakAsync(random);
                await PauseAsync(random, 500, 1_500);
            }
        }
    }

    // The replica has all that was acknowledged, because commits wait for it.
    private async Task LosePrimaryAsync(ReplicatedPostgres servers, PgBouncer pooler, NodeGroup group, NewsTraffic traffic)
    {
        output.WriteLine("The primary is lost");
        await servers.CatchUpAsync(); // from here on nobody gives up waiting for the replica
        servers.KillFirst();
        await servers.PromoteSecondAsync();
        await pooler.LeadToAsync(To(servers.Second, servers.SecondPort));
        group.Database = servers.Second;
        var written = traffic.Writes;
        await Eventually.TrueAsync(() => Task.FromResult(traffic.Writes > written + 20));
    }

    private static List<Fault> FaultsOf(NodeGroup group)
    {
        return [new("a node is killed", KillAsync), new("a node is stopped", StopAsync), new("a node hangs", HangAsync)];

        async Task KillAsync(Random random)
        {
            var node = random.Next(NodeGroup.Count);
            group.KillNode(node);
            await PauseAsync(random, 0, 1_000);
            await group.StartNodeAsync(node);
        }

        async Task StopAsync(Random random)
        {
            var node = random.Next(NodeGroup.Count);
            Assert.Equal(0, await group.StopNodeAsync(node));
            await group.StartNodeAsync(node);
        }

        async Task HangAsync(Random random)
        {
            var node = random.Next(NodeGroup.Count);
            await group.SignalNodeAsync(node, "STOP");
            await PauseAsync(random, 1_000, 5_000);
            await group.SignalNodeAsync(node, "CONT");
        }
    }

    private static List<Fault> FaultsOf(PgBouncer pooler)
    {
        return [new("the pooler is killed", KillAsync), new("the pooler hangs", HangAsync)];

        async Task KillAsync(Random random)
        {
            pooler.Kill();
            await PauseAsync(random, 0, 2_000);
            await pooler.StartAgainAsync();
        }

        async Task HangAsync(Random random)
        {
            await pooler.SignalAsync("STOP");
            await PauseAsync(random, 1_000, 3_000);
            await pooler.SignalAsync("CONT");
        }
    }

    private static List<Fault> FaultsOf(ReplicatedPostgres servers)
    {
        return
        [
            new("the replica is killed", KillReplicaAsync),
            new("the replica hangs", random => servers.HangSecondAsync(() => PauseAsync(random, 1_000, 3_000))),
            new("the primary is killed", KillPrimaryAsync),
            new("the primary hangs", random => servers.HangFirstAsync(() => PauseAsync(random, 1_000, 3_000))),
            new("all connections to the primary are cut", CutAsync),
        ];

        async Task KillReplicaAsync(Random random)
        {
            servers.KillSecond();
            await PauseAsync(random, 0, 3_000);
            await servers.StartSecondAsync();
        }

        async Task KillPrimaryAsync(Random random)
        {
            servers.KillFirst();
            await PauseAsync(random, 0, 2_000);
            await servers.StartFirstAsync();
        }

        Task CutAsync(Random random) =>
            ReplicatedPostgres.ReadAsync<long>(
                servers.First,
                """
                select count(pg_terminate_backend(pid)) from pg_stat_activity
                where datname = current_database() and pid <> pg_backend_pid()
                """
            );
    }

    private static Task PauseAsync(Random random, int least, int most) =>
        Task.Delay(random.Next(least, most), TestContext.Current.CancellationToken);

    private static Dictionary<string, NpgsqlConnectionStringBuilder> To(string server, int port) =>
        new()
        {
            [Pooled] = new(server) { Host = "127.0.0.1", Port = port },
        };

    /// <summary>A part breaks, and is whole again when the task ends.</summary>
    private sealed record Fault(string Name, Func<Random, Task> BreakAsync);
}
