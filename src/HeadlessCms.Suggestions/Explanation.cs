namespace HeadlessCms.Suggestions;

/// <summary>Why a concept is suggested, in words.</summary>
internal static class Explanation
{
    private const int MostWords = 4;
    private const int MostNames = 3;

    public static string Of(Story story, NamedConcept? named, IEnumerable<string> words, ConceptModel? known, long refused)
    {
        var reasons = new List<string>();
        if (named is { Names.Count: > 0 })
            reasons.Add(Named(story, [.. named.Names.Select(name => name.Part)]));
        if (named is { Implied.Count: > 0 })
        {
            var texts = Texts(story, named.Implied).ToList();
            reasons.Add($"{Listed(texts.Take(MostNames))} {(texts.Count == 1 ? "lies" : "lie")} within it");
        }
        if (named is { Rivals.Count: > 0 })
            reasons.Add(
                $"preferred to {Listed(named.Rivals.Select(rival => rival.Name).Distinct().Take(MostNames))} by the rest of the story"
            );
        if (known is { Named: > 0 } && named is { Names.Count: > 0 })
            reasons.Add($"{known.TaggedOfNamed} of {known.Named} stories that name it are tagged with it");
        var typical = words.Take(MostWords).Select(word => $"“{word}”").ToList();
        if (typical.Count > 0)
            reasons.Add($"typical words: {string.Join(", ", typical)}");
        if (refused > 0)
            reasons.Add($"editors refused it {Times(refused)}");
        return Sentence(reasons);
    }

    public static string OfNew(Story story, IEnumerable<int> parts, string reason) => Sentence([Named(story, [.. parts]), reason]);

    private static string Named(Story story, List<int> parts)
    {
        var where = parts.Select(part => story.Parts[part].Kind).ToList();
        var places = new List<string>();
        if (where.Contains(PartKind.Headline))
            places.Add("in the headline");
        if (where.Contains(PartKind.Standfirst))
            places.Add("in the standfirst");
        if (where.Contains(PartKind.Caption))
            places.Add("in the caption");
        if (where.Contains(PartKind.Dateline))
            places.Add("in the dateline");
        if (where.Count(kind => kind == PartKind.Paragraph) is > 0 and var times)
            places.Add($"{Times(times)} in the text");
        return $"named {Listed(places)}";
    }

    private static IEnumerable<string> Texts(Story story, IReadOnlyList<NameMatch> names) =>
        names.Select(name => story.Parts[name.Part].Between(name.First, name.Last)).Distinct(StringComparer.OrdinalIgnoreCase);

    private static string Times(long times) =>
        times switch
        {
            1 => "once",
            2 => "twice",
            _ => $"{times} times",
        };

    private static string Listed(IEnumerable<string> items) =>
        items.ToList() switch
        {
            [] => "",
            [var only] => only,
            [.. var all, var last] => $"{string.Join(", ", all)} and {last}",
        };

    private static string Sentence(List<string> reasons)
    {
        var text = string.Join("; ", reasons);
        return text.Length == 0 ? "" : $"{char.ToUpperInvariant(text[0])}{text[1..]}.";
    }
}
