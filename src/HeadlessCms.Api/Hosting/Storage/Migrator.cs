using HeadlessCms.Core.Storage;
using HeadlessCms.Migrations;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql;

namespace HeadlessCms.Api.Hosting.Storage;

/// <summary>
/// Brings the schema up to date, one node at a time: the others wait on an advisory lock and then find nothing to do. Migrations and
/// definitions are one transaction, so the other nodes see the schema before it or after it. The lock is that of a second transaction, not
/// of a session, because a pooler may give each transaction another session.
/// </summary>
internal static class Migrator
{
    private const long Lock = 4_843_541_077_236_011_008; // any number that nobody else uses
    private const string DoesNotFit = PostgresErrorCodes.InvalidFunctionDefinition;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(2);

    public static async Task RunAsync(Database database, ILogger logger)
    {
        await WaitAsync(database, logger);
        var settings = new NpgsqlConnectionStringBuilder(database.ConnectionString)
        {
            Pooling = false,
            ApplicationName = "HeadlessCms-migrate",
            CommandTimeout = 0, // an index over a million stories takes as long as it takes
            MaxAutoPrepare = 0,
        };
        await using var session = SourceTracing.Connection(settings.ConnectionString, "schema");
        await session.OpenAsync();
        if (session.PostgreSqlVersion.Major < 15)
            throw new SchemaException($"PostgreSQL 15 or newer is needed; this is {session.PostgreSqlVersion}.");
        await using var holder = SourceTracing.Connection(settings.ConnectionString, "schema");
        await holder.OpenAsync();
        await using var turn = await holder.BeginTransactionAsync();
        await ExecuteAsync(holder, "set local idle_in_transaction_session_timeout = 0");
        await ExecuteAsync(holder, $"select pg_advisory_xact_lock({Lock})"); // others may hold it for long

        var schema = await AppliedSchema.ReadAsync(session);
        switch (schema.StepOf(AppliedSchema.AppVersion, AppliedSchema.Known, Definitions.Hash))
        {
            case SchemaStep.RunOnNewer:
                logger.LogInformation("The schema is that of version {Version}; it is left as it is", schema.Version);
                break;
            case SchemaStep.Apply:
                await ApplyAsync(database, session, schema, logger);
                break;
            case SchemaStep.None when !schema.IsGranted:
                await ExecuteAsync(session, Definitions.Server.Sql);
                break;
        }
    }

