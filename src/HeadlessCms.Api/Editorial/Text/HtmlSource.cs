using System.Text.RegularExpressions;

namespace HeadlessCms.Api.Editorial.Text;

/// <summary>HTML as it was sent, made ready for the parser: what a parser would lose without a word is reported, or put right.</summary>
internal sealed partial class HtmlSource
{
    // Parsers read these as raw text to their end tag.
    private static readonly string[] Raw = ["iframe", "script", "style", "textarea", "title", "xmp", "noembed", "noframes", "noscript"];
    private static readonly string[] Players = ["video", "audio", "object"];

    private readonly HashSet<string> _unclosed = [];

    public HtmlSource(string html, BodyWarnings warnings)
    {
        Html = ClipboardHeader().Replace(html, "").ReplaceLineEndings("\n");
        IsWord = Word().IsMatch(Html);
        if (!Html.Contains('<', StringComparison.Ordinal))
            return;
        CloseComment(warnings);
        foreach (var name in Raw)
            CloseRaw(name, warnings);
        foreach (var name in Players.Where(name => Count($"<{name}") > Count($"</{name}")))
            Report(name, Html.LastIndexOf($"<{name}", StringComparison.OrdinalIgnoreCase), warnings);
        // Cells without a table would be joined.
        if (Cell().IsMatch(Html) && Count("<table") == 0)
            Html = $"<table>{Html}</table>";
    }

    public string Html { get; private set; }

    /// <summary>Whether an office suite of Microsoft wrote it.</summary>
    public bool IsWord { get; }

    /// <summary>Whether its end is in something that is not shown, as the warnings say.</summary>
    public bool EndsUnseen { get; private set; }

    /// <summary>Elements without an end, whose content is the text that follows.</summary>
    public IReadOnlySet<string> Unclosed => _unclosed;

    private void CloseComment(BodyWarnings warnings)
    {
        var start = Html.LastIndexOf("<!--", StringComparison.Ordinal);
        if (start >= 0 && !CommentEnd().IsMatch(Html, start + 2))
            ReportUnseen("comment", start, warnings);
    }

    // The end of an iframe that has none is at once. Of others it is unknown how much of what follows is text.
    private void CloseRaw(string name, BodyWarnings warnings)
    {
        var start = Html.LastIndexOf($"<{name}", StringComparison.OrdinalIgnoreCase);
        if (
            start < 0
            || start + name.Length + 1 < Html.Length && char.IsLetterOrDigit(Html[start + name.Length + 1])
            || Html.IndexOf($"</{name}", start, StringComparison.OrdinalIgnoreCase) >= 0
        )
            return;
        var end = TagEnd().Match(Html, start + 1);
        if (name != "iframe" || !end.Success)
        {
            ReportUnseen(name, start, warnings);
            return;
        }

        Html = Html.Insert(end.Index + end.Length, "</iframe>");
        Report(name, start, warnings);
    }

    private void Report(string name, int at, BodyWarnings warnings)
    {
        _unclosed.Add(name);
        warnings.Unclosed(name, Line(at));
    }

    private void ReportUnseen(string what, int at, BodyWarnings warnings)
    {
        EndsUnseen = true;
        warnings.Unclosed($"{what}: the text after it is not shown", Line(at));
    }

    private int Count(string text)
    {
        var count = 0;
        for (var at = -1; (at = Html.IndexOf(text, at + 1, StringComparison.OrdinalIgnoreCase)) >= 0; )
            count++;
        return count;
    }

    private int Line(int at) => Html.AsSpan(0, at).Count('\n') + 1;

    [GeneratedRegex(@"^Version:[\d.]+\s+(?:[A-Za-z]+:\S*\s+)*?(?=<)")]
    private static partial Regex ClipboardHeader();

    [GeneratedRegex(@"mso-|\bMso[A-Z]|urn:schemas-microsoft-com|\bdata-ccp-props=|\bdata-contrast=")]
    private static partial Regex Word();

    [GeneratedRegex("--!?>")]
    private static partial Regex CommentEnd();

    [GeneratedRegex(@"\G(?>[^""'>]|""[^""]*""|'[^']*')*>")]
    private static partial Regex TagEnd();

    [GeneratedRegex("<t[dh][ >]", RegexOptions.IgnoreCase)]
    private static partial Regex Cell();
}
