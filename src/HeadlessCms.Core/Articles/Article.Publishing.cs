using HeadlessCms.Core.Audit;
using HeadlessCms.Core.Changes;

namespace HeadlessCms.Core.Articles;

/// <content>What readers see of the article, and when. Every command needs its publications loaded.</content>
public sealed partial class Article
{
    /// <summary>
    /// Makes <paramref name="revision"/> live from <paramref name="from"/> until <paramref name="until"/>. The newest command wins: what
    /// is live when it begins ends there, and publications that would begin within it are cancelled; with
    /// <paramref name="keepScheduled"/> it ends itself where the first of those begins. What is published so already stays as it is.
    /// </summary>
    /// <exception cref="RuleException"><c>trashed</c>, <c>withdrawn</c>, <c>embargoed</c>, <c>emptyRange</c>,
    /// <c>pastIsFixed</c></exception>
    public PublicationOutcome Publish(
        Revision revision,
        DateTimeOffset? from,
        DateTimeOffset? until,
        Correction? correction,
        string savedBy,
        DateTimeOffset now,
        bool keepScheduled = false
    )
    {
        ArgumentNullException.ThrowIfNull(revision);
        LogBoundaries(now);
        RefuseTrashed();
        if (IsWithdrawn)
            throw new RuleException("withdrawn", "The article is withdrawn; restore it first.");
        if (_publications.Find(other => other.IsAsAsked(revision, from, until, correction, now)) is { } same)
            return new(same, []) { IsNew = false };
        var start = from ?? now;
        if (until <= start || until <= now)
            throw new RuleException("emptyRange", "liveUntil must be later than liveFrom and than now.");
        if (revision.EmbargoUntil > start)
            throw new RuleException("embargoed", $"Revision {revision.Number} is embargoed until {Text(revision.EmbargoUntil.Value)}.");
        if (start < now && _publications.Exists(other => !other.IsCancelled && other.LiveFrom <= now && other.HasTimeAfter(start)))
            throw new RuleException(
                "pastIsFixed",
                "The past cannot be changed: liveFrom must not lie in a time in which the article was already live."
            );

        var before = Live(now);
        var publication = new Publication(revision, start, until, correction, savedBy, now);
        if (keepScheduled)
            publication.GoOnUntil(
                _publications.Where(other => !other.IsCancelled && other.LiveFrom > start).Min(other => (DateTimeOffset?)other.LiveFrom)
            );
        var end = publication.LiveUntil;
        var replaced = _publications
            .Where(other => other.HasTimeAfter(start) && (end is null || other.LiveFrom < end))
            .OrderBy(other => other.LiveFrom)
            .Select(other => new ReplacedPublication(other.Id, other.Revision, other.LiveFrom, other.LiveUntil))
            .ToList();
        foreach (var other in _publications.Where(other => replaced.Exists(way => way.Id == other.Id)))
            other.GiveWayAt(start);
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
        return new(publication, replaced);
    }

    /// <summary>
    /// Takes over what readers saw of <paramref name="revision"/> elsewhere: it is live from the first of <paramref name="past"/> on, each
    /// of which is a publication, until <paramref name="until"/>. The change log has one change. Only an article that was never live has
    /// such a past.
    /// </summary>
    /// <param name="revision">The revision.</param>
    /// <param name="past">When it was published, and again; none later than <paramref name="now"/>.</param>
    /// <param name="until">The planned end, later than <paramref name="now"/>; null is never.</param>
    /// <param name="savedBy">Who takes it over.</param>
    /// <param name="now">The current instant.</param>
    /// <exception cref="RuleException">
    /// <c>trashed</c>, <c>withdrawn</c>, <c>embargoed</c>, <c>emptyRange</c>, <c>pastIsFixed</c>
    /// </exception>
    public void PublishAsBefore(
        Revision revision,
        IReadOnlyList<PastPublication> past,
        DateTimeOffset? until,
        string savedBy,
        DateTimeOffset now
    )
    {
        ArgumentNullException.ThrowIfNull(revision);
        ArgumentNullException.ThrowIfNull(past);
        RefuseTrashed();
        if (IsWithdrawn)
            throw new RuleException("withdrawn", "The article is withdrawn; restore it first.");
        if (_publications.Exists(other => !other.IsCancelled))
            throw new RuleException("pastIsFixed", "The article has publications of its own.");
        var instants = past.OrderBy(one => one.At).ToList();
        if (instants.Count == 0 || instants[^1].At > now || until <= now || instants.DistinctBy(one => one.At).Count() < instants.Count)
            throw new RuleException(
                "emptyRange",
                "A past publication begins before now, each at an instant of its own, and has not ended."
            );
        if (revision.EmbargoUntil > instants[0].At)
            throw new RuleException("embargoed", $"Revision {revision.Number} is embargoed until {Text(revision.EmbargoUntil.Value)}.");
        foreach (var (at, correction) in instants)
        {
            if (_publications.Count > 0)
                _publications[^1].GiveWayAt(at);
            _publications.Add(new Publication(revision, at, until, correction, savedBy, now) { FirstLiveFrom = instants[0].At });
        }

        Log(ChangeType.Published, revision.Number, now);
        Log(AuditAction.Published, revision.Number, $"from {Text(instants[0].At)}");
    }

