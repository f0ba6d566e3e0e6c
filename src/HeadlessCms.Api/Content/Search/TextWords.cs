using System.Buffers;
using System.Globalization;
using AnyAscii;

namespace HeadlessCms.Api.Content.Search;

/// <summary>
/// Enumerates the words of a text, or those that begin with one of <paramref name="initials"/>. As in the search index, each character of
/// a script without spaces is a word, letters and digits are words apart, and a number is one word.
/// </summary>
internal ref struct TextWords(ReadOnlySpan<char> text, SearchValues<char>? initials = null)
{
    // A table, because every word of a page is looked up.
    private static readonly Lazy<char[]> PlainCharacters = new(() =>
        [.. Enumerable.Range(0, char.MaxValue + 1).Select(character => PlainOf((char)character))]
    );

    // The characters that Plain changes, by result.
    private static readonly Lazy<Dictionary<char, string>> Variants = new(() =>
        PlainCharacters
            .Value.Select((plain, character) => (Plain: plain, Character: (char)character))
            .Where(pair => pair.Plain != pair.Character)
            .GroupBy(pair => pair.Plain, pair => pair.Character)
            .ToDictionary(alike => alike.Key, string.Concat)
    );

    private readonly ReadOnlySpan<char> _text = text;
    private readonly SearchValues<char>? _initials = initials;
    private int _end;

    public int Start { get; private set; }

    public readonly int End => _end;

    public readonly ReadOnlySpan<char> Current => _text[Start.._end];

    public bool MoveNext()
    {
        var at = Next(_end);
        while (at < _text.Length && !Begins(at))
            at = Next(at + 1);
        if (at == _text.Length)
            return false;
        Start = at++;
        if (!IsWord(_text[Start]))
            while (at < _text.Length && Continues(at))
                at++;
        _end = at;
        return true;
    }

    public readonly TextWords GetEnumerator() => this;

    /// <summary>The first of the characters as which it is indexed, without an accent, for a first comparison of words.</summary>
    public static char Plain(char character) => PlainCharacters.Value[character];

    /// <summary>All characters that <see cref="Plain"/> maps to one of <paramref name="plain"/>.</summary>
    public static SearchValues<char> Initials(IEnumerable<char> plain) =>
        SearchValues.Create([.. plain.SelectMany(character => Variants.Value.GetValueOrDefault(character, "") + character)]);

    private readonly int Next(int from) =>
        _initials is null ? from
        : _text[from..].IndexOfAny(_initials) is >= 0 and var step ? from + step
        : _text.Length;

    private readonly bool Begins(int at) =>
        IsOfWord(_text[at]) && (at == 0 || IsWord(_text[at]) || IsWord(_text[at - 1]) || !Continues(at));

    private readonly bool Continues(int at)
    {
        var (before, character) = (_text[at - 1], _text[at]);
        if (character is '.' or ',')
            return IsDigit(before) && at + 1 < _text.Length && IsDigit(_text[at + 1]);
        if (before is '.' or ',')
            return at > 1 && IsDigit(_text[at - 2]) && IsDigit(character);
        return IsOfWord(before) && IsOfWord(character) && !IsWord(character) && IsDigit(before) == IsDigit(character);
    }

    /// <summary>Whether signs join the words of <paramref name="piece"/>, or points its letters.</summary>
    public static bool IsJoined(ReadOnlySpan<char> piece)
    {
        for (var at = 1; at < piece.Length - 1; at++)
            if (!IsOfWord(piece[at]) && JoinsAt(piece, at))
                return true;
        return false;
    }

    /// <summary>Whether the sign at <paramref name="at"/> joins the words beside it into one.</summary>
    public static bool JoinsAt(ReadOnlySpan<char> text, int at) =>
        at > 0
        && at + 1 < text.Length
        && IsOfWord(text[at - 1])
        && IsOfWord(text[at + 1])
        && (
            text[at] is '-' or '\'' or '’' or '&' or '_' or '/' or '‐' or '‑' or '·'
            || text[at] == '.' && (at == 1 || !IsOfWord(text[at - 2])) && (at + 2 == text.Length || !IsOfWord(text[at + 2]))
        );

    private static char PlainOf(char character)
    {
        if (char.IsAscii(character))
            return char.ToLowerInvariant(character);
        if (char.IsSurrogate(character))
            return character;
        if (CharUnicodeInfo.GetDecimalDigitValue(character) is >= 0 and var digit)
            return (char)('0' + digit);
        return character switch
        {
            'ٱ' or 'أ' or 'إ' or 'آ' => 'ا',
            'ی' or 'ى' => 'ي',
            'ک' => 'ك',
            _ when IsWord(character) => character,
            _ => character.ToString().Transliterate() is [var first, ..] ? char.ToLowerInvariant(first) : character,
        };
    }

    private static bool IsOfWord(char character) =>
        char.IsAscii(character)
            ? char.IsAsciiLetterOrDigit(character)
            : char.IsLetterOrDigit(character)
                || CharUnicodeInfo.GetUnicodeCategory(character)
                    is UnicodeCategory.NonSpacingMark
                        or UnicodeCategory.SpacingCombiningMark
                        or UnicodeCategory.OtherNumber
                        or UnicodeCategory.Format;

    private static bool IsDigit(char character) =>
        char.IsAscii(character)
            ? char.IsAsciiDigit(character)
            : CharUnicodeInfo.GetUnicodeCategory(character) is UnicodeCategory.DecimalDigitNumber or UnicodeCategory.OtherNumber;

    private static bool IsWord(char character) =>
        character
            is >= '\u0E00'
                and <= '\u0EFF'
                or >= '\u1000'
                and <= '\u109F'
                or >= '\u1780'
                and <= '\u17FF'
                or >= '\u3040'
                and <= '\u30FF'
                or >= '\u3400'
                and <= '\u4DBF'
                or >= '\u4E00'
                and <= '\u9FFF'
                or >= '\uF900'
                and <= '\uFAFF';
}
