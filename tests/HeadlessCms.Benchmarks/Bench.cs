using System.Net;
using HeadlessCms.Benchmarks.Generated;
using HeadlessCms.Benchmarks.Load;
using HeadlessCms.Benchmarks.Loading;
using HeadlessCms.Benchmarks.Servers;
using HeadlessCms.Postgres;
using Npgsql;

namespace HeadlessCms.Benchmarks;

/// <summary>A private PostgreSQL with durable settings as in the app, and its newsrooms.</summary>
internal sealed class Bench : IAsyncDisposable
{
    public const int Seed = 2026;

    /// <summary>The application name of the benchmark's own connections, to tell them from those of the app.</summary>
    public const string ApplicationName = "bench";

    private readonly PrivatePostgres _postgres;
    private readonly string _directory;

    private Bench(Options options, PrivatePostgres postgres, string directory)
    {
        (Options, _postgres, _directory) = (options, postgres, directory);
        var home = Path.Combine(directory, "postgres");
        Statements = new StatementLog(AdminConnectionString(postgres), Path.Combine(home, "server.log"));
        Cpu = new PostgresCpu(Path.Combine(home, "data", "postmaster.pid"));
    }

    public Options Options { get; }

    public Newsroom Newsroom { get; } = new(Seed);

    public StatementLog Statements { get; }

    public PostgresCpu Cpu { get; }

    public static async Task<Bench> StartAsync(Options options)
    {
        var directory = options.Data ?? Path.Combine(Path.GetTempPath(), $"headless-cms-benchmarks-{Environment.ProcessId}");
        var postgres = await PrivatePostgres.StartAsync(
            new()
            {
                DataDirectory = directory,
                Durable = true,
                Log = Console.Error.WriteLine,
            }
        );
        return new Bench(options, postgres, directory);
    }

    /// <summary>The connection string of a database with the given number of articles, which is loaded if it does not exist.</summary>
    public async Task<string> NewsroomOfAsync(int articles)
    {
        var name = $"bench_{articles}";
        await using var admin = NpgsqlDataSource.Create(AdminConnectionString(_postgres));
        await using (
            var whole = admin.CreateCommand(
                "select exists (select from pg_database d where datname = $1 and shobj_description(oid, 'pg_database') = 'loaded')"
            )
        )
        {
            whole.Parameters.AddWithValue(name);
            if ((bool)(await whole.ExecuteScalarAsync())!)
                return _postgres.ConnectionString(name);
        }

        await using (var half = admin.CreateCommand($"drop database if exists {name}"))
            await half.ExecuteNonQueryAsync();
        await _postgres.EnsureDatabaseAsync(name);
        var connectionString = _postgres.ConnectionString(name);
        await (await AppServer.StartAsync(connectionString)).DisposeAsync(); // migrates it
        await Loader.LoadAsync(connectionString, Newsroom, articles);
        await using (var done = admin.CreateCommand($"comment on database {name} is 'loaded'"))
            await done.ExecuteNonQueryAsync();
        return connectionString;
    }

    /// <summary>Loads a server from a separate process.</summary>
    public Task<LoadResult> LoadAsync(
        AppServer server,
        IReadOnlyList<byte[]> requests,
        double seconds,
        int? connections = null,
        bool once = false
    ) => LoadAsync(server.Address, requests, seconds, connections, once);

    /// <summary>Loads the server at an address from a separate process.</summary>
    public Task<LoadResult> LoadAsync(
        IPEndPoint server,
        IReadOnlyList<byte[]> requests,
        double seconds,
        int? connections = null,
        bool once = false
    ) => LoadAsync([server], requests, seconds, connections, once);

    /// <summary>Loads servers from a separate process, whose connections are shared out among them.</summary>
    public async Task<LoadResult> LoadAsync(
        IReadOnlyList<IPEndPoint> servers,
        IReadOnlyList<byte[]> requests,
        double seconds,
        int? connections = null,
        bool once = false
    )
    {
        var file = Path.Combine(_directory, "requests.bin");
        RequestFile.Write(file, requests);
        var printed = await ChildProcess.RunAsync(
            "HeadlessCms.Benchmarks.dll",
            [
                "load",
                "--servers",
                string.Join(',', servers),
                "--file",
                file,
                "--seconds",
                FormattableString.Invariant($"{seconds}"),
                "--connections",
                $"{connections ?? Options.Connections}",
                "--once",
                $"{once}",
            ],
            // Inline socket completions avoid a thread switch, which leaves more processor time for the server.
            new Dictionary<string, string> { ["DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS"] = "1", ["DOTNET_TieredPGO"] = "0" }
        );
        return System.Text.Json.JsonSerializer.Deserialize<LoadResult>(printed)!;
    }

    /// <summary>A replica of the server; the number is its own.</summary>
    public Task<ReplicaServer> ReplicaAsync(int number, string database) =>
        ReplicaServer.StartAsync(Path.Combine(_directory, $"replica-{number}"), database);

    private static string AdminConnectionString(PrivatePostgres postgres) =>
        new NpgsqlConnectionStringBuilder(postgres.ConnectionString("postgres")) { ApplicationName = ApplicationName }.ConnectionString;

    public async ValueTask DisposeAsync()
    {
        NpgsqlConnection.ClearAllPools();
        await _postgres.DisposeAsync();
        if (Options.Data is null)
            Directory.Delete(_directory, recursive: true);
    }
}
