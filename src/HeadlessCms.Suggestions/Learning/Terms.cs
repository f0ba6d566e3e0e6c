namespace HeadlessCms.Suggestions;

/// <summary>
/// What a word model sees of a story: the stems of its words, pairs of neighbours, and the words of the headline and the dateline once more
/// as such. Numbers are one term.
/// </summary>
internal static class Terms
{
    public const string HeadlinePrefix = "headline:";
    public const string DatelinePrefix = "dateline:";
    private const string Number = "#";

    public static Dictionary<string, int> Of(Story story)
    {
        var terms = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var part in story.Parts)
        {
            string? before = null;
            foreach (var word in part.Words)
            {
                var term = word.IsNumber ? Number : word.Stem;
                if (part.Kind == PartKind.Dateline)
                    Count(terms, DatelinePrefix + term);
                else
                {
                    Count(terms, term);
                    if (before is not null && word.Gap is Gap.Space or Gap.Joined)
                        Count(terms, $"{before} {term}");
                    if (part.Kind == PartKind.Headline)
                        Count(terms, HeadlinePrefix + term);
                }
                before = term;
            }
        }
        return terms;
    }

    private static void Count(Dictionary<string, int> terms, string term) =>
        System.Runtime.InteropServices.CollectionsMarshal.GetValueRefOrAddDefault(terms, term, out _)++;
}
