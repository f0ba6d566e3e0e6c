using System.Reflection;
using HeadlessCms.Core.Storage;
using HeadlessCms.Core.Storage.Live;
using HeadlessCms.Migrations;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql;

namespace HeadlessCms.Api.Hosting.Storage;

/// <summary>The app cannot run on this database; the message says in one line what to do.</summary>
internal sealed class SchemaException(string message) : Exception(message);

/// <summary>What a node does about the schema that it finds.</summary>
internal enum SchemaStep
{
    /// <summary>Nothing: it is this node's.</summary>
    None,

    /// <summary>Nothing: it is a newer node's, and this one runs on it.</summary>
    RunOnNewer,

    /// <summary>Apply the migrations and definitions of this node.</summary>
    Apply,
}

/// <summary>What is applied to the database.</summary>
/// <param name="Migrations">The ids of the migrations, in their order.</param>
/// <param name="Hash">The hash of the definitions; null where there are none.</param>
/// <param name="Version">The version of the app that applied them.</param>
/// <param name="MinimumVersion">The lowest version of an app that can run on them.</param>
/// <param name="Objects">What they made, each as DROP names it.</param>
/// <param name="IsGranted">Whether the read side's role exists and may read the live views: a restored database may lack it.</param>
internal sealed record AppliedSchema(
    IReadOnlyList<string> Migrations,
    string? Hash,
    Version Version,
    Version MinimumVersion,
    IReadOnlyList<string> Objects,
    bool IsGranted
)
{
    private static readonly Version None = new(0, 0, 0);

    /// <summary>The migrations that this build knows, in their order.</summary>
    public static IReadOnlyList<string> Known { get; } =
    [
        .. typeof(Definitions)
            .Assembly.GetTypes()
            .Select(type => type.GetCustomAttribute<MigrationAttribute>()?.Id)
            .OfType<string>()
            .Order(StringComparer.Ordinal),
    ];

    /// <summary>The version of this build: its informational version without suffixes.</summary>
    public static Version AppVersion { get; } =
        Parse(typeof(AppliedSchema).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion);

    /// <summary>Says what a node of this version does about it.</summary>
    /// <exception cref="SchemaException">It cannot run on this database.</exception>
    public SchemaStep StepOf(Version version, IReadOnlyList<string> known, string hash)
    {
        if (Migrations.Count > 0 && !Migrations.Contains(known[0]))
            throw new SchemaException(
                $"This database was made by a build before {known[0]} and cannot be migrated: delete the data directory "
                    + "(.data) where it is "
                    + "the private one, otherwise create an empty database and import the content again."
            );
        var isNewer = Migrations.Except(known).Any() || Version > version;
        if (isNewer && MinimumVersion > version)
            throw new SchemaException(
                $"This database belongs to version {Version}; version {version} cannot run on it, {MinimumVersion} or newer can."
            );
        if (isNewer)
            return SchemaStep.RunOnNewer;
        return Hash == hash && !known.Except(Migrations).Any() ? SchemaStep.None : SchemaStep.Apply;
    }

    public static async Task<AppliedSchema> ReadAsync(NpgsqlConnection session)
    {
        var migrations = new List<string>();
        if (await ExistsAsync(session, StorageOptions.MigrationsTable))
        {
            await using var read = new NpgsqlCommand($"select migration_id from {StorageOptions.MigrationsTable} order by 1", session);
            await using var rows = await read.ExecuteReaderAsync();
            while (await rows.ReadAsync())
                migrations.Add(rows.GetString(0));
        }

        if (await ExistsAsync(session, "public.applied_definitions"))
        {
            await using var read = new NpgsqlCommand(
                """
                select hash, version, minimum_version, objects,
                       coalesce((
                         select has_table_privilege(r.oid, to_regclass('live.articles'), 'select') and pg_has_role(current_user, r.oid,
                           'MEMBER')
                         from pg_roles r where r.rolname = $1), false)
                from public.applied_definitions
                """,
                session
            )
            {
                Parameters = { new() { Value = LiveDbContext.Role } },
            };
            await using var rows = await read.ExecuteReaderAsync();
            if (await rows.ReadAsync())
                return new(
                    migrations,
                    rows.GetString(0),
                    Parse(rows.GetString(1)),
                    Parse(rows.GetString(2)),
                    rows.GetFieldValue<string[]>(3),
                    rows.GetBoolean(4)
                );
        }

        return new(migrations, null, None, None, [], false);
    }

    private static Version Parse(string? version) => Version.TryParse(version?.Split('-', '+')[0], out var parsed) ? parsed : None;

    private static async Task<bool> ExistsAsync(NpgsqlConnection session, string table)
    {
        await using var exists = new NpgsqlCommand("select to_regclass($1) is not null", session)
        {
            Parameters = { new() { Value = table } },
        };
        return (bool)(await exists.ExecuteScalarAsync())!;
    }
}
