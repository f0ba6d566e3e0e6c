using HeadlessCms.Core.Articles;
using HeadlessCms.Core.Concepts;

namespace HeadlessCms.Core.Storage;

/// <summary>A concept as something else names it.</summary>
/// <param name="Id">UUID v7.</param>
/// <param name="Slug">Its name in a URL.</param>
/// <param name="Name">The name that readers know.</param>
public record ConceptLink(Guid Id, string Slug, string Name);

/// <summary>A place as something else names it.</summary>
/// <param name="Id">UUID v7.</param>
/// <param name="Slug">Its name in a URL.</param>
/// <param name="Name">The name that readers know.</param>
/// <param name="Kind">What sort of place it is.</param>
/// <param name="CountryCode">ISO 3166-1 alpha-2.</param>
/// <param name="Latitude">Degrees north (WGS 84).</param>
/// <param name="Longitude">Degrees east (WGS 84).</param>
public record PlaceLink(Guid Id, string Slug, string Name, PlaceKind? Kind, string? CountryCode, double? Latitude, double? Longitude)
    : ConceptLink(Id, Slug, Name);

/// <summary>A concept that an article names, of whatever kind.</summary>
/// <param name="Kind">The names of its kind.</param>
/// <param name="Concept">The concept.</param>
/// <param name="Relation">How the article has to do with it.</param>
public sealed record AnyMention(ConceptKindNames Kind, ConceptLink Concept, Relation Relation);

/// <summary>A person that an article names.</summary>
/// <param name="Id">UUID v7.</param>
/// <param name="Slug">Its name in a URL.</param>
/// <param name="Name">The name that readers know.</param>
/// <param name="Relation">How the article has to do with the person.</param>
/// <param name="Role">The role that the person had at the time.</param>
public sealed record MentionedPerson(Guid Id, string Slug, string Name, Relation Relation, string? Role) : ConceptLink(Id, Slug, Name);

/// <summary>A place that an article names.</summary>
/// <param name="Id">UUID v7.</param>
/// <param name="Slug">Its name in a URL.</param>
/// <param name="Name">The name that readers know.</param>
/// <param name="Relation">How the article has to do with the place.</param>
/// <param name="Kind">What sort of place it is.</param>
/// <param name="CountryCode">ISO 3166-1 alpha-2.</param>
/// <param name="Latitude">Degrees north (WGS 84).</param>
/// <param name="Longitude">Degrees east (WGS 84).</param>
public sealed record MentionedPlace(
    Guid Id,
    string Slug,
    string Name,
    Relation Relation,
    PlaceKind? Kind,
    string? CountryCode,
    double? Latitude,
    double? Longitude
) : PlaceLink(Id, Slug, Name, Kind, CountryCode, Latitude, Longitude);

/// <summary>A topic that an article names.</summary>
/// <param name="Id">UUID v7.</param>
/// <param name="Slug">Its name in a URL.</param>
/// <param name="Name">The name that readers know.</param>
/// <param name="Relation">How the article has to do with the topic.</param>
/// <param name="Code">Its code in a controlled vocabulary.</param>
public sealed record MentionedTopic(Guid Id, string Slug, string Name, Relation Relation, string? Code) : ConceptLink(Id, Slug, Name);

/// <summary>What happens at a boundary of an article's publications.</summary>
public enum BoundaryEvent
{
    /// <summary>A revision goes live, in the place of another or of none.</summary>
    GoesLive,

    /// <summary>What is live ends.</summary>
    Expires,
}

/// <summary>The next boundary of an article's publications.</summary>
/// <param name="At">When it is.</param>
/// <param name="Event">What happens then.</param>
/// <param name="Revision">The revision that it happens to.</param>
public sealed record Boundary(DateTimeOffset At, BoundaryEvent Event, int Revision);

/// <summary>A revision with everything that it names expanded: what both doors read, by one SQL statement.</summary>
public abstract class ExpandedRevision
{
    /// <summary>The article.</summary>
    public Guid Id { get; private set; }

    /// <summary>The number of the revision.</summary>
    public int Revision { get; private set; }

    /// <summary>The slug.</summary>
    public string Slug { get; private set; } = "";

    /// <summary>The headline.</summary>
    public string Headline { get; private set; } = "";

    /// <summary>The summary line or lines.</summary>
    public string? Standfirst { get; private set; }

    /// <summary>The safe HTML of the body.</summary>
    public string? BodyHtml { get; private set; }

    /// <summary>Words in the body.</summary>
    public int WordCount { get; private set; }

    /// <summary>BCP 47 tag.</summary>
    public string Language { get; private set; } = "";

    /// <summary>The form of the story.</summary>
    public string? Genre { get; private set; }

