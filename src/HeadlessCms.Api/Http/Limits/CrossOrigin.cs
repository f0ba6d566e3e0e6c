using HeadlessCms.Api.Http.Access;
using Microsoft.AspNetCore.Cors.Infrastructure;
using Microsoft.Net.Http.Headers;

namespace HeadlessCms.Api.Http.Limits;

/// <summary>
/// Lets scripts of any origin read Content and Feeds without browser credentials (CORS protocol of the Fetch standard). Responses to
/// requests without an Origin have the headers too, because a shared cache may serve them to requests with one.
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
            "Last-Event-ID",
            SentCredentials.PreviewHeader
        )
        .SetPreflightMaxAge(TimeSpan.FromDays(1))
        .Build();

    public static void UseCrossOrigin(this WebApplication app) =>
        app.UseWhen(
            context => ReaderPaths.Has(context.Request.Path),
            branch =>
            {
                branch.Use(AddHeaders);
                branch.UseWhen(
                    context => HttpMethods.IsOptions(context.Request.Method),
                    preflight => preflight.UseMiddleware<CorsMiddleware>(Preflight)
                );
            }
        );

    private static Task AddHeaders(HttpContext context, RequestDelegate next)
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
