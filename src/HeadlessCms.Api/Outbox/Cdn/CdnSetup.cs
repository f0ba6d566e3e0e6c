using HeadlessCms.Api.Hosting.Options;
using HeadlessCms.Api.Hosting.Storage;
using HeadlessCms.Core.Cdn;

namespace HeadlessCms.Api.Outbox.Cdn;

/// <summary>The CDN before Content and Feeds, which is purged by tag. A private site has none.</summary>
internal static class CdnSetup
{
    public static void AddCdn(this WebApplicationBuilder builder, CmsOptions options)
    {
        if (!options.BackgroundWork || options.PrivateSite || options.Cdn.Provider == CdnProvider.None)
            return;
        var api = PurgeApi.Of(options.Cdn);
        builder.Services.AddSingleton(api);
        builder.Services.AddSingleton<CdnMetrics>();
        builder.Services.AddSingleton(services => new PurgeQueue(services.GetRequiredService<Database>().Newsroom, [.. api.Targets]));
        builder.Services.AddHostedService<CdnPurger>();
    }
}
