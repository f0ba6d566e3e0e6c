using System.Net;
using System.Text;

namespace HeadlessCms.Api.Content.Search;

/// <summary>The text of a body. What the sanitiser wrote is well-formed, so tags end where they seem to.</summary>
internal static class BodyText
{
    private static readonly HashSet<string> WithinWords = ["a", "em", "strong", "b", "i", "s", "u", "sub", "sup", "small", "mark", "abbr", "cite", "q", "code", "time", "del", "ins"];

    public static string Of(string html)
    {
        var text = new StringBuilder(html.Length);
        for (var at = 0; at < html.Length;)
        {
            var tag = html.IndexOf('<', at);
            text.Append(html, at, (tag < 0 ? html.Length : tag) - at);
            if (tag < 0) break;
            var end = html.IndexOf('>', tag);
            if (end < 0) break;
            if (!IsWithinWords(html.AsSpan(tag + 1, end - tag - 1))) text.Append(' ');
            at = end + 1;
        }

        return WebUtility.HtmlDecode(text.Replace('\n', ' ').ToString());
    }

    private static bool IsWithinWords(ReadOnlySpan<char> tag)
    {
        tag = tag.TrimStart('/');
        var end = tag.IndexOf(' ');
        return WithinWords.GetAlternateLookup<ReadOnlySpan<char>>().Contains(end < 0 ? tag : tag[..end]);
    }
}
