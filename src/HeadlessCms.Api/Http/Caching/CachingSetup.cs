using HeadlessCms.Api.Http.Limits;
using HeadlessCms.Api.Http.Routing;
using Microsoft.AspNetCore.ResponseCompression;

namespace HeadlessCms.Api.Http.Caching;

/// <summary>Caching, cache tags and compression of Content and Feeds. Editorial responses are not cached.</summary>
internal static class CachingSetup
{
    public static void AddCaching(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<CacheMetrics>();
        builder.Services.AddSingleton<CdnHeaders>();
        builder.Services.AddSingleton<CachePolicy>();
        builder.Services.AddSingleton<ResponseCache>();
        builder.Services.AddResponseCompression(compression =>
        {
            compression.EnableForHttps = true; // responses do not reflect secrets (BREACH)
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
            branch =>
            {
                branch.UseMiddleware<ResponseCacheMiddleware>();
                branch.UseResponseCompression();
                branch.UseMiddleware<ResponseCaptureMiddleware>();
            }
        );

    /// <summary>Lets the cache of this node and HTTP caches store the responses of a route, unless they are for one caller.</summary>
    public static TBuilder CacheResponses<TBuilder>(this TBuilder routes)
        where TBuilder : IEndpointConventionBuilder =>
        routes.AddEndpointFilter(
            async (invocation, next) =>
            {
                invocation.HttpContext.CacheContext().IsPublic = ResponseCacheMiddleware.IsForAnyone(invocation.HttpContext.Request);
                return await next(invocation);
            }
        );

    // Server-sent events are not cached.
    private static bool IsRead(PathString path) => ReaderPaths.Has(path) && path != ChangeStreamPath.Stream;
}
