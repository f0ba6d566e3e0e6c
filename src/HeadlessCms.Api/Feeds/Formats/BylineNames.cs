using System.Text.RegularExpressions;

namespace HeadlessCms.Api.Feeds.Formats;

/// <summary>The names in a byline: formats ask for the name of each author, without "By".</summary>
internal static partial class BylineNames
{
    // "By" is English in any newsroom; the others are also parts of names, so they count in their language only, and not before a particle.
    private static readonly Dictionary<string, string[]> By = new(StringComparer.OrdinalIgnoreCase)
    {
        ["da"] = ["af"],
        ["de"] = ["von"],
        ["es"] = ["por"],
        ["fr"] = ["par"],
        ["it"] = ["di"],
        ["nb"] = ["av"],
        ["nl"] = ["door"],
        ["nn"] = ["av"],
        ["no"] = ["av"],
        ["pt"] = ["por"],
        ["sv"] = ["av"],
    };

    public static IReadOnlyList<string> Of(string? byline, string language)
    {
        if (string.IsNullOrWhiteSpace(byline))
            return [];
        var names = WithoutBy(Spaces().Replace(byline, " ").Trim(), language);
        if (names.Length == 0)
            return [];
        // Each part must be a full name: "Research and Markets" is one.
        var parts = And().Split(names).Select(part => part.Trim()).Where(part => part.Length > 0).ToArray();
        return parts.Length > 1 && Array.TrueForAll(parts, part => part.Contains(' ', StringComparison.Ordinal)) ? parts : [names];
    }

    private static string WithoutBy(string byline, string language)
    {
        foreach (var word in By.GetValueOrDefault(language.Split('-')[0], []).Prepend("by"))
        {
            if (byline.Equals(word, StringComparison.OrdinalIgnoreCase))
                return "";
            if (!byline.StartsWith(word, StringComparison.OrdinalIgnoreCase))
                continue;
            var rest = byline[word.Length..];
            if (rest[0] is not (' ' or ':') || word != "by" && rest.Length > 1 && rest[0] == ' ' && char.IsLower(rest[1]))
                continue;
            return rest.TrimStart(' ', ':');
        }

        return byline;
    }

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();

    [GeneratedRegex(" (?:and|und|et|y|e|en|og|och|&) ", RegexOptions.IgnoreCase)]
    private static partial Regex And();
}
