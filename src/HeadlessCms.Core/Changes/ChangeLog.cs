using Npgsql;

namespace HeadlessCms.Core.Changes;

/// <summary>The result of a poll of the change log.</summary>
/// <param name="At">The instant of the poll, by the database's clock.</param>
/// <param name="Position">The position of the last row that it read.</param>
/// <param name="NextBoundary">The next start or end of a publication that is not in the log yet.</param>
/// <param name="Tags">The cache tags of the new rows: see the view <c>change_tags</c>.</param>
/// <param name="HasMore">Whether more rows are waiting.</param>
/// <param name="Ages">The time since each new row happened, in seconds.</param>
/// <param name="TraceParents">The trace contexts of the new rows.</param>
public sealed record ChangeLogPoll(
    DateTimeOffset At,
    long Position,
    DateTimeOffset? NextBoundary,
    IReadOnlyList<string> Tags,
    bool HasMore,
    IReadOnlyList<double> Ages,
    IReadOnlyList<string> TraceParents
);

/// <summary>Polls the change log by position, in order, without gaps.</summary>
/// <param name="source">The newsroom.</param>
public sealed class ChangeLog(NpgsqlDataSource source)
{
    private const int RowLimit = 1_000;

    /// <summary>The position of the last row; 0 where there is none.</summary>
    public async Task<long> LastAsync(CancellationToken cancellation)
    {
        await using var command = source.CreateCommand("select coalesce(max(position), 0) from changes");
        return (long)(await command.ExecuteScalarAsync(cancellation))!;
    }

    /// <summary>Reads the rows after <paramref name="position"/>.</summary>
    public async Task<ChangeLogPoll> PollAsync(long position, CancellationToken cancellation)
    {
        await using var command = source.CreateCommand(
            $"""
            with seen as (select position, at, trace_parent from changes where position > $1 order by position limit {RowLimit})
            select
              clock_timestamp(),
              (select max(position) from seen),
              (select count(*) from seen),
              least(
                (select min(live_from) from publications where not start_logged and live_until is distinct from live_from),
                (select min(live_until) from publications where not end_logged and live_until > live_from)),
              (select array_agg(distinct t.tag) from seen s
               cross join lateral (select tag from change_tags
                 where position = s.position offset 0) t), -- a look-up for each row, or the view would be read as a whole
              (select array_agg(extract(epoch from clock_timestamp() - at)::float8) from seen),
              (select array_agg(distinct trace_parent) from seen where trace_parent is not null)
            """
        );
        command.Parameters.Add(new() { Value = position });
        await using var row = await command.ExecuteReaderAsync(cancellation);
        await row.ReadAsync(cancellation);
        return new ChangeLogPoll(
            row.GetFieldValue<DateTimeOffset>(0),
            row.IsDBNull(1) ? position : row.GetInt64(1),
            row.IsDBNull(3) ? null : row.GetFieldValue<DateTimeOffset>(3),
            row.IsDBNull(4) ? [] : [.. row.GetFieldValue<string[]>(4).Select(Address.Ascii)], // they are sent in headers
            row.GetInt64(2) == RowLimit,
            row.IsDBNull(5) ? [] : row.GetFieldValue<double[]>(5),
            row.IsDBNull(6) ? [] : row.GetFieldValue<string[]>(6)
        );
    }
}
