using HeadlessCms.Core.Feeds;

namespace HeadlessCms.Core.Access;

/// <summary>
/// What a partner's key opens: Feeds alone, and of them the stories that name one of the topics and one of the places and are in one of the
/// languages, in one of the formats. An empty list sets no limit.
/// </summary>
/// <param name="Topics">The ids of topics; what is narrower counts.</param>
/// <param name="Places">The ids of places; what lies within counts.</param>
/// <param name="Languages">BCP 47 tags.</param>
/// <param name="Formats">The formats.</param>
public sealed record FeedScope(
    IReadOnlyList<Guid> Topics,
    IReadOnlyList<Guid> Places,
    IReadOnlyList<string> Languages,
    IReadOnlyList<FeedFormatName> Formats
)
{
    /// <summary>The most that each list holds.</summary>
    public const int MaxLength = 50;

    /// <summary>The lists of concepts, of each of which a story must name one; an empty one sets no limit.</summary>
    public IEnumerable<IReadOnlyList<Guid>> ConceptLists() => new[] { Topics, Places }.Where(concepts => concepts.Count > 0);

    /// <summary>Whether some stories, or some formats, are not in it.</summary>
    public bool IsLimited => Topics.Count + Places.Count + Languages.Count + Formats.Count > 0;
}
