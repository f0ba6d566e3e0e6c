using HeadlessCms.Core.Articles;
using HeadlessCms.Core.Concepts;

namespace HeadlessCms.Core.Storage.Live;

/// <summary>An article that is live. View <c>live.articles</c>, and <c>live.named_articles</c>: once for each concept that appears in it.</summary>
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

    /// <summary>The public notes of its publications that have begun, newest first.</summary>
    public IReadOnlyList<PublishedCorrection> Corrections { get; private set; } = [];
}

/// <summary>A public note that something in an article was put right.</summary>
/// <param name="Kind">What sort of note it is.</param>
/// <param name="Text">What was put right.</param>
/// <param name="At">When what readers see was put right.</param>
public sealed record PublishedCorrection(CorrectionKind Kind, string Text, DateTimeOffset At);

/// <summary>A name under which an article was live that is withdrawn. View <c>live.withdrawals</c>.</summary>
public sealed class LiveWithdrawal
{
    /// <summary>The article.</summary>
    public Guid ArticleId { get; private set; }

    /// <summary>A slug that it was live under.</summary>
    public string Slug { get; private set; } = "";

    /// <summary>Why it was withdrawn.</summary>
    public string Reason { get; private set; } = "";
}

/// <summary>How a concept appears in an article.</summary>
public enum AppearanceKind
{
    /// <summary>The article names it, or what lies below it.</summary>
    Named,

    /// <summary>The person wrote it.</summary>
    Author,
}

/// <summary>A concept appears in a live article. View <c>live.appearances</c>.</summary>
public sealed class LiveAppearance
{
    /// <summary>The concept.</summary>
    public Guid ConceptId { get; private set; }

    /// <summary>How it appears.</summary>
    public AppearanceKind Kind { get; private set; }

    /// <summary>The publication that holds.</summary>
    public Guid PublicationId { get; private set; }

    /// <summary>The article.</summary>
    public Guid ArticleId { get; private set; }

    /// <summary>When the article was first live.</summary>
    public DateTimeOffset PublishedAt { get; private set; }

    /// <summary>Whether the article is about it, or about what lies below it.</summary>
    public bool About { get; private set; }

    /// <summary>Whether the article mentions it, or what lies below it.</summary>
    public bool Mentions { get; private set; }

    /// <summary>Whether the article is about the concept itself.</summary>
    public bool DirectlyAbout { get; private set; }

    /// <summary>Whether the article mentions the concept itself.</summary>
    public bool DirectlyMentions { get; private set; }
}

/// <summary>A live article names a concept. View <c>live.mentions</c>.</summary>
public sealed class LiveMention
{
    /// <summary>The article.</summary>
    public Guid ArticleId { get; private set; }

    /// <summary>The concept.</summary>
    public Guid ConceptId { get; private set; }

    /// <summary>How the article has to do with it.</summary>
    public Relation Relation { get; private set; }
}

/// <summary>A slug under which a live article was or is live. View <c>live.article_slugs</c>.</summary>
public sealed class LiveArticleSlug
{
    /// <summary>The slug.</summary>
    public string Slug { get; private set; } = "";

    /// <summary>The article.</summary>
    public Guid ArticleId { get; private set; }
}

/// <summary>A slug that leads to a visible concept. View <c>live.concept_slugs</c>.</summary>
public sealed class LiveConceptSlug
{
    /// <summary>The kind that the slug is unique in.</summary>
    public ConceptKind Kind { get; private set; }

    /// <summary>The slug.</summary>
    public string Slug { get; private set; } = "";

    /// <summary>The concept.</summary>
    public Guid ConceptId { get; private set; }
}

/// <summary>A concept lies within, or is narrower than, or is, a visible concept. View <c>live.concept_tree</c>.</summary>
public sealed class LiveConceptTree
{
    /// <summary>The concept.</summary>
    public Guid ConceptId { get; private set; }

    /// <summary>One of its ancestors, or itself.</summary>
    public Guid AncestorId { get; private set; }

    /// <summary>Steps between them; 0 is itself.</summary>
    public int Depth { get; private set; }
}
