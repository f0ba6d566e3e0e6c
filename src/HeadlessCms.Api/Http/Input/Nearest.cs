using HeadlessCms.Core.Concepts;
using Quickenshtein;

namespace HeadlessCms.Api.Http.Input;

/// <summary>Finds the name that a caller may have meant.</summary>
internal static class Nearest
{
    private const int MaxLength = 40;

    // Names that other systems give to the same thing.
    private static readonly Dictionary<string, string[]> Synonyms = new()
    {
        ["title"] = ["headline", "name"],
        ["heading"] = ["headline"],
        ["text"] = ["body"],
        ["content"] = ["body"],
        ["html"] = ["body"],
        ["markdown"] = ["body"],
        ["summary"] = ["standfirst", "description"],
        ["abstract"] = ["standfirst", "description"],
        ["description"] = ["standfirst"],
        ["subtitle"] = ["standfirst"],
        ["excerpt"] = ["standfirst"],
        ["image"] = ["leadImage"],
        ["picture"] = ["leadImage", "image"],
        ["photo"] = ["leadImage", "image"],
        ["lang"] = ["language"],
        ["locale"] = ["language"],
        ["permalink"] = ["slug"],
        ["from"] = ["liveFrom", "publishedAfter", "savedAfter"],
        ["since"] = ["publishedAfter", "savedAfter"],
        ["after"] = ["publishedAfter", "savedAfter"],
        ["before"] = ["publishedBefore", "savedBefore"],
        ["publishat"] = ["liveFrom"],
        ["publishedat"] = ["liveFrom"],
        ["until"] = ["liveUntil", "publishedBefore", "savedBefore"],
        ["lat"] = ["latitude"],
        ["lng"] = ["longitude"],
        ["lon"] = ["longitude"],
        ["country"] = ["countryCode"],
        ["embargo"] = ["embargoUntil"],
        ["writers"] = ["authors"],
        ["search"] = ["q"],
        ["query"] = ["q"],
        ["page"] = ["cursor"],
        ["offset"] = ["cursor"],
        ["pagesize"] = ["limit"],
        ["perpage"] = ["limit"],
        ["order"] = ["sort"],
        ["orderby"] = ["sort"],
    };

    /// <summary>One of the <paramref name="known"/>, or null where none is near.</summary>
    public static string? Of(string sent, IReadOnlyCollection<string> known)
    {
        if (sent.Length is 0 or > MaxLength)
            return null;
        if (known.FirstOrDefault(name => string.Equals(name, sent, StringComparison.OrdinalIgnoreCase)) is { } inOtherCase)
            return inOtherCase;
        var plain = Plain(sent);
        if (known.FirstOrDefault(name => Plain(name) == plain) is { } same)
            return same;
        if (SynonymsOf(plain).FirstOrDefault(name => known.Contains(name)) is { } synonym)
            return synonym;
        return known
            .Select(name => (Name: name, Distance: Levenshtein.GetDistance(plain, Plain(name))))
            .Where(near => near.Distance <= Math.Max(1, (plain.Length + 1) / 3) && near.Distance < near.Name.Length)
            .OrderBy(near => near.Distance)
            .ThenBy(near => near.Name, StringComparer.Ordinal)
            .Select(near => near.Name)
            .FirstOrDefault();
    }

    private static IEnumerable<string> SynonymsOf(string name) =>
        Synonyms
            .GetValueOrDefault(name, [])
            .Concat(
                ConceptKindNames.All.Where(kind => kind.AlsoCalled.Contains(name)).SelectMany(kind => new[] { kind.Plural, kind.Singular })
            )
            .Concat(name == "parent" ? ConceptKindNames.All.Select(kind => kind.Parent).OfType<string>() : []);

    private static string Plain(string name) =>
        name.Replace("_", "", StringComparison.Ordinal).Replace("-", "", StringComparison.Ordinal).ToLowerInvariant();
}
