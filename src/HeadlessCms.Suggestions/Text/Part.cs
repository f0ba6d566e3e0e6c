using System.Globalization;

namespace HeadlessCms.Suggestions;

/// <summary>A part of a story: its headline, a paragraph.</summary>
internal sealed class Part
{
    private const double MostlyCapitals = 0.8;
    private const double MostlyTitleCase = 0.6;
    private const int LeastWordsOfTitle = 5;

    // A stop after these ends no sentence.
    private static readonly HashSet<string> Abbreviations = new(StringComparer.Ordinal)
    {
        "mr",
        "mrs",
        "ms",
        "dr",
        "prof",
        "gen",
        "col",
        "lt",
        "sgt",
        "capt",
        "rev",
        "hon",
        "sen",
        "rep",
        "gov",
        "st",
        "no",
        "jr",
        "sr",
        "vs",
        "co",
        "inc",
        "corp",
        "ltd",
    };

    public Part(string pointer, string text, PartKind kind)
    {
        (Pointer, Text, Kind) = (pointer, text, kind);
        Words = Split(text);
        var letters = Words.Where(word => !word.IsNumber && word.End - word.Start > 1).ToList();
        AllCapitals = letters.Count > 1 && letters.Count(word => word.Case == WordCase.Upper) > letters.Count * MostlyCapitals;
        IsTitleCase =
            AllCapitals
            || (
                kind == PartKind.Headline
                && letters.Count >= LeastWordsOfTitle
                && letters.Count(word => word.IsCapital) > letters.Count * MostlyTitleCase
            );
    }

    public string Pointer { get; }
    public string Text { get; }
    public PartKind Kind { get; }
    public IReadOnlyList<Word> Words { get; }

    /// <summary>Whether it is set in capitals throughout, so that they say nothing about names.</summary>
    public bool AllCapitals { get; }

    /// <summary>Whether most words begin with a capital, as in headlines: then one says little about names.</summary>
    public bool IsTitleCase { get; }

    /// <summary>Whether a capital at this word may only be that of a sentence's first word.</summary>
    public bool BeginsSentence(int word) =>
        Words[word].Gap is Gap.Start or Gap.Sentence
        || (Words[word].Gap == Gap.Mark && Text[Words[word].Start - 1] is '"' or '“' or '(' or '‘');

    /// <summary>The text from a word to another, both included.</summary>
    /// <param name="first">The first word.</param>
    /// <param name="last">The last word.</param>
    /// <param name="quoted">Whether the quotation mark before the first word belongs to it.</param>
    public Evidence Evidence(int first, int last, bool quoted = false)
    {
        var (start, end) = (Words[first].Start - (quoted && Words[first].Start > 0 ? 1 : 0), Words[last].End);
        return new(Pointer, CodePoints(0, start), CodePoints(start, end), Text[start..end]);
    }

    public string Between(int first, int last) => Text[Words[first].Start..Words[last].End];

    private int CodePoints(int start, int end)
    {
        var count = end - start;
        for (var index = start; index < end - 1; index++)
            if (char.IsSurrogatePair(Text[index], Text[index + 1]))
                count--;
        return count;
    }

    private static List<Word> Split(string text)
    {
        var words = new List<Word>(text.Length / 6);
        var at = 0;
        while (at < text.Length)
        {
            if (!IsLetter(text, at))
            {
                at += char.IsSurrogatePair(text, at) ? 2 : 1;
                continue;
            }
            var end = EndOfWord(text, at);
            var possessive = Possessive(text, at, ref end);
            Add(words, text, at, end, possessive);
            at = possessive ? AfterPossessive(text, end) : end;
        }
        return words;
    }

    private static void Add(List<Word> words, string text, int start, int end, bool possessive)
    {
        var gap = words.Count == 0 ? Gap.Start : Between(text, words[^1], start);
        var plain = text[start..end].Replace(".", "", StringComparison.Ordinal);
        var folded = plain == "&" ? "and" : Folding.Fold(plain.Replace('’', '\''));
        words.Add(new(start, end, folded, Stems.Of(folded), CaseOf(plain), gap, possessive));
    }

