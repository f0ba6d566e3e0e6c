using HeadlessCms.Api.Content;
using HeadlessCms.Api.Content.Articles;
using HeadlessCms.Api.Http.Paging;
using HeadlessCms.Core.Feeds;
using HeadlessCms.Core.Storage.Live;
using Microsoft.EntityFrameworkCore;

namespace HeadlessCms.Api.Feeds;

/// <summary>
/// A page of a feed, newest first. Older pages hang on the last story of the one before, so none is missed while new ones arrive.
/// </summary>
internal static class FeedPage
{
    /// <param name="rows">The stories.</param>
    /// <param name="query">Which page of them.</param>
    /// <param name="head">What the feed says of itself.</param>
    /// <param name="context">The request.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <param name="foundIn">Given where words found them.</param>
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
        if (FeedArchive.Asked(query, context.Request) is { } start)
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

    /// <summary>Whether the page tells what was withdrawn: the first one does, in the formats that can.</summary>
    public static bool ShowsTombstones(FeedQuery query, HttpContext context) => query.IsFirstPage && TypeOf(context).HasTombstones;

    /// <summary>What the documents say of the pages of every feed.</summary>
    public static string AboutPages(FeedFormat type) =>
        "The `Link` header says where older stories are: on the next page, and in the archive, whose documents stay as they are while their stories do (RFC 5005). Whoever walks back through either misses nothing that is published meanwhile."
        + (type.HasTombstones ? " The first page tells what was withdrawn within the last thirty days." : "");

    /// <summary>The same path with the slug that holds now.</summary>
    public static MovedResult Moved(HttpContext context, string slug)
    {
        var path = context.Request.Path.Value!;
        return new MovedResult($"{path[..path.LastIndexOf('/')]}/{slug}{path[path.LastIndexOf('.')..]}{context.Request.QueryString}");
    }

    private static IOrderedQueryable<LiveArticle> Newest(IQueryable<LiveArticle> rows) => ArticleOrder.NewestFirst.Sort(rows);

    private static FeedFormat TypeOf(HttpContext context) => context.GetEndpoint()!.Metadata.GetRequiredMetadata<FeedFormat>();
}
