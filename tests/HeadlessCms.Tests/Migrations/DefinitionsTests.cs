using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using HeadlessCms.Api.Hosting.Storage;
using HeadlessCms.Migrations;
using HeadlessCms.Tests.Harness;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace HeadlessCms.Tests.Migrations;

/// <summary>Views, functions and triggers are what their files say, however old the database is.</summary>
public sealed partial class DefinitionsTests(TestCluster cluster)
{
    private static readonly Version One = new(1, 0, 0);
    private static readonly string[] Known = ["1_First", "2_Second"];

    // A description of the schema that does not depend on the order in which it was made, nor on a tool.
    private const string Catalog = """
        select string_agg(line, E'\n' order by line) from (
          select format('column %s.%s %s %s %s %s', a.attrelid::regclass, a.attname, a.attnum, format_type(a.atttypid, a.atttypmod),
            a.attnotnull,
                        pg_get_expr(d.adbin, d.adrelid)) as line
          from pg_attribute a join pg_class c on c.oid = a.attrelid left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
          where a.attnum > 0 and c.relkind in ('r', 'v')
            and c.relnamespace in ('public'::regnamespace, 'live'::regnamespace)
          union all
          select format('view %s %s %s', c.oid::regclass, pg_get_viewdef(c.oid), c.relacl) from pg_class c
          where c.relkind = 'v' and c.relnamespace in ('public'::regnamespace, 'live'::regnamespace)
          union all
          select format('index %s', pg_get_indexdef(i.indexrelid)) from pg_index i join pg_class c on c.oid = i.indexrelid
          where c.relnamespace = 'public'::regnamespace
          union all
          select format('constraint %s %s %s', r.conrelid::regclass, r.conname, pg_get_constraintdef(r.oid)) from pg_constraint r
          where r.connamespace = 'public'::regnamespace and r.contype <> 't'
          union all
          select format('function %s', pg_get_functiondef(p.oid)) from pg_proc p
          where p.pronamespace in ('public'::regnamespace, 'live'::regnamespace) and p.prokind = 'f'
            and not exists (select from pg_depend d where d.classid = 'pg_proc'::regclass and d.objid = p.oid and d.deptype = 'e')
          union all
          select format('trigger %s', pg_get_triggerdef(t.oid)) from pg_trigger t where not t.tgisinternal) lines
        """;

    [Fact]
    public async Task A_database_that_was_upgraded_is_the_same_as_one_made_from_nothing()
    {
        var made = await cluster.NewDatabaseAsync();
        var upgraded = await UpgradedAsync();

        Assert.Equal(await ScalarAsync(made, Catalog), await ScalarAsync(upgraded, Catalog));
    }

    [Fact]
    public async Task A_dump_of_a_database_that_was_upgraded_is_the_same_as_of_one_made_from_nothing()
    {
        var made = await cluster.NewDatabaseAsync();
        var major = int.Parse(
            ((string)(await ScalarAsync(made, "show server_version_num"))!)[..2],
            System.Globalization.CultureInfo.InvariantCulture
        );
        var pgDump = PgDump(major);
        Assert.SkipWhen(pgDump is null, $"There is no pg_dump of version {major} or newer here.");
        var upgraded = await UpgradedAsync();

        Assert.Equal(await DumpAsync(pgDump!, made), await DumpAsync(pgDump!, upgraded));
    }

    [Fact]
    public async Task Definitions_that_are_applied_are_left_as_they_are()
    {
        var database = await cluster.NewDatabaseAsync();
        var before = await ScalarAsync(database, "select applied_at from applied_definitions");

        await MigrateAsync(database);

        Assert.Equal(before, await ScalarAsync(database, "select applied_at from applied_definitions"));
    }

    [Fact]
    public async Task A_restored_database_without_the_read_sides_privileges_gets_them_at_the_next_start()
    {
        var database = await cluster.NewDatabaseAsync();
        await ScalarAsync(database, "revoke all on all tables in schema live from cms_live; revoke all on schema live from cms_live");

        await MigrateAsync(database);

        Assert.Equal(
            true,
            await ScalarAsync(
                database,
                "select has_schema_privilege('cms_live', 'live', 'usage') and has_table_privilege('cms_live', 'live.articles', 'select')"
            )
        );
    }

