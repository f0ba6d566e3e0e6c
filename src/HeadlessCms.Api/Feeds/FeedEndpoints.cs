using HeadlessCms.Api.Content.Articles;
using HeadlessCms.Api.Feeds.Pages;
using HeadlessCms.Api.Hosting;
using HeadlessCms.Api.Http.Caching;
using HeadlessCms.Api.Http.Routing;
using HeadlessCms.Core.Feeds;
using HeadlessCms.Core.Storage.Live;
using Microsoft.EntityFrameworkCore;

namespace HeadlessCms.Api.Feeds;

/// <summary><c>/feeds/articles.{rss,atom,json,ninjs}</c>: all articles, or those that match a filter.</summary>
internal static class FeedEndpoints
{
    public static void Map(RouteGroupBuilder feeds)
    {
        var articles = feeds.MapGroup("").WithTags("Articles");
        foreach (var type in FeedFormat.All)
        {
            articles
                .MapRead($"/articles.{type.Extension}", Read, $"feedArticlesAs{type.Title}")
                .WithMetadata(type)
                .WithSummary($"Returns the newest articles as {type.Name}.")
                .WithDescription($"Accepts the filters of Content's list of articles. {FeedPage.AboutPages(type)}");
        }
    }

    private static async Task<FeedResult> Read(
        [AsParameters] FeedQuery page,
        [AsParameters] ArticleListQuery filter,
        LiveDbContext live,
        Site site,
        HttpContext context,
        CancellationToken cancellation
    )
    {
        // Tombstones ignore the filter: an article may have ceased to match it, and clients with a copy must still be notified.
        var tombstones = FeedPage.ShowsTombstones(page, context)
            ? await context
                .Scoped(live.RecentTombstones, live)
                .OrderByDescending(tombstone => tombstone.WithdrawnAt)
                .ToListAsync(cancellation)
            : [];
        if (FeedPage.ShowsTombstones(page, context))
            context.CacheContext().AddTags(CacheTags.Articles);
        context.CacheContext().Lists(filter);
        var head = FeedHead.Of(context.Request, site, "articles", site.Name, null, "/") with { Tombstones = tombstones };
        return await FeedPage.OfAsync(
            context.Scoped(ArticleFilter.Apply(live, filter), live),
            page,
            head,
            context,
            cancellation,
            filter.Q is null ? null : live
        );
    }
}
