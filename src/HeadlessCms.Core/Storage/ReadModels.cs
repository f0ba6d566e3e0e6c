using HeadlessCms.Core.Articles;
using HeadlessCms.Core.Concepts;

namespace HeadlessCms.Core.Storage;

/// <summary>A link to a concept.</summary>
/// <param name="Id">UUID v7.</param>
/// <param name="Slug">The slug.</param>
/// <param name="Name">The display name.</param>
public record ConceptLink(Guid Id, string Slug, string Name);

/// <summary>A link to a place.</summary>
/// <param name="Id">UUID v7.</param>
/// <param name="Slug">The slug.</param>
/// <param name="Name">The display name.</param>
/// <param name="Kind">The kind of place.</param>
/// <param name="CountryCode">ISO 3166-1 alpha-2.</param>
/// <param name="Latitude">Degrees north (WGS 84).</param>
/// <param name="Longitude">Degrees east (WGS 84).</param>
public record PlaceLink(Guid Id, string Slug, string Name, PlaceKind? Kind, string? CountryCode, double? Latitude, double? Longitude)
    : ConceptLink(Id, Slug, Name);

/// <summary>A person belongs or belonged to an organisation.</summary>
/// <param name="Organisation">The organisation.</param>
/// <param name="Role">The role of the person there.</param>
/// <param name="From">The first day.</param>
/// <param name="Until">The last day.</param>
public sealed record Affiliation(ConceptLink Organisation, string Role, DateOnly? From, DateOnly? Until);

/// <summary>A concept that an article names. Each kind has a type of its own.</summary>
public interface IMention
{
    /// <summary>UUID v7.</summary>
    Guid Id { get; }

    /// <summary>The slug.</summary>
    string Slug { get; }

    /// <summary>The display name.</summary>
    string Name { get; }

    /// <summary>How the article relates to it.</summary>
    Relation Relation { get; }

    /// <summary>The role of it at the time, where the kind has one.</summary>
    string? Role => null;
}

/// <summary>What happens at a boundary of a publication.</summary>
public enum BoundaryEvent
{
    /// <summary>A revision goes live.</summary>
    GoesLive,

    /// <summary>The live publication ends.</summary>
    Expires,
}

/// <summary>The next boundary of an article's publications.</summary>
/// <param name="At">When it is.</param>
/// <param name="Event">What happens then.</param>
/// <param name="Revision">The revision that it happens to.</param>
public sealed record Boundary(DateTimeOffset At, BoundaryEvent Event, int Revision);

/// <summary>A revision with expanded concepts, read by one SQL statement.</summary>
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

    /// <summary>The genre.</summary>
    public string? Genre { get; private set; }

    /// <summary>The author line as printed.</summary>
    public string? Byline { get; private set; }

    /// <summary>The people who wrote it.</summary>
    public IReadOnlyList<ConceptLink> Authors { get; private set; } = [];

    /// <summary>Where it was written.</summary>
    public PlaceLink? DatelinePlace { get; private set; }

    /// <summary>Who supplied it.</summary>
    public string? DatelineSource { get; private set; }

    /// <summary>The lead picture.</summary>
    public Image? LeadImage { get; private set; }

    /// <summary>Who may read it, and what may be done with it; null where nothing is said of that.</summary>
    public StoryFlags? Flags { get; private set; }

    /// <summary>The concepts that it names.</summary>
    public ByKind<IMention> Concepts { get; private set; } = new();
}

/// <summary>A revision as editors read it, with the source of its body.</summary>
public abstract class EditorialRevision : ExpandedRevision
{
    /// <summary>The format of the body's source.</summary>
    public BodyFormat? BodyFormat { get; private set; }

    /// <summary>The body as the writer sent it.</summary>
    public string? BodySource { get; private set; }

    /// <summary>The embargo: no publication of it may be live before this instant.</summary>
    public DateTimeOffset? EmbargoUntil { get; private set; }

    /// <summary>Its id in another system.</summary>
    public string? ExternalId { get; private set; }

    /// <summary>The article that it is a translation of.</summary>
    public Guid? OriginalId { get; private set; }

    /// <summary>The same, with what became of it since.</summary>
    public TranslatedRevision? Original { get; private set; }

    /// <summary>A note for colleagues about what changed.</summary>
    public string? Note { get; private set; }

    /// <summary>When it was saved.</summary>
    public DateTimeOffset SavedAt { get; private set; }

    /// <summary>Who saved it.</summary>
    public string SavedBy { get; private set; } = "";
}

/// <summary>Any revision of any article. View <c>revision_contents</c>.</summary>
public sealed class RevisionContent : EditorialRevision;

