using HeadlessCms.Core.Audit;
using HeadlessCms.Core.Changes;

namespace HeadlessCms.Core.Concepts;

/// <summary>
/// What an article can be about: of one of the kinds in <see cref="ConceptKindNames.All"/>. Reference data: versioned, not drafted.
/// Readers see it from the instant that its first article goes live, or that an editor makes it public.
/// </summary>
public abstract class Concept(ConceptKind kind) : LoggedEntity
{
    private const int MostAliases = 100;

    private readonly List<ConceptTie> _ties = [];

    /// <summary>UUID v7; never changes.</summary>
    public Guid Id { get; private set; } = Guid.CreateVersion7();

    /// <summary>Which kind of concept it is.</summary>
    public ConceptKind Kind { get; private set; } = kind;

    /// <summary>The slug, unique in its kind.</summary>
    public string Slug { get; private set; } = "";

    /// <summary>The display name, at most 200 characters.</summary>
    public string Name { get; set; } = "";

    /// <summary>Alternative names.</summary>
    public IReadOnlyList<string> Aliases { get; set; } = [];

    /// <summary>Its name in other languages, by BCP 47 tag.</summary>
    public IReadOnlyDictionary<string, string> Labels
    {
        get;
        set =>
            field = value
                .GroupBy(label => LanguageTag.Canonical(label.Key))
                .ToDictionary(labels => labels.Key, labels => labels.Last().Value);
    } = new Dictionary<string, string>();

    /// <summary>A short description.</summary>
    public string? Description { get; set; }

    /// <summary>A picture of it.</summary>
    public Image? Image { get; set; }

    /// <summary>The same thing elsewhere: <c>https</c> URIs, such as those of Wikidata.</summary>
    public IReadOnlyList<string> SameAs { get; set; } = [];

    /// <summary>When an editor made it public; then it is visible without a live article.</summary>
    public DateTimeOffset? PublicFrom { get; private set; }

    /// <summary>Its parent, of its own kind.</summary>
    public Guid? ParentId { get; private set; }

    /// <summary>The parent, where it was loaded.</summary>
    public Concept? Parent { get; private set; }

    /// <summary>The concepts of other kinds that it names, in order of their positions, where they were loaded.</summary>
    public IReadOnlyList<ConceptTie> Ties => _ties;

    /// <summary>The concept that it was merged into; then it is only a redirect.</summary>
    public Guid? MergedIntoId { get; private set; }

    /// <summary>The number of saves; the concurrency token.</summary>
    public int Version { get; private set; }

    /// <summary>When it was created.</summary>
    public DateTimeOffset CreatedAt { get; private set; }

    /// <summary>Who created it.</summary>
    public string CreatedBy { get; private set; } = "";

    /// <summary>When it was last saved.</summary>
    public DateTimeOffset SavedAt { get; private set; }

    /// <summary>Who last saved it.</summary>
    public string SavedBy { get; private set; } = "";

    /// <summary>Checks that a save by somebody who may not publish changes nothing that readers see.</summary>
    /// <param name="isVisible">Whether readers see it.</param>
    /// <param name="isPublic">Whether it is to be public.</param>
    /// <exception cref="ForbiddenException">They see it, or would.</exception>
    public static void MustStayHidden(bool isVisible, bool isPublic)
    {
        if (isVisible)
            throw new ForbiddenException("Readers see this already: only an editor may change it.");
        if (isPublic)
            throw new ForbiddenException("Only an editor may make it public; leave `public` out, or set it to false.");
    }

    /// <summary>Saves the members that were set as the next version.</summary>
    public void Save(string slug, Guid? parentId, bool isPublic, string savedBy, DateTimeOffset now)
    {
        if (!Core.Slug.IsValid(slug, SlugScript.Unicode))
            throw new ArgumentException($"'{slug}' is no slug.", nameof(slug));
        if (Version == 0)
            (CreatedAt, CreatedBy) = (now, savedBy);
        Log(Version > 0 && ParentId != parentId ? ChangeType.ConceptMoved : ChangeType.ConceptSaved);
        (Slug, ParentId) = (slug, parentId);
        PublicFrom = isPublic ? PublicFrom ?? now : null;
        NextVersion(savedBy, now);
        Log(Version == 1 ? AuditAction.Created : AuditAction.Saved);
    }

