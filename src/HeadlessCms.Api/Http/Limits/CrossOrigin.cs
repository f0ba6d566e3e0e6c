using Microsoft.AspNetCore.Cors.Infrastructure;
using Microsoft.Net.Http.Headers;

namespace HeadlessCms.Api.Http.Limits;

/// <summary>
/// Content and Feeds may be read by scripts of any origin, which send no credentials of the browser's (the Fetch standard's CORS protocol).
/// Each answer says so, whether its caller named an origin or not: a cache on the way may give it to one who does.
/// </summary>
internal static class CrossOrigin
{
    private const string Exposed = "ETag, Link, Cache-Tag, Retry-After, RateLimit, RateLimit-Policy, WWW-Authenticate";

    private static readonly CorsPolicy Preflight = new CorsPolicyBuilder()
        .AllowAnyOrigin()
        .WithMethods(HttpMethods.Get, HttpMethods.Head)
        .WithHeaders(
            HeaderNames.Authorization,
            HeaderNames.CacheControl,
            HeaderNames.IfModifiedSince,
            HeaderNames.IfNoneMatch,
            "Last-Event-ID"
        )
        .SetPreflightMaxAge(TimeSpan.FromDays(1))
        .Build();

    public static void UseCrossOrigin(this WebApplication app) =>
        app.UseWhen(
            context => ReaderPaths.Has(context.Request.Path),
            door =>
            {
                door.Use(SayToAnyone);
                door.UseWhen(
                    context => HttpMethods.IsOptions(context.Request.Method),
                    asked => asked.UseMiddleware<CorsMiddleware>(Preflight)
                );
            }
        );

    private static Task SayToAnyone(HttpContext context, RequestDelegate next)
    {
        context.Response.OnStarting(
            static state =>
            {
                var headers = ((HttpContext)state).Response.Headers;
                headers.AccessControlAllowOrigin = CorsConstants.AnyOrigin;
                if (!headers.ContainsKey(HeaderNames.AccessControlAllowMethods))
                    headers.AccessControlExposeHeaders = Exposed;
                return Task.CompletedTask;
            },
            context
        );
        return next(context);
    }
}
