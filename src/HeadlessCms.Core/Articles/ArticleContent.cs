namespace HeadlessCms.Core.Articles;

/// <summary>How an article relates to a concept.</summary>
public enum Relation
{
    /// <summary>The article is about it.</summary>
    About,

    /// <summary>The article mentions it.</summary>
    Mentions,
}

/// <summary>A concept as an article names it.</summary>
/// <param name="ConceptId">The concept.</param>
/// <param name="Relation">How the article relates to it.</param>
/// <param name="Role">Of a person or an organisation: the role at the time.</param>
public sealed record MentionContent(Guid ConceptId, Relation Relation, string? Role)
{
    /// <summary>The relation to a series, which has no other.</summary>
    public const Relation PartRelation = Relation.About;

    /// <summary>Of a series: the number of the part, or 0 without one. Null for concepts of other kinds.</summary>
    public int? Part { get; private init; }

    /// <summary>An article as a part of a series.</summary>
    /// <param name="series">The series.</param>
    /// <param name="part">The number of the part; null for an article that comes after the numbered ones.</param>
    public static MentionContent PartOf(Guid series, int? part) => new(series, PartRelation, null) { Part = part ?? 0 };

    internal static MentionContent Of(Mention mention) => new(mention.ConceptId, mention.Relation, mention.Role) { Part = mention.Part };
}

/// <summary>The content of a revision: what is saved, compared and published.</summary>
public sealed record ArticleContent
{
    /// <summary>The slug; readers see a change with the publication.</summary>
    public required string Slug { get; init; }

    /// <summary>The headline, at most 300 characters.</summary>
    public required string Headline { get; init; }

    /// <summary>The summary line or lines.</summary>
    public string? Standfirst { get; init; }

    /// <summary>The text.</summary>
    public Body? Body { get; init; }

    /// <summary>BCP 47 tag of its language, in canonical case.</summary>
    public required string Language
    {
        get;
        init => field = LanguageTag.Canonical(value);
    }

    /// <summary>The genre: news, analysis, interview …</summary>
    public string? Genre { get; init; }

    /// <summary>The author line as printed.</summary>
    public string? Byline { get; init; }

    /// <summary>Where it was written.</summary>
    public Guid? DatelinePlaceId { get; init; }

    /// <summary>Who supplied it.</summary>
    public string? DatelineSource { get; init; }

    /// <summary>The lead picture.</summary>
    public Image? LeadImage { get; init; }

    /// <summary>The embargo: no publication of the revision may be live before this instant.</summary>
    public DateTimeOffset? EmbargoUntil { get; init; }

    /// <summary>Its id in another system, unique among articles.</summary>
    public string? ExternalId { get; init; }

    /// <summary>Who may read it, and what may be done with it.</summary>
    public StoryFlags Flags { get; init; } = new();

    /// <summary>The people who wrote it, in order.</summary>
    public IReadOnlyList<Guid> AuthorIds { get; init; } = [];

    /// <summary>The concepts that it mentions, in order.</summary>
    public IReadOnlyList<MentionContent> Mentions { get; init; } = [];

    /// <summary>What it is a translation of; null for an article that is none.</summary>
    public Original? Original { get; init; }

    /// <summary>The same content, with merged concepts replaced by those they were merged into.</summary>
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

    /// <summary>Compares every member, and lists item by item.</summary>
    public bool Equals(ArticleContent? other) =>
        other is not null
        && (Slug, Headline, Standfirst, Body, Language, Genre, Byline)
            == (other.Slug, other.Headline, other.Standfirst, other.Body, other.Language, other.Genre, other.Byline)
        && (DatelinePlaceId, DatelineSource, LeadImage, EmbargoUntil, ExternalId)
            == (other.DatelinePlaceId, other.DatelineSource, other.LeadImage, other.EmbargoUntil, other.ExternalId)
        && Flags == other.Flags
        && AuthorIds.SequenceEqual(other.AuthorIds)
        && Mentions.SequenceEqual(other.Mentions)
        && Original == other.Original;

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Slug, Headline, Body, Mentions.Count);
}
