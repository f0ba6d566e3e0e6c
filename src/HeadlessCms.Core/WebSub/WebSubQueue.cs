using HeadlessCms.Core.Outbox;
using HeadlessCms.Core.Webhooks;
using Npgsql;

namespace HeadlessCms.Core.WebSub;

/// <summary>A feed that this node has leased, to tell the hub of it.</summary>
/// <param name="Topic">The path of the feed.</param>
/// <param name="Position">The last change that touched it.</param>
/// <param name="Tries">How many attempts failed.</param>
/// <param name="Lease">Names the lease.</param>
/// <param name="TraceParent">The trace context of that change.</param>
public sealed record LeasedPing(string Topic, long Position, int Tries, Guid Lease, string? TraceParent);

/// <summary>The feeds of which the hub must be notified.</summary>
/// <param name="source">The newsroom.</param>
/// <param name="formats">The extensions of the feeds.</param>
public sealed class WebSubQueue(NpgsqlDataSource source, string[] formats) : OutboxQueue<LeasedPing>(source)
{
    /// <summary>Up to an hour between attempts, for a day.</summary>
    public static readonly RetrySchedule Schedule = RetrySchedule.Doubling(TimeSpan.FromSeconds(1), TimeSpan.FromHours(1), 32);

    /// <inheritdoc/>
    public override Task<int> DispatchAsync(int limit, CancellationToken cancellation) =>
        CountAsync("select touch_feeds($1, $2)", cancellation, limit, formats);

    /// <summary>Leases feeds that are due.</summary>
    public Task<IReadOnlyList<LeasedPing>> LeaseAsync(int limit, TimeSpan duration, CancellationToken cancellation) =>
        LeaseAsync(
            """
            update websub_pings p
            set lease = gen_random_uuid(), leased_until = statement_timestamp() + $2
            from (
              select topic from websub_pings
              where due_at <= statement_timestamp() and (leased_until is null or leased_until <= statement_timestamp())
              order by due_at limit $1
              for update skip locked) due
            where p.topic = due.topic
            returning p.topic, p.position, p.tries, p.lease, (select c.trace_parent from changes c where c.position = p.position)
            """,
            row => new LeasedPing(
                row.GetString(0),
                row.GetInt64(1),
                row.GetInt32(2),
                row.GetGuid(3),
                row.IsDBNull(4) ? null : row.GetString(4)
            ),
            cancellation,
            limit,
            duration
        );

    /// <inheritdoc/>
    public override Task<TimeSpan?> UntilDueAsync(CancellationToken cancellation) =>
        TimeAsync(
            """
            select least(
              (select min(greatest(due_at, leased_until)) from websub_pings),
              (select clock_timestamp() from websub_progress where position < (select max(position) from changes))
            ) - clock_timestamp()
            """,
            cancellation
        );

    /// <inheritdoc/>
    public override Task ReleaseAsync(LeasedPing leased, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(leased);
        return ExecuteAsync(
            "update websub_pings set lease = null, leased_until = null where topic = $1 and lease = $2",
            cancellation,
            leased.Topic,
            leased.Lease
        );
    }

    /// <summary>The hub was notified: the row is deleted, unless the feed changed since.</summary>
    public Task SettleAsync(LeasedPing ping, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(ping);
        return ExecuteAsync(
            """
            with done as (delete from websub_pings where topic = $1 and lease = $2 and position = $3)
            update websub_pings set tries = 0, due_at = clock_timestamp(), lease = null, leased_until = null where topic = $1
              and lease = $2 and position > $3
            """,
            cancellation,
            ping.Topic,
            ping.Lease,
            ping.Position
        );
    }

    /// <summary>The hub could not be notified: the next attempt is scheduled, or the row is deleted after the last one.</summary>
    public Task PostponeAsync(LeasedPing ping, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(ping);
        return Schedule.DelayAfter(ping.Tries + 1, retryAfter: null) is { } delay
            ? ExecuteAsync(
                "update websub_pings set tries = tries + 1, due_at = clock_timestamp() + $3, lease = null, leased_until = "
                    + "null where topic = $1 and lease = $2",
                cancellation,
                ping.Topic,
                ping.Lease,
                delay
            )
            : ExecuteAsync("delete from websub_pings where topic = $1 and lease = $2", cancellation, ping.Topic, ping.Lease);
    }
}