    /// <summary>The author line as printed.</summary>
    public string? Byline { get; private set; }

    /// <summary>The people who wrote it.</summary>
    public IReadOnlyList<ConceptLink> Authors { get; private set; } = [];

    /// <summary>Where it was written.</summary>
    public PlaceLink? DatelinePlace { get; private set; }

    /// <summary>Who supplied it.</summary>
    public string? DatelineSource { get; private set; }

    /// <summary>The picture that stands for it.</summary>
    public Image? LeadImage { get; private set; }

    /// <summary>The people that it names.</summary>
    public IReadOnlyList<MentionedPerson> People { get; private set; } = [];

    /// <summary>The places that it names.</summary>
    public IReadOnlyList<MentionedPlace> Places { get; private set; } = [];

    /// <summary>The topics that it names.</summary>
    public IReadOnlyList<MentionedTopic> Topics { get; private set; } = [];
}

/// <summary>A revision as editors read it: the source of its body, and who saved it when.</summary>
public abstract class EditorialRevision : ExpandedRevision
{
    /// <summary>How the source of the body is written.</summary>
    public BodyFormat? BodyFormat { get; private set; }

    /// <summary>The body as the writer sent it.</summary>
    public string? BodySource { get; private set; }

    /// <summary>Before this instant no publication of it may be live.</summary>
    public DateTimeOffset? EmbargoUntil { get; private set; }

    /// <summary>Its name in another system.</summary>
    public string? ExternalId { get; private set; }

    /// <summary>What changed, for colleagues.</summary>
    public string? Note { get; private set; }

    /// <summary>When it was saved.</summary>
    public DateTimeOffset SavedAt { get; private set; }

    /// <summary>Who saved it.</summary>
    public string SavedBy { get; private set; } = "";
}

/// <summary>Any revision of any article. View <c>revision_contents</c>.</summary>
public sealed class RevisionContent : EditorialRevision;

/// <summary>The newest revision of an article, and where the article stands. View <c>working_copies</c>.</summary>
public sealed class WorkingCopy : EditorialRevision
{
    /// <summary>Where the article stands now.</summary>
    public ArticleStatus Status { get; private set; }

    /// <summary>The revision that readers see.</summary>
    public int? LiveRevision { get; private set; }

    /// <summary>The next boundary of its publications.</summary>
    public Boundary? Next { get; private set; }

    /// <summary>When the article was made.</summary>
    public DateTimeOffset CreatedAt { get; private set; }

    /// <summary>Who made it.</summary>
    public string CreatedBy { get; private set; } = "";
}

/// <summary>A revision names a concept: mentions it, is by it, or was written there. View <c>concept_uses</c>.</summary>
public sealed class ConceptUse
{
    /// <summary>The concept.</summary>
    public Guid ConceptId { get; private set; }

    /// <summary>The article.</summary>
    public Guid ArticleId { get; private set; }

    /// <summary>The number of the revision.</summary>
    public int Revision { get; private set; }
}

/// <summary>A name that a concept is known by: its name, its slug, an alias or a label. View <c>known_names</c>.</summary>
public sealed class KnownName
{
    /// <summary>The concept.</summary>
    public Guid ConceptId { get; private set; }

    /// <summary>The name.</summary>
    public string Name { get; private set; } = "";
}

/// <summary>What a desk looks at.</summary>
public enum DeskSection
{
    /// <summary>Never live, and nothing planned; newest saved first.</summary>
    Drafts,

    /// <summary>Going live; soonest first.</summary>
    Scheduled,

    /// <summary>Live; newest first.</summary>
    Live,

    /// <summary>Live, and ending within seven days without anything in its place; soonest first.</summary>
    Expiring,

    /// <summary>Taken down for cause; newest first.</summary>
    Withdrawn,
}

/// <summary>One of the first ten articles of a section. View <c>desk</c>.</summary>
public sealed class DeskEntry
{
    /// <summary>The section.</summary>
    public DeskSection Section { get; private set; }

    /// <summary>The article.</summary>
    public Guid ArticleId { get; private set; }

    /// <summary>Its rank in the section, from 1.</summary>
    public long Rank { get; private set; }

    /// <summary>How many the section has in all.</summary>
    public int Total { get; private set; }
}

/// <summary>How much a concept is used. View <c>concept_usage</c>; one that is not used has no row.</summary>
public sealed class ConceptUsage
{
    /// <summary>The concept.</summary>
    public Guid ConceptId { get; private set; }

    /// <summary>How many articles name it in their working copy.</summary>
    public int Articles { get; private set; }

    /// <summary>How many articles name it in what is live.</summary>
    public int Live { get; private set; }
}