/// <summary>The newest revision of an article, and its status. View <c>working_copies</c>.</summary>
public sealed class WorkingCopy : EditorialRevision
{
    /// <summary>The status of the article now.</summary>
    public ArticleStatus Status { get; private set; }

    /// <summary>The revision that readers see.</summary>
    public int? LiveRevision { get; private set; }

    /// <summary>The next boundary of its publications.</summary>
    public Boundary? Next { get; private set; }

    /// <summary>When the article was created.</summary>
    public DateTimeOffset CreatedAt { get; private set; }

    /// <summary>Who created it.</summary>
    public string CreatedBy { get; private set; } = "";

    /// <summary>The articles whose working copies are translations of it, by language; those in the trash are left out.</summary>
    public IReadOnlyList<TranslationState> Translations { get; private set; } = [];

    /// <summary>Its place in the order of its series; null for an article that is in none.</summary>
    public string? SeriesPlace { get; private set; }
}

/// <summary>What an article is a translation of.</summary>
/// <param name="Id">The id of the original article.</param>
/// <param name="Slug">The slug of its working copy.</param>
/// <param name="Language">BCP 47 tag of its working copy.</param>
/// <param name="Revision">The number of the revision that was translated.</param>
/// <param name="StaleSince">
/// The first revision after it with another headline, standfirst or body; null while the working copy has the same text.
/// </param>
public sealed record TranslatedRevision(Guid Id, string Slug, string Language, int Revision, int? StaleSince);

/// <summary>A translation of an article.</summary>
/// <param name="Id">UUID v7.</param>
/// <param name="Slug">The slug.</param>
/// <param name="Language">BCP 47 tag.</param>
/// <param name="Status">Where it stands now.</param>
/// <param name="StaleSince">
/// The first revision of the original after the translated one with another headline, standfirst or body; null while the working copy of
/// the original has the translated text.
/// </param>
public sealed record TranslationState(Guid Id, string Slug, string Language, ArticleStatus Status, int? StaleSince);

/// <summary>A revision names a concept as a mention, an author or a dateline. View <c>concept_uses</c>.</summary>
/// <param name="ConceptId">The concept.</param>
/// <param name="ArticleId">The article.</param>
/// <param name="Revision">The number of the revision.</param>
public sealed record ConceptUse(Guid ConceptId, Guid ArticleId, int Revision);

/// <summary>A name of a concept: its name, its slug, an alias or a label. View <c>known_names</c>.</summary>
/// <param name="ConceptId">The concept.</param>
/// <param name="Name">The name.</param>
public sealed record KnownName(Guid ConceptId, string Name);

/// <summary>A concept that an editor may be about to type. Function <c>suggested_concepts</c>.</summary>
/// <param name="Id">The concept.</param>
/// <param name="Kind">Which kind of concept it is, by its name on the wire.</param>
/// <param name="Slug">The slug.</param>
/// <param name="Name">The display name.</param>
/// <param name="Matched">The name, alias, label or slug that found it.</param>
/// <param name="Visible">Whether readers can see it.</param>
/// <param name="Context">What tells it from others of its name, if anything does.</param>
/// <param name="Rank">Its rank among those that were found, from 1.</param>
public sealed record SuggestedConcept(
    Guid Id,
    string Kind,
    string Slug,
    string Name,
    string Matched,
    bool Visible,
    string? Context,
    long Rank
);

/// <summary>The sections of the overview.</summary>
public enum DeskSection
{
    /// <summary>Never live, and not scheduled; newest saved first.</summary>
    Drafts,

    /// <summary>Going live; soonest first.</summary>
    Scheduled,

    /// <summary>Live; newest first.</summary>
    Live,

    /// <summary>Live, and ending within seven days without a successor; soonest first.</summary>
    Expiring,

    /// <summary>Taken down for cause; newest first.</summary>
    Withdrawn,
}

/// <summary>One of the first ten articles of a section. View <c>desk</c>.</summary>
/// <param name="Section">The section.</param>
/// <param name="ArticleId">The article.</param>
/// <param name="Rank">Its rank in the section, from 1.</param>
/// <param name="Total">The number of articles in the section.</param>
public sealed record DeskEntry(DeskSection Section, Guid ArticleId, long Rank, int Total);

/// <summary>The usage of a concept. View <c>concept_usage</c>; an unused concept has no row.</summary>
/// <param name="ConceptId">The concept.</param>
/// <param name="Articles">The number of articles whose working copy names it.</param>
/// <param name="Live">The number of live articles that name it.</param>
public sealed record ConceptUsage(Guid ConceptId, int Articles, int Live);

/// <summary>A revision has the words that an editor looks for. Function <c>working_copy_matches</c>.</summary>
/// <param name="ArticleId">The article.</param>
/// <param name="Revision">The number of the revision.</param>
public sealed record WordMatch(Guid ArticleId, int Revision);
