namespace HeadlessCms.Core.Articles;

/// <summary>How an article has to do with a concept.</summary>
public enum Relation
{
    /// <summary>The article is about it.</summary>
    About,

    /// <summary>The article mentions it.</summary>
    Mentions,
}

/// <summary>A concept as an article names it.</summary>
/// <param name="ConceptId">The concept.</param>
/// <param name="Relation">How the article has to do with it.</param>
/// <param name="Role">For people: the role that they had at the time.</param>
public sealed record MentionContent(Guid ConceptId, Relation Relation, string? Role);

/// <summary>All that a revision of an article says: what is saved, compared and published.</summary>
public sealed record ArticleContent
{
    /// <summary>The name in a URL; reaches readers with its publication.</summary>
    public required string Slug { get; init; }

    /// <summary>The headline, at most 300 characters.</summary>
    public required string Headline { get; init; }

    /// <summary>The summary line or lines.</summary>
    public string? Standfirst { get; init; }

    /// <summary>The text.</summary>
    public Body? Body { get; init; }

    /// <summary>BCP 47 tag of the language that it is written in.</summary>
    public required string Language { get; init; }

    /// <summary>The form of the story: news, analysis, interview …</summary>
    public string? Genre { get; init; }

    /// <summary>The author line as printed.</summary>
    public string? Byline { get; init; }

    /// <summary>Where it was written.</summary>
    public Guid? DatelinePlaceId { get; init; }

    /// <summary>Who supplied it.</summary>
    public string? DatelineSource { get; init; }

    /// <summary>The picture that stands for it.</summary>
    public Image? LeadImage { get; init; }

    /// <summary>Before this instant no publication of the revision may be live.</summary>
    public DateTimeOffset? EmbargoUntil { get; init; }

    /// <summary>Its name in another system, unique among articles.</summary>
    public string? ExternalId { get; init; }

    /// <summary>The people who wrote it, in order.</summary>
    public IReadOnlyList<Guid> AuthorIds { get; init; } = [];

    /// <summary>The concepts that it has to do with, in order.</summary>
    public IReadOnlyList<MentionContent> Mentions { get; init; } = [];

    /// <summary>The same, with each concept that was merged in the place of the one that it was merged into.</summary>
    /// <param name="merged">From each merged concept to the one that it was merged into.</param>
    public ArticleContent Following(IReadOnlyDictionary<Guid, Guid> merged)
    {
        ArgumentNullException.ThrowIfNull(merged);
        return merged.Count == 0
            ? this
            : this with
            {
                DatelinePlaceId = DatelinePlaceId is { } place ? merged.GetValueOrDefault(place, place) : null,
                AuthorIds = [.. AuthorIds.Select(id => merged.GetValueOrDefault(id, id)).Distinct()],
                Mentions =
                [
                    .. Mentions
                        .Select(mention => mention with { ConceptId = merged.GetValueOrDefault(mention.ConceptId, mention.ConceptId) })
                        .GroupBy(mention => mention.ConceptId)
                        .Select(same => same.MinBy(mention => mention.Relation)!),
                ],
            };
    }

    /// <summary>Two contents are equal when every member is, lists item by item.</summary>
    public bool Equals(ArticleContent? other) =>
        other is not null
        && (Slug, Headline, Standfirst, Body, Language, Genre, Byline)
            == (other.Slug, other.Headline, other.Standfirst, other.Body, other.Language, other.Genre, other.Byline)
        && (DatelinePlaceId, DatelineSource, LeadImage, EmbargoUntil, ExternalId)
            == (other.DatelinePlaceId, other.DatelineSource, other.LeadImage, other.EmbargoUntil, other.ExternalId)
        && AuthorIds.SequenceEqual(other.AuthorIds)
        && Mentions.SequenceEqual(other.Mentions);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Slug, Headline, Body, Mentions.Count);
}
