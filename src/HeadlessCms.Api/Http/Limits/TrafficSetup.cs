using HeadlessCms.Api.Hosting.Options;

namespace HeadlessCms.Api.Http.Limits;

/// <summary>Who may ask from where, how often, and how many at once.</summary>
internal static class TrafficSetup
{
    public static void AddTraffic(this WebApplicationBuilder builder, CmsOptions options)
    {
        builder.Services.AddCors();
        builder.Services.AddSingleton<RateLimits>();
        builder.AddConcurrencyLimits(options.Concurrency);
    }

    /// <summary>What holds before anything is answered from memory.</summary>
    public static void UseTraffic(this WebApplication app)
    {
        app.UseCrossOrigin();
        app.Use(app.Services.GetRequiredService<RateLimits>().CountAnyone);
    }
}