    private static async Task ApplyAsync(Database database, NpgsqlConnection session, AppliedSchema schema, ILogger logger)
    {
        var pending = AppliedSchema.Known.Except(schema.Migrations).ToList();
        logger.LogInformation(
            "Applying the schema of version {Version}: {Migrations}",
            AppliedSchema.AppVersion,
            string.Join(", ", pending)
        );
        // EF Core's tools for migrations take longer to make ready than a start may: only where they are needed.
        var migrations =
            pending.Count > 0 ? ScriptOf(database, schema.Migrations.Count > 0 ? schema.Migrations[^1] : Migration.InitialDatabase) : "";
        var pause = TimeSpan.FromMilliseconds(100);
        var dropFunctions = false;
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await using var transaction = await session.BeginTransactionAsync();
                await LockAsync(session, schema, patient: attempt % 8 == 0);
                await ApplyAsync(session, schema, migrations, dropFunctions);
                await transaction.CommitAsync();
                return;
            }
            catch (PostgresException refused) when (refused.SqlState is DoesNotFit && !dropFunctions)
            {
                dropFunctions = true; // a function returns something else than before, so it cannot be replaced
            }
            catch (PostgresException busy)
                when (busy.SqlState
                        is PostgresErrorCodes.QueryCanceled
                            or PostgresErrorCodes.LockNotAvailable
                            or PostgresErrorCodes.DeadlockDetected
                )
            {
                if (attempt % 10 == 1)
                    logger.LogInformation("Waiting until others release the tables, to apply the schema: {Reason}", busy.MessageText);
                await Task.Delay(pause);
                pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
            }
        }
    }

    /// <summary>
    /// Takes every table and view, or none, within half a second: less than PostgreSQL's deadlock timeout, so that where this and a request
    /// of another node wait for each other it is this that gives up. Autovacuum gives way only to those that wait longer than that timeout,
    /// hence the patient attempts.
    /// </summary>
    /// <remarks>
    /// Three steps, so that they seldom wait for each other: open transactions end at <see cref="UpgradeGate"/>; statements of the read
    /// side lock a view, then what is below it, so this takes views from the top down; then no view is left by which to come to the
    /// tables. Dropping a view locks it alone, where LOCK TABLE goes on to all that is below it.
    /// </remarks>
    private static async Task LockAsync(NpgsqlConnection session, AppliedSchema schema, bool patient)
    {
        await ExecuteAsync(session, "set local lock_timeout = '10s'");
        await ExecuteAsync(session, $"select pg_advisory_xact_lock({UpgradeGate.Lock})");

        var limit = patient ? 1_500 : 500;
        await ExecuteAsync(session, $"set local statement_timeout = {limit}; set local lock_timeout = {limit}");
        await using var views = new NpgsqlCommand(
            """
            with recursive reads as (
              select r.ev_class as view, d.refobjid as below from pg_rewrite r join pg_depend d on d.objid = r.oid
              where d.classid = 'pg_rewrite'::regclass and d.refclassid = 'pg_class'::regclass and d.refobjid <> r.ev_class
            ), levels as (
              select c.oid, 0 as level from unnest($1) made(name) join pg_class c on c.oid = to_regclass(made.name)
              union
              select r.below, l.level + 1
              from levels l join reads r on r.view = l.oid join pg_class c on c.oid = r.below and c.relkind = 'v'
            )
            select array(select oid::regclass::text from levels group by oid order by max(level), oid)
            """,
            session
        )
        {
            Parameters = { new() { Value = schema.Objects.Where(IsView).Select(view => view.Split(' ', 2)[1]).ToArray() } },
        };
        await DropAsync(session, ((string[])(await views.ExecuteScalarAsync())!).Select(view => $"view {view}"));
        await ExecuteAsync(
            session,
            """
            do $$
            declare
              names text;
            begin
              select string_agg(c.oid::regclass::text, ', ' order by c.oid) into names
              from pg_class c
              where c.relnamespace in (to_regnamespace('public'), to_regnamespace('live')) and c.relkind = 'r'
                and pg_has_role(c.relowner, 'usage');
              if names is not null then execute 'lock table ' || names || ' in access exclusive mode'; end if;
            end $$
            """
        );
        await ExecuteAsync(session, "set local statement_timeout = 0; set local lock_timeout = 0");
    }

    /// <summary>
    /// Views were dropped and are made anew, so that they and their privileges are what the files say. Functions and triggers are replaced:
    /// a statement that another node has parsed but not yet run goes on with them. What no file defines any more is dropped.
    /// </summary>
    private static async Task ApplyAsync(NpgsqlConnection session, AppliedSchema schema, string migrations, bool dropFunctions)
    {
        if (dropFunctions)
            await DropAsync(session, schema.Objects.Where(made => !IsView(made)));
        await ExecuteAsync(session, "set local search_path to public");
        await ExecuteAsync(session, migrations);
        await ExecuteAsync(session, "set local search_path to ''"); // so that what is not schema-qualified fails here
        foreach (var definition in Definitions.All)
            await ExecuteAsync(session, definition.Sql);

        var made = await MadeAsync(session);
        await DropAsync(session, schema.Objects.Except(made).Where(old => !IsView(old)));
        await using var record = new NpgsqlCommand(
            """
            insert into public.applied_definitions (hash, version, minimum_version, objects, applied_at)
            values ($1, $2, $3, $4, clock_timestamp())
            on conflict ((true)) do update
              set hash = excluded.hash, version = excluded.version, minimum_version = excluded.minimum_version,
                  objects = excluded.objects, applied_at = excluded.applied_at
            """,
            session
        )
        {
            Parameters =
            {
                new() { Value = Definitions.Hash },
                new() { Value = AppliedSchema.AppVersion.ToString() },
                new() { Value = Definitions.MinimumVersion },
                new() { Value = made },
            },
        };
        await record.ExecuteNonQueryAsync();
    }

    private static bool IsView(string made) => made.StartsWith("view ", StringComparison.Ordinal);

    // Views, and functions, in one statement each, which finds their order; triggers before the functions that they call.
    private static async Task DropAsync(NpgsqlConnection session, IEnumerable<string> objects)
    {
        var kinds = objects.Select(made => made.Split(' ', 2)).ToLookup(made => made[0], made => made[1]);
        foreach (var trigger in kinds["trigger"])
            await ExecuteAsync(session, $"drop trigger if exists {trigger}");
        if (kinds.Contains("view"))
            await ExecuteAsync(session, $"drop view if exists {string.Join(", ", kinds["view"])}");
        if (kinds.Contains("function"))
            await ExecuteAsync(session, $"drop function if exists {string.Join(", ", kinds["function"])}");
    }

    /// <summary>What this transaction has made or replaced, each as DROP names it.</summary>
    private static async Task<string[]> MadeAsync(NpgsqlConnection session)
    {
        await using var read = new NpgsqlCommand(
            """
            select array(
              select 'view ' || c.oid::regclass from pg_class c
              where c.relkind = 'v' and c.relnamespace in ('public'::regnamespace, 'live'::regnamespace)
                and c.xmin = pg_current_xact_id()::xid
              union all
              select 'function ' || p.oid::regprocedure from pg_proc p
              where p.pronamespace in ('public'::regnamespace, 'live'::regnamespace) and p.xmin = pg_current_xact_id()::xid
                and not exists (select from pg_depend d where d.classid = 'pg_proc'::regclass and d.objid = p.oid and d.deptype = 'e')
              union all
              select format('trigger %I on %s', t.tgname, t.tgrelid::regclass) from pg_trigger t
              where not t.tgisinternal and t.xmin = pg_current_xact_id()::xid)
            """,
            session
        );
        return (string[])(await read.ExecuteScalarAsync())!;
    }

    private static string ScriptOf(Database database, string lastApplied)
    {
        var options = new DbContextOptionsBuilder<NewsroomDbContext>();
        options.UseNewsroom(database.Newsroom);
        using var db = new NewsroomDbContext(options.Options);
        return db.GetService<IMigrator>().GenerateScript(lastApplied, null, MigrationsSqlGenerationOptions.NoTransactions);
    }

    private static async Task ExecuteAsync(NpgsqlConnection session, string sql)
    {
        if (sql.Length == 0)
            return;
        await using var command = new NpgsqlCommand(sql, session);
        await command.ExecuteNonQueryAsync();
    }

    private static async Task WaitAsync(Database database, ILogger logger)
    {
        var waited = System.Diagnostics.Stopwatch.StartNew();
        while (true)
        {
            try
            {
                await database.FindPoolersAsync(logger);
                return;
            }
            catch (NpgsqlException refused) when (DatabaseFailures.IsAway(refused) && waited.Elapsed < Patience)
            {
                logger.LogInformation("Waiting for PostgreSQL: {Reason}", refused.Message);
                await Task.Delay(TimeSpan.FromSeconds(1));
            }
        }
    }
}
