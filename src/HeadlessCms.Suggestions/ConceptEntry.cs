using HeadlessCms.Core.Concepts;

namespace HeadlessCms.Suggestions;

/// <summary>A concept of the vocabulary, as the engine looks for it in texts.</summary>
/// <param name="Id">The concept.</param>
/// <param name="Kind">Its kind.</param>
/// <param name="Name">Its display name.</param>
/// <param name="OtherNames">Its aliases, its labels in other languages and its acronym.</param>
/// <param name="CountryCode">Of a place or an organisation: its country, ISO 3166-1 alpha-2.</param>
/// <param name="Parent">The place that it is within, the broader topic, or the organisation or event that it is part of.</param>
/// <param name="Title">Of a person: the current position.</param>
/// <param name="IsCountry">
/// Of a place: whether it is the country of its code, so that the country's English adjective names it. Null: its name tells.
/// </param>
/// <param name="Prior">The number of the newsroom's stories that name it.</param>
public sealed record ConceptEntry(
    Guid Id,
    ConceptKind Kind,
    string Name,
    IReadOnlyList<string> OtherNames,
    string? CountryCode = null,
    Guid? Parent = null,
    string? Title = null,
    bool? IsCountry = null,
    long Prior = 0
);
