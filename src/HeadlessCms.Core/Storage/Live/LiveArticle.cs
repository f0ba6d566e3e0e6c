using HeadlessCms.Core.Articles;
using HeadlessCms.Core.Concepts;

namespace HeadlessCms.Core.Storage.Live;

/// <summary>
/// An article that is live. View <c>live.articles</c>, and <c>live.named_articles</c>: once for each concept that appears in it.
/// </summary>
public sealed class LiveArticle : ExpandedRevision
{
    /// <summary>The publication that holds.</summary>
    public Guid PublicationId { get; private set; }

    /// <summary>When it was first live.</summary>
    public DateTimeOffset PublishedAt { get; private set; }

    /// <summary>When the revision that is live went live.</summary>
    public DateTimeOffset UpdatedAt { get; private set; }

    /// <summary>When that ends, as things stand; null is never.</summary>
    public DateTimeOffset? LiveUntil { get; private set; }

    /// <summary>When an editor planned its end; null is never. A scheduled update is no end.</summary>
    public DateTimeOffset? ExpiresAt { get; private set; }

    /// <summary>Whether search engines must leave it out.</summary>
    public bool NoIndex { get; private set; }

    /// <summary>Whether it is in no feed.</summary>
    public bool NoSyndication { get; private set; }

    /// <summary>Its id in another system.</summary>
    public string? ExternalId { get; private set; }

    /// <summary>The embargo of the live revision, which has passed.</summary>
    public DateTimeOffset? EmbargoUntil { get; private set; }

    /// <summary>The public notes of its publications that have begun, newest first.</summary>
    public IReadOnlyList<PublishedCorrection> Corrections { get; private set; } = [];

    /// <summary>The article that it is a translation of, whether that is live or not.</summary>
    public Guid? OriginalId { get; private set; }

    /// <summary>The same story in other languages; null where no other article was or will be live in it.</summary>
    public LiveTranslations? Translations { get; private set; }

    /// <summary>Its place in its series; null for an article that is in none.</summary>
    public LivePart? Series { get; private set; }

    /// <summary>The sort key in the order of its series; null for an article that is in none.</summary>
    public string? SeriesPlace { get; private set; }
}

/// <summary>A public note that something in an article was put right.</summary>
/// <param name="Kind">The kind of note.</param>
/// <param name="Text">What was put right.</param>
/// <param name="At">When what readers see was put right.</param>
public sealed record PublishedCorrection(CorrectionKind Kind, string Text, DateTimeOffset At);

/// <summary>A name under which an article was live that is withdrawn. View <c>live.withdrawals</c>.</summary>
/// <param name="ArticleId">The article.</param>
/// <param name="Slug">A slug that it was live under.</param>
/// <param name="Reason">Why it was withdrawn.</param>
public sealed record LiveWithdrawal(Guid ArticleId, string Slug, string Reason);

/// <summary>How a concept appears in an article.</summary>
public enum AppearanceKind
{
    /// <summary>The article names it, or what lies below it.</summary>
    Subject,

    /// <summary>The person wrote it.</summary>
    Author,
}

/// <summary>A concept appears in a live article. View <c>live.appearances</c>.</summary>
/// <param name="ConceptId">The concept.</param>
/// <param name="Kind">How it appears.</param>
/// <param name="PublicationId">The publication that holds.</param>
/// <param name="ArticleId">The article.</param>
/// <param name="PublishedAt">When the article was first live.</param>
/// <param name="About">Whether the article is about it, or about what lies below it.</param>
/// <param name="Mentions">Whether the article mentions it, or what lies below it.</param>
/// <param name="DirectlyAbout">Whether the article is about the concept itself.</param>
/// <param name="DirectlyMentions">Whether the article mentions the concept itself.</param>
public sealed record LiveAppearance(
    Guid ConceptId,
    AppearanceKind Kind,
    Guid PublicationId,
    Guid ArticleId,
    DateTimeOffset PublishedAt,
    bool About,
    bool Mentions,
    bool DirectlyAbout,
    bool DirectlyMentions
);

/// <summary>A live article names a concept. View <c>live.mentions</c>.</summary>
/// <param name="ArticleId">The article.</param>
/// <param name="ConceptId">The concept.</param>
/// <param name="Relation">How the article relates to it.</param>
public sealed record LiveMention(Guid ArticleId, Guid ConceptId, Relation Relation);

/// <summary>A slug under which a live article was or is live. View <c>live.article_slugs</c>.</summary>
/// <param name="Slug">The slug.</param>
/// <param name="ArticleId">The article.</param>
public sealed record LiveArticleSlug(string Slug, Guid ArticleId);

/// <summary>A URL of a live article before it came to this newsroom. View <c>live.former_urls</c>.</summary>
/// <param name="Host">The host.</param>
/// <param name="Path">The path and the query.</param>
/// <param name="ArticleId">The article.</param>
public sealed record LiveFormerUrl(string Host, string Path, Guid ArticleId);

/// <summary>A slug that leads to a visible concept. View <c>live.concept_slugs</c>.</summary>
/// <param name="Kind">The kind that the slug is unique in.</param>
/// <param name="Slug">The slug.</param>
/// <param name="ConceptId">The concept.</param>
public sealed record LiveConceptSlug(ConceptKind Kind, string Slug, Guid ConceptId);

/// <summary>A concept lies within, or is narrower than, or is, a visible concept. View <c>live.concept_tree</c>.</summary>
/// <param name="ConceptId">The concept.</param>
/// <param name="AncestorId">One of its ancestors, or itself.</param>
/// <param name="Depth">Steps between them; 0 is itself.</param>
public sealed record LiveConceptTree(Guid ConceptId, Guid AncestorId, int Depth);
