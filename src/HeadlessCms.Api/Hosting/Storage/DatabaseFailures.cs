using System.Net.Sockets;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace HeadlessCms.Api.Hosting.Storage;

/// <summary>Tells a server that is away from other failures.</summary>
internal static class DatabaseFailures
{
    /// <summary>
    /// Whether no suitable server could be reached, or the one that was reached has gone or may no longer write. A later attempt, or one
    /// at another server, may succeed.
    /// </summary>
    public static bool IsAway(Exception failed) =>
        failed switch
        {
            // 57P: the server starts or stops, or ends this connection. 08: a pooler reaches no server, which PgBouncer calls a violation
            // of the protocol. Read-only: the primary has become a standby.
            PostgresException { SqlState: var state } => state
                is PostgresErrorCodes.ReadOnlySqlTransaction
                    or ['5', '7', 'P', ..]
                    or ['0', '8', ..],
            NpgsqlException { IsTransient: true } => true,
            // Of several hosts none suits: Npgsql does not call that transient.
            NpgsqlException { InnerException: null or AggregateException or SocketException or TimeoutException or IOException } => true,
            InvalidOperationException { InnerException: NpgsqlException inner } => IsAway(inner),
            DbUpdateException { InnerException: NpgsqlException inner } => IsAway(inner),
            _ => false,
        };

    /// <summary>
    /// Whether a standby failed where the primary would not: it replays what conflicts with the statement, or it does not have yet the
    /// views of a new version.
    /// </summary>
    public static bool IsOfStandby(Exception failed) =>
        (failed as PostgresException ?? failed.InnerException as PostgresException)
            is {
                SqlState: PostgresErrorCodes.SerializationFailure
                    or PostgresErrorCodes.DeadlockDetected
                    or PostgresErrorCodes.UndefinedTable
                    or PostgresErrorCodes.UndefinedColumn
                    or PostgresErrorCodes.UndefinedFunction
            };
}
