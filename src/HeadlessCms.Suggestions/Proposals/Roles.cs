namespace HeadlessCms.Suggestions;

/// <summary>A person's role, as the text has it around a name.</summary>
/// <param name="Text">The words: "President of Tajikistan".</param>
/// <param name="Honorific">The form of address among them: "Emperor".</param>
/// <param name="Weight">How much the text says by it: a description behind the name most, a bare title least.</param>
internal sealed record Role(string Text, string? Honorific, int Weight);

/// <summary>Finds a person's role around a name: in titles before it, and in what follows it after a comma.</summary>
internal static class Roles
{
    private const int LongestRole = 24;
    private const int LongestTitle = 8;

    // A description ends where the sentence goes on.
    private static readonly HashSet<string> Verbs = new(
        "said says told who which was is has had were will would announced added noted stated met in on at after before".Split(' '),
        StringComparer.Ordinal
    );

    private static readonly HashSet<string> Articles = new(["the", "a", "an", "its", "his", "her", "their"], StringComparer.Ordinal);

    /// <summary>The role of the person whose name is at these words, if the text has one there.</summary>
    public static Role? Around(Part part, int first, int last, Func<int, bool> isPlace) =>
        Behind(part, last) ?? Before(part, first, last, isPlace);

    /// <summary>The first word of the titles before a name; the name's own first word where there are none.</summary>
    public static int StartOfTitle(Part part, int first, Func<int, bool> isPlace)
    {
        var start = first;
        // "President of Tajikistan Emomali Rahmon"
        if (first > 2 && Adjoins(part, first) && isPlace(first - 1))
        {
            var of = first - 1;
            while (of > 1 && Adjoins(part, of) && isPlace(of - 1))
                of--;
            of--;
            if (of > 0 && part.Words[of].Folded == "the")
                of--;
            if (of > 0 && part.Words[of].Folded is "of" && Titles.IsTitle(part.Words[of - 1].Folded))
                start = of;
        }
        var hasTitle = start < first;
        for (var at = start - 1; at >= 0 && start - at <= LongestTitle && Adjoins(part, at + 1); at--)
        {
            var word = part.Words[at];
            if (ProposalWords.Calendar.Contains(word.Folded))
                break;
            if (Titles.IsTitle(word.Folded))
                hasTitle = true;
            else if (!hasTitle || !(word.IsCapital || ProposalWords.Modifiers.Contains(word.Folded)) || IsSmallWord(word, part, at))
                break;
            start = at;
        }
        return hasTitle ? start : first;
    }

    private static Role? Before(Part part, int first, int last, Func<int, bool> isPlace)
    {
        var start = StartOfTitle(part, first, isPlace);
        if (start == first)
            return null;
        var text = part.Between(start, first - 1);
        var honorific =
            part.Words[first - 1] is { IsCapital: true } title && Titles.IsHonorific(title.Folded)
                ? part.Between(first - 1, first - 1)
                : null;
        // "Emperor Naruhito of Japan" is the Emperor of Japan.
        if (
            last + 2 < part.Words.Count
            && part.Words[last + 1] is { Folded: "of", Gap: Gap.Space }
            && part.Words[last + 2] is { IsCapital: true, Gap: Gap.Space }
        )
            return new($"{text} of {part.Between(last + 2, EndOfCapitals(part, last + 2))}", honorific, 2);
        if (honorific is not null && start == first - 1 && !Titles.IsOffice(part.Words[start].Folded))
            return IsAddress(part.Words[start].Folded) ? null : new(text, honorific, 0);
        return new(
            text,
            honorific,
            text.Contains(" of ", StringComparison.Ordinal) ? 2
                : start < first - 1 ? 1
                : 0
        );
    }

    private static bool IsAddress(string folded) => folded is "mr" or "mrs" or "ms" or "miss" or "dr" or "sir" or "prof";

    // "Taro Aso, Deputy Leader of Japan's ruling Liberal Democratic Party and former Prime Minister of Japan, …"
    private static Role? Behind(Part part, int last)
    {
        var start = last + 1;
        if (
            start >= part.Words.Count
            || part.Words[start].Gap != Gap.Mark
            || !part.Text.AsSpan(part.Words[last].End, part.Words[start].Start - part.Words[last].End).Contains(',')
        )
            return null;
        if (Articles.Contains(part.Words[start].Folded) && start + 1 < part.Words.Count && part.Words[start + 1].Gap == Gap.Space)
            start++;
        var end = start;
        var office = -1;
        for (var at = start; at < part.Words.Count && at - start < LongestRole; at++)
        {
            var word = part.Words[at];
            if (at > start && word.Gap is Gap.Mark or Gap.Sentence)
                break;
            if (at > start && Verbs.Contains(word.Folded))
                break;
            if (office < 0 && Titles.IsTitle(word.Folded) && !word.Possessive)
                office = at;
            end = at;
        }
        if (office < 0 || !IsDescription(part, start, office))
            return null;
        return new(part.Between(start, end), null, 3);
    }

    // Before the office there are only words that can qualify it: ", a former minister", ", Japan's finance minister".
    private static bool IsDescription(Part part, int start, int office)
    {
        for (var at = start; at < office; at++)
            if (
                !part.Words[at].IsCapital
                && !part.Words[at].Possessive
                && !ProposalWords.Modifiers.Contains(part.Words[at].Folded)
                && !Articles.Contains(part.Words[at].Folded)
            )
                return false;
        return true;
    }

    private static int EndOfCapitals(Part part, int first)
    {
        var end = first;
        while (
            end + 1 < part.Words.Count
            && part.Words[end + 1] is { IsCapital: true, Gap: Gap.Space or Gap.Joined }
            && !part.Words[end].Possessive
        )
            end++;
        return end;
    }

    private static bool Adjoins(Part part, int word) => part.Words[word].Gap is Gap.Space or Gap.Joined;

    // The first word of a sentence has a capital whatever it is: "On", "The".
    private static bool IsSmallWord(Word word, Part part, int at) =>
        part.BeginsSentence(at)
        && !ProposalWords.Modifiers.Contains(word.Folded)
        && Countries.ByWord(part.Between(at, at)) is null
        && (word.Folded.Length <= 4 || Articles.Contains(word.Folded));
}
