using System.Text.RegularExpressions;

namespace HeadlessCms.Api.Editorial.Bulk.Formats;

/// <summary>
/// The text of a post as HTML. Blocks are HTML with comments around them; the classic editor left paragraphs to blank lines, which
/// WordPress turns into elements for each reader.
/// </summary>
internal static partial class WordPressText
{
    /// <summary>Null where there is no text.</summary>
    public static string? Of(string? text, List<string> losses)
    {
        if (string.IsNullOrWhiteSpace(text))
            return null;
        var html = Captions().Replace(text, "<figure>$1<figcaption>$2</figcaption></figure>");
        foreach (var name in Shortcodes().Matches(html).Select(code => code.Groups[1].Value).Distinct())
            losses.Add($"The shortcode [{name}] stays as text.");
        return html.Contains("<!-- wp:", StringComparison.Ordinal) ? BlockMarks().Replace(html, "") : Paragraphs(html);
    }

    private static string Paragraphs(string text) =>
        string.Join(
            "\n",
            BlankLines()
                .Split(text.Replace("\r\n", "\n", StringComparison.Ordinal).Trim())
                .Where(part => part.Trim().Length > 0)
                .Select(part =>
                    BlockStart().IsMatch(part) ? part : $"<p>{part.Trim().Replace("\n", "<br>\n", StringComparison.Ordinal)}</p>"
                )
        );

    [GeneratedRegex(
        @"\[caption[^\]]*\]\s*((?:<a[^>]*>)?\s*<img[^>]*>\s*(?:</a>)?)\s*(.*?)\s*\[/caption\]",
        RegexOptions.Singleline | RegexOptions.IgnoreCase
    )]
    private static partial Regex Captions();

    [GeneratedRegex(@"(?<!\[)\[([a-z][a-z0-9_-]{2,30})(?:\s[^\]\n]*)?\](?!\()")]
    private static partial Regex Shortcodes();

    [GeneratedRegex(@"<!--\s*/?wp:[^>]*?-->")]
    private static partial Regex BlockMarks();

    [GeneratedRegex(@"\n\s*\n")]
    private static partial Regex BlankLines();

    [GeneratedRegex(
        @"^\s*</?(?:p|div|h[1-6]|ul|ol|li|table|thead|tbody|tr|blockquote|pre|figure|hr|dl|section|iframe|details)\b",
        RegexOptions.IgnoreCase
    )]
    private static partial Regex BlockStart();
}
