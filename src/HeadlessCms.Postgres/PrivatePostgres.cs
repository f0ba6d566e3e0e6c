using Npgsql;

namespace HeadlessCms.Postgres;

/// <summary>
/// A private PostgreSQL for development and tests, in a directory of its own, on a free port of 127.0.0.1. Processes with the same
/// directory share its server: the first starts it, and the last one to dispose it stops it. A killed process leaves the server running
/// for the next one.
/// </summary>
public sealed class PrivatePostgres : IAsyncDisposable
{
    private readonly Cluster _cluster;
    private readonly string _home;
    private readonly int _port;
    private readonly FileStream _user;
    private bool _disposed;

    private PrivatePostgres(Cluster cluster, string home, int port, FileStream user) =>
        (_cluster, _home, _port, _user) = (cluster, home, port, user);

    /// <summary>The server's TCP port.</summary>
    public int Port => _port;

    /// <summary>Joins the server that runs in the directory, or starts one, creating the cluster where there is none.</summary>
    /// <exception cref="PostgresUnavailableException">No binaries were found or downloaded, or the server does not start.</exception>
    public static async Task<PrivatePostgres> StartAsync(PrivatePostgresOptions options, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        var home = Path.GetFullPath(Path.Combine(options.DataDirectory, "postgres"));
        Directory.CreateDirectory(home);
        await using var turn = await FileLock.ExclusiveAsync(TurnFile(home), cancellation);
        var major = Cluster.MajorOf(home);
        var binaries = PostgresBinaries.Find(options.Search(), major) ?? await DownloadAsync(home, major, options, cancellation);
        var cluster = new Cluster(home, binaries, options);
        await cluster.CreateAsync(cancellation);
        var port = await cluster.RunningPortAsync(cancellation) ?? await cluster.StartAsync(cancellation);
        return new PrivatePostgres(cluster, home, port, FileLock.Shared(UsersFile(home)));
    }

    /// <summary>The connection string of one of its databases, for the cluster's superuser.</summary>
    public string ConnectionString(string database) => _cluster.ConnectionString(_port, database);

    /// <summary>Creates an empty database unless it exists.</summary>
    /// <returns>Whether it was created.</returns>
    public async Task<bool> EnsureDatabaseAsync(string name, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(name);
        await using var connection = new NpgsqlConnection(ConnectionString("postgres"));
        await connection.OpenAsync(cancellation);
        await using var exists = new NpgsqlCommand("select exists (select from pg_database where datname = $1)", connection)
        {
            Parameters = { new() { Value = name } },
        };
        if ((bool)(await exists.ExecuteScalarAsync(cancellation))!)
            return false;
        try
        {
            var quoted = "\"" + name.Replace("\"", "\"\"", StringComparison.Ordinal) + "\"";
            await using var create = new NpgsqlCommand("create database " + quoted, connection);
            await create.ExecuteNonQueryAsync(cancellation);
            return true;
        }
        catch (PostgresException race) when (race.SqlState is PostgresErrorCodes.DuplicateDatabase or PostgresErrorCodes.UniqueViolation)
        {
            return false;
        }
    }

    /// <summary>Leaves the server, and stops it if no other process uses it.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_disposed)
            return;
        _disposed = true;
        await using var turn = await FileLock.ExclusiveAsync(TurnFile(_home), CancellationToken.None);
        await _user.DisposeAsync();
        await using var last = FileLock.TryExclusive(UsersFile(_home));
        if (last is not null)
            await _cluster.StopAsync();
    }

    private static async Task<PostgresBinaries> DownloadAsync(
        string home,
        int? major,
        PrivatePostgresOptions options,
        CancellationToken cancellation
    )
    {
        var wanted = major ?? PortableBinaries.DefaultMajor;
        options.Log?.Invoke(
            $"No PostgreSQL {(major is null ? "" : $"{major} ")}was found on this machine: looking for a portable {wanted}"
        );
        try
        {
            return await PortableBinaries.FetchAsync(Path.Combine(home, "portable"), wanted, options.PortableRepository, cancellation);
        }
        catch (Exception failed) when (failed is not OperationCanceledException || !cancellation.IsCancellationRequested)
        {
            throw major is null
                ? new PostgresUnavailableException(
                    $"it was not found on this machine and could not be downloaded ({failed.Message}).",
                    failed
                )
                : PostgresUnavailableException.NeedsMajor(wanted, home, failed.Message, failed);
        }
    }

    private static string TurnFile(string home) => Path.Combine(home, "turn.lock");

    private static string UsersFile(string home) => Path.Combine(home, "users.lock");
}
