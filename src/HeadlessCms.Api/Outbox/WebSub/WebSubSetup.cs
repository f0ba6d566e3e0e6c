using HeadlessCms.Api.Hosting;
using HeadlessCms.Api.Hosting.Storage;
using HeadlessCms.Api.Outbox.Changes;
using HeadlessCms.Core.Feeds;
using HeadlessCms.Core.WebSub;

namespace HeadlessCms.Api.Outbox.WebSub;

/// <summary>WebSub (W3C): the hub pushes changed feeds to subscribers.</summary>
internal static class WebSubSetup
{
    public static void AddWebSub(this WebApplicationBuilder builder)
    {
        var site = new Site(builder.Configuration);
        if (site.HubUrl is not { } hub)
            return;
        if (!IsAllowed(hub, builder.Environment))
            throw new InvalidOperationException(
                $"{Site.HubSetting} must be an absolute https URI; in Development it may be an http one of this machine."
            );
        if (site.Url is null)
            throw new InvalidOperationException($"{Site.HubSetting} needs Cms:SiteUrl: the hub is sent the URLs of feeds.");
        if (builder.Configuration.GetValue(ChangesSetup.Setting, true))
        {
            string[] formats = [.. FeedFormat.All.Select(format => format.Extension)];
            builder.Services.AddSingleton(services => new WebSubQueue(services.GetRequiredService<Database>().Newsroom, formats));
            builder.Services.AddHostedService<WebSubPublisher>();
        }
    }

    private static bool IsAllowed(string text, IHostEnvironment environment) =>
        Uri.TryCreate(text, UriKind.Absolute, out var uri)
        && uri is { UserInfo: "", Fragment: "" }
        && Uri.IsWellFormedUriString(text, UriKind.Absolute)
        && (uri.Scheme == Uri.UriSchemeHttps || uri.Scheme == Uri.UriSchemeHttp && uri.IsLoopback && environment.IsDevelopment());
}
