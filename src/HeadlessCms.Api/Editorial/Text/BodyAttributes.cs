using System.Collections.Frozen;
using System.Text.RegularExpressions;
using AngleSharp.Dom;

namespace HeadlessCms.Api.Editorial.Text;

/// <summary>The attributes that elements of a body keep; others are reported.</summary>
internal sealed partial class BodyAttributes(BodyUrls urls, BodyIds ids, BodyWarnings warnings, bool isWord)
{
    /// <summary>What the sanitiser lets pass.</summary>
    public static readonly FrozenSet<string> Allowed = (
        "id lang dir title href hreflang rel src alt width height colspan rowspan scope start reversed type value datetime cite open class "
        + "data-embed data-url"
    )
        .Split(' ')
        .ToFrozenSet(StringComparer.Ordinal);

    // Their values are read elsewhere.
    private static readonly FrozenSet<string> Silent = (
        "id name style href rel src data-src data-lazy-src data-original data-embed data-url hidden"
    )
        .Split(' ')
        .ToFrozenSet(StringComparer.Ordinal);

    private static readonly FrozenSet<string> MarkdownClasses = (
        "footnote-ref footnote-back-ref footnotes contains-task-list task-list-item"
    )
        .Split(' ')
        .ToFrozenSet(StringComparer.Ordinal);

    // Their meaning becomes elements.
    private static readonly FrozenSet<string> MeantStyles = (
        "font-weight font-style text-decoration text-decoration-line vertical-align list-style-type mso-list"
    )
        .Split(' ')
        .ToFrozenSet(StringComparer.Ordinal);

    /// <summary>The attributes of the element of a body that stands for <paramref name="element"/>.</summary>
    /// <param name="element">The element of the source.</param>
    /// <param name="name">The name of the element of the body; empty where there is none.</param>
    public List<(string Name, string Value)> Of(IElement element, string name)
    {
        var kept = new List<(string, string)>();
        if (name.Length > 0 && ids.Take(element, warnings) is { } id)
            kept.Add(("id", id));
        foreach (var attribute in element.Attributes)
        {
            if (Value(name, attribute.Name, attribute.Value) is { } value)
                kept.Add((attribute.Name, value));
            else if (
                attribute.Name == "style"
                    ? !IsMeant(attribute.Value)
                    : !Silent.Contains(attribute.Name) && !IsWordLanguage(attribute) && !IsOfMarkdown(attribute)
            )
                warnings.Removed($"{attribute.Name} attribute", element);
        }

        return kept;
    }

    private string? Value(string element, string attribute, string value) =>
        (element, attribute) switch
        {
            ("", _) => null,
            (_, "lang") => !isWord && Language().IsMatch(value) ? value : null,
            (_, "dir") => value.ToLowerInvariant() is "ltr" or "rtl" or "auto" ? value.ToLowerInvariant() : null,
            (_, "title") => value.Length > 0 ? value : null,
            ("a", "rel") => null, // added with the address
            ("a", "hreflang") => Language().IsMatch(value) ? value : null,
            ("img", "alt") => value,
            ("img", "width" or "height") => Number().IsMatch(value) ? value : null,
            ("td" or "th", "colspan" or "rowspan") => Number().IsMatch(value) && value != "1" ? value : null,
            ("th", "scope") => value.ToLowerInvariant() is "row" or "col" or "rowgroup" or "colgroup" ? value.ToLowerInvariant() : null,
            ("ol", "start") or ("li", "value") => Integer().IsMatch(value) ? value : null,
            ("ol", "reversed") or ("details", "open") => "",
            ("ol", "type") => value is "1" or "a" or "A" or "i" or "I" ? value : null,
            ("time" or "del" or "ins", "datetime") => value,
            ("blockquote" or "q" or "del" or "ins", "cite") => urls.Link(value) is { Url: { } url } && !url.StartsWith('#') ? url : null,
            ("code", "class") => LanguageOf(value),
            _ => null,
        };

    // Word names the language of the keyboard on every line.
    private bool IsWordLanguage(IAttr attribute) => isWord && attribute.Name is "lang" or "xml:lang";

    // What the renderer of Markdown adds for style sheets.
    private static bool IsOfMarkdown(IAttr attribute) => attribute.Name == "class" && MarkdownClasses.Contains(attribute.Value);

    /// <summary>The values of <c>rel</c>: those of the source, and those that keep the page that is opened from reaching back.</summary>
    public static string Relations(string? source) =>
        string.Join(
            ' ',
            (source ?? "")
                .ToLowerInvariant()
                .Split([' ', '\t', '\n', '\f', '\r'], StringSplitOptions.RemoveEmptyEntries)
                .Where(relation => Relation().IsMatch(relation) && relation != "opener")
                .Take(20)
                .Concat(["noopener", "noreferrer"])
                .Distinct()
        );

    // The language of code, as highlighters name it.
    private static string? LanguageOf(string classes) =>
        classes.Split(' ').Select(one => CodeLanguage().Match(one)).FirstOrDefault(match => match.Success) is { } found
            ? $"language-{found.Groups[1].Value}"
            : null;

    private static bool IsMeant(string style) =>
        style
            .Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .All(declaration => MeantStyles.Contains(declaration.Split(':')[0].Trim().ToLowerInvariant()));

    [GeneratedRegex("^[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8}){0,8}$")]
    private static partial Regex Language();

    [GeneratedRegex("^[0-9]{1,5}$")]
    private static partial Regex Number();

    [GeneratedRegex("^-?[0-9]{1,6}$")]
    private static partial Regex Integer();

    [GeneratedRegex("^[a-z][a-z0-9-]{0,30}$")]
    private static partial Regex Relation();

    [GeneratedRegex(@"^lang(?:uage)?-([\w+#.\-]{1,50})$", RegexOptions.IgnoreCase)]
    private static partial Regex CodeLanguage();
}
