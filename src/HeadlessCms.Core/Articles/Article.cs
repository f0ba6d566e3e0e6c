using HeadlessCms.Core.Audit;
using HeadlessCms.Core.Changes;
using HeadlessCms.Core.Concepts;

namespace HeadlessCms.Core.Articles;

/// <summary>
/// A story with an identity, a slug and a history. Its content is in its <see cref="Revision"/>s; when readers see it is in its
/// <see cref="Publication"/>s.
/// </summary>
public sealed partial class Article : LoggedEntity
{
    private readonly List<Revision> _revisions = [];
    private readonly List<Publication> _publications = [];
    private readonly List<Withdrawal> _withdrawals = [];

    /// <summary>UUID v7; never changes.</summary>
    public Guid Id { get; private set; }

    /// <summary>The slug of the working copy, unique among articles.</summary>
    public string Slug { get; private set; } = "";

    /// <summary>Its id in another system, of the working copy; unique among articles.</summary>
    public string? ExternalId { get; private set; }

    /// <summary>The number of the working copy: the newest revision.</summary>
    public int RevisionNumber { get; private set; }

    /// <summary>When it was created.</summary>
    public DateTimeOffset CreatedAt { get; private set; }

    /// <summary>Who created it.</summary>
    public string CreatedBy { get; private set; } = "";

    /// <summary>When the working copy was saved.</summary>
    public DateTimeOffset SavedAt { get; private set; }

    /// <summary>When it was moved to the trash.</summary>
    public DateTimeOffset? TrashedAt { get; private set; }

    /// <summary>The loaded revisions, and those added since.</summary>
    public IReadOnlyList<Revision> Revisions => _revisions;

    /// <summary>The loaded publications.</summary>
    public IReadOnlyList<Publication> Publications => _publications;

    /// <summary>The current withdrawal where it was loaded, and those added since.</summary>
    public IReadOnlyList<Withdrawal> Withdrawals => _withdrawals;

    private Article() { }

    /// <summary>Creates an article with its first revision.</summary>
    public Article(Guid id, ArticleContent content, string? note, string savedBy, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(content);
        (Id, CreatedAt, CreatedBy) = (id, now, savedBy);
        Add(content, note, savedBy, now);
        Log(AuditAction.Created, 1, note);
    }

    /// <summary>The newest revision; it must have been loaded.</summary>
    public Revision WorkingCopy =>
        _revisions.Find(revision => revision.Number == RevisionNumber)
        ?? throw new InvalidOperationException("The working copy was not loaded.");

    /// <summary>Saves <paramref name="content"/> as a new revision, unless it equals the working copy.</summary>
    /// <returns>Whether there is a new revision.</returns>
    /// <exception cref="RuleException"><c>trashed</c>, <c>ownTranslation</c></exception>
    public bool Save(ArticleContent content, string? note, string savedBy, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(content);
        RefuseTrashed();
        if (WorkingCopy.Content.Equals(content))
            return false;
        Add(content, note, savedBy, now);
        Log(AuditAction.Saved, RevisionNumber, note);
        return true;
    }

    /// <summary>
    /// What <paramref name="caller"/> has not saved yet, begun with <paramref name="revision"/>. The article stays as it is.
    /// </summary>
    /// <exception cref="RuleException"><c>trashed</c></exception>
    public Autosave Autosave(string content, int revision, string caller, DateTimeOffset now)
    {
        RefuseTrashed();
        return new(Id, revision, caller, content, now);
    }

    /// <summary>
    /// Refuses the suggestion that it names <paramref name="concept"/>, or a new concept, by each of <paramref name="names"/>.
    /// </summary>
    /// <exception cref="RuleException"><c>trashed</c></exception>
    public IReadOnlyList<SuggestionRefusal> Refuse(
        ConceptKind kind,
        Guid? concept,
        IEnumerable<string> names,
        string refusedBy,
        DateTimeOffset now
    )
    {
        RefuseTrashed();
        return [.. names.Select(name => new SuggestionRefusal(Id, kind, concept, name, refusedBy, now))];
    }

    /// <summary>Moves it to the trash and ends its publications. Does nothing where it is already there.</summary>
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

    /// <summary>
    /// Gives its slug up for other articles, by a revision with another one; only a trashed article can. The working copy must have been
    /// loaded.
    /// </summary>
    /// <exception cref="RuleException"><c>notTrashed</c></exception>
    public void ReleaseSlug(string other, string savedBy, DateTimeOffset now)
    {
        if (TrashedAt is null)
            throw new RuleException("notTrashed", "Only an article in the trash gives up its slug.");
        var released = Slug;
        Add(WorkingCopy.Content with { Slug = other }, null, savedBy, now);
        Log(AuditAction.Saved, RevisionNumber, $"released the slug {released}");
    }

    /// <summary>Restores it from the trash, or lifts its withdrawal; it is not live until it is published again.</summary>
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

    /// <summary>Records that it is deleted for good; only a trashed article can be.</summary>
    /// <exception cref="RuleException"><c>notTrashed</c></exception>
    public void Purge()
    {
        if (TrashedAt is null)
            throw new RuleException("notTrashed", "Only an article in the trash can be purged.");
        Log(Change.OfArticle(Id, ChangeType.Purged, RevisionNumber, null));
        Log(AuditAction.Purged, RevisionNumber, WorkingCopy.Headline);
    }

    private void Add(ArticleContent content, string? note, string savedBy, DateTimeOffset now)
    {
        if (content.Original?.ArticleId == Id)
            throw new RuleException("ownTranslation", "An article is not a translation of itself.");
        RevisionNumber++;
        (Slug, ExternalId, SavedAt) = (content.Slug, content.ExternalId, now);
        _revisions.Add(new Revision(Id, RevisionNumber, content, note, savedBy, now));
    }

    private void RefuseTrashed()
    {
        if (TrashedAt is not null)
            throw new RuleException("trashed", "The article is in the trash; restore it first.");
    }

    private void Log(AuditAction action, int? revision = null, string? detail = null) =>
        Log(new AuditEntry(action, AuditSubject.Article, Id, Slug, revision, detail));
}
