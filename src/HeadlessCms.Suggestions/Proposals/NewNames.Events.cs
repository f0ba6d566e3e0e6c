using HeadlessCms.Core.Concepts;

namespace HeadlessCms.Suggestions;

internal sealed partial class NewNames
{
    private const int LongestEvent = 10;

    private void FindEvents(Part part, int number)
    {
        for (var at = 1; at < part.Words.Count; at++)
        {
            if (!ProposalWords.Events.Contains(part.Words[at].Folded))
                continue;
            if (Quoted(part, at) is { } quoted)
            {
                var name = part.Text[quoted.Start..part.Words[at].End];
                Found(ConceptKind.Event, name).Add(number, quoted.First, at);
                Use(number, quoted.First, at);
                continue;
            }
            var first = at;
            while (
                first > 0
                && at - first < LongestEvent
                && part.Words[first].Gap is Gap.Space or Gap.Joined
                && part.Words[first - 1].IsCapital
                && !IsPossessive(part, first - 1)
            )
                first--;
            if (part.Words[at].IsCapital && first < at && !part.BeginsSentence(first) && !Known(number, first, at))
            {
                Found(ConceptKind.Event, part.Between(first, at)).Add(number, first, at);
                Use(number, first, at);
            }
        }
    }

    // A quotation that ends right before the word: its first word, and where its opening mark stands.
    private static (int First, int Start)? Quoted(Part part, int word)
    {
        var gap = part.Text.AsSpan(part.Words[word - 1].End, part.Words[word].Start - part.Words[word - 1].End).Trim();
        if (gap is not ("”" or "\"" or "»" or "’" or "'"))
            return null;
        for (var first = word - 1; first >= 0 && word - first < LongestEvent; first--)
            if (part.Words[first].Start > 0 && part.Text[part.Words[first].Start - 1] is '“' or '"' or '„' or '«' or '‘')
                return part.Words[first].IsCapital ? (first, part.Words[first].Start - 1) : null;
        return null;
    }
}
