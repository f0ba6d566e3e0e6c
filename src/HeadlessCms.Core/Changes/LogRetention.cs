using Npgsql;

namespace HeadlessCms.Core.Changes;

/// <summary>
/// Deletes what is no longer kept of the change log and of the audit trail, a batch in each call. Nodes take turns: a call that meets
/// another node's does nothing.
/// </summary>
/// <param name="source">The newsroom.</param>
public sealed class LogRetention(NpgsqlDataSource source)
{
    /// <summary>
    /// Deletes changes that a later change of the same article or concept replaced, where that one is older than
    /// <paramref name="kept"/>. The last change of each stays.
    /// </summary>
    /// <param name="kept">The age up to which changes are kept.</param>
    /// <param name="limit">How many of the later changes are looked at.</param>
    /// <param name="cancellation">Ends the call.</param>
    /// <returns>How many were looked at, and how many were deleted.</returns>
    public async Task<(int Taken, int Forgotten)> ForgetChangesAsync(TimeSpan kept, int limit, CancellationToken cancellation)
    {
        await using var command = Command("select taken, forgotten from forget_changes($1, $2)", kept, limit);
        await using var row = await command.ExecuteReaderAsync(cancellation);
        await row.ReadAsync(cancellation);
        return (row.GetInt32(0), row.GetInt32(1));
    }

    /// <summary>Deletes entries of the audit trail that are older than <paramref name="kept"/>, the oldest first.</summary>
    /// <param name="kept">The age up to which entries are kept; the database refuses less than 90 days.</param>
    /// <param name="limit">How many are deleted at most.</param>
    /// <param name="cancellation">Ends the call.</param>
    /// <returns>How many were deleted.</returns>
    public async Task<int> ForgetAuditAsync(TimeSpan kept, int limit, CancellationToken cancellation)
    {
        await using var command = Command("select forget_audit($1, $2)", kept, limit);
        return (int)(await command.ExecuteScalarAsync(cancellation))!;
    }

    private NpgsqlCommand Command(string sql, TimeSpan kept, int limit)
    {
        var command = source.CreateCommand(sql);
        command.Parameters.Add(new() { Value = kept });
        command.Parameters.Add(new() { Value = limit });
        return command;
    }
}
