using HeadlessCms.Core.Audit;
using HeadlessCms.Core.Changes;

namespace HeadlessCms.Core.Articles;

/// <summary>
/// A story, as a thing with an identity, a slug and a history. Its content lives in its <see cref="Revision"/>s, what readers see of it
/// in its <see cref="Publication"/>s.
/// </summary>
public sealed class Article : IHasChanges, IAudited
{
    private readonly List<Revision> _revisions = [];
    private readonly List<Publication> _publications = [];
    private readonly List<Withdrawal> _withdrawals = [];
    private readonly List<Change> _changes = [];
    private readonly List<AuditEntry> _audit = [];

    /// <summary>UUID v7, for ever.</summary>
    public Guid Id { get; private set; }

    /// <summary>The slug of the working copy, unique among articles.</summary>
    public string Slug { get; private set; } = "";

    /// <summary>Its name in another system, as the working copy has it; unique among articles.</summary>
    public string? ExternalId { get; private set; }

    /// <summary>The number of the working copy: the newest revision.</summary>
    public int RevisionNumber { get; private set; }

    /// <summary>When it was made.</summary>
    public DateTimeOffset CreatedAt { get; private set; }

    /// <summary>Who made it.</summary>
    public string CreatedBy { get; private set; } = "";

    /// <summary>When the working copy was saved.</summary>
    public DateTimeOffset SavedAt { get; private set; }

    /// <summary>When it went to the trash.</summary>
    public DateTimeOffset? TrashedAt { get; private set; }

    /// <summary>The revisions that were loaded, and those made since.</summary>
    public IReadOnlyList<Revision> Revisions => _revisions;

    /// <summary>The publications, where they were loaded.</summary>
    public IReadOnlyList<Publication> Publications => _publications;

    /// <summary>The withdrawal that holds, where it was loaded, and those made since.</summary>
    public IReadOnlyList<Withdrawal> Withdrawals => _withdrawals;

    IReadOnlyList<Change> IHasChanges.Changes => _changes;

    IReadOnlyList<AuditEntry> IAudited.Audit => _audit;

    private Article() { }

    /// <summary>A new article with its first revision.</summary>
    public Article(Guid id, ArticleContent content, string? note, string by, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(content);
        (Id, CreatedAt, CreatedBy) = (id, now, by);
        Add(content, note, by, now);
        Log(AuditAction.Created, 1, note);
    }

    /// <summary>The newest revision; it must have been loaded.</summary>
    public Revision WorkingCopy =>
        _revisions.Find(revision => revision.Number == RevisionNumber)
        ?? throw new InvalidOperationException("The working copy was not loaded.");

    /// <summary>Saves <paramref name="content"/> as a new revision; what is already there makes none.</summary>
    /// <returns>Whether there is a new revision.</returns>
    /// <exception cref="RuleException"><c>trashed</c></exception>
    public bool Save(ArticleContent content, string? note, string by, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(content);
        RefuseTrashed();
        if (WorkingCopy.Content.Equals(content))
            return false;
        Add(content, note, by, now);
        Log(AuditAction.Saved, RevisionNumber, note);
        return true;
    }

    /// <summary>
    /// Makes <paramref name="revision"/> live from <paramref name="from"/> until <paramref name="until"/>. The newest word counts: what
    /// is live when it begins ends there, and what was to begin within it gives way.
    /// </summary>
    /// <exception cref="RuleException"><c>trashed</c>, <c>withdrawn</c>, <c>embargoed</c>, <c>emptyRange</c>, <c>pastIsFixed</c></exception>
    public Publication Publish(
        Revision revision,
        DateTimeOffset? from,
        DateTimeOffset? until,
        Correction? correction,
        string by,
        DateTimeOffset now
    )
    {
        ArgumentNullException.ThrowIfNull(revision);
        LogBoundaries(now);
        RefuseTrashed();
        if (IsWithdrawn)
            throw new RuleException("withdrawn", "The article is withdrawn; restore it first.");
        var start = from ?? now;
        if (until <= start || until <= now)
            throw new RuleException("emptyRange", "liveUntil must be later than liveFrom and than now.");
        if (revision.EmbargoUntil > start)
            throw new RuleException("embargoed", $"Revision {revision.Number} is embargoed until {Text(revision.EmbargoUntil.Value)}.");
        if (start < now && _publications.Exists(other => !other.IsCancelled && other.LiveFrom <= now && other.HasTimeAfter(start)))
            throw new RuleException(
                "pastIsFixed",
                "What readers have seen stays as it was: liveFrom must not lie in a time in which the article was already live."
            );

        var before = Live(now);
        foreach (var other in _publications.Where(other => other.HasTimeAfter(start) && (until is null || other.LiveFrom < until)))
            other.GiveWayAt(start);
        var publication = new Publication(revision, start, until, correction, by, now);
        _publications.Add(publication);
        FindFirst(now, publication);
        if (start <= now)
            Log(before is null ? ChangeType.Published : ChangeType.Updated, revision.Number, now);
        else
            Log(ChangeType.Scheduled, revision.Number, now);
        Log(
            start <= now ? AuditAction.Published : AuditAction.Scheduled,
            revision.Number,
            until is null ? $"from {Text(start)}" : $"from {Text(start)} until {Text(until.Value)}"
        );
        return publication;
    }

