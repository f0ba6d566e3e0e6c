using System.Buffers;

namespace HeadlessCms.Api.Content.Search;

/// <summary>The words to mark for a query: those that must follow one another are one phrase.</summary>
internal static class QueryPhrases
{
    private const int MostJoined = 4;
    private static readonly SearchValues<char> Quotes = SearchValues.Create("\"“”„«»");

    /// <summary>The phrases of a query without those that must be missing.</summary>
    public static List<string[]> Of(string q)
    {
        List<string[]> phrases = [];
        for (ReadOnlySpan<char> rest = q; !(rest = rest.TrimStart()).IsEmpty; )
        {
            var isMissing = rest.Length > 1 && rest[0] == '-' && !char.IsWhiteSpace(rest[1]);
            if (isMissing)
                rest = rest[1..];
            var isQuoted = Quotes.Contains(rest[0]);
            if (isQuoted)
                rest = rest[1..];
            var end = isQuoted ? rest.IndexOfAny(Quotes) : EndOfPiece(rest);
            var piece = end < 0 ? rest : rest[..end];
            rest = end < 0 ? [] : rest[(isQuoted ? end + 1 : end)..];
            if (!isMissing && (isQuoted || !piece.Equals("or", StringComparison.OrdinalIgnoreCase)))
                Add(piece, isQuoted, phrases);
        }

        return phrases;
    }

    private static int EndOfPiece(ReadOnlySpan<char> text)
    {
        for (var at = 0; at < text.Length; at++)
            if (char.IsWhiteSpace(text[at]) || Quotes.Contains(text[at]))
                return at;
        return -1;
    }

    private static void Add(ReadOnlySpan<char> piece, bool isQuoted, List<string[]> phrases)
    {
        List<string> words = [];
        foreach (var word in new TextWords(piece))
            words.Add(word.ToString());
        if (words.Count == 0)
            return;
        phrases.Add([.. words]);
        if (isQuoted || words.Count == 1)
            return;
        if (words.TrueForAll(word => word[0] is >= '가' and <= '힣'))
        {
            // A Korean word may end in other particles.
            for (var kept = words.Count - 1; kept >= Math.Max(2, words.Count - 3); kept--)
                phrases.Add([.. words[..kept]]);
        }
        else if (words.Count <= MostJoined && TextWords.IsJoined(piece))
        {
            phrases.Add([string.Concat(words)]);
            if (piece.ContainsAny('\'', '’'))
                phrases.Add([words.MaxBy(word => word.Length)!]);
        }
    }
}
