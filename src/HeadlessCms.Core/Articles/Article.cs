using HeadlessCms.Core.Changes;

namespace HeadlessCms.Core.Articles;

/// <summary>
/// A story, as a thing with an identity, a slug and a history. Its content lives in its <see cref="Revision"/>s, what readers see of it
/// in its <see cref="Publication"/>s.
/// </summary>
public sealed class Article : IHasChanges
{
    private readonly List<Revision> _revisions = [];
    private readonly List<Publication> _publications = [];
    private readonly List<Change> _changes = [];

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

    IReadOnlyList<Change> IHasChanges.Changes => _changes;

    private Article()
    {
    }

    /// <summary>A new article with its first revision.</summary>
    public Article(Guid id, ArticleContent content, string? note, string by, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(content);
        (Id, CreatedAt, CreatedBy) = (id, now, by);
        Add(content, note, by, now);
    }

    /// <summary>The newest revision; it must have been loaded.</summary>
    public Revision WorkingCopy => _revisions.Find(revision => revision.Number == RevisionNumber)
        ?? throw new InvalidOperationException("The working copy was not loaded.");

    /// <summary>Saves <paramref name="content"/> as a new revision; what is already there makes none.</summary>
    /// <returns>Whether there is a new revision.</returns>
    /// <exception cref="RuleException"><c>trashed</c></exception>
    public bool Save(ArticleContent content, string? note, string by, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(content);
        RefuseTrashed();
        if (WorkingCopy.Content.Equals(content)) return false;
        Add(content, note, by, now);
        return true;
    }

    /// <summary>
    /// Makes <paramref name="revision"/> live from <paramref name="from"/> until <paramref name="until"/>. The newest word counts: what
    /// is live when it begins ends there, and what was to begin within it gives way.
    /// </summary>
    /// <exception cref="RuleException"><c>trashed</c>, <c>embargoed</c>, <c>emptyRange</c>, <c>pastIsFixed</c></exception>
    public Publication Publish(Revision revision, DateTimeOffset? from, DateTimeOffset? until, string by, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(revision);
        RefuseTrashed();
        var start = from ?? now;
        if (until <= start || until <= now) throw new RuleException("emptyRange", "liveUntil must be later than liveFrom and than now.");
        if (revision.EmbargoUntil > start)
            throw new RuleException("embargoed", $"Revision {revision.Number} is embargoed until {revision.EmbargoUntil:yyyy-MM-dd'T'HH:mm:ss'Z'}.");
        if (start < now && _publications.Exists(other => !other.IsCancelled && other.LiveFrom <= now && other.HasTimeAfter(start)))
            throw new RuleException("pastIsFixed", "What readers have seen stays as it was: liveFrom must not lie in a time in which the article was already live.");

        GiveWay(start, until);
        var publication = new Publication(revision, start, until, by, now);
        _publications.Add(publication);
        var first = _publications.Where(other => !other.IsCancelled).Min(other => other.LiveFrom);
        foreach (var notBegun in _publications.Where(other => other.LiveFrom >= now || other == publication)) notBegun.FirstLiveFrom = first;
        _changes.Add(Change.Of(this, start <= now ? ChangeType.Published : ChangeType.Scheduled, revision.Number));
        return publication;
    }

    /// <summary>Ends what is live: at <paramref name="at"/>, or at <paramref name="now"/>.</summary>
    /// <exception cref="RuleException"><c>trashed</c>, <c>notLive</c>, <c>pastIsFixed</c>, <c>endsEarlier</c></exception>
    public void Unpublish(DateTimeOffset? at, DateTimeOffset now)
    {
        RefuseTrashed();
        if (at < now) throw new RuleException("pastIsFixed", "What readers have seen stays as it was: at must not lie in the past.");
        var live = _publications.Find(publication => publication.IsLiveAt(now))
            ?? throw new RuleException("notLive", "The article is not live.");
        if (at > live.LiveUntil) throw new RuleException("endsEarlier", "What is live ends before that already.");
        live.EndAt(at ?? now);
        _changes.Add(Change.Of(this, at is null ? ChangeType.Unpublished : ChangeType.Scheduled, live.Revision));
    }

    /// <summary>Moves it to the trash: not live from now, nothing to come. What is already there stays as it is.</summary>
    public void Trash(DateTimeOffset now)
    {
        if (TrashedAt is not null) return;
        TrashedAt = now;
        var live = _publications.Find(publication => publication.IsLiveAt(now));
        GiveWay(now, null);
        if (live is not null) _changes.Add(Change.Of(this, ChangeType.Unpublished, live.Revision));
    }

    /// <summary>Brings it back from the trash; it is not live until it is published again.</summary>
    /// <exception cref="RuleException"><c>notTrashed</c></exception>
    public void Restore() =>
        TrashedAt = TrashedAt is null ? throw new RuleException("notTrashed", "The article is not in the trash.") : null;

    private void Add(ArticleContent content, string? note, string by, DateTimeOffset now)
    {
        RevisionNumber++;
        (Slug, ExternalId, SavedAt) = (content.Slug, content.ExternalId, now);
        _revisions.Add(new Revision(Id, RevisionNumber, content, note, by, now));
    }

    private void GiveWay(DateTimeOffset start, DateTimeOffset? until)
    {
        foreach (var other in _publications.Where(other => other.HasTimeAfter(start) && (until is null || other.LiveFrom < until)))
            other.EndAt(start);
    }

    private void RefuseTrashed()
    {
        if (TrashedAt is not null) throw new RuleException("trashed", "The article is in the trash; restore it first.");
    }
}
