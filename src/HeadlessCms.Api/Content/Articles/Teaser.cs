using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using HeadlessCms.Core.Articles;

namespace HeadlessCms.Api.Content.Articles;

/// <summary>The beginning of a body, for readers below its tier.</summary>
internal static class Teaser
{
    private static readonly HtmlParser Parser = new();

    /// <summary>
    /// The body up to the end of word number <paramref name="words"/>, and nothing of what comes after it: no text, no picture, no embed.
    /// The whole body where it has no more words.
    /// </summary>
    public static string Of(string html, int words)
    {
        if (words <= 0)
            return "";
        using var document = Parser.ParseDocument("<!doctype html><body>");
        var body = document.Body!;
        body.InnerHtml = html;
        var left = words;
        for (INode? node = body.FirstChild; node is not null; node = Next(node, body))
        {
            if (node is not IText text)
                continue;
            var found = BodyWords.In(text.Data).Take(left + 1).ToList();
            if (found.Count <= left)
            {
                left -= found.Count;
                continue;
            }

            // The first word too many ends the body; where it begins a text, the text before it was the last.
            text.Data = left == 0 ? "" : text.Data[..(found[left - 1].Index + found[left - 1].Length)] + " …";
            for (INode at = text; at != body; at = at.Parent!)
                while (at.NextSibling is { } after)
                    at.Parent!.RemoveChild(after);
            RemoveEmpty(text, body);
            break;
        }

        return body.InnerHtml;
    }

    private static INode? Next(INode node, INode root)
    {
        if (node.FirstChild is { } child)
            return child;
        for (INode? at = node; at is not null && at != root; at = at.Parent)
            if (at.NextSibling is { } sibling)
                return sibling;
        return null;
    }

    // A paragraph whose words are all too many leaves no empty one behind.
    private static void RemoveEmpty(INode node, INode root)
    {
        while (node != root && !node.HasChildNodes && node is not IText { Data.Length: > 0 })
        {
            var parent = node.Parent!;
            parent.RemoveChild(node);
            node = parent;
        }
    }
}
