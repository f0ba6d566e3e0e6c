using System.Globalization;
using System.Text.RegularExpressions;

namespace HeadlessCms.Api.Editorial.Reports;

/// <summary>Reads the days of reports: with an English month, by ISO 8601, as in mails (RFC 5322), or in figures that are clear.</summary>
internal static partial class ReportDate
{
    private const int Longest = 60;

    private static readonly string[] Formats =
    [
        "MMMM d yyyy",
        "MMM d yyyy",
        "d MMMM yyyy",
        "d MMM yyyy",
        "yyyy-MM-dd",
        "yyyy/M/d",
        "d.M.yyyy",
        "yyyy年M月d日",
    ];

    private static readonly string[] FormatsWithoutYear = ["MMMM d", "MMM d", "d MMMM", "d MMM"];

    /// <summary>The day of a line that has nothing else; null where the line is no date.</summary>
    public static DateOnly? OfLine(string line)
    {
        if (line.Length > Longest)
            return null;
        var text = Preface().Replace(line.Trim(), "");
        text = Time().Replace(text, "");
        return DateOnly.TryParseExact(Plain(text), Formats, CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) ? date
            : Figures().Match(text) is { Success: true } figures ? OfFigures(figures)
            : null;
    }

    /// <summary>The day of a date without a year: the last one that is not after tomorrow.</summary>
    public static DateOnly? WithoutYear(string text, DateOnly today)
    {
        if (OfLine(text) is { } whole)
            return whole;
        // Parsed in a leap year, so that February 29 is a day.
        if (
            !DateOnly.TryParseExact(
                $"{Plain(text)} 2024",
                [.. FormatsWithoutYear.Select(format => $"{format} yyyy")],
                CultureInfo.InvariantCulture,
                DateTimeStyles.None,
                out var day
            )
        )
            return null;
        for (var year = today.AddDays(1).Year; year > today.Year - 9; year--)
            if (day.Day <= DateTime.DaysInMonth(year, day.Month) && new DateOnly(year, day.Month, day.Day) <= today.AddDays(1))
                return new DateOnly(year, day.Month, day.Day);
        return null;
    }

    // 12/19/2025 and 19/12/2025 are clear; 4/5/2025 is not.
    private static DateOnly? OfFigures(Match figures)
    {
        var (first, second, year) = (Number("first"), Number("second"), Number("year"));
        var (day, month) = first > 12 ? (first, second) : (second, first);
        return (first > 12) != (second > 12) && month is >= 1 and <= 12 && year >= 1 && day <= DateTime.DaysInMonth(year, month)
            ? new DateOnly(year, month, day)
            : null;
        int Number(string group) => int.Parse(figures.Groups[group].ValueSpan, CultureInfo.InvariantCulture);
    }

    // "Friday, 19th Sept. 2025," is "19 Sep 2025".
    private static string Plain(string text)
    {
        text = Weekday().Replace(text.Trim(), "");
        text = Ordinal().Replace(text, "");
        text = September().Replace(text, "Sep");
        return Punctuation().Replace(text, " ").Trim();
    }

    [GeneratedRegex(@"^(?:published|posted|updated|issued)(?:\s+on)?\s*:?\s+|^on\s+", RegexOptions.IgnoreCase)]
    private static partial Regex Preface();

    [GeneratedRegex(
        @"(?:,|\s|T)\s*(?:at\s+)?\d{1,2}:\d{2}(?::\d{2})?(?:\.\d{1,7})?\s*(?:[AaPp]\.?[Mm]\.?)?\s*"
            + @"(?:Z|[A-Z]{2,5}|[+-]\d{2}:?\d{2})?(?:\s*\([A-Za-z ]{1,30}\))?\s*$"
    )]
    private static partial Regex Time();

    [GeneratedRegex(@"^(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\b[.,]*\s*", RegexOptions.IgnoreCase)]
    private static partial Regex Weekday();

    [GeneratedRegex(@"(?<=\b\d{1,2})(?:st|nd|rd|th)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Ordinal();

    [GeneratedRegex(@"\bsept\b", RegexOptions.IgnoreCase)]
    private static partial Regex September();

    [GeneratedRegex(@"(?:(?<!\d)\.|,|\.(?=\s|$)|\s)+")]
    private static partial Regex Punctuation();

    [GeneratedRegex(@"^(?<first>\d{1,2})/(?<second>\d{1,2})/(?<year>\d{4})$")]
    private static partial Regex Figures();
}
