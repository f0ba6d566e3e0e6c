using System.Collections.Frozen;
using HeadlessCms.Core.Concepts;

namespace HeadlessCms.Suggestions;

/// <summary>A country in English.</summary>
/// <param name="Code">ISO 3166-1 alpha-2.</param>
/// <param name="Name">Its usual name.</param>
/// <param name="Adjectives">Its adjective, and the names of its people where they differ.</param>
internal sealed record Country(string Code, string Name, IReadOnlyList<string> Adjectives);

/// <summary>The countries of the world with their English adjectives, which few vocabularies have.</summary>
internal static class Countries
{
    private static readonly FrozenDictionary<string, Country> Codes = Read()
        .ToFrozenDictionary(country => country.Code, StringComparer.Ordinal);

    private static readonly FrozenDictionary<string, Country> Words = Codes
        .Values.SelectMany(country => country.Adjectives.Append(country.Name).Select(word => (word, country)))
        .DistinctBy(pair => pair.word)
        .ToFrozenDictionary(pair => pair.word, pair => pair.country, StringComparer.Ordinal);

    public static Country? ByCode(string code) => Codes.GetValueOrDefault(code);

    /// <summary>
    /// The country that a place is: by its kind of place or, where that is not set, by its name. Null for what lies in one.
    /// </summary>
    public static Country? Of(ConceptEntry place) =>
        place is { Kind: ConceptKind.Place, CountryCode: { } code }
        && ByCode(code) is { } country
        && (place.IsCountry ?? place.OtherNames.Prepend(place.Name).Contains(country.Name, StringComparer.OrdinalIgnoreCase))
            ? country
            : null;

    /// <summary>The country with this name or adjective.</summary>
    public static Country? ByWord(string word) => Words.GetValueOrDefault(word);

    private static IEnumerable<Country> Read()
    {
        using var reader = new StreamReader(typeof(Countries).Assembly.GetManifestResourceStream("countries.txt")!);
        while (reader.ReadLine() is { } line)
            if (line.Split(';') is [var code, var name, var adjectives])
                yield return new(code, name, adjectives.Split(',', StringSplitOptions.RemoveEmptyEntries));
    }
}
