using AngleSharp;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using HeadlessCms.Api.Editorial.Text;
using HeadlessCms.Core;

namespace HeadlessCms.Api.Editorial.Reports;

/// <summary>The blocks of a report in safe HTML, and its picture.</summary>
internal static class ReportHtml
{
    private const int LongestUrl = 2_048;
    private const int LongestText = 1_000;

    /// <summary>The elements at the top of a rendered body, in order, and the first picture.</summary>
    /// <param name="html">The body.</param>
    /// <param name="head">The number of elements of which one may be the picture; it is not among the blocks then.</param>
    public static (IReadOnlyList<ReportBlock> Blocks, Image? Picture) Read(string html, int head)
    {
        var document = new HtmlParser().ParseDocument(html);
        var blocks = document.Body!.Children.Select(element => new ReportBlock(BodyParagraphs.TextOf(element), element)).ToList();
        for (var at = 0; at < Math.Min(blocks.Count, head); at++)
            if (PictureOf(blocks[at].Element!) is { } picture)
            {
                blocks.RemoveAt(at);
                return (blocks, picture);
            }

        return (blocks, null);
    }

    /// <summary>The HTML of a block.</summary>
    public static string Source(ReportBlock block)
    {
        if (block.Element is { } element)
            return element.ToHtml(BodySanitizer.Format);
        var paragraph = new HtmlParser().ParseDocument("").CreateElement("p");
        paragraph.TextContent = block.Text;
        return paragraph.ToHtml(BodySanitizer.Format);
    }

    /// <summary>The element without the text that it begins with, and with its other markup.</summary>
    public static IElement Without(string start, IElement element)
    {
        var left = start.Count(character => !char.IsWhiteSpace(character));
        foreach (var text in element.Descendants<IText>().ToList())
        {
            var at = 0;
            for (; at < text.Data.Length && (left > 0 || char.IsWhiteSpace(text.Data[at])); at++)
                if (!char.IsWhiteSpace(text.Data[at]))
                    left--;
            text.Data = text.Data[at..];
            if (text.Data.Length > 0)
                break;
            RemoveEmpty(text, element);
        }

        return element;
    }

    // <b>Tokyo, The Gulf Observer:</b> leaves no empty <b>.
    private static void RemoveEmpty(IText text, IElement within)
    {
        INode empty = text;
        while (empty.Parent is IElement parent && parent != within && parent.ChildNodes.Length == 1)
            empty = parent;
        empty.Parent!.RemoveChild(empty);
    }

    private static Image? PictureOf(IElement element)
    {
        if (element.LocalName is not ("figure" or "p") || element.QuerySelectorAll("img") is not { Length: 1 } pictures)
            return null;
        var caption = element.QuerySelector("figcaption") is { } text ? BodyParagraphs.TextOf(text) : "";
        var others = BodyParagraphs.TextOf(element);
        var (url, alt) = (pictures[0].GetAttribute("src") ?? "", pictures[0].GetAttribute("alt") ?? "");
        return
            others == caption
            && url.StartsWith("https://", StringComparison.Ordinal)
            && url.Length <= LongestUrl
            && TextLength.Of(caption) <= LongestText
            && TextLength.Of(alt) <= LongestText
            ? new Image(url, Given(alt), Given(caption))
            : null;
    }

    private static string? Given(string text) => text.Length > 0 ? text : null;
}
