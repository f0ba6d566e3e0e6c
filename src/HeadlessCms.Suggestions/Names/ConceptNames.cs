using HeadlessCms.Core.Concepts;

namespace HeadlessCms.Suggestions;

/// <summary>A name by which a text may mean a concept.</summary>
internal readonly record struct ConceptName(string Text, NameForm Form);

/// <summary>The names by which a text may mean a concept: those that it has, and those that follow from them.</summary>
internal static class ConceptNames
{
    private const int LongestAcronym = 7;
    private const int ShortestName = 2;

    private static readonly HashSet<string> Suffixes = new(["Jr", "Jr.", "Sr", "Sr.", "II", "III", "IV"], StringComparer.Ordinal);

    public static IEnumerable<ConceptName> Of(ConceptEntry concept)
    {
        foreach (var name in concept.OtherNames.Prepend(concept.Name).Where(name => name.Length >= ShortestName))
            yield return new(name, IsAcronym(name) ? NameForm.Acronym : NameForm.Name);
        switch (concept.Kind)
        {
            case ConceptKind.Person:
                foreach (var name in concept.OtherNames.Prepend(concept.Name))
                    if (Surname(name) is { } surname)
                        yield return new(surname, NameForm.Surname);
                break;
            case ConceptKind.Place when Countries.Of(concept) is { } country:
                yield return new(country.Name, NameForm.Name);
                foreach (var adjective in country.Adjectives)
                    yield return new(adjective, IsAcronym(adjective) ? NameForm.Acronym : NameForm.Adjective);
                break;
            case ConceptKind.Topic:
                // "health care" is also written in one word.
                foreach (var name in concept.OtherNames.Prepend(concept.Name))
                    if (name.Split(' ') is [{ Length: > 2 } one, { Length: > 2 } other])
                        yield return new(one + other, NameForm.Name);
                break;
        }
    }

    /// <summary>The last word of a full name, with the particles before it: "de Gaulle" of "Charles de Gaulle".</summary>
    public static string? Surname(string name)
    {
        var words = name.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var last = words.Length - 1;
        if (last > 1 && Suffixes.Contains(words[last]))
            last--;
        if (last < 1)
            return null;
        var first = last;
        while (first > 1 && char.IsLower(words[first - 1][0]))
            first--;
        return words[last].Length < ShortestName ? null : string.Join(' ', words[first..(last + 1)]);
    }

    // Dots are no part of it: "U.N.".
    private static bool IsAcronym(string name) =>
        name.Length <= LongestAcronym && name.Where(letter => letter != '.').All(char.IsUpper) && name.Count(char.IsUpper) > 1;
}
