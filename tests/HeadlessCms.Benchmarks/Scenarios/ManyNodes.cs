using HeadlessCms.Benchmarks.Load;
using HeadlessCms.Benchmarks.Servers;
using Npgsql;

namespace HeadlessCms.Benchmarks.Scenarios;

/// <summary>
/// A load of several nodes: the median of its rounds, its ratio to one node without replicas, and what a request costs each part.
/// <c>OnPrimary</c> is the transactions that the primary has of a request.
/// </summary>
internal sealed record NodesLine(
    string Name,
    int Nodes,
    int Replicas,
    Measured Load,
    double Ratio,
    double? ReplicaMicroseconds,
    double OnPrimary
);

/// <summary>
/// One, two and three nodes that read at no, one or two replicas, on one machine. The processors are shared, so it is not the speed that
/// grows but what each part still does that tells what more machines would give.
/// </summary>
internal static class ManyNodes
{
    private const int MostNodes = 3;
    private const int MostReplicas = 2;
    private const double WarmUpSeconds = 3;
    private const int WritesPerSecond = 2_000;
    private const string Reader = "bench_reader";

    // PostgreSQL's backends report what they did once a second at most.
    private static readonly TimeSpan Reported = TimeSpan.FromSeconds(1.5);
    private static readonly string[] Names = ["item", "list of 20 of one topic", "create with five mentions"];

    public static async Task<bool> RunAsync(Bench bench)
    {
        var articles = bench.Options.Articles ?? Speed.UsualSize;
        var database = await bench.NewsroomOfAsync(articles);
        var scenarios = Catalogue
            .Of(bench.Newsroom, articles)
            .Where(scenario => !scenario.Cached && Names.Contains(scenario.Name))
            .ToList();
        var (lines, faults) = (new List<NodesLine>(), new List<string>());
        var replicas = new List<ReplicaServer>();
        try
        {
            for (var count = 0; count <= MostReplicas; count++)
            {
                if (count > 0 && !ReplicaServer.IsPossible)
                {
                    await Console.Error.WriteLineAsync("There is no pg_basebackup beside PostgreSQL; replicas are left out.");
                    break;
                }

                if (count > 0)
                    replicas.Add(await bench.ReplicaAsync(count, database));
                await using var nodes = await NodesAsync(database, replicas);
                foreach (var scenario in scenarios)
                    await RunAsync(bench, database, nodes, replicas, scenario, lines, faults);
            }
        }
        finally
        {
            foreach (var replica in replicas)
                await replica.DisposeAsync();
        }

        Report.Write(lines, faults);
        return faults.Count == 0;
    }

    private static async Task<NodeSet> NodesAsync(string database, List<ReplicaServer> replicas)
    {
        var settings = Array.Empty<string>();
        if (replicas.Count > 0)
        {
            var primary = new NpgsqlConnectionStringBuilder(database);
            await ReplicaServer.ReadAsync<string>(
                database,
                $"""
                do $$ begin
                  if not exists (select from pg_roles where rolname = '{Reader}') then
                    create role {Reader} login password '{primary.Password}' in role cms_live;
                  end if;
                end $$;
                select 'made'
                """
            );
            var live = new NpgsqlConnectionStringBuilder(database)
            {
                Host = string.Join(',', replicas.Select(replica => $"127.0.0.1:{replica.Port}").Append($"{primary.Host}:{primary.Port}")),
                Username = Reader,
                LoadBalanceHosts = true,
            };
            settings = [$"--ConnectionStrings:CmsLive={live.ConnectionString}"];
        }

        foreach (var replica in replicas)
            await replica.CatchUpAsync(database);
        var nodes = new NodeSet();
        for (var number = 0; number < MostNodes; number++)
            nodes.Servers.Add(await AppServer.StartAsync(database, cached: false, settings));
        return nodes;
    }

    private static async Task RunAsync(
        Bench bench,
        string database,
        NodeSet nodes,
        List<ReplicaServer> replicas,
        Scenario scenario,
        List<NodesLine> lines,
        List<string> faults
    )
    {
        var requests = scenario.Paths.Select(RequestFile.Get).ToList();
        for (var warming = 0; warming < 3; warming++)
            await LoadAsync(WarmUpSeconds, MostNodes);
        var turns = Enumerable.Range(1, MostNodes).Select(_ => new Turns()).ToList();
        for (var round = 0; round < bench.Options.Rounds; round++)
        for (var count = 1; count <= MostNodes; count++)
        {
            var turn = turns[count - 1];
            var before = await StateAsync();
            turn.Rounds.Add(await LoadAsync(bench.Options.Seconds / bench.Options.Rounds, count));
            turn.Spent += await StateAsync() - before;
        }

        foreach (var (turn, count) in turns.Select((turn, index) => (turn, index + 1)))
        {
            var sent = Math.Max(1, turn.Rounds.Sum(load => load.Requests));
            var measured = Measured.Of(turn.Rounds, turn.Spent.Nodes, OperatingSystem.IsLinux() ? turn.Spent.Primary : null);
            if (measured.Errors > 0)
                faults.Add($"{scenario.Name}, {count} nodes, {replicas.Count} replicas: answers were not 2xx but {measured.FirstError}");
            var one = lines.FirstOrDefault(line => line.Name == scenario.Name)?.Load.PerSecond ?? measured.PerSecond;
            lines.Add(
                new NodesLine(
                    scenario.Name,
                    count,
                    replicas.Count,
                    measured,
                    measured.PerSecond / one,
                    replicas.Count == 0 ? null : turn.Spent.Replicas.TotalMicroseconds / sent,
                    turn.Spent.Transactions / (double)sent
                )
            );
        }

        Task<LoadResult> LoadAsync(double seconds, int count) =>
            bench.LoadAsync(
                [.. nodes.Servers.Take(count).Select(node => node.Address)],
                scenario.Writes?.Invoke((int)(seconds * WritesPerSecond)) ?? requests,
                seconds,
                once: scenario.Writes is not null
            );

        async Task<State> StateAsync()
        {
            await Task.Delay(Reported);
            return new State(
                nodes.Servers.Aggregate(TimeSpan.Zero, (sum, node) => sum + node.Process.Cpu),
                bench.Cpu.Read() ?? default,
                replicas.Aggregate(TimeSpan.Zero, (sum, replica) => sum + (replica.Cpu.Read() ?? default)),
                await ReplicaServer.ReadAsync<long>(
                    database,
                    "select xact_commit + xact_rollback from pg_stat_database where datname = current_database()"
                )
            );
        }
    }

    private sealed class Turns
    {
        public List<LoadResult> Rounds { get; } = [];
        public State Spent { get; set; }
    }

    private readonly record struct State(TimeSpan Nodes, TimeSpan Primary, TimeSpan Replicas, long Transactions)
    {
        public static State operator +(State one, State other) =>
            new(one.Nodes + other.Nodes, one.Primary + other.Primary, one.Replicas + other.Replicas, one.Transactions + other.Transactions);

        public static State operator -(State one, State other) =>
            new(one.Nodes - other.Nodes, one.Primary - other.Primary, one.Replicas - other.Replicas, one.Transactions - other.Transactions);
    }

    private sealed class NodeSet : IAsyncDisposable
    {
        public List<AppServer> Servers { get; } = [];

        public async ValueTask DisposeAsync()
        {
            foreach (var server in Servers)
                await server.DisposeAsync();
        }
    }
}
