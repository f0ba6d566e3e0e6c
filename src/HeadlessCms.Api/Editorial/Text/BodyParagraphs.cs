using System.Text;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;

namespace HeadlessCms.Api.Editorial.Text;

/// <summary>The text of a rendered body, with white space as readers see it.</summary>
internal static class BodyParagraphs
{
    private static readonly HashSet<string> Blocks =
    [
        .. "p h1 h2 h3 h4 h5 h6 ul ol li dl dt dd blockquote figure figcaption pre table caption thead tbody tfoot tr th td".Split(' '),
        .. "details summary hr section div aside".Split(' '),
    ];

    /// <summary>The paragraphs of a body, in order: also each heading, item of a list and cell of a table is one.</summary>
    public static IReadOnlyList<string> Of(string html)
    {
        var paragraphs = new List<string>();
        var text = new StringBuilder();
        Read(new HtmlParser().ParseDocument(html).Body!);
        End();
        return paragraphs;

        void Read(INode parent)
        {
            foreach (var node in parent.ChildNodes)
            {
                var isBlock = node is IElement element && Blocks.Contains(element.LocalName);
                if (isBlock)
                    End();
                Append(node, text);
                Read(node);
                if (isBlock)
                    End();
            }
        }

        void End()
        {
            if (text.ToString().Trim() is { Length: > 0 } paragraph)
                paragraphs.Add(paragraph);
            text.Clear();
        }
    }

    /// <summary>The text of a node; a line break is U+000A.</summary>
    public static string TextOf(INode node)
    {
        var text = new StringBuilder();
        foreach (var descendant in node.Descendants())
            Append(descendant, text);
        return text.ToString().Trim();
    }

    private static void Append(INode node, StringBuilder text)
    {
        if (node is IText { Data: var data })
            foreach (var character in data)
                Append(character, text);
        else if (node is IElement { LocalName: "br" })
            text.Append('\n');
    }

    private static void Append(char character, StringBuilder text)
    {
        if (character is not (' ' or '\t' or '\n' or '\r' or '\f'))
            text.Append(character);
        else if (text.Length > 0 && text[^1] is not (' ' or '\n'))
            text.Append(' ');
    }
}