    /// <summary>The publication that begins next; the publications must have been loaded.</summary>
    public Publication? NextPublication(DateTimeOffset now) =>
        _publications
            .Where(publication => !publication.IsCancelled && publication.LiveFrom > now)
            .MinBy(publication => publication.LiveFrom);

    /// <summary>Cancels a publication that has not begun; the one that it would have replaced continues as planned.</summary>
    /// <exception cref="RuleException"><c>begun</c></exception>
    public void Cancel(Publication publication, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(publication);
        LogBoundaries(now);
        if (publication.IsCancelled)
            return;
        var start = publication.LiveFrom;
        if (start <= now)
            throw new RuleException("begun", "The publication has begun; use unpublish to end it.");
        publication.EndAt(start);
        var next = _publications
            .Where(other => !other.IsCancelled && other.LiveFrom >= start)
            .Min(other => (DateTimeOffset?)other.LiveFrom);
        _publications.Find(other => !other.IsCancelled && other.LiveUntil == start && other.PlannedUntil != start)?.GoOnUntil(next);
        FindFirst(now, null);
        Log(ChangeType.Scheduled, publication.Revision, now);
        Log(AuditAction.Cancelled, publication.Revision, $"was to begin at {Text(start)}");
    }

    /// <summary>Ends the live publication at <paramref name="at"/>, or now.</summary>
    /// <exception cref="RuleException"><c>trashed</c>, <c>notLive</c>, <c>pastIsFixed</c>, <c>endsEarlier</c></exception>
    public void Unpublish(DateTimeOffset? at, DateTimeOffset now)
    {
        LogBoundaries(now);
        RefuseTrashed();
        if (at < now)
            throw new RuleException("pastIsFixed", "The past cannot be changed: at must not lie in the past.");
        var live = Live(now) ?? throw new RuleException("notLive", "The article is not live.");
        if (at > live.LiveUntil)
            throw new RuleException("endsEarlier", "The live publication already ends before that.");
        live.EndAt(at ?? now);
        Log(at is null ? ChangeType.Unpublished : ChangeType.Scheduled, live.Revision, now);
        Log(AuditAction.Unpublished, live.Revision, at is { } instant ? $"at {Text(instant)}" : null);
    }

    /// <summary>Takes it down for cause: ends all publications, and readers get <paramref name="reason"/> instead.</summary>
    /// <exception cref="RuleException"><c>trashed</c>, <c>withdrawn</c>, <c>neverLive</c></exception>
    public void Withdraw(string reason, string savedBy, DateTimeOffset now)
    {
        LogBoundaries(now);
        RefuseTrashed();
        if (IsWithdrawn)
            throw new RuleException("withdrawn", "The article is already withdrawn.");
        var last = _publications
            .Where(publication => !publication.IsCancelled && publication.LiveFrom <= now)
            .MaxBy(publication => publication.LiveFrom)
            ?? throw new RuleException("neverLive", "The article was never live, so it cannot be withdrawn.");
        EndAll(now);
        _withdrawals.Add(new Withdrawal(Id, reason, savedBy, now));
        Log(ChangeType.Withdrawn, last.Revision, now);
        Log(AuditAction.Withdrawn, last.Revision, reason);
    }

    /// <summary>
    /// Logs, once, the publications that have begun or ended by the clock. Every command does so first, so that the log has the article's
    /// changes in order. The publications must have been loaded.
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

    private void EndAll(DateTimeOffset now)
    {
        foreach (var publication in _publications.Where(publication => publication.HasTimeAfter(now)))
            publication.EndAt(now);
    }

    // A publication that has begun keeps the date that readers have seen.
    private void FindFirst(DateTimeOffset now, Publication? added)
    {
        var first = _publications.Where(other => !other.IsCancelled).Min(other => (DateTimeOffset?)other.LiveFrom);
        foreach (var publication in _publications.Where(other => other.LiveFrom >= now || other == added))
            publication.FirstLiveFrom = first ?? publication.LiveFrom;
    }

    // This change covers every boundary up to now.
    private void Log(ChangeType type, int revision, DateTimeOffset now, DateTimeOffset? at = null)
    {
        Log(Change.OfArticle(Id, type, revision, at));
        MarkLogged(now);
    }

    private void MarkLogged(DateTimeOffset now)
    {
        foreach (var publication in _publications)
            publication.MarkLogged(now);
    }

    private static string Text(DateTimeOffset instant) =>
        instant.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture);
}
