using System.Runtime.CompilerServices;
using HeadlessCms.Postgres;
using HeadlessCms.Tests.Harness;
using Npgsql;

namespace HeadlessCms.Tests.Cluster;

/// <summary>A server that archives its WAL, with the scripts of docs/backup at work on it.</summary>
internal sealed class ArchivingServer : IAsyncDisposable
{
    private const string Database = "cms";

    private readonly TemporaryDirectory _directory = new();
    private readonly PostgresBinaries _binaries;
    private PrivatePostgres _source = null!;

    private ArchivingServer(PostgresBinaries binaries) => _binaries = binaries;

    public string ConnectionString => _source.ConnectionString(Database);

    private string Archive => Path.Combine(_directory.Path, "wal");

    /// <summary>Starts it, with an empty database. Skips the test where PostgreSQL's backup programs are missing.</summary>
    public static async Task<ArchivingServer> StartAsync()
    {
        var server = new ArchivingServer(PostgresVersions.RequireBackup());
        Directory.CreateDirectory(server.Archive);
        await using (var first = await server.StartAsync("source"))
        {
            await ExecuteAsync(
                first,
                "alter system set archive_mode = on",
                $"alter system set archive_command = '{Script("archive-wal.sh")} {server.Archive} \"%p\" \"%f\"'"
            );
            await first.EnsureDatabaseAsync(Database, TestContext.Current.CancellationToken);
        }

        NpgsqlConnection.ClearAllPools();
        server._source = await server.StartAsync("source");
        return server;
    }

    /// <summary>Makes a base backup and returns its directory.</summary>
    public async Task<string> BackUpAsync()
    {
        var settings = new NpgsqlConnectionStringBuilder(ConnectionString);
        var run = await RunAsync(
            "base-backup.sh",
            [Path.Combine(_directory.Path, "base")],
            ("PGHOST", settings.Host!),
            ("PGPORT", $"{settings.Port}"),
            ("PGUSER", settings.Username!),
            ("PGPASSWORD", settings.Password!)
        );
        Assert.True(run.ExitCode == 0, $"{run}");
        return run.Output.Trim();
    }

    /// <summary>Waits until all that was committed is in the archive.</summary>
    public async Task ArchiveAsync()
    {
        var last = (string)(await ReadAsync("select pg_walfile_name(pg_switch_wal())"))!;
        await Eventually.TrueAsync(() => Task.FromResult(File.Exists(Path.Combine(Archive, last))));
    }

    /// <summary>Stops the server, and starts another one on what a backup and the archive give up to an instant.</summary>
    public async Task<string> RestoreAsync(string backup, DateTimeOffset time)
    {
        NpgsqlConnection.ClearAllPools();
        await _source.DisposeAsync();
        var home = Path.Combine(_directory.Path, "restored", "postgres");
        var data = Path.Combine(home, "data");
        var run = await RunAsync("restore.sh", [backup, Archive, data, $"{time.UtcDateTime:yyyy-MM-dd HH:mm:ss.ffffff}+00"]);
        Assert.True(run.ExitCode == 0, $"{run}");
        Assert.Equal(1, (await RunAsync("restore.sh", [backup, Archive, data])).ExitCode); // not over what is there
        File.Copy(Path.Combine(_directory.Path, "source", "postgres", "password"), Path.Combine(home, "password"));
        ServerUser.Current.Own(home);
        _source = await StartAsync("restored");
        await Eventually.TrueAsync(async () => await ReadAsync("select pg_is_in_recovery()") is false);
        return ConnectionString;
    }

    /// <summary>Runs a script of docs/backup with the server's programs.</summary>
    public Task<ToolRun> RunAsync(string script, string[] arguments, params IEnumerable<(string, string)> environment) =>
        Tool.RunAsync(
            Script(script),
            arguments,
            _directory.Path,
            [("PATH", $"{_binaries.Directory}{Path.PathSeparator}{Environment.GetEnvironmentVariable("PATH")}"), .. environment]
        );

    public static string Script(string name, [CallerFilePath] string here = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "..", "docs", "backup", name));

    public async ValueTask DisposeAsync()
    {
        NpgsqlConnection.ClearAllPools();
        await _source.DisposeAsync();
        _directory.Dispose();
    }

    private Task<PrivatePostgres> StartAsync(string name) =>
        PrivatePostgres.StartAsync(
            new()
            {
                DataDirectory = Path.Combine(_directory.Path, name),
                Durable = false,
                Search = () => new PostgresBinaries.Search([_binaries.Directory]),
            },
            TestContext.Current.CancellationToken
        );

    private async Task<object?> ReadAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(ConnectionString + ";Pooling=false");
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync(TestContext.Current.CancellationToken);
    }

    private static async Task ExecuteAsync(PrivatePostgres server, params string[] statements)
    {
        await using var connection = new NpgsqlConnection(server.ConnectionString("postgres") + ";Pooling=false");
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        foreach (var statement in statements)
        {
            await using var command = new NpgsqlCommand(statement, connection);
            await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        }
    }
}
