using HeadlessCms.Api.Feeds.Directories;
using HeadlessCms.Api.Feeds.Pages;
using HeadlessCms.Api.Feeds.Stories;
using HeadlessCms.Api.Http.Access;
using HeadlessCms.Api.Http.Caching;
using HeadlessCms.Api.Http.Limits;
using HeadlessCms.Api.Http.Routing;
using HeadlessCms.Core.Concepts;

namespace HeadlessCms.Api.Feeds;

/// <summary>The Feeds API for partners and crawlers: <c>/feeds</c> and the sitemaps. It can read only what is live.</summary>
internal static class FeedsApi
{
    public static void MapFeeds(this IEndpointRouteBuilder app)
    {
        var api = app.MapGroup("")
            .WithGroupName("feeds")
            .WithInputRules()
            .RequireAuthorization(Policies.Pulling)
            .RequireRateLimiting(ConcurrencyLimits.Readers)
            .RetriesReads()
            .CacheResponses()
            .WithinScope();
        var feeds = api.MapGroup("/feeds");
        FeedEndpoints.Map(feeds);
        StoryEndpoints.Map(feeds);
        foreach (var names in ConceptKindNames.All)
            ConceptFeedEndpoints.Map(feeds, names);
        ConceptFeedEndpoints.MapAuthors(feeds);
        OpmlEndpoint.Map(feeds);
        SitemapEndpoints.Map(api);
    }
}
