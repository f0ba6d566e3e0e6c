using HeadlessCms.Core.Storage;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace HeadlessCms.Api.Platform.Storage;

/// <summary>Brings the schema up to date, one node at a time: the others wait on a session's advisory lock and then find nothing to do.</summary>
internal static class Migrator
{
    private const long Lock = 4_843_541_077_236_011_008; // any number that nobody else uses
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    public static async Task RunAsync(Database database, ILogger logger)
    {
        // A connection of its own: the lock is its session's, and goes with it however the process ends.
        var settings = new NpgsqlConnectionStringBuilder(database.ConnectionString) { Pooling = false, ApplicationName = "HeadlessCms-migrate" };
        await using var session = await OpenAsync(settings.ConnectionString, logger);
        if (session.PostgreSqlVersion.Major < 15)
            throw new InvalidOperationException($"PostgreSQL 15 or newer is needed; this is {session.PostgreSqlVersion}.");

        await using (var take = new NpgsqlCommand("select pg_advisory_lock($1)", session) { CommandTimeout = 0, Parameters = { new() { Value = Lock } } })
            await take.ExecuteNonQueryAsync();

        var options = new DbContextOptionsBuilder<NewsroomDbContext>();
        options.UseNewsroom(database.Newsroom);
        await using var db = new NewsroomDbContext(options.Options);
        var pending = (await db.Database.GetPendingMigrationsAsync()).ToList();
        if (pending.Count == 0) return;
        logger.LogInformation("Migrating the schema: {Migrations}", string.Join(", ", pending));
        await db.Database.MigrateAsync();
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
