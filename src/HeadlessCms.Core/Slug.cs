using System.Text.RegularExpressions;

namespace HeadlessCms.Core;

/// <summary>The letters that slugs of articles and concepts may have.</summary>
public enum SlugScript
{
    /// <summary>Lower-case ASCII letters and digits.</summary>
    Ascii,

    /// <summary>Letters and digits of any script, lower-case and composed (NFC); percent-encoded in URLs.</summary>
    Unicode,
}

/// <summary>The slugs that this newsroom makes and accepts.</summary>
/// <param name="Script">Their letters.</param>
public sealed record SlugRules(SlugScript Script)
{
    /// <summary>Their pattern.</summary>
    public string Pattern => Script == SlugScript.Ascii ? Slug.Pattern : Slug.UnicodePattern;
}

/// <summary>The rule of a slug: lower-case words joined by <c>-</c>, at most <see cref="MaxLength"/> characters.</summary>
public static partial class Slug
{
    /// <summary>The longest slug, in characters.</summary>
    public const int MaxLength = 120;

    /// <summary>The pattern of a slug in ASCII, as .NET, PostgreSQL and OpenAPI all read it.</summary>
    public const string Pattern = "^[a-z0-9]+(-[a-z0-9]+)*$";

    /// <summary>
    /// The pattern of a slug in any script, as .NET and OpenAPI read it. It is composed (NFC) too, which the database checks: .NET cannot,
    /// where it runs without ICU.
    /// </summary>
    public const string UnicodePattern = @"^[\p{Ll}\p{Lo}\p{Lm}\p{M}\p{Nd}]+(-[\p{Ll}\p{Lo}\p{Lm}\p{M}\p{Nd}]+)*$";

    /// <summary>Whether <paramref name="text"/> is a slug in ASCII.</summary>
    public static bool IsValid(string? text) => text is { Length: > 0 and <= MaxLength } && Rule().IsMatch(text);

    /// <summary>Whether <paramref name="text"/> is a slug in a script.</summary>
    public static bool IsValid(string? text, SlugScript script) =>
        IsValid(text)
        || script == SlugScript.Unicode && text is { Length: > 0 and <= MaxLength } && IsText(text) && UnicodeRule().IsMatch(text);

    // Half a surrogate pair is not.
    private static bool IsText(string text)
    {
        for (var index = 0; index < text.Length; index++)
            if (char.IsSurrogate(text[index]))
            {
                if (!char.IsSurrogatePair(text, index))
                    return false;
                index++;
            }

        return true;
    }

    /// <summary>
    /// The first of <paramref name="wanted"/>, <c>wanted-2</c>, <c>wanted-3</c> … that is not <paramref name="taken"/>,
    /// shortened where the number would make it too long.
    /// </summary>
    public static string FirstFree(string wanted, IReadOnlySet<string> taken)
    {
        ArgumentNullException.ThrowIfNull(wanted);
        ArgumentNullException.ThrowIfNull(taken);
        var candidate = wanted;
        for (var number = 2; taken.Contains(candidate); number++)
        {
            var suffix = $"-{number}";
            candidate = Stem(wanted) + suffix;
        }

        return candidate;
    }

    /// <summary>The beginning of a slug, at most <paramref name="length"/> characters, without half a surrogate pair at its end.</summary>
    public static string Cut(string slug, int length)
    {
        ArgumentNullException.ThrowIfNull(slug);
        if (slug.Length > length)
            slug = slug[..(char.IsHighSurrogate(slug[length - 1]) ? length - 1 : length)];
        return slug.TrimEnd('-');
    }

    /// <summary>The part of <paramref name="wanted"/> that remains when a number is appended.</summary>
    public static string Stem(string wanted)
    {
        ArgumentNullException.ThrowIfNull(wanted);
        const int roomForNumber = 8;
        return wanted.Length <= MaxLength - roomForNumber ? wanted : Cut(wanted, MaxLength - roomForNumber);
    }

    [GeneratedRegex("^[a-z0-9]+(-[a-z0-9]+)*\\z", RegexOptions.CultureInvariant)]
    private static partial Regex Rule();

    // .NET sees letters outside the Basic Multilingual Plane as two surrogates.
    [GeneratedRegex(@"^[\p{Ll}\p{Lo}\p{Lm}\p{M}\p{Nd}\p{Cs}]+(-[\p{Ll}\p{Lo}\p{Lm}\p{M}\p{Nd}\p{Cs}]+)*\z", RegexOptions.CultureInvariant)]
    private static partial Regex UnicodeRule();
}
