using System.Globalization;
using HeadlessCms.Postgres;
using Npgsql;

namespace HeadlessCms.Benchmarks.Servers;

/// <summary>A server that replicates the benchmark's own by streaming, made by <c>pg_basebackup</c>.</summary>
internal sealed class ReplicaServer : IAsyncDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    private readonly PostgresBinaries _binaries;
    private readonly string _data;

    private ReplicaServer(PostgresBinaries binaries, string data, int port) => (_binaries, _data, Port) = (binaries, data, port);

    public int Port { get; }

    public PostgresCpu Cpu => new(Path.Combine(_data, "postmaster.pid"));

    /// <summary>Whether the binaries have what it takes; those for development do not.</summary>
    public static bool IsPossible => BinariesWithBackup() is not null;

    /// <summary>Copies a server and follows it.</summary>
    /// <param name="directory">A directory that does not exist.</param>
    /// <param name="primary">A connection to the server, as its superuser.</param>
    public static async Task<ReplicaServer> StartAsync(string directory, string primary)
    {
        var binaries = BinariesWithBackup()!;
        Directory.CreateDirectory(directory);
        ServerUser.Current.Own(directory);
        var (from, data, port) = (new NpgsqlConnectionStringBuilder(primary), Path.Combine(directory, "data"), ChildProcess.FreePort());
        await RunAsync(
            binaries.PathOf("pg_basebackup"),
            "-d",
            $"host={from.Host} port={from.Port} user={from.Username} password={from.Password}",
            "-D",
            data,
            "--write-recovery-conf",
            "--checkpoint=fast"
        );
        // A standby must allow as many connections as its primary.
        var settings =
            $"-c port={port} -c listen_addresses=127.0.0.1 -c unix_socket_directories= "
            + $"-c max_connections={await ReadAsync<string>(primary, "show max_connections")} "
            + $"-c shared_buffers={await ReadAsync<string>(primary, "show shared_buffers")}";
        await RunAsync(binaries.PathOf("pg_ctl"), "start", "-w", "-D", data, "-l", Path.Combine(directory, "server.log"), "-o", settings);
        return new ReplicaServer(binaries, data, port);
    }

    /// <summary>Waits until it has all that its primary has.</summary>
    public async Task CatchUpAsync(string primary)
    {
        var written = await ReadAsync<string>(primary, "select pg_current_wal_lsn()::text");
        var here = new NpgsqlConnectionStringBuilder(primary) { Port = Port }.ConnectionString;
        while (!await ReadAsync<bool>(here, $"select pg_last_wal_replay_lsn() >= '{written}'"))
            await Task.Delay(Pause);
    }

    /// <summary>Reads a value from a server.</summary>
    public static async Task<T> ReadAsync<T>(string server, string query)
    {
        var settings = new NpgsqlConnectionStringBuilder(server) { ApplicationName = Bench.ApplicationName, Pooling = false };
        await using var connection = new NpgsqlConnection(settings.ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(query, connection);
        return (T)Convert.ChangeType((await command.ExecuteScalarAsync())!, typeof(T), CultureInfo.InvariantCulture);
    }

    public async ValueTask DisposeAsync() => await RunAsync(_binaries.PathOf("pg_ctl"), "stop", "-m", "immediate", "-w", "-D", _data);

    private static PostgresBinaries? BinariesWithBackup() =>
        PostgresBinaries.Find(PostgresBinaries.Search.Usual, null) is { } found && File.Exists(found.PathOf("pg_basebackup"))
            ? found
            : null;

    private static async Task RunAsync(string program, params string[] arguments)
    {
        var (code, output) = await ServerUser.Current.RunAsync(program, arguments, CancellationToken.None);
        if (code != 0)
            throw new InvalidOperationException($"{program} ended with {code}:\n{output}");
    }
}
