using HeadlessCms.Api.Hosting.Options;
using HeadlessCms.Api.Hosting.Shutdown;
using HeadlessCms.Api.Http.Access;
using HeadlessCms.Api.Http.Caching;
using HeadlessCms.Api.Http.Idempotency;
using HeadlessCms.Api.Http.Input;
using HeadlessCms.Api.Http.Limits;
using HeadlessCms.Api.Http.OpenApi;
using HeadlessCms.Api.Http.Previews;
using HeadlessCms.Api.Http.Problems;
using HeadlessCms.Api.Http.Routing;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace HeadlessCms.Api.Http;

/// <summary>The services and middleware that all APIs share.</summary>
internal static class HttpSetup
{
    private const int MaxBodySize = 1024 * 1024;

    // The time of an answer has a bound; the framework's own rate, 240 bytes a second, would let 2 MiB take two hours.
    private static readonly MinDataRate SlowestReader = new(bytesPerSecond: 4_096, gracePeriod: TimeSpan.FromSeconds(10));

    public static void AddHttp(this WebApplicationBuilder builder, CmsOptions options)
    {
        if (builder.Configuration["Urls"] is null && builder.Configuration["ASPNETCORE_URLS"] is null)
            builder.WebHost.UseUrls("http://127.0.0.1:5080");
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = MaxBodySize;
            kestrel.Limits.MinResponseDataRate = SlowestReader;
        });
        builder.Services.ConfigureHttpJsonOptions(json => StrictJson.Configure(json.SerializerOptions));
        builder.Services.Configure<RouteHandlerOptions>(routes => routes.ThrowOnBadRequest = true);
        // RequestCheckMiddleware responds with 415, after 401 and 403 and with the supported types; routing would respond first.
        builder.Services.Remove(builder.Services.Single(service => service.ImplementationType?.Name == "AcceptsMatcherPolicy"));
        builder.Services.AddExceptionHandler<ExceptionProblems>();
        builder.Services.AddProblemDetails();
        builder.Services.AddSingleton<ProblemMetrics>();
        builder.AddCaching();
        builder.AddTraffic(options);
        builder.AddAccess(options);
        builder.AddDocs();
        builder.Services.AddSingleton<PreviewTokens>();
    }

    public static void UseHttp(this WebApplication app)
    {
        app.UseTrustedProxies();
        app.Use(CommonHeaders);
        app.Use(app.Services.GetRequiredService<Drain>().CloseConnections);
        app.Use(ChangeStreamPath.LeadAsync);
        app.UseTraffic();
        app.UseCaching();
        app.UseMiddleware<SecurityLogMiddleware>();
        app.Use(app.Services.GetRequiredService<FailedSignIns>().LimitAsync);
        app.UseExceptionHandler(
            new ExceptionHandlerOptions { SuppressDiagnosticsCallback = handled => ExceptionProblems.IsExpected(handled.Exception) }
        );
        app.UseStatusCodePages(StatusProblems.WriteAsync);
        app.UseDocs();
        app.UseRouting();
        app.UseMiddleware<CanonicalPathMiddleware>();
        app.UseRateLimiter();
        app.UseAuthentication();
        app.Use(app.Services.GetRequiredService<RateLimits>().CountKeys);
        app.UseAuthorization();
        app.UseMiddleware<RequestCheckMiddleware>();
        app.UseMiddleware<FormMiddleware>();
        app.UseMiddleware<TextMiddleware>();
        app.UseMiddleware<IdempotencyMiddleware>();
    }

    private static Task CommonHeaders(HttpContext context, RequestDelegate next)
    {
        context.Response.OnStarting(
            static state =>
            {
                var response = ((HttpContext)state).Response;
                response.Headers.XContentTypeOptions = "nosniff";
                response.Headers["Referrer-Policy"] = "no-referrer";
                if (response.Headers.ContentSecurityPolicy.Count == 0)
                    response.Headers.ContentSecurityPolicy = "default-src 'none'; frame-ancestors 'none'";
                // JSON is UTF-8 and its media type has no charset parameter (RFC 8259, 11).
                if (response.ContentType is "application/json; charset=utf-8")
                    response.ContentType = "application/json";
                return Task.CompletedTask;
            },
            context
        );
        return next(context);
    }
}
