using HeadlessCms.Api.Content;
using HeadlessCms.Api.Platform;
using HeadlessCms.Api.Platform.Paging;
using HeadlessCms.Core.Storage.Live;
using Microsoft.EntityFrameworkCore;

namespace HeadlessCms.Api.Feeds;

/// <summary>A page of a feed, newest first. Older pages hang on the last story of the one before, so none is missed while new ones arrive.</summary>
internal static class FeedPage
{
    public static FeedResult Of(IQueryable<LiveArticle> rows, FeedQuery query, FeedHead head, HttpContext context)
    {
        if (Cursor.Read(query.Cursor, context.Request) is { } after)
        {
            var (at, id) = (after.Instant, after.Id);
            rows = rows.Where(row => EF.Functions.LessThan(ValueTuple.Create(row.PublishedAt, row.Id), ValueTuple.Create(at, id)));
        }

        var ordered = rows.OrderByDescending(row => row.PublishedAt).ThenByDescending(row => row.Id);
        var stories = ordered.Take(query.Size).Select(FeedStory.OnPageOf(head.Site.Url, query.IsFull, ordered, query.Size)).AsAsyncEnumerable();
        return new FeedResult(TypeOf(context), head, stories);
    }

    /// <summary>Whether the page tells what was withdrawn: the first one does, in the formats that can.</summary>
    public static bool ShowsTombstones(FeedQuery query, HttpContext context) => query.Cursor is null && TypeOf(context).TellsWithdrawals;

    /// <summary>What the documents say of the pages of every feed.</summary>
    public static string AboutPages(FeedType type) =>
        "The `Link` header says where older stories are." + (type.TellsWithdrawals ? " The first page tells what was withdrawn within the last thirty days." : "");

    /// <summary>The same path with the slug that holds now.</summary>
    public static MovedResult Moved(HttpContext context, string slug)
    {
        var path = context.Request.Path.Value!;
        return new MovedResult($"{path[..path.LastIndexOf('/')]}/{slug}{path[path.LastIndexOf('.')..]}{context.Request.QueryString}");
    }

    private static FeedType TypeOf(HttpContext context) => context.GetEndpoint()!.Metadata.GetRequiredMetadata<FeedType>();
}