    private static WordCase CaseOf(string word)
    {
        if (!char.IsUpper(word[0]))
            return WordCase.Lower;
        var upper = 0;
        foreach (var letter in word)
            if (char.IsLower(letter))
                return WordCase.Capital;
            else if (char.IsUpper(letter))
                upper++;
        return upper > 1 ? WordCase.Upper : WordCase.Capital;
    }

    private static bool IsLetter(string text, int at) =>
        CharUnicodeInfo.GetUnicodeCategory(text, at)
            is UnicodeCategory.UppercaseLetter
                or UnicodeCategory.LowercaseLetter
                or UnicodeCategory.TitlecaseLetter
                or UnicodeCategory.ModifierLetter
                or UnicodeCategory.OtherLetter
                or UnicodeCategory.NonSpacingMark
                or UnicodeCategory.SpacingCombiningMark
                or UnicodeCategory.DecimalDigitNumber
        || (text[at] == '&' && (at + 1 == text.Length || !char.IsLetter(text[at + 1])));

    private static int EndOfWord(string text, int start)
    {
        var at = start;
        while (at < text.Length)
            if (IsLetter(text, at) && (text[at] != '&' || at == start))
                at += char.IsSurrogatePair(text, at) ? 2 : 1;
            else if (IsInner(text, start, at))
                at++;
            else
                break;
        return at;
    }

    // An apostrophe before a letter, a stop or comma inside a number, and the stops of "U.S.".
    private static bool IsInner(string text, int start, int at)
    {
        if (at == start || at + 1 > text.Length)
            return false;
        var after = at + 1 < text.Length ? text[at + 1] : ' ';
        return text[at] switch
        {
            '\'' or '’' => char.IsLetter(after),
            ',' => char.IsAsciiDigit(text[at - 1]) && char.IsAsciiDigit(after),
            '.' when char.IsAsciiDigit(text[at - 1]) => char.IsAsciiDigit(after),
            '.' => IsInitial(text, start, at)
                && (char.IsLetter(after) ? at + 2 == text.Length || !char.IsLetter(text[at + 2]) : at - start > 1),
            _ => false,
        };
    }

    // Whether all before the stop is single letters with stops: "U", "U.S".
    private static bool IsInitial(string text, int start, int at)
    {
        for (var index = start; index < at; index++)
            if ((index - start) % 2 == 0 ? !char.IsLetter(text[index]) : text[index] != '.')
                return false;
        return (at - start) % 2 == 1;
    }

    private static bool Possessive(string text, int start, ref int end)
    {
        if (end - start > 2 && text[end - 1] is 's' or 'S' && text[end - 2] is '\'' or '’')
        {
            end -= 2;
            return true;
        }
        return text[end - 1] is 's' or 'S' && end < text.Length && text[end] is '\'' or '’';
    }

    private static int AfterPossessive(string text, int end) =>
        end + 1 < text.Length && text[end] is '\'' or '’' ? end + (text[end + 1] is 's' or 'S' ? 2 : 1) : end;

    private static Gap Between(string text, Word before, int start)
    {
        var gap = Gap.Joined;
        for (var index = before.End; index < start; index++)
        {
            var found = text[index] switch
            {
                '.' when start - before.End > 1 && !IsAbbreviation(before) => Gap.Sentence,
                '.' => Gap.Space,
                '!' or '?' or '\n' or ';' => Gap.Sentence,
                ':' => Gap.Mark,
                '-' or '/' or '\u2010' or '\u2011' => Gap.Joined,
                '\'' or '’' when before.Possessive => Gap.Joined,
                's' or 'S' => Gap.Joined,
                var white when char.IsWhiteSpace(white) => Gap.Space,
                _ => Gap.Mark,
            };
            if (found > gap)
                gap = found;
        }
        return gap;
    }

    private static bool IsAbbreviation(Word word) =>
        word.IsCapital
        && (
            word.End - word.Start <= 1
            || Abbreviations.Contains(word.Folded)
            || (word.Case == WordCase.Upper && word.End - word.Start > word.Folded.Length)
        );
}

/// <summary>Which part of a story it is.</summary>
internal enum PartKind
{
    Headline,
    Standfirst,
    Caption,
    Dateline,
    Paragraph,
}
