using HeadlessCms.Api.Hosting;
using HeadlessCms.Api.Hosting.Options;
using HeadlessCms.Api.Hosting.Storage;
using HeadlessCms.Core.Feeds;
using HeadlessCms.Core.WebSub;

namespace HeadlessCms.Api.Outbox.WebSub;

/// <summary>WebSub (W3C): the hub pushes changed feeds to subscribers.</summary>
internal static class WebSubSetup
{
    public static void AddWebSub(this WebApplicationBuilder builder, CmsOptions options)
    {
        if (options.BackgroundWork && new Site(options).HubUrl is not null)
        {
            string[] formats = [.. FeedFormat.All.Select(format => format.Extension)];
            builder.Services.AddSingleton(services => new WebSubQueue(services.GetRequiredService<Database>().Newsroom, formats));
            builder.Services.AddHostedService<WebSubPublisher>();
        }
    }
}
