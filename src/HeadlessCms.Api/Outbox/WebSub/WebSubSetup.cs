using HeadlessCms.Api.Hosting;
using HeadlessCms.Api.Hosting.Options;

namespace HeadlessCms.Api.Outbox.WebSub;

/// <summary>WebSub (W3C): who subscribes to a feed at the hub is sent what is new, without asking for it.</summary>
internal static class WebSubSetup
{
    public static void AddWebSub(this WebApplicationBuilder builder, CmsOptions options)
    {
        if (options.BackgroundWork && new Site(options).HubUrl is not null)
            builder.Services.AddHostedService<WebSubPublisher>();
    }
}
