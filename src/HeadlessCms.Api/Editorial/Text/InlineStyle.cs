using AngleSharp.Dom;

namespace HeadlessCms.Api.Editorial.Text;

/// <summary>The declarations of a <c>style</c> attribute, as far as office suites and mailers express meaning with them.</summary>
internal sealed class InlineStyle
{
    private const int MaxDeclarations = 200;

    private static readonly InlineStyle None = new("");

    private readonly Dictionary<string, string> _values = [];

    private InlineStyle(string text)
    {
        foreach (var range in text.AsSpan().Split(';'))
        {
            var declaration = text.AsSpan(range);
            var colon = declaration.IndexOf(':');
            if (colon > 0 && _values.Count < MaxDeclarations)
                _values[declaration[..colon].Trim().ToString().ToLowerInvariant()] = declaration[(colon + 1)..]
                    .Trim()
                    .ToString()
                    .ToLowerInvariant();
        }
    }

    public static InlineStyle Of(IElement element) => element.GetAttribute("style") is { } text ? new InlineStyle(text) : None;

    public string? this[string property] => _values.GetValueOrDefault(property);

    /// <summary>Text that is not for readers: hidden, such as the preview line of a mail, or a comment on the text.</summary>
    public bool IsHidden =>
        this["display"] == "none"
        || this["visibility"] == "hidden"
        || this["mso-hide"] == "all"
        || this["mso-element"] == "comment-list"
        || this["mso-special-character"] == "comment";

    public bool IsBold => this["font-weight"] is { } weight && (weight is "bold" or "bolder" || Number(weight) >= 600);

    public bool IsNotBold => this["font-weight"] is { } weight && (weight is "normal" or "lighter" || Number(weight) < 600);

    /// <summary>The elements that the declarations mean, the outermost first.</summary>
    public IEnumerable<string> Elements()
    {
        if (IsBold)
            yield return "strong";
        if (this["font-style"] is "italic" or "oblique")
            yield return "em";
        var line = this["text-decoration"] ?? this["text-decoration-line"] ?? "";
        if (line.Contains("underline", StringComparison.Ordinal))
            yield return "u";
        if (line.Contains("line-through", StringComparison.Ordinal))
            yield return "s";
        if (this["vertical-align"] is "super" or "sub")
            yield return this["vertical-align"] == "super" ? "sup" : "sub";
    }

    /// <summary>Whether the style takes away what the element of this name says.</summary>
    public bool Undoes(string name) =>
        name switch
        {
            "b" or "strong" => IsNotBold,
            "i" or "em" => this["font-style"] == "normal",
            "u" or "s" => (this["text-decoration"] ?? this["text-decoration-line"]) == "none",
            "sup" or "sub" => this["vertical-align"] == "baseline",
            _ => false,
        };

    /// <summary>The <c>type</c> of an ordered list.</summary>
    public string? ListType =>
        (this["list-style-type"] ?? this["list-style"]) switch
        {
            "lower-alpha" or "lower-latin" => "a",
            "upper-alpha" or "upper-latin" => "A",
            "lower-roman" => "i",
            "upper-roman" => "I",
            _ => null,
        };

    private static int? Number(string text) =>
        int.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, out var number) ? number : null;
}
