using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using HeadlessCms.Core;

namespace HeadlessCms.Api.Editorial.Bulk.Formats;

/// <summary>Values as files of other systems write them.</summary>
internal static partial class SourceText
{
    private static readonly string[] BasicForms =
    [
        "yyyyMMdd'T'HHmmssK",
        "yyyyMMdd'T'HHmmsszzz",
        "yyyyMMdd'T'HHmmK",
        "yyyyMMdd'T'HHmmss",
        "yyyyMMdd",
    ];

    /// <summary>The text without spaces around it; null where it is empty.</summary>
    public static string? OrNull(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();

    /// <summary>The text on one line; null where it is empty.</summary>
    public static string? Line(string? text) => OrNull(text) is { } some ? Spaces().Replace(some, " ") : null;

    /// <summary>The text of HTML on one line; null where there is none.</summary>
    public static string? Plain(string? html) => Line(WebUtility.HtmlDecode(Tags().Replace(html ?? "", " ")));

    /// <summary>
    /// An instant as ISO 8601, in its extended or basic form, or RFC 822 has it; without a zone it is UTC. Null where it is none.
    /// </summary>
    public static DateTimeOffset? Instant(string? text)
    {
        const DateTimeStyles Utc = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal | DateTimeStyles.AllowWhiteSpaces;
        if (OrNull(text) is not { } some || some.StartsWith("0000", StringComparison.Ordinal))
            return null;
        if (
            DateTimeOffset.TryParseExact(some, BasicForms, CultureInfo.InvariantCulture, Utc, out var instant)
            || DateTimeOffset.TryParse(some, CultureInfo.InvariantCulture, Utc, out instant)
        )
            return instant;
        return
            long.TryParse(some, NumberStyles.None, CultureInfo.InvariantCulture, out var milliseconds)
            && milliseconds is > 0 and < 253_402_300_800_000
            ? DateTimeOffset.FromUnixTimeMilliseconds(milliseconds)
            : null;
    }

    /// <summary>A BCP 47 tag; null where it is none.</summary>
    public static string? Language(string? text) => OrNull(text)?.Replace('_', '-') is { } tag && LanguageTag.IsValid(tag) ? tag : null;

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();

    [GeneratedRegex("<[^>]*>")]
    private static partial Regex Tags();
}
