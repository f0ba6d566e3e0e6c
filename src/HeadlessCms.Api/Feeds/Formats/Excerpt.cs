using System.Buffers;
using System.Text;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;

namespace HeadlessCms.Api.Feeds.Formats;

/// <summary>The beginning of a body as plain text: the summary of an article without a standfirst.</summary>
internal static class Excerpt
{
    /// <summary>The number of characters of HTML that are looked at; what follows cannot be in an excerpt.</summary>
    public const int MaxHtml = 4_000;

    private const int MaxLength = 300;
    private const int MinSentence = 80;

    private static readonly HashSet<string> Inline =
    [
        "a",
        "abbr",
        "b",
        "bdi",
        "bdo",
        "cite",
        "code",
        "data",
        "del",
        "dfn",
        "em",
        "i",
        "ins",
        "kbd",
        "mark",
        "q",
        "s",
        "samp",
        "small",
        "span",
        "strong",
        "sub",
        "sup",
        "time",
        "u",
        "var",
        "wbr",
    ];

    private static readonly HashSet<string> Skipped = ["rp", "rt", "script", "style", "figcaption"];

    private static readonly SearchValues<char> SentenceEnds = SearchValues.Create(".!?…。！？");

    private static readonly HtmlParser Parser = new();

    /// <summary>Up to 300 characters, which end with a sentence or a word; null if there is no text.</summary>
    public static string? Of(string? html)
    {
        if (string.IsNullOrWhiteSpace(html))
            return null;
        using var document = Parser.ParseDocument("");
        var words = new StringBuilder();
        foreach (var node in Parser.ParseFragment(Start(html, MaxHtml), document.Body!))
            Append(words, node);
        var text = string.Join(' ', words.ToString().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return text.Length == 0 ? null
            : text.Length <= MaxLength ? text
            : Shortened(text);
    }

    private static void Append(StringBuilder words, INode node)
    {
        if (words.Length > MaxHtml)
            return;
        if (node is IText text)
            words.Append(text.Data);
        else if (node is IElement element && !Skipped.Contains(element.LocalName))
        {
            var separates = !Inline.Contains(element.LocalName) && element.LocalName is not ("ruby" or "rb");
            if (separates)
                words.Append(' ');
            foreach (var child in element.ChildNodes)
                Append(words, child);
            if (separates)
                words.Append(' ');
        }
    }

    private static string Shortened(string text)
    {
        var start = Start(text, MaxLength);
        var sentence = start.AsSpan().LastIndexOfAny(SentenceEnds);
        while (sentence > MinSentence && sentence + 1 < text.Length && start[sentence] is '.' or '!' or '?' && text[sentence + 1] != ' ')
            sentence = start.AsSpan(0, sentence).LastIndexOfAny(SentenceEnds);
        if (sentence > MinSentence)
            return start[..(sentence + 1)];
        var word = start.LastIndexOf(' ');
        return $"{start[..(word > MinSentence ? word : start.Length)]}…";
    }

    // Does not cut a surrogate pair in two.
    private static string Start(string text, int length) =>
        text.Length <= length ? text : text[..(char.IsHighSurrogate(text[length - 1]) ? length - 1 : length)];
}
