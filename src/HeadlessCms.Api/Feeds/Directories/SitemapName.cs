using System.Globalization;

namespace HeadlessCms.Api.Feeds.Directories;

/// <summary>
/// A sitemap's name: <c>articles</c> for the first of a kind, <c>articles-{id}</c> for one that begins with that article.
/// </summary>
/// <param name="Kind">The kind of its pages.</param>
/// <param name="Id">The id of its first page; empty for the first sitemap of the kind.</param>
internal readonly record struct SitemapName(string Kind, Guid Id)
{
    private const string News = "news";

    public override string ToString() => Id == Guid.Empty ? Kind : $"{Kind}-{Id:N}";

    public static bool TryParse(string text, out SitemapName name)
    {
        var (kind, id) = text.Split('-', 2) is [var first, var rest] ? (first, rest) : (text, null);
        name = new SitemapName(kind, id is not null && Guid.TryParseExact(id, "N", out var parsed) ? parsed : Guid.Empty);
        return name.ToString() == text;
    }

    public static string OfNews(int page) => string.Create(CultureInfo.InvariantCulture, $"{News}-{page}");

    /// <summary>The number of a news sitemap, from 1; null for other names.</summary>
    public static int? NewsPage(string text) =>
        text.StartsWith($"{News}-", StringComparison.Ordinal)
        && int.TryParse(text[(News.Length + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out var page)
        && page > 0
        && OfNews(page) == text
            ? page
            : null;
}
