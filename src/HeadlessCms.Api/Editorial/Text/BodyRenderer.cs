using System.Text.RegularExpressions;
using AngleSharp;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using Ganss.Xss;
using HeadlessCms.Core.Articles;

namespace HeadlessCms.Api.Editorial.Text;

/// <summary>
/// Renders safe HTML. All formats pass one sanitiser with one allow-list: no script, no style, no form, no
/// frame, only absolute <c>https</c>, <c>http</c> and <c>mailto</c> links. Sanitising its output again changes nothing.
/// </summary>
internal sealed partial class BodyRenderer
{
    private static readonly string[] Tags = (
        "p h2 h3 h4 h5 h6 ul ol li blockquote a em strong b i s u sub sup small mark abbr cite q code pre hr br figure "
        + "figcaption img table caption thead tbody tfoot tr th td dl dt dd time del ins"
    ).Split(' ');

    private static readonly string[] Attributes =
        "href src alt title width height colspan rowspan scope datetime lang dir cite start rel".Split(' ');

    // Removed with their content; of other disallowed elements the content stays.
    private static readonly HashSet<string> DroppedWhole = new(
        (
            "script style template noscript iframe object embed svg math textarea select title head " + "xmp noembed noframes plaintext"
        ).Split(' '),
        StringComparer.OrdinalIgnoreCase
    );

    private const string WordsEndWith = "p, h2, h3, h4, h5, h6, li, blockquote, th, td, tr, dt, dd, figcaption, caption, br";

    private readonly HtmlSanitizer _sanitizer = Sanitizer();

    /// <exception cref="Http.Problems.ProblemException">422: the body is over one of the <see cref="BodyLimits"/>.</exception>
    public Body Render(BodyFormat format, string source, CancellationToken cancellation)
    {
        var limits = new BodyLimits(cancellation);
        var (html, words) = Sanitize(
            format switch
            {
                BodyFormat.Markdown => MarkdownRenderer.Render(source, limits),
                BodyFormat.Text => Paragraphs(source),
                BodyFormat.Html => source,
                _ => throw new ArgumentOutOfRangeException(nameof(format), format, null),
            },
            limits
        );
        return new Body(format, source, html, words);
    }

    // Tag soup can mean something else once it is written out and read again, which is how hostile HTML gets past sanitisers: so it is
    // sanitised until it stays as it is. What never does is no text of an article, and is shown as the source that it is.
    private (string Html, int Words) Sanitize(string html, BodyLimits limits)
    {
        const int patience = 8;
        html = html.Trim();
        for (var round = 0; round < patience; round++)
        {
            using var document = BoundedHtmlParser.Parse(html, limits);
            _sanitizer.SanitizeDom(document, document.Body);
            var cleaner = document.Body!.ChildNodes.ToHtml(_sanitizer.OutputFormatter).Trim();
            if (cleaner == html)
                return (html, Words(document));
            html = cleaner;
        }

        using var shown = new HtmlParser().ParseDocument($"<p>{Encode(html)}</p>");
        return (shown.Body!.InnerHtml, Words(shown));
    }

    private static int Words(IHtmlDocument document)
    {
        foreach (var block in document.QuerySelectorAll(WordsEndWith))
            block.AppendChild(document.CreateTextNode(" "));
        return Word().Count(document.Body!.TextContent);
    }

    private static string Paragraphs(string text) =>
        string.Concat(
            BlankLines()
                .Split(text.ReplaceLineEndings("\n").Trim())
                .Where(paragraph => paragraph.Length > 0)
                .Select(paragraph => $"<p>{Encode(paragraph).Replace("\n", "<br>", StringComparison.Ordinal)}</p>\n")
        );

    // As the sanitiser writes text, so that it has nothing to change.
    private static string Encode(string text) =>
        text.Replace("&", "&amp;", StringComparison.Ordinal)
            .Replace("<", "&lt;", StringComparison.Ordinal)
            .Replace(">", "&gt;", StringComparison.Ordinal)
            .Replace("\u00A0", "&nbsp;", StringComparison.Ordinal);

    private static HtmlSanitizer Sanitizer()
    {
        var sanitizer = new HtmlSanitizer { KeepChildNodes = true, AllowDataAttributes = false };
        Replace(sanitizer.AllowedTags, Tags);
        Replace(sanitizer.AllowedAttributes, Attributes);
        Replace(sanitizer.AllowedSchemes, ["https", "http", "mailto"]);
        Replace(sanitizer.AllowedCssProperties, []);
        sanitizer.AllowedAtRules.Clear();
        sanitizer.RemovingTag += (_, removing) =>
        {
            if (DroppedWhole.Contains(removing.Tag.LocalName))
                removing.Tag.InnerHtml = "";
        };
        sanitizer.FilterUrl += (_, url) => url.SanitizedUrl = AbsoluteUrl().IsMatch(url.OriginalUrl) ? url.SanitizedUrl : null;
        sanitizer.PostProcessNode += (_, processed) =>
        {
            if (processed.Node is IElement { LocalName: "a" } link && link.HasAttribute("href"))
                link.SetAttribute("rel", "noopener noreferrer");
        };
        return sanitizer;
    }

    private static void Replace(ISet<string> set, IEnumerable<string> with)
    {
        set.Clear();
        set.UnionWith(with);
    }

    // Chinese characters and kana count one each; other scripts part words by what is no letter or digit.
    [GeneratedRegex(
        @"[\p{IsCJKUnifiedIdeographs}\p{IsHiragana}\p{IsKatakana}]"
            + @"|[\p{L}\p{M}\p{N}-[\p{IsCJKUnifiedIdeographs}\p{IsHiragana}\p{IsKatakana}]]+(?:['’.-][\p{L}\p{M}\p{N}]+)*"
    )]
    private static partial Regex Word();

    [GeneratedRegex(@"\n[^\S\n]*\n\s*")]
    private static partial Regex BlankLines();

    [GeneratedRegex("^\\s*(https?://|mailto:)", RegexOptions.IgnoreCase)]
    private static partial Regex AbsoluteUrl();
}
