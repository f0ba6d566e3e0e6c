using System.Data;
using System.Data.Common;
using System.Diagnostics;
using HeadlessCms.Api.Hosting.Options;
using HeadlessCms.Core.Storage.Live;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Npgsql;

namespace HeadlessCms.Api.Hosting.Storage;

/// <summary>
/// Reads at replicas, and never something older than this node has answered before. Each statement is sent together with one that asks for
/// the server's position in the change log, in one round trip and one snapshot. A replica that is behind gets a moment to catch up; then
/// the primary is read.
/// </summary>
internal sealed class ReplicaReads(Database database, LogPosition known, CmsOptions options) : DbCommandInterceptor
{
    /// <summary>The position of a server in the change log, and whether it is a standby.</summary>
    public const string Position = "select position, pg_is_in_recovery() from live.log_position";

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(5);
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(1);

    private long _avoidedAt = long.MinValue;

    /// <summary>Whether the read side has several servers.</summary>
    public bool AreConfigured => database.HasReplicas;

    /// <summary>Whether a read that failed at one server may succeed at another.</summary>
    public static bool MayRetry(Exception failed) => DatabaseFailures.IsAway(failed) || DatabaseFailures.IsOfStandby(failed);

    /// <summary>Reads at the primary for a while, if it answers.</summary>
    public void AvoidReplicas() => Interlocked.Exchange(ref _avoidedAt, Stopwatch.GetTimestamp());

    public override async ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
        DbCommand command,
        CommandEventData eventData,
        InterceptionResult<DbDataReader> result,
        CancellationToken cancellationToken = default
    ) =>
        eventData.Context is LiveDbContext { IsAtPrimary: false }
            ? InterceptionResult<DbDataReader>.SuppressWithResult(await ReadAsync((NpgsqlCommand)command, cancellationToken))
            : result;

    private bool AvoidsReplicas => Interlocked.Read(ref _avoidedAt) is var at && at != long.MinValue && Stopwatch.GetElapsedTime(at) < Rest;

    private async Task<DbDataReader> ReadAsync(NpgsqlCommand command, CancellationToken cancellation)
    {
        command.CommandText = $"{Position};\n{command.CommandText}";
        if (AvoidsReplicas && await TryPrimaryAsync(command, cancellation) is { } rows)
            return rows;
        var waited = Stopwatch.StartNew();
        do
        {
            if (await TryAsync(command, CommandBehavior.Default, cancellation) is { } found)
                return found;
        } while (await HasCaughtUpAsync(command.Connection!, waited, cancellation));

        AvoidReplicas();
        return await PrimaryAsync(command, cancellation);
    }

    /// <summary>The rows of a command; null if its server is a standby that is behind.</summary>
    private async Task<DbDataReader?> TryAsync(NpgsqlCommand command, CommandBehavior behavior, CancellationToken cancellation)
    {
        var needed = known.Newest;
        var rows = await command.ExecuteReaderAsync(behavior, cancellation);
        try
        {
            await rows.ReadAsync(cancellation);
            var (position, isStandby) = (rows.GetInt64(0), rows.GetBoolean(1));
            if (position < needed && isStandby)
            {
                await rows.DisposeAsync();
                return null;
            }

            if (position < needed)
                known.GoBack(needed, position);
            known.Reach(position);
            await rows.NextResultAsync(cancellation);
            return rows;
        }
        catch
        {
            await rows.DisposeAsync();
            throw;
        }
    }

    private async Task<bool> HasCaughtUpAsync(NpgsqlConnection standby, Stopwatch waited, CancellationToken cancellation)
    {
        await using var ask = new NpgsqlCommand(Position, standby);
        while (waited.Elapsed < options.Replicas.MaxWait)
        {
            await Task.Delay(Pause, cancellation);
            if ((long)(await ask.ExecuteScalarAsync(cancellation))! >= known.Newest)
                return true;
        }

        return false;
    }

    private async Task<DbDataReader?> TryPrimaryAsync(NpgsqlCommand command, CancellationToken cancellation)
    {
        try
        {
            return await PrimaryAsync(command, cancellation);
        }
        catch (NpgsqlException away) when (DatabaseFailures.IsAway(away))
        {
            return null;
        }
    }

    private async Task<DbDataReader> PrimaryAsync(NpgsqlCommand command, CancellationToken cancellation)
    {
        var connection = await database.LivePrimary.OpenConnectionAsync(cancellation);
        try
        {
            var same = command.Clone();
            same.Connection = connection;
            return await TryAsync(same, CommandBehavior.CloseConnection, cancellation)
                ?? throw new NpgsqlException("No server has what this node has answered before.", new TimeoutException());
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }
}
