using HeadlessCms.Api.Content.Articles;
using HeadlessCms.Api.Feeds.Pages;
using HeadlessCms.Api.Hosting;
using HeadlessCms.Api.Http.Caching;
using HeadlessCms.Api.Http.Routing;
using HeadlessCms.Core.Feeds;
using HeadlessCms.Core.Storage.Live;
using Microsoft.EntityFrameworkCore;

namespace HeadlessCms.Api.Feeds;

/// <summary><c>/feeds/articles.{rss,atom,json,ninjs}</c>: all stories, or those that a filter lets through.</summary>
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
                .WithSummary($"The newest stories as {type.Name}.")
                .WithDescription($"The filters are those of Content's list. {FeedPage.AboutPages(type)}");
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
        // Those of any filter: what it lets through changes with a story, and who holds a copy must be told all the same.
        var tombstones = FeedPage.ShowsTombstones(page, context)
            ? await context.Scoped(live.Tombstones, live).OrderByDescending(tombstone => tombstone.WithdrawnAt).ToListAsync(cancellation)
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
