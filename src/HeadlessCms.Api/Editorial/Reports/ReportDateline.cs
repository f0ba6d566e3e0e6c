using System.Text.RegularExpressions;

namespace HeadlessCms.Api.Editorial.Reports;

/// <summary>Reads the dateline at the beginning of a paragraph.</summary>
internal static partial class ReportDateline
{
    private const int Longest = 200;

    // A sentence can begin with these and a name; a dateline does not.
    private static readonly HashSet<string> Openers =
    [
        .. "A An And As At But By For From He Her His If In It Its No Of On One Or Our She So That".Split(' '),
        .. "The Their There These They This To Two We".Split(' '),
        .. "What When Where Which Who Why With Yet You After Before During Since Until While Mr Mrs Ms Dr Sir".Split(' '),
        .. "Monday Tuesday Wednesday Thursday Friday Saturday Sunday Today Yesterday Earlier Later Meanwhile However Still".Split(' '),
    ];

    private static readonly HashSet<string> Particles =
    [
        .. "of the and for in on at de la le les du des del di da do dos van von der den al el bin e y und et & - – /".Split(' '),
    ];

    /// <summary>The dateline of a paragraph; null where it has none. What follows it begins after <see cref="Dateline.Text"/>.</summary>
    public static Dateline? Of(string paragraph, DateOnly today)
    {
        var start = paragraph[..Math.Min(paragraph.Length, Longest)].Split('\n')[0]; // a line of its own is no part of it
        return OfAgency(start, today) ?? OfPaper(start);
    }

    /// <summary>Whether a line begins with a dateline, of whatever year.</summary>
    public static bool Begins(string line) => LengthIn(line) > 0;

    /// <summary>How many characters of a paragraph are its dateline, of whatever year.</summary>
    public static int LengthIn(string paragraph) => Of(paragraph, new DateOnly(2000, 1, 1))?.Text.TrimEnd().Length ?? 0;

    // TOKYO, Dec 19 (Source) - Text
    private static Dateline? OfAgency(string start, DateOnly today)
    {
        var match = Agency().Match(start);
        if (!match.Success)
            return null;
        var (place, source, date) = (match.Groups["place"].Value.Trim(), Value(match, "source"), Value(match, "date"));
        var day = date is null ? null : ReportDate.WithoutYear(date, today);
        if (date is not null && day is null)
            return null;
        var isCertain = source is not null && IsSource(source) || day is not null || Capitals.Are(place);
        return isCertain && IsPlace(place) ? new(match.Value, Name(place), source, day) : null;
    }

    // Tokyo, The Gulf Observer: Text
    private static Dateline? OfPaper(string start)
    {
        var match = Paper().Match(start);
        if (!match.Success)
            return null;
        var (place, source) = (match.Groups["place"].Value, match.Groups["source"].Value.Trim());
        return IsPlace(place) && IsSource(source) ? new(match.Value, Name(place), source, null) : null;
    }

    private static bool IsPlace(string place)
    {
        var words = place.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return words.Length is > 0 and <= 6 && !Openers.Contains(words[0]) && IsName(words);
    }

    private static bool IsSource(string source)
    {
        var words = source.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return words.Length is > 0 and <= 10 && IsName(words) && source.Any(char.IsLetter);
    }

    private static bool IsName(string[] words) => words.All(word => IsCapitalised(word) || Particles.Contains(word));

    private static bool IsCapitalised(string word) =>
        word.TrimStart('"', '“', '«', '\'', '‘', '(') is [var first, ..]
        && (char.IsUpper(first) || char.IsDigit(first) || IsCaseless(first));

    private static bool IsCaseless(char letter) => char.GetUnicodeCategory(letter) is System.Globalization.UnicodeCategory.OtherLetter;

    // The first of several: TOKYO/DUSHANBE.
    private static string Name(string place) => Capitals.Lowered(place.Split('/')[0].Trim());

    private static string? Value(Match match, string group) => match.Groups[group] is { Success: true } found ? found.Value.Trim() : null;

    [GeneratedRegex(
        @"\A(?<place>[\p{Lu}\p{Lo}][^():;–—\n]{1,79}?)"
            + @"(?:,\s+(?<date>\p{Lu}\p{L}{2,8}\.?\s+\d{1,2}(?:,\s+\d{4})?|\d{1,2}\s+\p{Lu}\p{L}{2,8}\.?(?:\s+\d{4})?))?"
            + @"(?:\s+\((?<source>[^()\n]{1,80})\))?"
            + @"(?:\s+--?\s+|\s*[–—]\s*)(?=[^\p{Ll}\s])"
    )]
    private static partial Regex Agency();

    [GeneratedRegex(@"\A(?<place>[\p{Lu}\p{Lo}][^,:;.()\n]{1,60}),\s+(?<source>[^,:;\n]{2,80}):\s+(?=\S)")]
    private static partial Regex Paper();
}
