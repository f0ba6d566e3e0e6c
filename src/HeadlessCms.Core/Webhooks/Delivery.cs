using System.Globalization;
using HeadlessCms.Core.Changes;

namespace HeadlessCms.Core.Webhooks;

/// <summary>The state of a delivery.</summary>
public enum DeliveryState
{
    /// <summary>It is due, or waits for a retry.</summary>
    Pending,

    /// <summary>The receiver accepted it.</summary>
    Delivered,

    /// <summary>It was given up; it can be replayed.</summary>
    Dead,
}

/// <summary>
/// An event for a webhook. Of the events of one article or concept, the next is sent only when the one before was
/// delivered or given up. The sending node holds a lease; where it dies, the lease runs out and another node sends it again.
/// </summary>
public sealed class Delivery
{
    private readonly List<Attempt> _attempts = [];

    /// <summary>Its number, ascending.</summary>
    public long Id { get; private set; }

    /// <summary>The webhook.</summary>
    public Guid WebhookId { get; private set; }

    /// <summary>The webhook, where it was loaded.</summary>
    public Webhook? Webhook { get; private set; }

    /// <summary>What it tells of.</summary>
    public ChangeEvent Event { get; private set; }

    /// <summary>Its position in the change log; null for a ping.</summary>
    public long? Position { get; private set; }

    /// <summary>When it happened.</summary>
    public DateTimeOffset At { get; private set; }

    /// <summary>The article or the concept; for a ping, the webhook.</summary>
    public Guid SubjectId { get; private set; }

    /// <summary>Its state.</summary>
    public DeliveryState State { get; private set; }

    /// <summary>The number of attempts since it was created or replayed.</summary>
    public int Tries { get; private set; }

    /// <summary>Not sent before this instant.</summary>
    public DateTimeOffset DueAt { get; private set; }

    /// <summary>When it was created.</summary>
    public DateTimeOffset CreatedAt { get; private set; }

    /// <summary>When it was delivered or given up.</summary>
    public DateTimeOffset? SettledAt { get; private set; }

    /// <summary>The lease of the sending node.</summary>
    public Guid? Lease { get; private set; }

    /// <summary>When the lease ends.</summary>
    public DateTimeOffset? LeasedUntil { get; private set; }

    /// <summary>Whether later deliveries of its subject wait for its retry. A ping delays no other.</summary>
    public bool HoldsFollowing => State == DeliveryState.Pending && Event != ChangeEvent.WebhookPing;

    /// <summary>The loaded attempts.</summary>
    public IReadOnlyList<Attempt> Attempts => _attempts;

    private Delivery() { }

    internal Delivery(Webhook webhook, DateTimeOffset now)
    {
        (WebhookId, SubjectId, Event) = (webhook.Id, webhook.Id, ChangeEvent.WebhookPing);
        (At, DueAt, CreatedAt) = (now, now, now);
    }

    /// <summary>
    /// The header <c>webhook-id</c>: the same for every webhook and attempt. It contains the instant, so that a database that was restored
    /// to an earlier state does not reuse ids.
    /// </summary>
    public static string MessageIdOf(long? position, long id, DateTimeOffset at) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{(position is null ? "png" : "evt")}_{position ?? id}_{at.UtcTicks / TimeSpan.TicksPerMicrosecond:x}"
        );

    /// <summary>Records an attempt: the delivery is delivered, due again, or given up. The lease ends.</summary>
    /// <param name="attempt">The outcome.</param>
    /// <param name="schedule">The schedule of retries.</param>
    /// <param name="now">The instant by the database's clock.</param>
    public void Record(Attempt attempt, RetrySchedule schedule, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(attempt);
        ArgumentNullException.ThrowIfNull(schedule);
        _attempts.Add(attempt);
        Tries++;
        (Lease, LeasedUntil) = (null, null);
        if (attempt.Outcome == AttemptOutcome.Delivered)
        {
            Settle(DeliveryState.Delivered, now);
        }
        else if (schedule.DelayAfter(Tries, attempt.RetryAfter) is { } delay)
        {
            DueAt = now + delay;
        }
        else
        {
            Settle(DeliveryState.Dead, now);
        }
    }

    /// <summary>Makes it due at once, with all retries.</summary>
    public void Replay(DateTimeOffset now)
    {
        (DueAt, Tries) = (now, 0);
        if (State == DeliveryState.Pending)
            return;
        (State, SettledAt) = (DeliveryState.Pending, null);
    }

    private void Settle(DeliveryState state, DateTimeOffset now) => (State, SettledAt) = (state, now);
}
