using System.Globalization;
using HeadlessCms.Core.Changes;

namespace HeadlessCms.Core.Webhooks;

/// <summary>Where a delivery stands.</summary>
public enum DeliveryState
{
    /// <summary>It is to be sent.</summary>
    Pending,

    /// <summary>The receiver took it.</summary>
    Delivered,

    /// <summary>It was given up. It can be sent again.</summary>
    Dead,
}

/// <summary>
/// One event for one webhook. Of all that concern one article, or one concept, a webhook is sent the next only when the one before was
/// delivered or given up. A node that sends it holds a lease: where it dies the lease runs out, and another node sends it again.
/// </summary>
public sealed class Delivery
{
    private readonly List<Attempt> _attempts = [];

    /// <summary>Its number; later ones have higher ones.</summary>
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

    /// <summary>The article or the concept that it happened to; a ping's webhook.</summary>
    public Guid SubjectId { get; private set; }

    /// <summary>Where it stands.</summary>
    public DeliveryState State { get; private set; }

    /// <summary>How often it was sent since it was made, or asked for again.</summary>
    public int Tries { get; private set; }

    /// <summary>Not sent before this instant.</summary>
    public DateTimeOffset DueAt { get; private set; }

    /// <summary>When it was made.</summary>
    public DateTimeOffset CreatedAt { get; private set; }

    /// <summary>When it was delivered or given up.</summary>
    public DateTimeOffset? SettledAt { get; private set; }

    /// <summary>Names the node's hold on it.</summary>
    public Guid? Lease { get; private set; }

    /// <summary>When that hold ends.</summary>
    public DateTimeOffset? LeasedUntil { get; private set; }

    /// <summary>The attempts to send it, where they were loaded.</summary>
    public IReadOnlyList<Attempt> Attempts => _attempts;

    private Delivery() { }

    internal Delivery(Webhook webhook, DateTimeOffset now)
    {
        (WebhookId, SubjectId, Event) = (webhook.Id, webhook.Id, ChangeEvent.WebhookPing);
        (At, DueAt, CreatedAt) = (now, now, now);
    }

    /// <summary>
    /// The header <c>webhook-id</c>: the same for all that are sent it, however often. The instant is in it, so that a database that was restored
    /// to an earlier state gives the ids of what is no more to nothing else.
    /// </summary>
    public static string MessageIdOf(long? position, long id, DateTimeOffset at) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{(position is null ? "png" : "evt")}_{position ?? id}_{at.UtcTicks / TimeSpan.TicksPerMicrosecond:x}"
        );

    /// <summary>Notes what came of an attempt: it is done, or due again, or given up. The lease ends.</summary>
    /// <param name="attempt">What came of it.</param>
    /// <param name="schedule">When to try again.</param>
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

    /// <summary>Sends it once more, at once, and as often as a new one.</summary>
    public void Replay(DateTimeOffset now)
    {
        (DueAt, Tries) = (now, 0);
        if (State == DeliveryState.Pending)
            return;
        (State, SettledAt) = (DeliveryState.Pending, null);
    }

    private void Settle(DeliveryState state, DateTimeOffset now) => (State, SettledAt) = (state, now);
}
