using HeadlessCms.Core.Concepts;
using HeadlessCms.Core.Feeds;

namespace HeadlessCms.Core.Access;

/// <summary>
/// The part of Feeds that a partner's key is limited to: stories that name one of the concepts of each kind and are in one of the
/// languages, in one of the formats. An empty list sets no limit.
/// </summary>
/// <param name="Concepts">The ids of concepts by kind; those below them count.</param>
/// <param name="Languages">Language ranges.</param>
/// <param name="Formats">The formats.</param>
public sealed record FeedScope(
    IReadOnlyDictionary<ConceptKind, IReadOnlyList<Guid>> Concepts,
    IReadOnlyList<string> Languages,
    IReadOnlyList<FeedFormatName> Formats
)
{
    /// <summary>Language ranges (RFC 4647), in canonical case: <c>en</c> takes in <c>en-GB</c>.</summary>
    public IReadOnlyList<string> Languages { get; init; } = [.. Languages.Select(LanguageTag.Canonical).Distinct()];

    /// <summary>The maximum length of each list.</summary>
    public const int MaxLength = 50;

    /// <summary>The lists of concepts, of each of which a story must name one; an empty one sets no limit.</summary>
    public IEnumerable<IReadOnlyList<Guid>> ConceptLists() => Concepts.Values.Where(concepts => concepts.Count > 0);

    /// <summary>Whether it excludes any story or format.</summary>
    public bool HasLimits() => ConceptLists().Any() || Languages.Count + Formats.Count > 0;
}
