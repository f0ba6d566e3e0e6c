using HeadlessCms.Core.Audit;
using HeadlessCms.Core.Changes;
using HeadlessCms.Core.Concepts;

namespace HeadlessCms.Core.Webhooks;

/// <summary>The state of a webhook.</summary>
public enum WebhookState
{
    /// <summary>Its receiver has not answered a ping yet; events wait.</summary>
    Unverified,

    /// <summary>Events are sent.</summary>
    Active,

    /// <summary>Nothing is sent or queued.</summary>
    Disabled,
}

/// <summary>Why a webhook is disabled.</summary>
public enum DisabledReason
{
    /// <summary>An admin disabled it.</summary>
    ByAdmin,

    /// <summary>No ping was answered.</summary>
    NeverVerified,

    /// <summary>The receiver answered 410.</summary>
    Gone,

    /// <summary>Nothing was delivered for five days.</summary>
    Failing,

    /// <summary>Its secret cannot be decrypted; rotate it, or restore the key ring.</summary>
    SecretUnreadable,
}

/// <summary>A subscription of a receiver's URL to events.</summary>
public sealed class Webhook : LoggedEntity
{
    /// <summary>How long a replaced secret still signs by default: a day.</summary>
    public const int DefaultOverlap = 86_400;

    private static readonly TimeSpan MostFailure = TimeSpan.FromDays(5);

    private readonly List<WebhookConcept> _concepts = [];

    /// <summary>UUID v7.</summary>
    public Guid Id { get; private set; } = Guid.CreateVersion7();

    /// <summary>Its name, a slug; unique.</summary>
    public string Name { get; private set; } = "";

    /// <summary>Where events are sent.</summary>
    public string Url { get; private set; } = "";

    /// <summary>What it is for.</summary>
    public string? Description { get; private set; }

    /// <summary>The events that it subscribes to.</summary>
    public IReadOnlyList<ChangeEvent> Events { get; private set; } = [];

    /// <summary>The concepts that it is limited to; none is no limit.</summary>
    public IReadOnlyList<WebhookConcept> Concepts => _concepts;

    /// <summary>The languages that it is limited to; none is no limit.</summary>
    public IReadOnlyList<string> Languages { get; private set; } = [];

    /// <summary>Its state.</summary>
    public WebhookState State { get; private set; }

    /// <summary>Why it is disabled.</summary>
    public DisabledReason? DisabledReason { get; private set; }

    /// <summary>When its receiver first answered a ping at this URL.</summary>
    public DateTimeOffset? VerifiedAt { get; private set; }

    /// <summary>When deliveries began to fail; null where the last one succeeded.</summary>
    public DateTimeOffset? FailingSince { get; private set; }

    /// <summary>The end of the receiver's Retry-After.</summary>
    public DateTimeOffset? RestsUntil { get; private set; }

    /// <summary>The secret that events are signed with, encrypted if the app has a key ring.</summary>
    public string Secret { get; private set; } = "";

    /// <summary>The former secret, which also signs until <see cref="PreviousSecretUntil"/>.</summary>
    public string? PreviousSecret { get; private set; }

    /// <summary>When the former secret stops signing.</summary>
    public DateTimeOffset? PreviousSecretUntil { get; private set; }

    /// <summary>The position in the change log after which events are sent.</summary>
    public long Since { get; private set; }

    /// <summary>The number of saves; the concurrency token.</summary>
    public int Version { get; private set; }

    /// <summary>When it was created.</summary>
    public DateTimeOffset CreatedAt { get; private set; }

    /// <summary>Who created it.</summary>
    public string CreatedBy { get; private set; } = "";

    /// <summary>When it was last saved.</summary>
    public DateTimeOffset SavedAt { get; private set; }

    private Webhook() { }

    /// <summary>
    /// Creates a webhook for changes after the position <paramref name="last"/>, with its secret in the stored form.
    /// </summary>
    public Webhook(WebhookContent content, string secret, long last, string createdBy, DateTimeOffset now)
    {
        (Secret, CreatedAt, CreatedBy) = (secret, now, createdBy);
        Write(content, last, now);
        Log(AuditAction.Created);
    }

    /// <summary>Whether it is not disabled.</summary>
    public bool IsEnabled => State != WebhookState.Disabled;

    /// <summary>
    /// Saves its settings. A new URL must answer a ping first; a webhook that is enabled again gets changes after <paramref name="last"/>.
    /// </summary>
    public void Save(WebhookContent content, long last, DateTimeOffset now)
    {
        Write(content, last, now);
        Log(AuditAction.Saved);
    }

    /// <summary>
    /// Replaces the secret by one in the stored form; the former one also signs for <paramref name="overlap"/>, so that the receiver can
    /// change over.
    /// </summary>
    public void Rotate(string secret, TimeSpan overlap, DateTimeOffset now)
    {
        (PreviousSecret, PreviousSecretUntil) = overlap > TimeSpan.Zero ? (Secret, now + overlap) : ((string?)null, (DateTimeOffset?)null);
        (Secret, SavedAt) = (secret, now);
        Version++;
        Log(AuditAction.Rotated);
    }

    /// <summary>Writes its secrets in another stored form.</summary>
    public void RewriteSecrets(Func<string, string> rewrite)
    {
        ArgumentNullException.ThrowIfNull(rewrite);
        (Secret, PreviousSecret) = (rewrite(Secret), PreviousSecret is null ? null : rewrite(PreviousSecret));
    }

    /// <summary>Creates a ping for its receiver.</summary>
    /// <exception cref="RuleException"><c>disabled</c></exception>
    public Delivery Ping(DateTimeOffset now)
    {
        MustBeEnabled();
        return new Delivery(this, now);
    }

    /// <summary>Records that it is deleted.</summary>
    public void Delete() => Log(AuditAction.Deleted);

    /// <summary>Records that events are replayed.</summary>
    /// <exception cref="RuleException"><c>disabled</c></exception>
    public void NoteReplay(string what)
    {
        MustBeEnabled();
        Log(AuditAction.Replayed, what);
    }

    /// <summary>
    /// Applies the outcome of an attempt: the first ping that is answered verifies it; it is disabled where its receiver is gone, or
    /// nothing arrives for too long. What another URL answered, which it had when the attempt began, says nothing of the one that it has
    /// now.
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
        else if (attempt.Outcome == AttemptOutcome.SecretUnreadable)
            Disable(Webhooks.DisabledReason.SecretUnreadable);
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
            [.. content.Languages.Select(LanguageTag.Canonical).Distinct()]
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

    private void MustBeEnabled()
    {
        if (!IsEnabled)
            throw new RuleException("disabled", "The webhook is disabled; enable it first.");
    }

    private void Disable(DisabledReason reason)
    {
        if (!IsEnabled)
            return;
        (State, DisabledReason) = (WebhookState.Disabled, reason);
        Version++;
        Log(AuditAction.Disabled, reason.ToString());
    }

    // Without the URL, which may contain a secret: not only admins read the trail.
    private void Log(AuditAction action, string? detail = null) =>
        Log(new AuditEntry(action, AuditSubject.Webhook, Id, Name, Version, detail));
}

/// <summary>A webhook is limited to a concept and its descendants.</summary>
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
