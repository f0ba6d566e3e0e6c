using HeadlessCms.Api.Platform.Telemetry;
using HeadlessCms.Api.Platform.Traffic;
using Microsoft.AspNetCore.ResponseCompression;

namespace HeadlessCms.Api.Platform.Caching;

/// <summary>How Content's and Feeds' answers are kept, tagged and compressed. Editorial's go by no cache.</summary>
internal static class CachingSetup
{
    public static void AddCaching(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<CacheMetrics>();
        builder.Services.AddSingleton<CachePolicy>();
        builder.Services.AddSingleton<AnswerCache>();
        builder.Services.AddResponseCompression(compression =>
        {
            compression.EnableForHttps = true; // nothing secret is reflected in them (BREACH)
            compression.MimeTypes =
            [
                .. ResponseCompressionDefaults.MimeTypes,
                "application/problem+json",
                "application/ld+json",
                "application/feed+json",
                "application/rss+xml",
                "application/atom+xml",
                "text/x-opml",
            ];
        });
    }

    public static void UseCaching(this WebApplication app) =>
        app.UseWhen(
            context => IsRead(context.Request.Path),
            door =>
            {
                door.UseMiddleware<CachedAnswers>();
                door.UseResponseCompression();
                door.UseMiddleware<AnswerCapture>();
            }
        );

    /// <summary>What a route answers may be kept, by this node's cache and by those on the way, unless it was made for one caller.</summary>
    public static TBuilder KeptByCaches<TBuilder>(this TBuilder routes)
        where TBuilder : IEndpointConventionBuilder =>
        routes.AddEndpointFilter(
            async (invocation, next) =>
            {
                var fresh = invocation.HttpContext.Freshness();
                fresh.IsPublic = CachedAnswers.IsForAnyone(invocation.HttpContext.Request);
                return await next(invocation);
            }
        );

    // Events are told as they happen.
    private static bool IsRead(PathString path) => ReaderPaths.Has(path) && path != "/content/v1/events";
}
