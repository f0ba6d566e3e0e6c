using HeadlessCms.Core.Audit;
using HeadlessCms.Core.Changes;
using HeadlessCms.Core.Concepts;

namespace HeadlessCms.Core.Webhooks;

/// <summary>Where a webhook stands.</summary>
public enum WebhookState
{
    /// <summary>Its receiver has not answered a ping yet: events wait for that.</summary>
    Unverified,

    /// <summary>Events are sent.</summary>
    Active,

    /// <summary>Nothing is sent, and nothing is kept to be sent.</summary>
    Disabled,
}

/// <summary>Why a webhook is disabled.</summary>
public enum DisabledReason
{
    /// <summary>An admin turned it off.</summary>
    ByAdmin,

    /// <summary>No ping was answered, however often one was sent.</summary>
    NeverVerified,

    /// <summary>The receiver said that it is gone: 410.</summary>
    Gone,

    /// <summary>Nothing arrived for five days.</summary>
    Failing,
}

/// <summary>Somebody who is told of what becomes live, changes or goes away: a URL, and what it wants to know.</summary>
public sealed class Webhook : LoggedEntity
{
    /// <summary>How long a replaced secret signs yet, where nobody says: a day.</summary>
    public const int DefaultOverlap = 86_400;

    private static readonly TimeSpan MostFailure = TimeSpan.FromDays(5);

    private readonly List<WebhookConcept> _concepts = [];

    /// <summary>UUID v7.</summary>
    public Guid Id { get; private set; } = Guid.CreateVersion7();

    /// <summary>What it is called, as a slug; unique.</summary>
    public string Name { get; private set; } = "";

    /// <summary>Where events are sent.</summary>
    public string Url { get; private set; } = "";

    /// <summary>What it is for.</summary>
    public string? Description { get; private set; }

    /// <summary>The events that it tells of.</summary>
    public IReadOnlyList<ChangeEvent> Events { get; private set; } = [];

    /// <summary>The people, places and topics that it tells of; none is all.</summary>
    public IReadOnlyList<WebhookConcept> Concepts => _concepts;

    /// <summary>The languages that it tells of; none is all.</summary>
    public IReadOnlyList<string> Languages { get; private set; } = [];

    /// <summary>Where it stands.</summary>
    public WebhookState State { get; private set; }

    /// <summary>Why it is disabled.</summary>
    public DisabledReason? DisabledReason { get; private set; }

    /// <summary>When its receiver first answered at this URL.</summary>
    public DateTimeOffset? VerifiedAt { get; private set; }

    /// <summary>Since when nothing has arrived; null where the last event did.</summary>
    public DateTimeOffset? FailingSince { get; private set; }

    /// <summary>Until when the receiver asked to be left alone.</summary>
    public DateTimeOffset? RestsUntil { get; private set; }

    /// <summary>What events are signed with.</summary>
    public byte[] Secret { get; private set; } = [];

    /// <summary>What they were signed with before, and are as well until <see cref="PreviousSecretUntil"/>.</summary>
    public byte[]? PreviousSecret { get; private set; }

    /// <summary>Until when the previous secret signs too.</summary>
    public DateTimeOffset? PreviousSecretUntil { get; private set; }

    /// <summary>The position in the change log after which it is told of things.</summary>
    public long Since { get; private set; }

    /// <summary>How often it was saved.</summary>
    public int Version { get; private set; }

    /// <summary>When it was made.</summary>
    public DateTimeOffset CreatedAt { get; private set; }

    /// <summary>Who made it.</summary>
    public string CreatedBy { get; private set; } = "";

    /// <summary>When it was last saved.</summary>
    public DateTimeOffset SavedAt { get; private set; }

    private Webhook() { }

    /// <summary>A webhook that tells of what comes after the position <paramref name="last"/> of the change log.</summary>
    public Webhook(WebhookContent content, long last, string createdBy, DateTimeOffset now)
    {
        (Secret, CreatedAt, CreatedBy) = (WebhookSecret.New(), now, createdBy);
        Write(content, last, now);
        Log(AuditAction.Created);
    }

    /// <summary>Whether anything is sent, or would be once its receiver answered.</summary>
    public bool IsEnabled => State != WebhookState.Disabled;

    /// <summary>Saves what an admin says. Another URL must answer a ping first; one that is enabled again is told of what comes after <paramref name="last"/>.</summary>
    public void Save(WebhookContent content, long last, DateTimeOffset now)
    {
        Write(content, last, now);
        Log(AuditAction.Saved);
    }

