using HeadlessCms.Core.Outbox;
using HeadlessCms.Core.Webhooks;
using Npgsql;

namespace HeadlessCms.Core.Cdn;

/// <summary>Tags that this node has leased, to purge them at one target.</summary>
/// <param name="Target">The URL at which they are purged.</param>
/// <param name="Tries">How many attempts at the target failed since the last one that did not.</param>
/// <param name="Lease">Names the lease.</param>
/// <param name="Tags">The tags, those of the oldest changes first.</param>
/// <param name="Changed">The position of the last change of each tag.</param>
public sealed record LeasedPurge(string Target, int Tries, Guid Lease, IReadOnlyList<string> Tags, IReadOnlyList<long> Changed);

/// <summary>What is still to be purged.</summary>
/// <param name="Tags">The number of tags.</param>
/// <param name="Age">How long ago the oldest change of them was.</param>
public sealed record PurgeBacklog(long Tags, TimeSpan Age);

/// <summary>
/// The tags to purge at the CDN: a row a target and tag, however many changes there are before it is purged. One node at a time sends to a
/// target, the oldest first, so that changes are purged in order.
/// </summary>
/// <param name="source">The newsroom.</param>
/// <param name="targets">The URLs at which tags are purged.</param>
public sealed class PurgeQueue(NpgsqlDataSource source, string[] targets) : OutboxQueue<LeasedPurge>(source)
{
    private const int Attempts = 9;
    private static readonly TimeSpan MaxRetryAfter = TimeSpan.FromHours(1);

    /// <summary>The waits after failed attempts, half a second to a minute; the last one is repeated.</summary>
    public static readonly RetrySchedule Schedule = RetrySchedule.Doubling(TimeSpan.FromSeconds(0.5), TimeSpan.FromMinutes(1), Attempts);

    /// <inheritdoc/>
    public override Task<int> DispatchAsync(int limit, CancellationToken cancellation) =>
        CountAsync("select dispatch_purges($1, $2)", cancellation, limit, targets);

    /// <summary>Leases targets for which tags are due, at most <paramref name="limit"/>, each with the oldest of its tags.</summary>
    public Task<IReadOnlyList<LeasedPurge>> LeaseAsync(int limit, int tagLimit, TimeSpan duration, CancellationToken cancellation) =>
        LeaseAsync(
            """
            with leased as (
              update cdn_targets t
              set lease = gen_random_uuid(), leased_until = statement_timestamp() + $2
              from (
                select address from cdn_targets
                where address = any ($3) and due_at <= statement_timestamp()
                  and (leased_until is null or leased_until <= statement_timestamp())
                  and exists (select from cdn_purges p where p.address = cdn_targets.address and p.due_at <= statement_timestamp())
                order by due_at limit $1
                for no key update skip locked) due
              where t.address = due.address
              returning t.address, t.tries, t.lease)
            select l.address, l.tries, l.lease, array_agg(p.tag order by p.position, p.tag), array_agg(p.changed order by p.position, p.tag)
            from leased l
            cross join lateral (
              select tag, position, changed from cdn_purges
              where address = l.address and due_at <= statement_timestamp()
              order by position, tag limit $4) p
            group by 1, 2, 3
            """,
            row => new LeasedPurge(
                row.GetString(0),
                row.GetInt32(1),
                row.GetGuid(2),
                row.GetFieldValue<string[]>(3),
                row.GetFieldValue<long[]>(4)
            ),
            cancellation,
            limit,
            duration,
            targets,
            tagLimit
        );

    /// <inheritdoc/>
    public override Task<TimeSpan?> UntilDueAsync(CancellationToken cancellation) =>
        TimeAsync(
            """
            select least(
              (select min(greatest(n.due_at, t.due_at, t.leased_until))
               from cdn_targets t
               cross join lateral (
                 select p.due_at from cdn_purges p where p.address = t.address order by p.due_at limit 1) n
               where t.address = any ($1)),
              (select clock_timestamp() from cdn_progress where position < (select max(position) from changes))
            ) - clock_timestamp()
            """,
            cancellation,
            (object)targets
        );

    /// <inheritdoc/>
    public override Task ReleaseAsync(LeasedPurge leased, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(leased);
        return ExecuteAsync(
            "update cdn_targets set lease = null, leased_until = null where address = $1 and lease = $2",
            cancellation,
            leased.Target,
            leased.Lease
        );
    }

    /// <summary>
    /// The tags were purged: each is purged once more after <paramref name="repeatAfter"/>, unless that was the second time.
    /// </summary>
    public Task SettleAsync(LeasedPurge purged, TimeSpan repeatAfter, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(purged);
        return ExecuteAsync(
            "select settle_purges($1, $2, $3, $4, $5)",
            cancellation,
            purged.Target,
            purged.Lease,
            purged.Tags.ToArray(),
            purged.Changed.ToArray(),
            repeatAfter
        );
    }

    /// <summary>The tags could not be purged: the target is tried again later, and not before it asked to be.</summary>
    public Task PostponeAsync(LeasedPurge failed, TimeSpan? retryAfter, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(failed);
        var wait = Schedule.DelayAfter(Math.Min(failed.Tries + 1, Attempts - 1), retryAfter > MaxRetryAfter ? MaxRetryAfter : retryAfter);
        return ExecuteAsync(
            """
            update cdn_targets set tries = tries + 1, due_at = clock_timestamp() + $3, lease = null, leased_until = null
            where address = $1 and lease = $2
            """,
            cancellation,
            failed.Target,
            failed.Lease,
            wait!.Value
        );
    }

    /// <summary>What is still to be purged for the first time.</summary>
    public async Task<PurgeBacklog> BacklogAsync(CancellationToken cancellation) =>
        (
            await ReadAsync(
                """
                select count(*), greatest(coalesce(clock_timestamp() - min(since), interval '0'), interval '0')
                from cdn_purges where address = any ($1) and not is_purged
                """,
                row => new PurgeBacklog(row.GetInt64(0), row.GetTimeSpan(1)),
                cancellation,
                (object)targets
            )
        )[0];

    /// <summary>Forgets purges that came to nothing for so long that no CDN keeps what they concern, and targets without purges.</summary>
    public Task ForgetAsync(CancellationToken cancellation) => ExecuteAsync("select forget_purges($1)", cancellation, (object)targets);
}