    /// <summary>The publication that begins next; the publications must have been loaded.</summary>
    public Publication? NextPublication(DateTimeOffset now) =>
        _publications
            .Where(publication => !publication.IsCancelled && publication.LiveFrom > now)
            .MinBy(publication => publication.LiveFrom);

    /// <summary>Cancels a publication that has not begun; what it was to take over from goes on as planned.</summary>
    /// <exception cref="RuleException"><c>begun</c></exception>
    public void Cancel(Publication publication, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(publication);
        LogBoundaries(now);
        if (publication.IsCancelled)
            return;
        var start = publication.LiveFrom;
        if (start <= now)
            throw new RuleException("begun", "The publication has begun; unpublish ends what is live.");
        publication.EndAt(start);
        var next = _publications
            .Where(other => !other.IsCancelled && other.LiveFrom >= start)
            .Min(other => (DateTimeOffset?)other.LiveFrom);
        _publications.Find(other => !other.IsCancelled && other.LiveUntil == start && other.PlannedUntil != start)?.GoOnUntil(next);
        FindFirst(now, null);
        Log(ChangeType.Scheduled, publication.Revision, now);
        Log(AuditAction.Cancelled, publication.Revision, $"was to begin at {Text(start)}");
    }

    /// <summary>Ends what is live: at <paramref name="at"/>, or at <paramref name="now"/>.</summary>
    /// <exception cref="RuleException"><c>trashed</c>, <c>notLive</c>, <c>pastIsFixed</c>, <c>endsEarlier</c></exception>
    public void Unpublish(DateTimeOffset? at, DateTimeOffset now)
    {
        LogBoundaries(now);
        RefuseTrashed();
        if (at < now)
            throw new RuleException("pastIsFixed", "What readers have seen stays as it was: at must not lie in the past.");
        var live = Live(now) ?? throw new RuleException("notLive", "The article is not live.");
        if (at > live.LiveUntil)
            throw new RuleException("endsEarlier", "What is live ends before that already.");
        live.EndAt(at ?? now);
        Log(at is null ? ChangeType.Unpublished : ChangeType.Scheduled, live.Revision, now);
        Log(AuditAction.Unpublished, live.Revision, at is { } instant ? $"at {Text(instant)}" : null);
    }

    /// <summary>Takes it down for cause: not live from now, nothing to come, and readers get <paramref name="reason"/> in its place.</summary>
    /// <exception cref="RuleException"><c>trashed</c>, <c>withdrawn</c>, <c>neverLive</c></exception>
    public void Withdraw(string reason, string by, DateTimeOffset now)
    {
        LogBoundaries(now);
        RefuseTrashed();
        if (IsWithdrawn)
            throw new RuleException("withdrawn", "The article is withdrawn already.");
        var last = _publications
            .Where(publication => !publication.IsCancelled && publication.LiveFrom <= now)
            .MaxBy(publication => publication.LiveFrom)
            ?? throw new RuleException("neverLive", "The article was never live: there is nothing to withdraw.");
        EndAll(now);
        _withdrawals.Add(new Withdrawal(Id, reason, by, now));
        Log(ChangeType.Withdrawn, last.Revision, now);
        Log(AuditAction.Withdrawn, last.Revision, reason);
    }

    /// <summary>Moves it to the trash: not live from now, nothing to come. What is already there stays as it is.</summary>
    public void Trash(DateTimeOffset now)
    {
        LogBoundaries(now);
        if (TrashedAt is not null)
            return;
        TrashedAt = now;
        var live = Live(now);
        EndAll(now);
        if (live is not null)
            Log(ChangeType.Unpublished, live.Revision, now);
        Log(AuditAction.Trashed);
    }

