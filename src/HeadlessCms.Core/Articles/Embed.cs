using System.Net;
using System.Text.RegularExpressions;

namespace HeadlessCms.Core.Articles;

/// <summary>Something of another service that a body shows: a video, a post, a chart.</summary>
/// <param name="Provider">The service: <c>youtube</c>, <c>mastodon</c> …, or its host.</param>
/// <param name="Url">The absolute URL of its page at the service.</param>
public sealed partial record Embed(string Provider, string Url)
{
    /// <summary>The embeds of a sanitised body, in order.</summary>
    public static IReadOnlyList<Embed> In(string html) =>
        [
            .. Figure()
                .Matches(html)
                .Select(figure => new Embed(
                    WebUtility.HtmlDecode(figure.Groups["provider"].Value),
                    WebUtility.HtmlDecode(figure.Groups["url"].Value)
                )),
        ];

    // Bodies are written in one way: these attributes come first, in double quotes.
    [GeneratedRegex("<figure data-embed=\"(?<provider>[^\"]+)\" data-url=\"(?<url>[^\"]+)\"")]
    private static partial Regex Figure();
}
