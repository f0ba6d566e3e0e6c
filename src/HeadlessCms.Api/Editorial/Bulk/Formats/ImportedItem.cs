using HeadlessCms.Api.Editorial.Articles;
using HeadlessCms.Core;
using HeadlessCms.Core.Articles;
using HeadlessCms.Core.Concepts;

namespace HeadlessCms.Api.Editorial.Bulk.Formats;

/// <summary>An item of a file of another system.</summary>
/// <param name="SourceId">Its id there, as a report names it.</param>
internal abstract record ImportedItem(string SourceId);

/// <summary>An item that is no story, or that readers must not see.</summary>
/// <param name="SourceId">Its id there.</param>
/// <param name="Reason">Why it is left out.</param>
internal sealed record SkippedItem(string SourceId, string Reason) : ImportedItem(SourceId);

/// <summary>A story as another system has it, before its concepts are looked up.</summary>
/// <param name="SourceId">Its id there.</param>
internal sealed record ImportedStory(string SourceId) : ImportedItem(SourceId)
{
    /// <summary>The id of the article, where the source is a newsroom of this kind.</summary>
    public Guid? Id { get; init; }

    /// <summary>The id by which it is found again.</summary>
    public string? ExternalId { get; init; }

    public required string Headline { get; init; }

    public string? Slug { get; init; }

    public string? Standfirst { get; init; }

    public BodyRequest? Body { get; init; }

    public string? Language { get; init; }

    public string? Genre { get; init; }

    public string? Byline { get; init; }

    public IReadOnlyList<ImportedConcept> Authors { get; init; } = [];

    public ImportedConcept? DatelinePlace { get; init; }

    public string? DatelineSource { get; init; }

    public Image? LeadImage { get; init; }

    public IReadOnlyList<ImportedMention> Mentions { get; init; } = [];

    public AccessTier Access { get; init; }

    public bool Sensitive { get; init; }

    public int? Urgency { get; init; }

    public string? UsageTerms { get; init; }

    public string? CopyrightHolder { get; init; }

    public AiUse AiUse { get; init; }

    public DateTimeOffset? EmbargoUntil { get; init; }

    /// <summary>Whether the source has it published, or will.</summary>
    public bool IsPublished { get; init; }

    /// <summary>When it was first published; null is not known.</summary>
    public DateTimeOffset? PublishedAt { get; init; }

    /// <summary>When its present version was published.</summary>
    public DateTimeOffset? UpdatedAt { get; init; }

    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>Its public notes, each with the instant of its publication.</summary>
    public IReadOnlyList<PastPublication> Corrections { get; init; } = [];

    /// <summary>Where readers found it.</summary>
    public IReadOnlyList<string> FormerUrls { get; init; } = [];

    /// <summary>The id of the article that it is a translation of.</summary>
    public Guid? TranslationOf { get; init; }

    /// <summary>What of the source is not in it, or otherwise, in the order of the source.</summary>
    public IReadOnlyList<string> Losses { get; init; } = [];
}

/// <summary>A concept as the source names it.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="Name">Its display name.</param>
internal sealed record ImportedConcept(ConceptKind Kind, string Name)
{
    /// <summary>What it is in the source, for a map: <c>tag</c>, <c>category</c>, <c>author</c> …</summary>
    public required string Scheme { get; init; }

    /// <summary>Its key in the source: a slug, a login; the name where it has none.</summary>
    public string Key
    {
        get => field ?? Name;
        init;
    }

    public Guid? Id { get; init; }

    public string? Code { get; init; }

    public string? Slug { get; init; }

    public IReadOnlyList<string> SameAs { get; init; } = [];

    public double? Latitude { get; init; }

    public double? Longitude { get; init; }

    /// <summary>What two stories mean by the same concept.</summary>
    public string Identity => string.Join('\n', [$"{Kind} {Id} {Scheme}", Key, Code, Slug, Name, .. SameAs]);
}

/// <summary>A concept that a story names.</summary>
internal sealed record ImportedMention(ImportedConcept Concept, Relation Relation = Relation.Mentions, string? Role = null);
