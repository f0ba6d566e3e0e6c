using System.Diagnostics;
using HeadlessCms.Core.Changes;
using HeadlessCms.Core.Outbox;
using Npgsql;

namespace HeadlessCms.Core.Webhooks;

/// <summary>A delivery that this node has leased.</summary>
/// <param name="Id">The delivery.</param>
/// <param name="Lease">Names the lease.</param>
/// <param name="WebhookId">The webhook.</param>
/// <param name="Url">Where it goes.</param>
/// <param name="Secrets">The secrets to sign with in their stored form, the newest first.</param>
/// <param name="Event">What it tells of.</param>
/// <param name="Position">Its position in the change log; null for a ping.</param>
/// <param name="At">When it happened.</param>
/// <param name="SubjectId">What that happened to.</param>
/// <param name="LeasedAt">When the lease began.</param>
/// <param name="TraceParent">The trace context of the change.</param>
public sealed record LeasedDelivery(
    long Id,
    Guid Lease,
    Guid WebhookId,
    string Url,
    IReadOnlyList<string> Secrets,
    ChangeEvent Event,
    long? Position,
    DateTimeOffset At,
    Guid SubjectId,
    DateTimeOffset LeasedAt,
    string? TraceParent
)
{
    private readonly long _leased = Stopwatch.GetTimestamp();

    /// <summary>How long it has been leased.</summary>
    public TimeSpan Held => Stopwatch.GetElapsedTime(_leased);

    /// <summary>The instant by the database's clock.</summary>
    public DateTimeOffset Now => LeasedAt + Held;

    /// <summary>The header <c>webhook-id</c>.</summary>
    public string MessageId => Delivery.MessageIdOf(Position, Id, At);
}

/// <summary>What is to be sent to webhooks.</summary>
/// <param name="source">The newsroom.</param>
public sealed class PendingDeliveries(NpgsqlDataSource source) : OutboxQueue<LeasedDelivery>(source)
{
    /// <inheritdoc/>
    public override Task<int> DispatchAsync(int limit, CancellationToken cancellation) =>
        CountAsync("select dispatch_changes($1)", cancellation, limit);

    /// <summary>
    /// Leases deliveries that are due: of each article and each concept the first only, and of each webhook at most
    /// <paramref name="limitPerWebhook"/> on all nodes, so that a slow receiver delays no other.
    /// </summary>
    public Task<IReadOnlyList<LeasedDelivery>> LeaseAsync(
        int limit,
        int limitPerWebhook,
        TimeSpan duration,
        CancellationToken cancellation
    ) =>
        LeaseAsync(
            """
            with slots as (
              select w.id, w.state, greatest($2 - (select count(*) from webhook_deliveries l where l.webhook_id = w.id
                and l.leased_until > statement_timestamp()), 0) as free
              from webhooks w
              where w.state <> 'disabled' and (w.rests_until is null or w.rests_until <= statement_timestamp())
            ), due as (
              select n.id
              from slots p
              cross join lateral (
                select d.id, d.due_at
                from webhook_deliveries d
                where d.webhook_id = p.id and d.state = 'pending' and d.due_at <= statement_timestamp()
                  and (d.leased_until is null or d.leased_until <= statement_timestamp())
                  and (p.state = 'active' or d.event = 'webhookPing')
                  and (d.position is null or d.position = ( -- one look-up each: as an anti-join all that is pending would be read
                    select b.position from webhook_deliveries b
                    where b.webhook_id = d.webhook_id and b.subject_id = d.subject_id and b.state = 'pending' order by b.position limit 1))
                order by d.due_at, d.id
                limit p.free
                for update skip locked) n
              order by n.due_at, n.id
              limit $1
            )
            update webhook_deliveries d
            set lease = gen_random_uuid(), leased_until = statement_timestamp() + $3
            from due, webhooks w
            where d.id = due.id and w.id = d.webhook_id
            returning d.id, d.lease, w.id, w.url, w.secret,
              case when w.previous_secret_until > statement_timestamp() then w.previous_secret end,
                      d.event, d.position, d.at, d.subject_id, statement_timestamp(),
              (select c.trace_parent from changes c where c.position = d.position)
            """,
            Read,
            cancellation,
            limit,
            limitPerWebhook,
            duration
        );

    /// <inheritdoc/>
    public override Task<TimeSpan?> UntilDueAsync(CancellationToken cancellation) =>
        TimeAsync(
            """
            select least(
              (select min(greatest(n.at, w.rests_until))
               from webhooks w
               cross join lateral (
                 (select d.due_at as at
                  from webhook_deliveries d
                  where d.webhook_id = w.id and d.state = 'pending' and d.leased_until is null
                    and (w.state = 'active' or d.event = 'webhookPing')
                    and (d.position is null or d.position = (
                      select b.position from webhook_deliveries b
                      where b.webhook_id = d.webhook_id and b.subject_id = d.subject_id and b.state = 'pending'
                      order by b.position limit 1))
                  order by d.due_at, d.id limit 1)
                 union all
                 select greatest(d.due_at, d.leased_until)
                 from webhook_deliveries d
                 where d.webhook_id = w.id and d.state = 'pending' and d.leased_until is not null) n
               where w.state <> 'disabled'),
              (select clock_timestamp() from webhook_progress where position < (select max(position) from changes))
            ) - clock_timestamp()
            """,
            cancellation
        );

    /// <inheritdoc/>
    public override Task ReleaseAsync(LeasedDelivery leased, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(leased);
        return ExecuteAsync(
            "update webhook_deliveries set lease = null, leased_until = null where id = $1 and lease = $2",
            cancellation,
            leased.Id,
            leased.Lease
        );
    }

    /// <summary>Deletes deliveries that were settled thirty days ago, at most <paramref name="limit"/>.</summary>
    /// <returns>How many there were.</returns>
    public Task<int> ForgetAsync(int limit, CancellationToken cancellation) =>
        ExecuteAsync(
            """
            delete from webhook_deliveries where id in (
              select id from webhook_deliveries where settled_at < statement_timestamp() - interval '30 days'
                order by settled_at limit $1 for update skip locked)
            """,
            cancellation,
            limit
        );

    private static LeasedDelivery Read(NpgsqlDataReader row)
    {
        var secret = row.GetString(4);
        return new LeasedDelivery(
            row.GetInt64(0),
            row.GetGuid(1),
            row.GetGuid(2),
            row.GetString(3),
            row.IsDBNull(5) ? [secret] : [secret, row.GetString(5)],
            Enum.Parse<ChangeEvent>(row.GetString(6), ignoreCase: true),
            row.IsDBNull(7) ? null : row.GetInt64(7),
            row.GetFieldValue<DateTimeOffset>(8),
            row.GetGuid(9),
            row.GetFieldValue<DateTimeOffset>(10),
            row.IsDBNull(11) ? null : row.GetString(11)
        );
    }
}
