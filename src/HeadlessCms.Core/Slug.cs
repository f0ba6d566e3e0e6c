using System.Text.RegularExpressions;

namespace HeadlessCms.Core;

/// <summary>The rule of a slug: lower-case ASCII words joined by <c>-</c>, at most <see cref="MaxLength"/> characters.</summary>
public static partial class Slug
{
    /// <summary>The longest slug, in characters.</summary>
    public const int MaxLength = 120;

    /// <summary>The pattern of a slug, as .NET, PostgreSQL and OpenAPI all read it.</summary>
    public const string Pattern = "^[a-z0-9]+(-[a-z0-9]+)*$";

    /// <summary>Whether <paramref name="text"/> is a slug.</summary>
    public static bool IsValid(string? text) => text is { Length: > 0 and <= MaxLength } && Rule().IsMatch(text);

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

    /// <summary>The part of <paramref name="wanted"/> that remains when a number is appended.</summary>
    public static string Stem(string wanted)
    {
        ArgumentNullException.ThrowIfNull(wanted);
        const int roomForNumber = 8;
        return wanted.Length <= MaxLength - roomForNumber ? wanted : wanted[..(MaxLength - roomForNumber)].TrimEnd('-');
    }

    [GeneratedRegex("^[a-z0-9]+(-[a-z0-9]+)*\\z", RegexOptions.CultureInvariant)]
    private static partial Regex Rule();
}
