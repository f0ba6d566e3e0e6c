using HeadlessCms.Core.Concepts;

namespace HeadlessCms.Core.Changes;

/// <summary>What a change tells of.</summary>
public enum ChangeType
{
    /// <summary>A revision went live where nothing was.</summary>
    Published,

    /// <summary>A revision took over from what was live.</summary>
    Updated,

    /// <summary>A revision is to go live, or to end, at an instant to come.</summary>
    Scheduled,

    /// <summary>What was live is no more.</summary>
    Unpublished,

    /// <summary>What was live, or had been, was taken down for cause.</summary>
    Withdrawn,

    /// <summary>An article was taken out of the trash for good.</summary>
    Purged,

    /// <summary>A concept was made or saved, or readers may see it from now on.</summary>
    ConceptSaved,

    /// <summary>A concept was saved at another place in its hierarchy.</summary>
    ConceptMoved,

    /// <summary>A concept was merged into another.</summary>
    ConceptMerged,

    /// <summary>A concept was deleted.</summary>
    ConceptDeleted,
}

/// <summary>
/// One row of the change log: the ordered, gap-free list that everything downstream of the editors reads. Written last in the
/// transaction of what it tells of; a lock that the database takes before each insert makes positions visible in their order.
/// </summary>
public sealed class Change
{
    /// <summary>Its place in the log; given by the database.</summary>
    public long Position { get; private set; }

    /// <summary>When it happened; what the clock did is written a moment later.</summary>
    public DateTimeOffset At { get; private set; }

    /// <summary>What happened.</summary>
    public ChangeType Type { get; private set; }

    /// <summary>The article that it happened to.</summary>
    public Guid? ArticleId { get; private set; }

    /// <summary>The revision that it is about.</summary>
    public int? Revision { get; private set; }

    /// <summary>The concept that it happened to.</summary>
    public Guid? ConceptId { get; private set; }

    /// <summary>Which kind of concept that is, or was.</summary>
    public ConceptKind? ConceptKind { get; private set; }

    private Change() { }

    internal static Change OfArticle(Guid id, ChangeType type, int revision, DateTimeOffset? at) =>
        new()
        {
            Type = type,
            ArticleId = id,
            Revision = revision,
            At = at ?? default,
        };

    internal static Change OfConcept(Guid id, ConceptKind kind, ChangeType type, DateTimeOffset? at = null) =>
        new()
        {
            Type = type,
            ConceptId = id,
            ConceptKind = kind,
            At = at ?? default,
        };
}
