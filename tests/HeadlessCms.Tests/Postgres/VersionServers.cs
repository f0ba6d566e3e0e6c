using System.Diagnostics;
using HeadlessCms.Postgres;
using HeadlessCms.Tests.Harness;
using Npgsql;

namespace HeadlessCms.Tests.Postgres;

/// <summary>One server of each PostgreSQL version, started when a test first needs it.</summary>
public sealed class VersionServers(TestCluster cluster) : IAsyncLifetime
{
    private readonly Dictionary<int, VersionServer> _servers = [];

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    /// <summary>The server of a major version; skips the test where its binaries are missing.</summary>
    internal async Task<VersionServer> OfAsync(int major)
    {
        if (!_servers.TryGetValue(major, out var server))
            _servers[major] = server = await VersionServer.StartAsync(cluster, PostgresVersions.Require(major));
        return server;
    }

    /// <summary>A server of its own that logical replication can read from; the caller disposes it.</summary>
    internal Task<VersionServer> ReplicatedAsync(int major) =>
        VersionServer.StartAsync(cluster, PostgresVersions.Require(major), "alter system set wal_level = logical");

    public async ValueTask DisposeAsync()
    {
        foreach (var server in _servers.Values)
            await server.DisposeAsync();
    }
}

/// <summary>A server of one version with databases whose owner is no superuser but may create roles, as README.md advises.</summary>
internal sealed class VersionServer : IAsyncDisposable
{
    private const string Owner = "newsroom";
    private const string Password = "newsroom";

    private readonly TestCluster _cluster;
    private readonly TemporaryDirectory _directory;
    private readonly PrivatePostgres _postgres;
    private Task<UsedNewsroom>? _used;
    private int _databases;

    private VersionServer(TestCluster cluster, TemporaryDirectory directory, PrivatePostgres postgres, int major) =>
        (_cluster, _directory, _postgres, Major) = (cluster, directory, postgres, major);

    public int Major { get; }

    /// <summary>Starts a server; with a setting that needs it, twice.</summary>
    public static async Task<VersionServer> StartAsync(TestCluster cluster, PostgresBinaries binaries, string? setting = null)
    {
        var directory = new TemporaryDirectory();
        var options = new PrivatePostgresOptions
        {
            DataDirectory = directory.Path,
            Durable = false,
            Search = () => new PostgresBinaries.Search([binaries.Directory]),
        };
        var server = new VersionServer(cluster, directory, await PrivatePostgres.StartAsync(options), binaries.Major);
        if (setting is not null)
        {
            await server.ExecuteAsync("postgres", setting);
            await server._postgres.DisposeAsync();
            server = new VersionServer(cluster, directory, await PrivatePostgres.StartAsync(options), binaries.Major);
        }

        await server.ExecuteAsync("postgres", $"create role {Owner} login createrole password '{Password}'");
        return server;
    }

    /// <summary>Creates an empty database of the owner.</summary>
    public async Task<string> CreateDatabaseAsync()
    {
        var name = $"v{++_databases}";
        await ExecuteAsync("postgres", $"create database {name} owner {Owner} template template0");
        return name;
    }

    /// <summary>Creates the role that a dump grants rights to, unless the cluster has it, as the owner.</summary>
    public async Task CreateLiveRoleAsync(string database)
    {
        await using var connection = new NpgsqlConnection(OwnersConnection(database).ConnectionString + ";Pooling=false");
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var exists = new NpgsqlCommand("select exists (select from pg_roles where rolname = 'cms_live')", connection);
        if ((bool)(await exists.ExecuteScalarAsync(TestContext.Current.CancellationToken))!)
            return;
        await using var create = new NpgsqlCommand("create role cms_live nologin; grant cms_live to current_user", connection);
        await create.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>Starts the app on a database, as its owner.</summary>
    public async Task<Newsroom> OpenAsync(string database, bool sample = false)
    {
        var newsroom = new VersionNewsroom(_cluster, OwnersConnection(database).ConnectionString, sample);
        await newsroom.InitializeAsync();
        return newsroom;
    }

    /// <summary>The sample newsroom after some use, and all that its readers get.</summary>
    public Task<UsedNewsroom> UsedAsync() => _used ??= UsedNewsroom.CreateAsync(this);

    /// <summary>Where another server can read a database, as libpq has it.</summary>
    public string Conninfo(string database)
    {
        var settings = new NpgsqlConnectionStringBuilder(_postgres.ConnectionString(database));
        return $"host={settings.Host} port={settings.Port} user={settings.Username} password={settings.Password} dbname={database}";
    }

    /// <summary>The database as its owner reaches it, as libpq has it.</summary>
    public string OwnersConninfo(string database)
    {
        var settings = OwnersConnection(database);
        return $"host={settings.Host} port={settings.Port} user={settings.Username} password={settings.Password} dbname={database}";
    }

    /// <summary>Reads a value as the superuser.</summary>
    public async Task<T> ReadAsync<T>(string database, string query)
    {
        await using var connection = new NpgsqlConnection(_postgres.ConnectionString(database) + ";Pooling=false");
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var command = new NpgsqlCommand(query, connection);
        return (T)(await command.ExecuteScalarAsync(TestContext.Current.CancellationToken))!;
    }

    /// <summary>Runs statements as the superuser, each in a transaction of its own, and returns the warnings.</summary>
    public async Task<IReadOnlyList<string>> ExecuteAsync(string database, params string[] statements)
    {
        var warnings = new List<string>();
        await using var connection = new NpgsqlConnection(_postgres.ConnectionString(database) + ";Pooling=false;Command Timeout=0");
        connection.Notice += (_, sent) => warnings.Add(sent.Notice.MessageText);
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        foreach (var statement in statements)
        {
            await using var command = new NpgsqlCommand(statement, connection);
            await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        }

        return warnings;
    }

    /// <summary>Runs <c>pg_dump</c>, <c>pg_restore</c> or <c>psql</c> on a database as its owner, which must succeed in silence.</summary>
    public async Task RunAsync(string program, string database, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, [.. arguments, "--dbname", database])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        var settings = OwnersConnection(database);
        start.Environment["PGHOST"] = settings.Host;
        start.Environment["PGPORT"] = $"{settings.Port}";
        start.Environment["PGUSER"] = settings.Username;
        start.Environment["PGPASSWORD"] = settings.Password;
        start.Environment["LC_ALL"] = "C";
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        var printed = await output + await errors;
        Assert.True(process.ExitCode == 0 && printed.Length == 0, $"{program} ended with {process.ExitCode}: {printed}");
    }

    public async ValueTask DisposeAsync()
    {
        if (_used is { IsCompletedSuccessfully: true })
            await (await _used).Newsroom.DisposeAsync();
        NpgsqlConnection.ClearAllPools();
        await _postgres.DisposeAsync();
        _directory.Dispose();
    }

    private NpgsqlConnectionStringBuilder OwnersConnection(string database) =>
        new(_postgres.ConnectionString(database)) { Username = Owner, Password = Password };

    private sealed class VersionNewsroom(TestCluster cluster, string connectionString, bool sample) : Newsroom(cluster)
    {
        protected override IReadOnlyDictionary<string, string> Settings =>
            new Dictionary<string, string> { ["Cms:SiteUrl"] = PublicNewsroom.Site, ["Cms:SampleContent"] = sample ? "true" : "false" };

        protected override Task<string> CreateDatabaseAsync() => Task.FromResult(connectionString);
    }
}
