using System.Globalization;
using HeadlessCms.Tests.Harness;
using Npgsql;

namespace HeadlessCms.Tests.Cluster;

/// <summary>
/// Three nodes behind HAProxy and PgBouncer under load, while one part after the other breaks. A further part that may break is one more
/// <see cref="Fault"/>.
/// </summary>
public sealed class ChaosTests(TestCluster cluster, ITestOutputHelper output)
{
    /// <summary>How long parts break, in seconds.</summary>
    private const string Variable = "HEADLESS_CMS_TEST_CHAOS_SECONDS";

    private static readonly TimeSpan Duration = TimeSpan.FromSeconds(
        int.Parse(Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } set ? set : "35", CultureInfo.InvariantCulture)
    );

    [Fact]
    public async Task Whatever_breaks_nothing_acknowledged_is_lost_nothing_leaks_and_no_order_is_wrong()
    {
        var direct = await cluster.NewDatabaseAsync();
        var reader = await ReaderOfAsync(direct);
        using var pooler = await PgBouncer.StartAsync(
            new Dictionary<string, NpgsqlConnectionStringBuilder> { ["cms"] = new(direct), ["live"] = reader }
        );
        await using var group = await NodeGroup.StartAsync(
            direct,
            $"--ConnectionStrings:Cms={pooler.ConnectionString("cms")}",
            $"--ConnectionStrings:CmsLive={pooler.ConnectionString("live")}",
            $"--ConnectionStrings:CmsListen={direct}",
            "--Cms:Drain=00:00:02"
        );
        await using var subscribers = await Subscribers.BeginAsync(group);
        var traffic = new NewsTraffic(group, editors: 3);
        await traffic.BeginAsync();
        using var end = new CancellationTokenSource();
        var load = Task.WhenAll(traffic.RunAsync(end.Token), subscribers.RunAsync(end.Token));

        await BreakAsync(FaultsOf(group, pooler), load);

        await end.CancelAsync();
        await load;
        output.WriteLine(
            $"{traffic.Reads} reads, {traffic.Writes} writes, {traffic.Failed.Count} requests without an answer, "
                + $"{subscribers.Streams} streams, {subscribers.Repeated} webhooks sent again"
        );
        foreach (var failed in traffic.Failed.GroupBy(one => (one.Split(' ')[0], one.Split(": ", 2)[1].Split(' ')[0])))
            output.WriteLine($"{failed.Count()} × {failed.Key}");
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

    private static IReadOnlyList<Fault> FaultsOf(NodeGroup group, PgBouncer pooler) => [new("a node is killed", async random =>
            {
                var node = random.Next(NodeGroup.Count);
                group.KillNode(node);
                await PauseAsync(random, 0, 1_000);
                await group.StartNodeAsync(node);
            }), new("a node is stopped", async random =>
            {
                var node = random.Next(NodeGroup.Count);
                Assert.Equal(0, await group.StopNodeAsync(node));
                await group.StartNodeAsync(node);
            }), new("a node hangs", async random =>
            {
                var node = random.Next(NodeGroup.Count);
                await group.SignalNodeAsync(node, "STOP");
                await PauseAsync(random, 1_000, 5_000);
                await group.SignalNodeAsync(node, "CONT");
            }), new("the pooler is killed", async random =>
            {
                pooler.Kill();
                await PauseAsync(random, 0, 2_000);
                await pooler.StartAgainAsync();
            }), new("the pooler hangs", async random =>
            {
                await pooler.SignalAsync("STOP");
                await PauseAsync(random, 1_000, 3_000);
                await pooler.SignalAsync("CONT");
            }), new("all connections to the database are cut", async _ => await group.SqlAsync<long>(
                    """
                    select count(pg_terminate_backend(pid)) from pg_stat_activity
                    where datname = current_database() and pid <> pg_backend_pid()
                    """
                ))];

    private static Task PauseAsync(Random random, int least, int most) =>
        Task.Delay(random.Next(least, most), TestContext.Current.CancellationToken);

    private static async Task<NpgsqlConnectionStringBuilder> ReaderOfAsync(string direct)
    {
        var name = $"reader_{Guid.CreateVersion7():N}";
        await using var connection = new NpgsqlConnection(direct);
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var create = new NpgsqlCommand($"create role {name} login password 'reader' in role cms_live", connection);
        await create.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        return new(direct) { Username = name, Password = "reader" };
    }

    /// <summary>A part breaks, and is whole again when the task ends.</summary>
    private sealed record Fault(string Name, Func<Random, Task> BreakAsync);
}
