using HeadlessCms.Api.Content.Articles;
using HeadlessCms.Api.Http.Paging;
using HeadlessCms.Api.Http.Routing;
using HeadlessCms.Core.Feeds;
using HeadlessCms.Core.Storage.Live;
using Microsoft.EntityFrameworkCore;

namespace HeadlessCms.Api.Feeds.Pages;

/// <summary>
/// A page of a feed, newest first. It continues after the last article of the previous page, so new articles shift nothing.
/// </summary>
internal static class FeedPage
{
    /// <summary><paramref name="foundIn"/> is given if <paramref name="rows"/> come from a text search.</summary>
    public static async Task<FeedResult> OfAsync(
        IQueryable<LiveArticle> rows,
        FeedQuery query,
        FeedHead head,
        HttpContext context,
        CancellationToken cancellation,
        LiveDbContext? foundIn = null
    )
    {
        var site = head.Site.Url;
        if (FeedArchive.RequestedStart(query, context.Request) is { } start)
        {
            var archive = await FeedArchive.FindAsync(rows, start, cancellation);
            return new FeedResult(
                TypeOf(context),
                head.Of(archive, context.Request),
                Newest(archive.Of(rows)).Select(FeedStory.InArchiveOf(site, query.IsFull)).AsAsyncEnumerable()
            );
        }

        var ordered = Newest(ArticleOrder.NewestFirst.After(rows, Cursor.Read(query.Cursor, context.Request)));
        if (foundIn is not null)
            ordered = Newest(ArticleFilter.First(foundIn, ordered, query.Size + 1));
        var stories = ordered.Take(query.Size).Select(FeedStory.OnPageOf(site, query.IsFull, ordered, query.Size)).AsAsyncEnumerable();
        return new FeedResult(TypeOf(context), head, stories);
    }

    /// <summary>The first page shows withdrawals, in the formats that support them.</summary>
    public static bool ShowsTombstones(FeedQuery query, HttpContext context) => query.IsFirstPage && TypeOf(context).HasTombstones;

    /// <summary>The part of the OpenAPI description that all feeds share.</summary>
    public static string AboutPages(FeedFormat type) =>
        "The `Link` header names the next page and the archive, whose documents change only when their articles do (RFC 5005). "
        + "A client that follows either one misses nothing that is published meanwhile."
        + (type.HasTombstones ? " The first page also lists the articles withdrawn within the last 30 days." : "");

    /// <summary>Redirects to the same path with the current slug.</summary>
    public static MovedResult Moved(HttpContext context, string slug)
    {
        var path = context.Request.Path.Value!;
        return new MovedResult($"{path[..path.LastIndexOf('/')]}/{slug}{path[path.LastIndexOf('.')..]}{context.Request.QueryString}");
    }

    private static IOrderedQueryable<LiveArticle> Newest(IQueryable<LiveArticle> rows) => ArticleOrder.NewestFirst.Sort(rows);

    private static FeedFormat TypeOf(HttpContext context) => context.GetEndpoint()!.Metadata.GetRequiredMetadata<FeedFormat>();
}
