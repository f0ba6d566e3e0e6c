using HeadlessCms.Api.Feeds.Directories;
using HeadlessCms.Api.Feeds.Stories;
using HeadlessCms.Api.Platform;
using HeadlessCms.Api.Platform.Access;
using HeadlessCms.Api.Platform.Caching;
using HeadlessCms.Api.Platform.Concepts;
using HeadlessCms.Api.Platform.Traffic;
using HeadlessCms.Core.Storage.Live;

namespace HeadlessCms.Api.Feeds;

/// <summary>The door of partners and crawlers: <c>/feeds</c> and the sitemaps. It reads what is live, and can read nothing else.</summary>
internal static class FeedsDoor
{
    public static void MapFeeds(this IEndpointRouteBuilder app)
    {
        var door = app.MapGroup("")
            .WithGroupName("feeds")
            .WithInputRules()
            .RequireAuthorization(Policies.Pulling)
            .RequireRateLimiting(Crowds.Readers)
            .KeptByCaches()
            .WithinScope();
        var feeds = door.MapGroup("/feeds");
        FeedEndpoints.Map(feeds);
        StoryEndpoints.Map(feeds);
        ConceptFeedEndpoints<LivePerson>.Map(feeds, KindWords.People);
        ConceptFeedEndpoints<LivePlace>.Map(feeds, KindWords.Places);
        ConceptFeedEndpoints<LiveTopic>.Map(feeds, KindWords.Topics);
        OpmlEndpoint.Map(feeds);
        SitemapEndpoints.Map(door);
    }
}
