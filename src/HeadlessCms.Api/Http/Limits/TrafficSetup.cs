using HeadlessCms.Api.Hosting.Options;

namespace HeadlessCms.Api.Http.Limits;

/// <summary>CORS and the limits of callers: open requests, requests a minute, concurrent requests.</summary>
internal static class TrafficSetup
{
    public static void AddTraffic(this WebApplicationBuilder builder, CmsOptions options)
    {
        builder.Services.AddCors();
        builder.Services.AddSingleton<OpenRequests>();
        builder.Services.AddSingleton<RateLimits>();
        builder.Services.AddSingleton<FailedSignIns>();
        builder.AddConcurrencyLimits(options.Concurrency);
    }

    /// <summary>Adds the middleware that also applies to cached responses.</summary>
    public static void UseTraffic(this WebApplication app)
    {
        app.UseCrossOrigin();
        app.Use(app.Services.GetRequiredService<OpenRequests>().LimitAsync);
        app.Use(app.Services.GetRequiredService<RateLimits>().CountAnyone);
    }
}
