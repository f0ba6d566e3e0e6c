using System.Globalization;
using HeadlessCms.Core.Storage.Live;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace HeadlessCms.Core.Storage;

/// <summary>How the two contexts connect to PostgreSQL.</summary>
public static class StorageOptions
{
    /// <summary>The assembly of the migrations.</summary>
    public const string MigrationsAssembly = "HeadlessCms.Migrations";

    /// <summary>EF Core's table of applied migrations.</summary>
    public const string MigrationsTable = "\"__EFMigrationsHistory\"";

    private static readonly UpgradeGate Gate = new();

    /// <summary>Options for the whole newsroom.</summary>
    public static DbContextOptionsBuilder UseNewsroom(this DbContextOptionsBuilder options, NpgsqlDataSource source)
    {
        ArgumentNullException.ThrowIfNull(options);
        return options
            .UseNpgsql(source, npgsql => npgsql.MigrationsAssembly(MigrationsAssembly))
            .UseSnakeCaseNamingConvention()
            .AddInterceptors(Gate)
            .ConfigureWarnings(events =>
                events.Log(
                    // A constraint that refuses a request is a response to the caller, not an error; the response handler logs errors.
                    (RelationalEventId.CommandError, LogLevel.Debug),
                    (CoreEventId.SaveChangesFailed, LogLevel.Debug),
                    (CoreEventId.OptimisticConcurrencyException, LogLevel.Debug)
                )
            );
    }

    /// <summary>Options for the read side: no tracking.</summary>
    public static DbContextOptionsBuilder UseLive(this DbContextOptionsBuilder options, NpgsqlDataSource source)
    {
        ArgumentNullException.ThrowIfNull(options);
        return options
            .UseNpgsql(source)
            .UseSnakeCaseNamingConvention()
            .UseQueryTrackingBehavior(QueryTrackingBehavior.NoTracking)
            // What is searched is appended in order
            .ConfigureWarnings(events => events.Ignore(CoreEventId.RowLimitingOperationWithoutOrderByWarning));
    }

    /// <summary>
    /// The connection string of the read side: the same login, entering with the role <see cref="LiveDbContext.Role"/> where
    /// <paramref name="withRole"/> says that it may, in transactions that only read, with statements that end after
    /// <paramref name="timeout"/>. Without <paramref name="withOptions"/>, which a pooler drops, the role and the server's timeout are left
    /// to the login; the client's timeout remains. With <paramref name="withSnapshots"/>, statements that are sent together see one
    /// snapshot.
    /// </summary>
    public static string ForLive(
        string connectionString,
        bool withRole,
        TimeSpan? timeout = null,
        bool withOptions = true,
        bool withSnapshots = false
    )
    {
        var builder = new NpgsqlConnectionStringBuilder(connectionString);
        var role = withRole ? $"-c role={LiveDbContext.Role} " : "";
        // Many read at once: nobody takes several processors
        if (withOptions)
            builder.Options = $"{builder.Options} {role}-c default_transaction_read_only=on -c max_parallel_workers_per_gather=0".Trim();
        if (withOptions && withSnapshots)
            builder.Options += @" -c default_transaction_isolation=repeatable\ read";
        if (timeout is { } end)
        {
            if (withOptions)
                builder.Options += string.Create(CultureInfo.InvariantCulture, $" -c statement_timeout={end.TotalMilliseconds:0}");
            // A server that hangs, or that the network does not reach, ends nothing itself.
            builder.CommandTimeout = (int)Math.Ceiling(end.TotalSeconds) + 1;
            builder.Timeout =
                builder.Host?.Contains(',', StringComparison.Ordinal) == true // for each of several hosts
                    ? Math.Min(builder.Timeout, builder.CommandTimeout)
                    : builder.CommandTimeout;
        }

        builder.ApplicationName = $"{builder.ApplicationName ?? "HeadlessCms"}-live";
        return builder.ConnectionString;
    }
}
