using HeadlessCms.Api.Feeds.Directories;
using HeadlessCms.Api.Feeds.Stories;
using HeadlessCms.Api.Http.Access;
using HeadlessCms.Api.Http.Caching;
using HeadlessCms.Api.Http.Limits;
using HeadlessCms.Api.Http.Routing;
using HeadlessCms.Core.Concepts;

namespace HeadlessCms.Api.Feeds;

/// <summary>The door of partners and crawlers: <c>/feeds</c> and the sitemaps. It reads what is live, and can read nothing else.</summary>
internal static class FeedsApi
{
    public static void MapFeeds(this IEndpointRouteBuilder app)
    {
        var door = app.MapGroup("")
            .WithGroupName("feeds")
            .WithInputRules()
            .RequireAuthorization(Policies.Pulling)
            .RequireRateLimiting(ConcurrencyLimits.Readers)
            .KeptByCaches()
            .WithinScope();
        var feeds = door.MapGroup("/feeds");
        FeedEndpoints.Map(feeds);
        StoryEndpoints.Map(feeds);
        foreach (var names in ConceptKindNames.All)
            ConceptFeedEndpoints.Map(feeds, names);
        OpmlEndpoint.Map(feeds);
        SitemapEndpoints.Map(door);
    }
}
