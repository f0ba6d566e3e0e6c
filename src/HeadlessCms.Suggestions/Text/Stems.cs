namespace HeadlessCms.Suggestions;

/// <summary>
/// What inflected words have in common: "exports", "exported" and "exporting" are one word to topics. English endings only; a word of
/// another language that happens to have one is cut the same way everywhere, which does no harm.
/// </summary>
internal static class Stems
{
    private const int ShortestStem = 3;

    public static string Of(string folded)
    {
        if (folded.Length <= ShortestStem || !char.IsAsciiLetterLower(folded[^1]))
            return folded;
        var word = Singular(folded);
        if (word.Length > 5 && word.EndsWith("ing", StringComparison.Ordinal))
            return Undoubled(word[..^3]);
        if (word.Length > 4 && word.EndsWith("ed", StringComparison.Ordinal) && !word.EndsWith("eed", StringComparison.Ordinal))
            return Undoubled(word[..^2]);
        // "mine" has to meet "mining".
        return word.Length > 3 && word[^1] == 'e' ? word[..^1] : word;
    }

    private static string Singular(string word)
    {
        if (word[^1] != 's' || word.EndsWith("ss", StringComparison.Ordinal) || word.EndsWith("us", StringComparison.Ordinal))
            return word;
        if (word.EndsWith("ies", StringComparison.Ordinal) && word.Length > 4)
            return word[..^3] + 'y';
        if (
            word.EndsWith("sses", StringComparison.Ordinal)
            || word.EndsWith("shes", StringComparison.Ordinal)
            || word.EndsWith("ches", StringComparison.Ordinal)
            || word.EndsWith("xes", StringComparison.Ordinal)
            || word.EndsWith("oes", StringComparison.Ordinal)
        )
            return word[..^2];
        return word.EndsWith("is", StringComparison.Ordinal) ? word : word[..^1];
    }

    private static string Undoubled(string stem) =>
        stem.Length < ShortestStem ? stem
        : stem[^1] == stem[^2] && stem[^1] is not ('l' or 's' or 'z') ? stem[..^1]
        : stem.Length > 3 && stem[^1] == 'e' ? stem[..^1]
        : stem;
}
