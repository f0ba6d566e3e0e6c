using HeadlessCms.Core.Audit;
using HeadlessCms.Core.Changes;

namespace HeadlessCms.Core.Articles;

/// <summary>
/// A story, as a thing with an identity, a slug and a history. Its content lives in its <see cref="Revision"/>s, what readers see of it
/// in its <see cref="Publication"/>s.
/// </summary>
public sealed partial class Article : LoggedEntity
{
    private readonly List<Revision> _revisions = [];
    private readonly List<Publication> _publications = [];
    private readonly List<Withdrawal> _withdrawals = [];

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

    private Article() { }

    /// <summary>A new article with its first revision.</summary>
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

    /// <summary>Saves <paramref name="content"/> as a new revision; what is already there makes none.</summary>
    /// <returns>Whether there is a new revision.</returns>
    /// <exception cref="RuleException"><c>trashed</c></exception>
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
        Log(Change.OfArticle(Id, ChangeType.Purged, RevisionNumber, null));
        Log(AuditAction.Purged, RevisionNumber, WorkingCopy.Headline);
    }

    private void Add(ArticleContent content, string? note, string savedBy, DateTimeOffset now)
    {
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
