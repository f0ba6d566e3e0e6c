using System.Globalization;
using System.Text.RegularExpressions;
using AngleSharp.Dom;

namespace HeadlessCms.Api.Editorial.Text;

/// <summary>A paragraph that Word shows as an entry of a list.</summary>
/// <param name="Level">Its level, from 1.</param>
/// <param name="List">The list that it belongs to; empty if it is not known.</param>
/// <param name="Type">Of a numbered list: 1, a, A, i or I; null is a list of bullets.</param>
/// <param name="Number">Its number, if the source shows it.</param>
/// <param name="Skip">How many characters at its start are its marker.</param>
internal sealed record WordListItem(int Level, string List, string? Type, int? Number, int Skip);

/// <summary>
/// Reads Word's lists: paragraphs with the level in their style, and a bullet or number as text. What Word hides from browsers it writes in
/// conditional comments, which are gone when this reads.
/// </summary>
internal sealed partial class WordLists
{
    private const int MaxLevel = 9;
    private const double PointsOfALevel = 36;

    private readonly Dictionary<string, string> _formats = [];

    /// <param name="source">The whole source, whose style sheet says how lists are numbered.</param>
    public WordLists(string source)
    {
        if (!source.Contains("@list", StringComparison.Ordinal))
            return;
        foreach (Match rule in ListRule().Matches(source))
            _formats.TryAdd(rule.Groups[1].Value.ToLowerInvariant(), rule.Groups[2].Success ? rule.Groups[2].Value : "decimal");
    }

    /// <summary>Whether an element holds only the bullet or number of an entry.</summary>
    public static bool IsMarker(InlineStyle style) => style["mso-list"] == "ignore";

    /// <summary>Whether an element is the mark of a comment, or the mark at the end of a paragraph.</summary>
    public static bool IsMark(IElement element) =>
        element.GetAttribute("class") is { } classes
        && (classes is "msocomanchor" or "MsoCommentReference" || classes == "EOP" || classes.StartsWith("EOP ", StringComparison.Ordinal));

    /// <summary>Whether the spaces of an element stand for a tab or for one space.</summary>
    public static bool IsSpacing(IElement element) =>
        element.ClassName == "Apple-converted-space" || element.GetAttribute("style") is { } style && Spacer().IsMatch(style);

    /// <summary>The level of a list of Word for the web, which has one for each entry; null if the element holds none.</summary>
    public static int? LevelOf(IElement element) =>
        element.ClassName?.StartsWith("ListContainerWrapper", StringComparison.Ordinal) == true
        && element.QuerySelector("li[data-aria-level]")?.GetAttribute("data-aria-level") is { } level
        && int.TryParse(level, CultureInfo.InvariantCulture, out var number)
            ? Math.Clamp(number, 1, MaxLevel)
            : null;

    /// <summary>The entry that a paragraph is; null if it is none.</summary>
    public WordListItem? Read(IElement element)
    {
        if (element.LocalName != "p")
            return null;
        var isOfList = element.ClassName?.Contains("MsoList", StringComparison.Ordinal) == true;
        if (!isOfList && element.GetAttribute("style")?.Contains("mso-list", StringComparison.OrdinalIgnoreCase) != true)
            return null;
        var style = InlineStyle.Of(element);
        var place = Place().Match(style["mso-list"] ?? "");
        var marker = element.QuerySelectorAll("span[style]").FirstOrDefault(span => IsMarker(InlineStyle.Of(span)))?.TextContent;
        if (place.Success)
            return Entry(place.Groups[1].Value, int.Parse(place.Groups[2].ValueSpan, CultureInfo.InvariantCulture), marker, 0, element);
        if (!isOfList)
            return null;
        if (marker is not null)
            return Entry("", LevelOf(style), marker, 0, element);
        var start = Start().Match(element.TextContent);
        return start.Success ? Entry("", LevelOf(style), start.Groups[1].Value, start.Length, element)
            : element.ClassName!.StartsWith("MsoListBullet", StringComparison.Ordinal) ? new(LevelOfClass(element), "", null, null, 0)
            : element.ClassName.StartsWith("MsoListNumber", StringComparison.Ordinal) ? new(LevelOfClass(element), "", "1", null, 0)
            : null;
    }

