using HeadlessCms.Api.Hosting.Storage;
using HeadlessCms.Postgres;
using HeadlessCms.Tests.Harness;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

[assembly: AssemblyFixture(typeof(TestCluster))]
// By default the order follows from the assembly's path, so that a test could pass in one folder and fail in another.
[assembly: TestMethodOrderer(typeof(Xunit.v3.UnorderedTestMethodOrderer))]
[assembly: TestCaseOrderer(typeof(Xunit.v3.UnorderedTestCaseOrderer))]
[assembly: Xunit.v3.Parallelization(MaxThreads = 4)] // more than two cores need: many tests wait for the clock or for a process

namespace HeadlessCms.Tests.Harness;

/// <summary>One PostgreSQL for the whole run, with a migrated template that each test class gets its own copy of.</summary>
public sealed class TestCluster : IAsyncLifetime
{
    private const string Template = "template_cms";

    private readonly string _directory = Path.Combine(Path.GetTempPath(), $"headless-cms-tests-{Guid.CreateVersion7():N}");
    private readonly SemaphoreSlim _oneCopyAtATime = new(1);
    private PrivatePostgres _postgres = null!;
    private int _databases;

    public async ValueTask InitializeAsync()
    {
        _postgres = await PrivatePostgres.StartAsync(
            new()
            {
                DataDirectory = _directory,
                Durable = false,
                MaxConnections = 400,
                Search = PostgresVersions.Search,
            }
        );
        await _postgres.EnsureDatabaseAsync(Template);
        await using var template = new Database(_postgres.ConnectionString(Template));
        await Migrator.RunAsync(template, NullLogger.Instance);
        NpgsqlConnection.ClearAllPools();
    }

    /// <summary>A new database with the whole schema and no rows.</summary>
    public async Task<string> NewDatabaseAsync(bool migrated = true)
    {
        var name = $"t{Interlocked.Increment(ref _databases)}";
        await _oneCopyAtATime.WaitAsync();
        try
        {
            await using var connection = new NpgsqlConnection(_postgres.ConnectionString("postgres"));
            await connection.OpenAsync();
            await using var create = new NpgsqlCommand(
                $"create database {name} template {(migrated ? Template : "template0")}",
                connection
            );
            create.CommandTimeout = 0;
            await create.ExecuteNonQueryAsync();
        }
        finally
        {
            _oneCopyAtATime.Release();
        }

        return _postgres.ConnectionString(name);
    }

    public async ValueTask DisposeAsync()
    {
        NpgsqlConnection.ClearAllPools();
        await _postgres.DisposeAsync();
        Directory.Delete(_directory, recursive: true);
    }
}
