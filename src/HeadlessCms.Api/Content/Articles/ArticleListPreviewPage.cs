using HeadlessCms.Api.Http.Html;
using HeadlessCms.Api.Http.Paging;
using HeadlessCms.Api.Http.Previews;
using Microsoft.AspNetCore.WebUtilities;

namespace HeadlessCms.Api.Content.Articles;

/// <summary>A list of articles as a preview shows it: each links to its own preview.</summary>
internal static class ArticleListPreviewPage
{
    // What a link must repeat: the token, where the URL has it, and the instant.
    private static readonly string[] Carried = ["asOf", "preview"];

    /// <summary>The page of a list.</summary>
    public static HtmlPage Of(Page<ArticleItem> page, Preview preview, HttpRequest request) =>
        new(
            "Preview of the site",
            Markup.Of(
                $"""
                <h1>Preview of the site</h1>
                {(page.Items.Count == 0 ? Markup.Of($"<p>No article is live then.</p>") : Articles(page.Items, request))}
                {Next(page.NextCursor, request)}
                """
            )
        )
        {
            Banner = PreviewBanner.OfSite(preview),
        };

    /// <summary>The path of a preview of <paramref name="path"/> with what the request names it by.</summary>
    public static string LinkTo(string path, HttpRequest request) =>
        QueryHelpers.AddQueryString(
            path,
            Carried
                .Where(request.Query.ContainsKey)
                .Select(name => KeyValuePair.Create<string, string?>(name, request.Query[name].ToString()))
        );

    private static Markup Articles(IEnumerable<ArticleItem> articles, HttpRequest request) =>
        Markup.Of($"<ol class=\"stories\">\n{Markup.Join(articles.Select(article => Item(article, request)))}</ol>");

    private static Markup Item(ArticleItem article, HttpRequest request)
    {
        var credits = string.Join(" · ", article.Credits);
        return Markup.Of(
            $"""
            <li lang="{article.Language}" dir="auto"><h2><a href="{LinkTo(
                ArticleEndpoints.PathOf(article.Slug),
                request
            )}">{article.Headline}</a></h2>
            {(article.Standfirst is { Length: > 0 } text ? Markup.Of($"<p>{text}</p>") : Markup.None)}
            <p class="meta">{Markup.Of(article.PublishedAt)}{(credits.Length > 0 ? Markup.Of($" · {credits}") : Markup.None)}</p></li>

            """
        );
    }

    private static Markup Next(string? cursor, HttpRequest request) =>
        cursor is null ? Markup.None : Markup.Of($"<nav><a rel=\"next\" href=\"{NextLink.Of(request, cursor)}\">More articles</a></nav>");
}
