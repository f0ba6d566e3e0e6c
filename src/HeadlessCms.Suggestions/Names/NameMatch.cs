using HeadlessCms.Core.Concepts;

namespace HeadlessCms.Suggestions;

/// <summary>A concept as the index holds it.</summary>
internal sealed record IndexedConcept(
    Guid Id,
    ConceptKind Kind,
    string Name,
    string? CountryCode,
    Guid? Parent,
    string? Title,
    bool IsCountry,
    long Prior,
    int[] Nodes
);

/// <summary>A name of a concept in a story.</summary>
/// <param name="Part">The number of the story's part.</param>
/// <param name="First">The name's first word in the part.</param>
/// <param name="Last">The name's last word in the part.</param>
/// <param name="Concept">The concept that it may be.</param>
/// <param name="Form">Which of the concept's names it is.</param>
internal readonly record struct NameMatch(int Part, int First, int Last, IndexedConcept Concept, NameForm Form)
{
    public int Length => Last - First + 1;
}
