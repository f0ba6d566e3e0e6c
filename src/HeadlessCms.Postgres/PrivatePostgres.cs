using Npgsql;

namespace HeadlessCms.Postgres;

/// <summary>
/// A private PostgreSQL for development and tests, in a directory of its own, on a free port of 127.0.0.1. Several processes share one
/// directory's server: the first starts it, the last one out stops it. A process that is killed leaves the server running, and the next
/// one uses it again.
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

    /// <summary>The port that it listens on.</summary>
    public int Port => _port;

    /// <summary>Finds the server that runs in the directory, or starts one.</summary>
    /// <exception cref="PostgresUnavailableException">There is none to be had.</exception>
    public static async Task<PrivatePostgres> StartAsync(PrivatePostgresOptions options, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        var home = Path.GetFullPath(Path.Combine(options.DataDirectory, "postgres"));
        Directory.CreateDirectory(home);
        await using var turn = await FileLock.ExclusiveAsync(TurnFile(home), cancellation);
        var major = Cluster.MajorOf(home);
        var binaries = PostgresBinaries.Find(options.Search(), major)
            ?? await PortableBinaries.FetchAsync(Path.Combine(home, "portable"), major, cancellation);
        var cluster = new Cluster(home, binaries, options);
        await cluster.CreateAsync(cancellation);
        var port = await cluster.RunningPortAsync(cancellation) ?? await cluster.StartAsync(cancellation);
        return new PrivatePostgres(cluster, home, port, FileLock.Shared(UsersFile(home)));
    }

    /// <summary>How to reach a database of it, as the cluster's superuser.</summary>
    public string ConnectionString(string database) => _cluster.ConnectionString(_port, database);

    /// <summary>Makes an empty database, unless it is there.</summary>
    /// <returns>Whether it was made.</returns>
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

    /// <summary>Lets go of it; the last one to do so stops the server.</summary>
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

    private static string TurnFile(string home) => Path.Combine(home, "turn.lock");

    private static string UsersFile(string home) => Path.Combine(home, "users.lock");
}
