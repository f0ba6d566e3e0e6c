using System.Text.RegularExpressions;
using AngleSharp;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using HeadlessCms.Api.Hosting;
using HeadlessCms.Core.Articles;

namespace HeadlessCms.Api.Editorial.Text;

/// <summary>
/// Renders safe HTML. All formats pass one normalizer, which keeps what a text says, and one sanitiser with one allow-list: no script, no
/// style, no form, no frame, only absolute links and those within the text. Rendering its output again changes nothing.
/// </summary>
internal sealed partial class BodyRenderer
{
    private const string WordsEndWith =
        "p, h2, h3, h4, h5, h6, li, blockquote, th, td, tr, dt, dd, figcaption, caption, br, pre, summary, details, figure";

    private readonly EmbedServices _services;
    private readonly BodyUrls _urls;

    public BodyRenderer(Site site, EmbedServices services)
    {
        (_services, _urls) = (services, new BodyUrls(site.Url));
        // The code that a first rendering makes the runtime compile is not the cost of an editor's text.
        Render(BodyFormat.Markdown, "# Warm", new BodyLimits(CancellationToken.None, isTimed: false));
    }

    /// <exception cref="Http.Problems.ProblemException">422: the body is over one of the <see cref="BodyLimits"/>.</exception>
    public RenderedBody Render(BodyFormat format, string source, CancellationToken cancellation) =>
        Render(format, source, new BodyLimits(cancellation));

    private RenderedBody Render(BodyFormat format, string source, BodyLimits limits)
    {
        var warnings = new BodyWarnings(format is BodyFormat.Html);
        var (html, words) = Sanitize(
            format switch
            {
                BodyFormat.Markdown => MarkdownRenderer.Render(FrontMatter.Without(source, warnings), limits),
                BodyFormat.Text => Paragraphs(source),
                BodyFormat.Html => source,
                _ => throw new ArgumentOutOfRangeException(nameof(format), format, null),
            },
            warnings,
            limits
        );
        return new RenderedBody(new Body(format, source, html, words), warnings.ToList());
    }

    // Tag soup can mean something else once it is written out and read again, which is how hostile HTML gets past sanitisers: so it is
    // sanitised until it stays as it is. What never does is no text of an article, and is shown as the source that it is.
    private (string Html, int Words) Sanitize(string html, BodyWarnings warnings, BodyLimits limits)
    {
        const int patience = 8;
        html = html.Trim();
        for (var round = 0; round < patience; round++)
        {
            BodyLimits.CheckLength(html.Length);
            var source = new HtmlSource(html, warnings);
            using var parsed = BoundedHtmlParser.Parse(source.Html, limits, source.EndsUnseen ? null : warnings);
            using var document = new BodyNormalizer(parsed, source, _urls, _services, warnings, limits).Normalize(parsed);
            BodySanitizer.Sanitize(document, warnings);
            var cleaner = document.Body!.ChildNodes.ToHtml(BodySanitizer.Format).Trim();
            if (cleaner == html)
                return (html, Words(document));
            html = cleaner;
            warnings.IsFirstRound = false;
        }

        warnings.Changed("text that is no HTML to its source");
        using var shown = new HtmlParser().ParseDocument($"<p>{Encode(html)}</p>");
        return (shown.Body!.InnerHtml, Words(shown));
    }

    private static int Words(IHtmlDocument document)
    {
        foreach (var block in document.QuerySelectorAll(WordsEndWith))
            block.AppendChild(document.CreateTextNode(" "));
        return BodyWords.Count(document.Body!.TextContent);
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

    [GeneratedRegex(@"\n[^\S\n]*\n\s*")]
    private static partial Regex BlankLines();
}

/// <summary>A body, and what was taken out of its source or changed.</summary>
internal sealed record RenderedBody(Body Body, IReadOnlyList<SaveWarning> Warnings);
