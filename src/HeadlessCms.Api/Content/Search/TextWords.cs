using System.Buffers;
using System.Globalization;

namespace HeadlessCms.Api.Content.Search;

/// <summary>The words of a text, one after the other. In scripts that don't part their words each sign is one, as it is in the index.</summary>
/// <param name="text">The text.</param>
/// <param name="initials">Where it is given, of the words those that begin so.</param>
internal ref struct TextWords(ReadOnlySpan<char> text, SearchValues<char>? initials = null)
{
    // What the letters from U+00C0 to U+017F are without their accents: looked up, because it is asked of every word of a page.
    private const string Latin =
        "aaaaaaaceeeeiiiidnooooo ouuuuytsaaaaaaaceeeeiiiidnooooo ouuuuyty"
        + "aaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiiiiiiijjkkklllllll"
        + "lllnnnnnnnnnoooooooorrrrrrssssssssttttttuuuuuuuuuuuuwwyyyzzzzzzs";

    // The signs that are another one at a glance, by that one.
    private static readonly Lazy<Dictionary<char, string>> Variants = new(() =>
        Enumerable
            .Range(0, char.MaxValue + 1)
            .Select(sign => (char)sign)
            .Where(sign => Plain(sign) != sign)
            .GroupBy(Plain)
            .ToDictionary(alike => alike.Key, string.Concat)
    );

    private readonly ReadOnlySpan<char> _text = text;
    private readonly SearchValues<char>? _initials = initials;
    private int _end;

    /// <summary>Where the word begins.</summary>
    public int Start { get; private set; }

    /// <summary>Where it ends.</summary>
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
        if (!StandsAlone(_text[Start]))
            while (at < _text.Length && IsOfWord(_text[at]) && !StandsAlone(_text[at]))
                at++;
        _end = at;
        return true;
    }

    public readonly TextWords GetEnumerator() => this;

    /// <summary>A sign as words are told apart by at a glance: small, without its accent.</summary>
    public static char Plain(char sign) =>
        sign switch
        {
            >= 'À' and <= 'ſ' => Latin[sign - 'À'],
            'ё' or 'Ё' => 'е',
            _ => char.ToLowerInvariant(sign),
        };

    /// <summary>What words begin with that begin like these at a glance.</summary>
    /// <param name="plain">Signs as <see cref="Plain"/> gives them.</param>
    public static SearchValues<char> Initials(IEnumerable<char> plain) =>
        SearchValues.Create([.. plain.SelectMany(sign => Variants.Value.GetValueOrDefault(sign, "") + sign)]);

    private readonly int Next(int from) =>
        _initials is null ? from
        : _text[from..].IndexOfAny(_initials) is >= 0 and var step ? from + step
        : _text.Length;

    private readonly bool Begins(int at) =>
        IsOfWord(_text[at]) && (at == 0 || StandsAlone(_text[at]) || StandsAlone(_text[at - 1]) || !IsOfWord(_text[at - 1]));

    private static bool IsOfWord(char sign) =>
        sign < '\u0080'
            ? char.IsAsciiLetterOrDigit(sign)
            : char.IsLetterOrDigit(sign)
                || CharUnicodeInfo.GetUnicodeCategory(sign) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark;

    private static bool StandsAlone(char sign) =>
        sign
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
