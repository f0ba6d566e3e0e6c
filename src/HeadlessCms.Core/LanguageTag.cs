using System.Globalization;
using System.Text.RegularExpressions;

namespace HeadlessCms.Core;

/// <summary>Language tags by BCP 47: RFC 5646 (tags) and RFC 4647 (matching).</summary>
public static partial class LanguageTag
{
    /// <summary>The maximum length: what RFC 5646, section 4.4.1, recommends to expect.</summary>
    public const int MaxLength = 35;

    /// <summary>The grammar of a well-formed tag (RFC 5646, section 2.1), without the grandfathered ones, which are deprecated.</summary>
    public const string Pattern =
        "^(([A-Za-z]{2,3}(-[A-Za-z]{3}){0,3}|[A-Za-z]{4,8})(-[A-Za-z]{4})?(-([A-Za-z]{2}|[0-9]{3}))?"
        + "(-([A-Za-z0-9]{5,8}|[0-9][A-Za-z0-9]{3}))*(-[0-9A-WY-Za-wy-z](-[A-Za-z0-9]{2,8})+)*(-[Xx](-[A-Za-z0-9]{1,8})+)?"
        + "|[Xx](-[A-Za-z0-9]{1,8})+)$";

    /// <summary>Whether it is a well-formed tag that is not too long, in any case.</summary>
    public static bool IsValid(string tag)
    {
        ArgumentNullException.ThrowIfNull(tag);
        return tag.Length <= MaxLength && !tag.EndsWith('\n') && Form().IsMatch(tag);
    }

    /// <summary>
    /// The tag in the recommended case (RFC 5646, section 2.1.1): <c>zh-Hant-TW</c>. Of a beginning of a tag too, so that two of them match
    /// where they match without regard to case.
    /// </summary>
    public static string Canonical(string tag)
    {
        ArgumentNullException.ThrowIfNull(tag);
        var subtags = tag.ToLowerInvariant().Split('-');
        var isAfterSingleton = false;
        for (var index = 0; index < subtags.Length; index++)
        {
            if (index > 0 && !isAfterSingleton)
                subtags[index] = subtags[index].Length switch
                {
                    2 => subtags[index].ToUpperInvariant(),
                    4 => CultureInfo.InvariantCulture.TextInfo.ToTitleCase(subtags[index]),
                    _ => subtags[index],
                };
            isAfterSingleton |= subtags[index].Length == 1;
        }

        return string.Join('-', subtags);
    }

    /// <summary>
    /// The ranges that take the tag in (RFC 4647, section 3.3.1, basic filtering), from the longest, the tag itself, to its language.
    /// </summary>
    public static IEnumerable<string> RangesOf(string tag)
    {
        ArgumentNullException.ThrowIfNull(tag);
        for (var length = tag.Length; length > 0; length = tag.LastIndexOf('-', length - 1))
            yield return tag[..length];
    }

    /// <summary>What a tag of <paramref name="range"/> begins with, unless it is the range itself.</summary>
    public static string Prefix(string range) => range + "-";

    [GeneratedRegex(Pattern)]
    private static partial Regex Form();
}
