using HeadlessCms.Api.Content.Articles;
using HeadlessCms.Api.Feeds.Pages;
using HeadlessCms.Api.Hosting;
using HeadlessCms.Api.Http.Caching;
using HeadlessCms.Api.Http.Routing;
using HeadlessCms.Core.Feeds;
using HeadlessCms.Core.Storage.Live;

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
        HttpContext context
    )
    {
        // Tombstones ignore the filter: an article may have ceased to match it, and clients with a copy must still be notified.
        if (page.Cursor is null)
            context.CacheContext().AddTags(CacheTags.Articles);
        context.CacheContext().Lists(filter);
        return await FeedPage.OfAsync(
            live,
            context.Syndicated(ArticleFilter.Apply(live, filter), live),
            context.Scoped(live.Tombstones, live),
            page,
            FeedHead.Of(context.Request, site, "articles", site.Name, null, "/"),
            context,
            filter.Q is not null
        );
    }
}
