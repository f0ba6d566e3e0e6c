using System.Reflection;
using HeadlessCms.Core.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql;

namespace HeadlessCms.Api.Hosting.Storage;

/// <summary>Brings the schema up to date, one node at a time: the others wait on a session's advisory lock and then find nothing to do.</summary>
internal static class Migrator
{
    private const long Lock = 4_843_541_077_236_011_008; // any number that nobody else uses
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    public static async Task RunAsync(Database database, ILogger logger)
    {
        // A connection of its own: the lock is its session's, and goes with it however the process ends. Others may hold it for long.
        var settings = new NpgsqlConnectionStringBuilder(database.ConnectionString)
        {
            Pooling = false,
            ApplicationName = "HeadlessCms-migrate",
            CommandTimeout = 0,
        };
        await using var session = await OpenAsync(settings.ConnectionString, logger);
        if (session.PostgreSqlVersion.Major < 15)
            throw new InvalidOperationException($"PostgreSQL 15 or newer is needed; this is {session.PostgreSqlVersion}.");

        await using (var take = new NpgsqlCommand("select pg_advisory_lock($1)", session) { Parameters = { new() { Value = Lock } } })
            await take.ExecuteNonQueryAsync();

        var pending = Known().Except(await AppliedAsync(session)).Order(StringComparer.Ordinal).ToList();
        if (pending.Count == 0)
            return;
        logger.LogInformation("Migrating the schema: {Migrations}", string.Join(", ", pending));
        var options = new DbContextOptionsBuilder<NewsroomDbContext>();
        options.UseNewsroom(database.Newsroom);
        await using var db = new NewsroomDbContext(options.Options);
        db.Database.SetCommandTimeout(0); // an index over a million stories takes as long as it takes
        await db.Database.MigrateAsync();
    }

    // Nearly always there is nothing to do; that is seen before EF Core's tools for migrations are made ready, which takes longer than a start may.
    private static IEnumerable<string> Known() =>
        Assembly
            .Load(StorageOptions.MigrationsAssembly)
            .GetTypes()
            .Select(type => type.GetCustomAttribute<MigrationAttribute>()?.Id)
            .OfType<string>();

    private static async Task<List<string>> AppliedAsync(NpgsqlConnection session)
    {
        var applied = new List<string>();
        await using (var exists = new NpgsqlCommand($"select to_regclass('{StorageOptions.MigrationsTable}') is not null", session))
            if (!(bool)(await exists.ExecuteScalarAsync())!)
                return applied;

        await using var read = new NpgsqlCommand($"select migration_id from {StorageOptions.MigrationsTable}", session);
        await using var rows = await read.ExecuteReaderAsync();
        while (await rows.ReadAsync())
            applied.Add(rows.GetString(0));
        return applied;
    }

    private static async Task<NpgsqlConnection> OpenAsync(string connectionString, ILogger logger)
    {
        var waited = System.Diagnostics.Stopwatch.StartNew();
        while (true)
        {
            var connection = new NpgsqlConnection(connectionString);
            try
            {
                await connection.OpenAsync();
                return connection;
            }
            catch (NpgsqlException refused) when (refused.IsTransient && waited.Elapsed < Patience)
            {
                await connection.DisposeAsync();
                logger.LogInformation("Waiting for PostgreSQL: {Reason}", refused.Message);
                await Task.Delay(TimeSpan.FromSeconds(1));
            }
        }
    }
}
