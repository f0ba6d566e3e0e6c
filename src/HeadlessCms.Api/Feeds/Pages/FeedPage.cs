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
    /// <param name="live">What is live.</param>
    /// <param name="rows">The articles of the feed.</param>
    /// <param name="tombstones">The articles that were in the feed. In a format that cannot list them, they date it all the same.</param>
    /// <param name="query">Which page.</param>
    /// <param name="head">The head of the feed.</param>
    /// <param name="context">The request.</param>
    /// <param name="isSearch">Whether <paramref name="rows"/> come from a text search.</param>
    public static async Task<FeedResult> OfAsync(
        LiveDbContext live,
        IQueryable<LiveArticle> rows,
        IQueryable<LiveTombstone> tombstones,
        FeedQuery query,
        FeedHead head,
        HttpContext context,
        bool isSearch = false
    )
    {
        var (site, type, cancellation) = (head.Site.Url, TypeOf(context), context.RequestAborted);
        if (FeedArchive.RequestedStart(query, context.Request) is { } start)
        {
            var archive = await FeedArchive.FindAsync(rows, start, cancellation);
            head = head.Of(archive, context.Request).With(await FeedTombstones.InArchiveAsync(tombstones, archive, cancellation));
            return new FeedResult(
                type,
                head,
                ArticleOrder.NewestFirst.Sort(archive.Of(rows)).Select(FeedStory.InArchiveOf(site, query.IsFull)).AsAsyncEnumerable()
            );
        }

        var again = FeedCorrections.None;
        if (query.IsFirstPage)
        {
            var recent = await FeedTombstones.RecentAsync(live, tombstones, cancellation);
            head = head.With(recent.Tombstones);
            if (!query.IsByUpdate && !isSearch)
                again = await FeedCorrections.FindAsync(rows, recent.Corrected, query.Size, cancellation);
        }

        head = head.UpdatedBy(again.UpdatedAt);
        var size = query.Size - again.Ids.Count;
        var ordered = rows.After(Cursor.Read(query.Cursor, context.Request), query.Sort).Sorted(query.Sort);
        if (isSearch)
            ordered = ArticleFilter.First(live, ordered, size + 1).Sorted(query.Sort);
        var stories = ordered.Take(size).Select(FeedStory.OnPageOf(site, query, ordered, size)).AsAsyncEnumerable();
        if (again.Ids.Count > 0)
            stories = stories.Concat(Again(rows, again, site, query));
        return new FeedResult(type, head, stories);
    }

    /// <summary>The part of the OpenAPI description that all feeds share.</summary>
    public static string AboutPages(FeedFormat type) =>
        "The `Link` header names the next page and the archive, whose documents change only when their articles do (RFC 5005). "
        + "A client that follows either one misses nothing that is published meanwhile. "
        + $"Up to a third of the first page are older articles that were corrected within the last {FeedCorrections.Days} days, after the "
        + "newest ones; `sort=-updatedAt` lists all articles by their latest publication instead."
        + (
            type.HasTombstones
                ? $" The first page also lists the articles withdrawn, unpublished or expired within the last {FeedTombstones.Days} days, "
                    + "and the archive lists them for good where they stood."
                : ""
        );

    /// <summary>Redirects to the same path with the current slug.</summary>
    public static MovedResult Moved(HttpContext context, string slug)
    {
        var path = context.Request.Path.Value!;
        return new MovedResult($"{path[..path.LastIndexOf('/')]}/{slug}{path[path.LastIndexOf('.')..]}{context.Request.QueryString}");
    }

    private static IAsyncEnumerable<FeedStory> Again(IQueryable<LiveArticle> rows, FeedCorrections again, string? site, FeedQuery query)
    {
        var ids = again.Ids;
        return rows.Where(row => ids.Contains(row.Id))
            .OrderByDescending(row => row.UpdatedAt)
            .ThenByDescending(row => row.Id)
            .Select(FeedStory.InArchiveOf(site, query.IsFull))
            .AsAsyncEnumerable();
    }

    private static FeedFormat TypeOf(HttpContext context) => context.GetEndpoint()!.Metadata.GetRequiredMetadata<FeedFormat>();
}