    /// <summary>Gives it a new secret; the one before signs as well for <paramref name="overlap"/>, so that its receiver can change over.</summary>
    public void Rotate(TimeSpan overlap, DateTimeOffset now)
    {
        (PreviousSecret, PreviousSecretUntil) = overlap > TimeSpan.Zero ? (Secret, now + overlap) : ((byte[]?)null, (DateTimeOffset?)null);
        (Secret, SavedAt) = (WebhookSecret.New(), now);
        Version++;
        Log(AuditAction.Rotated);
    }

    /// <summary>A question to its receiver whether it is there.</summary>
    /// <exception cref="RuleException"><c>disabled</c></exception>
    public Delivery Ping(DateTimeOffset now) =>
        IsEnabled ? new Delivery(this, now) : throw new RuleException("disabled", "The webhook is disabled: enable it first.");

    /// <summary>Deletes it, and what was to be sent.</summary>
    public void Delete() => Log(AuditAction.Deleted);

    /// <summary>Notes in the audit trail that events were sent again.</summary>
    public void NoteReplay(string what) => Log(AuditAction.Replayed, what);

    /// <summary>
    /// Applies the outcome of an attempt: the first ping that is answered verifies it; it is disabled where its receiver is gone, or nothing arrives for
    /// too long. What another URL answered, which it had when the attempt began, says nothing of the one that it has now.
    /// </summary>
    public void ApplyOutcome(Delivery delivery, Attempt attempt, string sentTo, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(delivery);
        ArgumentNullException.ThrowIfNull(attempt);
        if (sentTo != Url)
            return;
        var isPing = delivery.Event == ChangeEvent.WebhookPing && State == WebhookState.Unverified;
        if (attempt.Outcome == AttemptOutcome.Delivered)
        {
            FailingSince = null;
            if (isPing)
                (VerifiedAt, State) = (now, WebhookState.Active);
            return;
        }

        FailingSince ??= now;
        if (attempt.Status == 429 && attempt.RetryAfter is { } wait)
            RestsUntil = now + wait;
        if (attempt.Outcome == AttemptOutcome.Gone)
            Disable(Webhooks.DisabledReason.Gone);
        else if (now - FailingSince >= MostFailure)
            Disable(Webhooks.DisabledReason.Failing);
        else if (isPing && delivery.State == DeliveryState.Dead)
            Disable(Webhooks.DisabledReason.NeverVerified);
    }

    private void Write(WebhookContent content, long last, DateTimeOffset now)
    {
        if (content.Url != Url)
            VerifiedAt = null;
        var begins = content.Enabled && (Version == 0 || !IsEnabled);
        (Name, Url, Description, Events, Languages) = (
            content.Name,
            content.Url,
            content.Description,
            [.. content.Events],
            [.. content.Languages]
        );
        _concepts.RemoveAll(filter => !content.ConceptIds.Contains(filter.ConceptId));
        _concepts.AddRange(
            content.ConceptIds.Where(id => !_concepts.Exists(filter => filter.ConceptId == id)).Select(id => new WebhookConcept(Id, id))
        );
        if (begins)
            (Since, FailingSince, RestsUntil) = (last, null, null);
        if (!content.Enabled)
            DisabledReason ??= Webhooks.DisabledReason.ByAdmin;
        else
            DisabledReason = null;
        State =
            !content.Enabled ? WebhookState.Disabled
            : VerifiedAt is null ? WebhookState.Unverified
            : WebhookState.Active;
        SavedAt = now;
        Version++;
    }

    private void Disable(DisabledReason reason)
    {
        if (!IsEnabled)
            return;
        (State, DisabledReason) = (WebhookState.Disabled, reason);
        Version++;
        Log(AuditAction.Disabled, reason.ToString());
    }

    // Without the URL: it may have a secret in it, and the trail is read by more than admins.
    private void Log(AuditAction action, string? detail = null) =>
        Log(new AuditEntry(action, AuditSubject.Webhook, Id, Name, Version, detail));
}

/// <summary>A webhook tells of a concept, and of what lies below it.</summary>
public sealed class WebhookConcept
{
    /// <summary>The webhook.</summary>
    public Guid WebhookId { get; private set; }

    /// <summary>The concept.</summary>
    public Guid ConceptId { get; private set; }

    /// <summary>The concept, where it was loaded.</summary>
    public Concept? Concept { get; private set; }

    private WebhookConcept() { }

    internal WebhookConcept(Guid webhookId, Guid conceptId) => (WebhookId, ConceptId) = (webhookId, conceptId);
}