    [Fact]
    public async Task A_database_of_an_earlier_build_is_refused_in_one_line_that_says_what_to_do()
    {
        var database = await cluster.NewDatabaseAsync(migrated: false);
        await ScalarAsync(
            database,
            """
            create table "__EFMigrationsHistory" (migration_id varchar(150) primary key, product_version varchar(32) not null);
            insert into "__EFMigrationsHistory" values ('20261123000000_Foundation', '10.0.0')
            """
        );

        var refused = await Assert.ThrowsAsync<SchemaException>(() => MigrateAsync(database));

        Assert.Contains("delete the data directory (.data)", refused.Message, StringComparison.Ordinal);
        Assert.Contains("import", refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', refused.Message);
        Assert.Equal(false, await ScalarAsync(database, "select to_regclass('articles') is not null"));
    }

    [Fact]
    public async Task A_node_of_an_older_version_leaves_the_definitions_of_a_newer_one_as_they_are()
    {
        var database = await cluster.NewDatabaseAsync();
        await ScalarAsync(database, "update applied_definitions set hash = 'newer', version = '9.0.0'; drop view desk");

        await MigrateAsync(database);

        Assert.Equal("newer", await ScalarAsync(database, "select hash from applied_definitions where to_regclass('desk') is null"));
    }

    [Fact]
    public async Task A_node_that_a_newer_schema_does_not_serve_says_so_and_stops()
    {
        var database = await cluster.NewDatabaseAsync();
        await ScalarAsync(database, "update applied_definitions set version = '9.1.0', minimum_version = '9.0.0'");

        var refused = await Assert.ThrowsAsync<SchemaException>(() => MigrateAsync(database));

        Assert.Contains("9.0.0 or newer", refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', refused.Message);
    }

    [Theory]
    [InlineData("1_First,2_Second", "same", "1.0.0", nameof(SchemaStep.None))]
    [InlineData("1_First,2_Second", "other", "1.0.0", nameof(SchemaStep.Apply))]
    [InlineData("1_First,2_Second", "other", "0.9.0", nameof(SchemaStep.Apply))]
    [InlineData("1_First,2_Second", "other", "1.1.0", nameof(SchemaStep.RunOnNewer))]
    [InlineData("1_First", "same", "1.0.0", nameof(SchemaStep.Apply))]
    [InlineData("1_First,2_Second,3_Third", "other", "1.0.0", nameof(SchemaStep.RunOnNewer))]
    [InlineData("", null, "0.0.0", nameof(SchemaStep.Apply))]
    public void What_a_node_does_depends_on_migrations_version_and_hash(string applied, string? hash, string version, string step)
    {
        var schema = new AppliedSchema(
            applied.Split(',', StringSplitOptions.RemoveEmptyEntries),
            hash,
            Version.Parse(version),
            new(0, 1, 0),
            [],
            true
        );

        Assert.Equal(step, $"{schema.StepOf(One, Known, "same")}");
    }

    [Fact]
    public async Task Nothing_that_is_stored_calls_a_function_of_ours()
    {
        var database = await cluster.NewDatabaseAsync();

        // Such a function could not be changed without its index, and would run with an empty search_path wherever PostgreSQL maintains it.
        Assert.Equal(
            "",
            await ScalarAsync(
                database,
                """
                select coalesce(string_agg(pg_describe_object(d.classid, d.objid, d.objsubid), ', '), '')
                from pg_depend d
                join pg_proc p on d.refclassid = 'pg_proc'::regclass and d.refobjid = p.oid
                where d.classid in ('pg_class'::regclass, 'pg_attrdef'::regclass, 'pg_constraint'::regclass)
                  and p.pronamespace in ('public'::regnamespace, 'live'::regnamespace)
                  and not exists (select from pg_depend e where e.classid = 'pg_proc'::regclass and e.objid = p.oid and e.deptype = 'e')
                """
            )
        );
    }

    [Fact]
    public void Every_view_and_function_is_used()
    {
        var code = string.Join('\n', Sources("src"));
        var sql = string.Join('\n', Definitions.All.Select(file => Comment().Replace(file.Sql, "")));
        var made = Made().Matches(sql).Select(match => match.Groups["name"].Value).Distinct().ToList();

        Assert.True(made.Count > 50);
        Assert.DoesNotContain(made, name =>
            Regex.Count(sql, $@"\b{name}\b") < 2
            && !Regex.IsMatch(code, $@"\b{name}\b")
            && !name.StartsWith("rows_", StringComparison.Ordinal) // see PageLengths
        );
    }

    /// <summary>A database with an older state of the definitions, brought up to date.</summary>
    private async Task<string> UpgradedAsync()
    {
        var database = await cluster.NewDatabaseAsync();
        await ScalarAsync(
            database,
            """
            drop view live.sitemaps;
            drop view live.story_counts;
            create view live.story_counts as select c.stories from public.story_counts c;
            create view live.gone as select 1 as one;
            grant select on public.articles, live.gone to cms_live;
            revoke select on live.articles from cms_live;
            create function public.gone() returns trigger language plpgsql as 'begin return null; end';
            create trigger gone after insert on articles for each row execute function gone();
            drop function live.related_articles;
            create function live.related_articles(article uuid, most int) returns int language sql as 'select 1';
            create or replace function public.search_text(text) returns text language sql immutable strict as 'select $1';
            drop trigger publications_are_guarded on publications;
            drop trigger changes_in_order on changes;
            create trigger changes_in_order after insert on changes for each row execute function lock_change_log();
            revoke select on public.articles from cms_live;
            update applied_definitions
            set hash = 'older', version = '0.0.1', objects = objects || array['view live.gone', 'function public.gone()',
              'trigger gone on public.articles']
            """
        );
        await MigrateAsync(database);
        return database;
    }

    private static async Task MigrateAsync(string connectionString)
    {
        await using var node = new Database(connectionString);
        await Migrator.RunAsync(node, NullLogger.Instance);
    }

    private static async Task<object?> ScalarAsync(string connectionString, string sql)
    {
        await using var connection = new NpgsqlConnection(
            new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false }.ConnectionString
        );
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync(TestContext.Current.CancellationToken);
    }

    private static string? PgDump(int atLeast) =>
        Directory.Exists("/usr/lib/postgresql")
            ? Directory
                .EnumerateDirectories("/usr/lib/postgresql")
                .Where(path => int.TryParse(Path.GetFileName(path), out var major) && major >= atLeast)
                .Select(path => Path.Combine(path, "bin", "pg_dump"))
                .FirstOrDefault(File.Exists)
            : null;

    private static async Task<string> DumpAsync(string pgDump, string connectionString)
    {
        var settings = new NpgsqlConnectionStringBuilder(connectionString);
        var start = new ProcessStartInfo(pgDump) { RedirectStandardOutput = true };
        foreach (
            var argument in new[]
            {
                "--schema-only",
                $"--host={settings.Host}",
                $"--port={settings.Port}",
                $"--username={settings.Username}",
            }
        )
            start.ArgumentList.Add(argument);
        start.ArgumentList.Add(settings.Database!);
        start.Environment["PGPASSWORD"] = settings.Password;
        using var process = Process.Start(start)!;
        var dump = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, process.ExitCode);
        return Restriction().Replace(dump, "");
    }

    private static IEnumerable<string> Sources(string folder) =>
        Directory
            .EnumerateFiles(Path.Combine(Root(), folder), "*.cs", SearchOption.AllDirectories)
            .Where(path =>
                !path.Contains("/obj/", StringComparison.Ordinal)
                && !path.Contains("/bin/", StringComparison.Ordinal)
                && !path.Contains("/Compiled/", StringComparison.Ordinal)
            )
            .Select(File.ReadAllText);

    private static string Root([CallerFilePath] string here = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", "..", ".."));

    [GeneratedRegex(@"^create (or replace )?(view|function) (public|live)\.(?<name>\w+)", RegexOptions.Multiline)]
    private static partial Regex Made();

    [GeneratedRegex("--.*$", RegexOptions.Multiline)]
    private static partial Regex Comment();

    [GeneratedRegex(@"^\\(un)?restrict .*$", RegexOptions.Multiline)]
    private static partial Regex Restriction();
}
