using HeadlessCms.Core.Concepts;

namespace HeadlessCms.Api.Platform.Concepts;

/// <summary>What a kind of concept is called in URLs and texts.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="One">One of it: <c>person</c>.</param>
/// <param name="Many">Several: <c>people</c>.</param>
internal sealed record KindWords(ConceptKind Kind, string One, string Many)
{
    public string Title => $"{char.ToUpperInvariant(Many[0])}{Many[1..]}";

    public string OneTitle => $"{char.ToUpperInvariant(One[0])}{One[1..]}";

    public static readonly KindWords People = new(ConceptKind.Person, "person", "people");
    public static readonly KindWords Places = new(ConceptKind.Place, "place", "places");
    public static readonly KindWords Topics = new(ConceptKind.Topic, "topic", "topics");

    public static KindWords Of(ConceptKind kind) =>
        kind switch
        {
            ConceptKind.Person => People,
            ConceptKind.Place => Places,
            _ => Topics,
        };
}
