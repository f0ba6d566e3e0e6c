using System.Text.RegularExpressions;
using AngleSharp;
using AngleSharp.Html.Dom;
using Ganss.Xss;

namespace HeadlessCms.Api.Editorial.Text;

/// <summary>
/// Holds every body to the allow-list, whatever came before it: it has nothing to do where the normalizer did its part.
/// </summary>
internal static partial class BodySanitizer
{
    private static readonly HtmlSanitizerOptions Options = new()
    {
        AllowedTags = HtmlNames.Allowed.ToHashSet(),
        AllowedAttributes = BodyAttributes.Allowed.ToHashSet(),
        AllowedSchemes = new HashSet<string> { "https", "http", "mailto", "tel" },
        AllowedCssProperties = new HashSet<string>(),
        AllowedAtRules = new HashSet<AngleSharp.Css.Dom.CssRuleType>(),
        UriAttributes = new HashSet<string> { "href", "src", "cite", "data-url" },
    };

    public static IMarkupFormatter Format => HtmlSanitizer.DefaultOutputFormatter;

    public static void Sanitize(IHtmlDocument document, BodyWarnings warnings)
    {
        var sanitizer = new HtmlSanitizer(Options) { KeepChildNodes = true, AllowDataAttributes = false };
        sanitizer.RemovingTag += (_, removing) =>
        {
            warnings.Removed(removing.Tag.LocalName);
            if (HtmlNames.Dropped.Contains(removing.Tag.LocalName))
                removing.Tag.InnerHtml = "";
        };
        sanitizer.RemovingAttribute += (_, removing) => warnings.Removed($"{removing.Attribute.Name} attribute");
        // The normalizer made addresses absolute; what it left alone is none.
        sanitizer.FilterUrl += (_, url) => url.SanitizedUrl = Address().IsMatch(url.OriginalUrl) ? url.OriginalUrl : null;
        sanitizer.SanitizeDom(document, document.Body);
    }

    [GeneratedRegex($"^(https?://|mailto:|tel:|#{BodyIds.Prefix})", RegexOptions.IgnoreCase)]
    private static partial Regex Address();
}
