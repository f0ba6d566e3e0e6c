using HeadlessCms.Core.Articles;
using HeadlessCms.Core.Concepts;

namespace HeadlessCms.Suggestions;

/// <summary>
/// A concept that a story names or means, of the vocabulary or new to it. One of <see cref="Concept"/> and <see cref="New"/> is set.
/// </summary>
/// <param name="Concept">The concept of the vocabulary.</param>
/// <param name="Kind">Its kind.</param>
/// <param name="New">The members of a concept that the vocabulary lacks.</param>
/// <param name="Relation">How the story relates to it.</param>
/// <param name="Role">The person's role as the text has it: "Deputy Leader of Japan's ruling Liberal Democratic Party".</param>
/// <param name="Score">
/// How sure the engine is, from 0 to 1. Where a model scored it, an estimate of the probability that editors tag it.
/// </param>
/// <param name="Evidence">Where the text says so, in the order of the text; empty where only the words of the whole text do.</param>
/// <param name="Why">Why it is suggested, in a sentence.</param>
public sealed record Suggestion(
    Guid? Concept,
    ConceptKind Kind,
    ProposedConcept? New,
    Relation Relation,
    string? Role,
    double Score,
    IReadOnlyList<Evidence> Evidence,
    string Why
);

/// <summary>The members of a concept that the vocabulary lacks, as far as the text has them.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Title">Of a person: the position.</param>
/// <param name="Honorific">Of a person: the prefix of the name: "Emperor".</param>
/// <param name="GivenName">Of a person: the given names.</param>
/// <param name="FamilyName">Of a person: the family name.</param>
/// <param name="CountryCode">Of a country: ISO 3166-1 alpha-2.</param>
public sealed record ProposedConcept(
    string Name,
    string? Title = null,
    string? Honorific = null,
    string? GivenName = null,
    string? FamilyName = null,
    string? CountryCode = null
);

/// <summary>A piece of a story's text.</summary>
/// <param name="Pointer">
/// The part of the story, a JSON pointer: <c>/headline</c>, <c>/standfirst</c>, <c>/caption</c>, <c>/dateline</c>, or <c>/body/3</c> for
/// the fourth paragraph.
/// </param>
/// <param name="Offset">The first character, in Unicode code points from 0.</param>
/// <param name="Length">The length in Unicode code points.</param>
/// <param name="Text">The text itself.</param>
public sealed record Evidence(string Pointer, int Offset, int Length, string Text);