    /// <summary>
    /// Merges <paramref name="other"/> into this one: its names become aliases, and members that this one lacks are copied.
    /// <paramref name="other"/> redirects here from then on.
    /// </summary>
    /// <param name="other">A concept of the same kind.</param>
    /// <param name="wasVisible">Whether readers saw <paramref name="other"/>; then this one becomes visible.</param>
    /// <param name="savedBy">Who merges them.</param>
    /// <param name="now">When.</param>
    /// <exception cref="RuleException"><c>sameConcept</c></exception>
    public void Absorb(Concept other, bool wasVisible, string savedBy, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(other);
        if (other.Id == Id)
            throw new RuleException("sameConcept", "A concept cannot be merged into itself.");
        Aliases = [.. Aliases.Append(other.Name).Concat(other.Aliases).Where(alias => alias != Name).Distinct().Take(MostAliases)];
        Labels = other.Labels.Concat(Labels).GroupBy(label => label.Key).ToDictionary(label => label.Key, label => label.Last().Value);
        SameAs = [.. SameAs.Union(other.SameAs)];
        (Description, Image) = (Description ?? other.Description, Image ?? other.Image);
        if (wasVisible || other.PublicFrom is not null)
            PublicFrom ??= now;
        AbsorbMembers(other);
        NextVersion(savedBy, now);
        other.SetTies([]);
        (other.MergedIntoId, other.ParentId) = (Id, null);
        other.NextVersion(savedBy, now);
        other.Log(ChangeType.ConceptMerged);
        other.Log(AuditAction.Merged, $"into {Slug}");
        Log(ChangeType.ConceptSaved);
        Log(AuditAction.Saved, $"took in {other.Slug}");
    }

    /// <summary>Records that it is deleted.</summary>
    public void Delete()
    {
        Log(ChangeType.ConceptDeleted);
        Log(AuditAction.Deleted);
    }

    /// <summary>Moves it below another parent.</summary>
    public void MoveBelow(Guid? parentId, string savedBy, DateTimeOffset now)
    {
        ParentId = parentId;
        NextVersion(savedBy, now);
        Log(ChangeType.ConceptMoved);
    }

    /// <summary>Names concepts of other kinds: of all that it names before, those in <paramref name="ties"/> stay.</summary>
    protected void SetTies(IEnumerable<TieContent> ties)
    {
        var named = ties.ToList();
        for (var index = 0; index < named.Count; index++)
            if (index == _ties.Count)
                _ties.Add(new ConceptTie(Id, _ties.Count == 0 ? 0 : _ties[^1].Position + 1, named[index])); // a merge leaves gaps
            else if (_ties[index].Content != named[index])
                _ties[index].Say(named[index]); // the row of a position stays, so that its key does
        _ties.RemoveRange(named.Count, _ties.Count - named.Count);
    }

    /// <summary>Copies the kind's own members that this one lacks from <paramref name="other"/>.</summary>
    protected virtual void AbsorbMembers(Concept other) { }

    /// <summary>Gives a new concept the id that it has in another newsroom.</summary>
    internal void Take(Guid id) => Id = id;

    private void NextVersion(string savedBy, DateTimeOffset now)
    {
        (SavedAt, SavedBy) = (now, savedBy);
        Version++;
    }

    private void Log(ChangeType type) => Log(Change.OfConcept(Id, Kind, type));

    private void Log(AuditAction action, string? detail = null) =>
        Log(new AuditEntry(action, ConceptKindNames.Of(Kind).AuditSubject, Id, Slug, Version, detail));
}
