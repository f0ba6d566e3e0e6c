namespace HeadlessCms.Core.Concepts;

/// <summary>
/// A series: stories that belong together in an order. First come those with a part, by its number; then the others. Stories with the same
/// part, and those without one, come in the order of their first publication.
/// </summary>
public sealed class StorySeries() : Concept(ConceptKind.Series)
{
    /// <summary>The highest number of a part.</summary>
    public const int MaxPart = 100_000;
}
