using HeadlessCms.Api.Editorial.Sample;
using HeadlessCms.Api.Hosting;
using HeadlessCms.Api.Hosting.Storage;
using HeadlessCms.Api.Http.Access;
using HeadlessCms.Api.Http.Caching;
using HeadlessCms.Api.Http.Idempotency;
using HeadlessCms.Api.Http.Input;
using HeadlessCms.Api.Http.Limits;
using HeadlessCms.Api.Http.OpenApi;
using HeadlessCms.Api.Http.Previews;
using HeadlessCms.Api.Http.Problems;
using HeadlessCms.Api.Http.Routing;
using HeadlessCms.Api.Outbox.OutboundHttp;
using HeadlessCms.Core.Storage;
using Microsoft.AspNetCore.DataProtection;

namespace HeadlessCms.Api.Http;

/// <summary>The services and middleware that all APIs share.</summary>
internal static class PlatformSetup
{
    private const int MaxBodySize = 1024 * 1024;

    public static void AddPlatform(this WebApplicationBuilder builder)
    {
        if (builder.Configuration["Urls"] is null && builder.Configuration["ASPNETCORE_URLS"] is null)
            builder.WebHost.UseUrls("http://127.0.0.1:5080");
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = MaxBodySize;
        });
        builder.Services.ConfigureHttpJsonOptions(json => StrictJson.Configure(json.SerializerOptions));
        builder.Services.Configure<RouteHandlerOptions>(routes => routes.ThrowOnBadRequest = true);
        // RequestCheckMiddleware responds with 415, after 401 and 403 and with the supported types; routing would respond first.
        builder.Services.Remove(builder.Services.Single(service => service.ImplementationType?.Name == "AcceptsMatcherPolicy"));
        builder.Services.AddExceptionHandler<ExceptionProblems>();
        builder.Services.AddProblemDetails();
        builder.Services.AddDataProtection().UseEphemeralDataProtectionProvider(); // no feature needs persistent keys
        builder.AddCaching();
        builder.AddTraffic();
        builder.Services.AddSingleton<Site>();
        builder.Services.AddSingleton<AdminKey>();
        builder.Services.AddSingleton<PreviewTokens>();
        builder.Services.AddSingleton<OutboundRules>();
    }

    public static async Task PrepareStorageAsync(this WebApplication app)
    {
        var database = app.Services.GetRequiredService<Database>();
        await Migrator.RunAsync(database, app.Logger);
        await database.FindLiveRoleAsync(app.Logger);
    }

    /// <summary>Stores the admin key and the sample content before the first request.</summary>
    public static async Task FillStorageAsync(this WebApplication app)
    {
        await using var scope = app.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<NewsroomDbContext>();
        var key = app.Services.GetRequiredService<AdminKey>();
        await key.EnsureAsync(app, db);
        if (app.Configuration.GetValue("Cms:SampleContent", app.Environment.IsDevelopment()))
            await SampleNewsroom.FillAsync(scope.ServiceProvider);
        if (key.ForDevelopment is { } developmentKey)
            app.Logger.LogInformation("Development API key, which Swagger UI at /docs uses: {Key}", developmentKey);
    }

    public static void UsePlatform(this WebApplication app)
    {
        app.Use(CommonHeaders);
        app.UseTraffic();
        app.UseCaching();
        app.UseExceptionHandler(
            new ExceptionHandlerOptions { SuppressDiagnosticsCallback = handled => ExceptionProblems.IsTheCallers(handled.Exception) }
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
