using System.Text.RegularExpressions;

namespace HeadlessCms.Api.Editorial.Text;

/// <summary>The metadata that other systems keep at the start of a Markdown file, between lines of <c>---</c> or <c>+++</c>.</summary>
internal static class FrontMatter
{
    private const int MaxLines = 500;
    private const int LongestLine = 1_000;

    private static readonly Regex Metadata = new(
        @"^(\s*|\s*#.*|\s+\S.*|- .*|\[.*\]|[""']?[\w.\- ]+[""']?\s*(:(\s.*)?|=.*)|[\]}],?)$",
        RegexOptions.NonBacktracking
    );

    /// <summary>The source with empty lines in place of its front matter, so that lines keep their numbers.</summary>
    public static string Without(string source, BodyWarnings warnings)
    {
        source = source.TrimStart('\uFEFF');
        if (!source.StartsWith("---", StringComparison.Ordinal) && !source.StartsWith("+++", StringComparison.Ordinal))
            return source;
        source = source.ReplaceLineEndings("\n");
        var count = 0;
        var length = 0;
        var at = 0;
        string? fence = null;
        foreach (var line in source.AsSpan().EnumerateLines())
        {
            var text = line.TrimEnd();
            if (fence is null)
            {
                if (text is not ("---" or "+++"))
                    return source;
                fence = text.ToString();
            }
            else if (text.SequenceEqual(fence) || fence == "---" && text is "...")
            {
                length = at + line.Length;
                break;
            }
            else if (text.Length > LongestLine || !Metadata.IsMatch(text))
            {
                return source; // a line across the page, and text
            }

            at += line.Length + 1;
            if (++count > MaxLines)
                return source;
        }

        if (length == 0 || count == 1)
            return source;
        warnings.Removed("front matter");
        return new string('\n', count) + source[length..];
    }
}
