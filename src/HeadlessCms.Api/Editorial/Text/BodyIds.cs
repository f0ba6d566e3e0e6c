using System.Text.RegularExpressions;
using AngleSharp.Dom;

namespace HeadlessCms.Api.Editorial.Text;

/// <summary>
/// The ids of a body, with a prefix so that they cannot clash with those of the page that shows it. Links to a heading by its words, as
/// Markdown has them, give the heading an id.
/// </summary>
internal sealed partial class BodyIds
{
    public const string Prefix = "user-content-";

    private const int MaxLength = 100;
    private const string Headings = "h1, h2, h3, h4, h5, h6";

    private readonly HashSet<string> _targets;
    private readonly HashSet<string> _known = new(StringComparer.Ordinal);
    private readonly HashSet<string> _given = new(StringComparer.Ordinal);
    private readonly Dictionary<IElement, string> _headings = [];

    public BodyIds(IElement body)
    {
        _targets =
        [
            .. body.QuerySelectorAll("a[href]")
                .Select(link => link.GetAttribute("href")!.Trim())
                .Where(href => href.StartsWith('#'))
                .Select(href => Of(Decoded(href[1..]))),
        ];
        foreach (var element in body.QuerySelectorAll("[id], a[name]"))
        foreach (var name in new[] { "id", "name" })
            if (element.GetAttribute(name) is { } id)
                _known.Add(Of(id));
        if (_targets.IsSubsetOf(_known))
            return;
        foreach (var heading in body.QuerySelectorAll(Headings))
        {
            var id = Of(NoWordCharacters().Replace(heading.TextContent.Trim().ToLowerInvariant(), "").Replace(' ', '-'));
            if (_targets.Contains(id) && !heading.HasAttribute("id") && _known.Add(id))
                _headings[heading] = id;
        }
    }

    public static string Of(string id)
    {
        id = NoIdCharacters().Replace(id.Trim(), "-");
        if (id.StartsWith(Prefix, StringComparison.Ordinal))
            id = id[Prefix.Length..];
        if (id.Length > MaxLength)
            id = id[..(char.IsHighSurrogate(id[MaxLength - 1]) ? MaxLength - 1 : MaxLength)];
        return Prefix + id;
    }

    /// <summary>The id of an element; null if it has none, or one that an earlier element has.</summary>
    public string? Take(IElement element, BodyWarnings warnings)
    {
        var own = element.GetAttribute("id") ?? (element.LocalName == "a" ? element.GetAttribute("name") : null);
        if (string.IsNullOrWhiteSpace(own) && _headings.TryGetValue(element, out var id))
            return _given.Add(id) ? id : null;
        if (string.IsNullOrWhiteSpace(own) || own.StartsWith("docs-internal-guid", StringComparison.Ordinal))
            return null;
        if (_given.Add(Of(own)))
            return Of(own);
        warnings.Removed("id attribute that stands twice", element);
        return null;
    }

    /// <summary>Whether a link leads to the id.</summary>
    public bool IsTarget(string id) => _targets.Contains(id);

    /// <summary>The address of a link within the body.</summary>
    public string Link(string fragment, IElement link, BodyWarnings warnings)
    {
        var id = Of(Decoded(fragment));
        if (!_known.Contains(id))
            warnings.NoTarget($"link to #{fragment}", link);
        return "#" + id;
    }

    private static string Decoded(string fragment) => Uri.UnescapeDataString(fragment);

    [GeneratedRegex(@"[\s\p{C}""<>`%]+")]
    private static partial Regex NoIdCharacters();

    [GeneratedRegex(@"[^\p{L}\p{M}\p{N}_\- ]")]
    private static partial Regex NoWordCharacters();
}