    private WordListItem Entry(string list, int level, string? marker, int skip, IElement element)
    {
        level = Math.Clamp(level, 1, MaxLevel);
        if (marker is not null)
        {
            var (type, number) = Numbering(Spaces().Replace(marker, ""));
            return new(level, list, type, number, skip);
        }

        var format = _formats.GetValueOrDefault($"{list}:level{level}") ?? (element.ClassName == "MsoListBullet" ? "bullet" : "");
        return new(level, list, TypeOf(format), null, skip);
    }

    private static string? TypeOf(string format) =>
        format switch
        {
            "decimal" or "arabic" => "1",
            "alpha-lower" => "a",
            "alpha-upper" => "A",
            "roman-lower" => "i",
            "roman-upper" => "I",
            _ => null,
        };

    // A single letter is a letter unless a list would hardly begin with it.
    private static (string? Type, int? Number) Numbering(string marker)
    {
        if (Numeral().Match(marker) is not { Success: true } numeral)
            return (null, null);
        var text = numeral.Groups[1].Value;
        if (char.IsAsciiDigit(text[0]))
            return ("1", int.Parse(text, CultureInfo.InvariantCulture));
        var isUpper = char.IsAsciiLetterUpper(text[0]);
        if (text.Length > 1 || text is "i" or "I")
            return RomanNumber(text.ToLowerInvariant()) is { } roman ? (isUpper ? "I" : "i", roman) : (null, null);
        return (isUpper ? "A" : "a", char.ToLowerInvariant(text[0]) - 'a' + 1);
    }

    /// <summary>The value of a Roman numeral.</summary>
    public static int? RomanNumber(string text)
    {
        var sum = 0;
        for (var at = 0; at < text.Length; at++)
        {
            var (value, next) = (Roman(text[at]), at + 1 < text.Length ? Roman(text[at + 1]) : 0);
            if (value == 0)
                return null;
            sum += value < next ? -value : value;
        }

        return sum;
    }

    private static int Roman(char letter) =>
        letter switch
        {
            'i' => 1,
            'v' => 5,
            'x' => 10,
            'l' => 50,
            'c' => 100,
            'd' => 500,
            'm' => 1_000,
            _ => 0,
        };

    private static int LevelOf(InlineStyle style) =>
        Points().Match(style["margin-left"] ?? style["margin"]?.Split(' ')[^1] ?? "") is { Success: true } points
        && double.TryParse(points.Groups[1].ValueSpan, CultureInfo.InvariantCulture, out var left)
            ? (int)
                Math.Round(
                    left
                        * (
                            points.Groups[2].Value == "in" ? 72
                            : points.Groups[2].Value == "cm" ? 28.35
                            : 1
                        )
                        / PointsOfALevel
                )
            : 1;

    private static int LevelOfClass(IElement element) => element.ClassName is [.., >= '2' and <= '5' and var digit] ? digit - '0' : 1;

    [GeneratedRegex(@"(l\d+)(?:\s+level(\d{1,2}))", RegexOptions.IgnoreCase)]
    private static partial Regex Place();

    [GeneratedRegex(@"@list\s+(l\d{1,9}:level\d)\s*\{(?:[^{}]{0,500}?mso-level-number-format:\s*([\w-]+))?", RegexOptions.IgnoreCase)]
    private static partial Regex ListRule();

    [GeneratedRegex(@"^\s*((?:[·•●○▪◦§\uF0A7\uF0B7–-]|\(?(?:[0-9]{1,4}|[A-Za-z]|[ivxlIVXL]{1,6})[.)]))[\s\u00A0]{2,}")]
    private static partial Regex Start();

    // Letters need a point or a bracket: Word's bullets of the second level are the letter o.
    [GeneratedRegex(@"^\(?(?:\d{1,4}\.)*(\d{1,6}|(?:[A-Za-z]|[ivxlcdm]{2,12}|[IVXLCDM]{2,12})(?=[.):]))[.):]?$")]
    private static partial Regex Numeral();

    [GeneratedRegex(@"[\s\u00A0]+")]
    private static partial Regex Spaces();

    [GeneratedRegex(@"^([\d.]+)(pt|in|cm)")]
    private static partial Regex Points();

    [GeneratedRegex(@"mso-(spacerun\s*:\s*yes|tab-count)", RegexOptions.IgnoreCase)]
    private static partial Regex Spacer();
}