    /// <summary>Brings it back from the trash, or lifts its withdrawal; it is not live until it is published again.</summary>
    /// <exception cref="RuleException"><c>notTrashed</c></exception>
    public void Restore(DateTimeOffset now)
    {
        if (TrashedAt is not null)
        {
            TrashedAt = null;
            Log(AuditAction.Restored, detail: "from the trash");
        }
        else if (_withdrawals.Find(withdrawal => withdrawal.Holds) is { } withdrawal)
        {
            withdrawal.LiftedAt = now;
            Log(ChangeType.Unpublished, RevisionNumber, now);
            Log(AuditAction.Restored, detail: "the withdrawal was lifted");
        }
        else
        {
            throw new RuleException("notTrashed", "The article is neither in the trash nor withdrawn.");
        }
    }

    /// <summary>It may be deleted for good: it is in the trash.</summary>
    /// <exception cref="RuleException"><c>notTrashed</c></exception>
    public void Purge()
    {
        if (TrashedAt is null)
            throw new RuleException("notTrashed", "Only what is in the trash can be purged.");
        _changes.Add(Change.Of(this, ChangeType.Purged, RevisionNumber, null));
        Log(AuditAction.Purged, RevisionNumber, WorkingCopy.Headline);
    }

    /// <summary>
    /// Writes into the change log, once, what the clock did to it: publications that have begun or ended since. Whoever commands it does so
    /// first, so that the log tells of the article in its order. The publications must have been loaded.
    /// </summary>
    public void LogBoundaries(DateTimeOffset now)
    {
        foreach (
            var (at, publication, begins) in _publications
                .SelectMany(Boundaries)
                .Where(boundary => boundary.At <= now)
                .OrderBy(boundary => boundary.At)
                .ToList()
        )
        {
            var goesOn = _publications.Exists(other =>
                other != publication && !other.IsCancelled && (begins ? other.LiveUntil : other.LiveFrom) == at
            );
            if (begins)
                Log(goesOn ? ChangeType.Updated : ChangeType.Published, publication.Revision, now, at);
            else if (!goesOn)
                Log(ChangeType.Unpublished, publication.Revision, now, at);
        }

        MarkLogged(now);

        static IEnumerable<(DateTimeOffset At, Publication Publication, bool Begins)> Boundaries(Publication publication)
        {
            if (publication.IsCancelled)
                yield break;
            if (!publication.IsStartLogged)
                yield return (publication.LiveFrom, publication, true);
            if (publication is { IsEndLogged: false, LiveUntil: { } until })
                yield return (until, publication, false);
        }
    }

    private bool IsWithdrawn => _withdrawals.Exists(withdrawal => withdrawal.Holds);

    private Publication? Live(DateTimeOffset now) => _publications.Find(publication => publication.IsLiveAt(now));

    private void Add(ArticleContent content, string? note, string by, DateTimeOffset now)
    {
        RevisionNumber++;
        (Slug, ExternalId, SavedAt) = (content.Slug, content.ExternalId, now);
        _revisions.Add(new Revision(Id, RevisionNumber, content, note, by, now));
    }

    private void EndAll(DateTimeOffset now)
    {
        foreach (var publication in _publications.Where(publication => publication.HasTimeAfter(now)))
            publication.EndAt(now);
    }

    // What has begun keeps the first publication that readers were told of.
    private void FindFirst(DateTimeOffset now, Publication? added)
    {
        var first = _publications.Where(other => !other.IsCancelled).Min(other => (DateTimeOffset?)other.LiveFrom);
        foreach (var publication in _publications.Where(other => other.LiveFrom >= now || other == added))
            publication.FirstLiveFrom = first ?? publication.LiveFrom;
    }

    private void RefuseTrashed()
    {
        if (TrashedAt is not null)
            throw new RuleException("trashed", "The article is in the trash; restore it first.");
    }

    // What a command did by now is told by its own change.
    private void Log(ChangeType type, int revision, DateTimeOffset now, DateTimeOffset? at = null)
    {
        _changes.Add(Change.Of(this, type, revision, at));
        MarkLogged(now);
    }

    private void MarkLogged(DateTimeOffset now)
    {
        foreach (var publication in _publications)
            publication.MarkLogged(now);
    }

    private void Log(AuditAction action, int? revision = null, string? detail = null) =>
        _audit.Add(new AuditEntry(action, AuditSubject.Article, Id, Slug, revision, detail));

    private static string Text(DateTimeOffset instant) =>
        instant.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture);
}
