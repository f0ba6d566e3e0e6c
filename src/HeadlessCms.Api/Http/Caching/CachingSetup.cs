using HeadlessCms.Api.Http.Limits;
using Microsoft.AspNetCore.ResponseCompression;

namespace HeadlessCms.Api.Http.Caching;

/// <summary>How Content's and Feeds' answers are kept, tagged and compressed. Editorial's go by no cache.</summary>
internal static class CachingSetup
{
    public static void AddCaching(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<CacheMetrics>();
        builder.Services.AddSingleton<CachePolicy>();
        builder.Services.AddSingleton<ResponseCache>();
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
                door.UseMiddleware<ResponseCacheMiddleware>();
                door.UseResponseCompression();
                door.UseMiddleware<ResponseCaptureMiddleware>();
            }
        );

    /// <summary>What a route answers may be kept, by this node's cache and by those on the way, unless it was made for one caller.</summary>
    public static TBuilder KeptByCaches<TBuilder>(this TBuilder routes)
        where TBuilder : IEndpointConventionBuilder =>
        routes.AddEndpointFilter(
            async (invocation, next) =>
            {
                var fresh = invocation.HttpContext.CacheContext();
                fresh.IsPublic = ResponseCacheMiddleware.IsForAnyone(invocation.HttpContext.Request);
                return await next(invocation);
            }
        );

    // Events are told as they happen.
    private static bool IsRead(PathString path) => ReaderPaths.Has(path) && path != "/content/v1/events";
}
