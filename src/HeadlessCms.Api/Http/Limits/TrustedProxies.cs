using System.Net;
using HeadlessCms.Api.Hosting.Options;
using Microsoft.AspNetCore.HttpOverrides;

namespace HeadlessCms.Api.Http.Limits;

/// <summary>
/// Takes the address and the scheme of the caller from <c>X-Forwarded-For</c> and <c>X-Forwarded-Proto</c> of requests that come from
/// <c>Cms:Proxies</c>. Without proxies both headers are ignored.
/// </summary>
internal static class TrustedProxies
{
    public static void UseTrustedProxies(this WebApplication app)
    {
        var proxies = app.Services.GetRequiredService<CmsOptions>().Proxies;
        if (proxies.Count == 0)
            return;
        var options = new ForwardedHeadersOptions
        {
            ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto,
            ForwardLimit = null,
        };
        options.KnownProxies.Clear();
        options.KnownIPNetworks.Clear();
        foreach (var proxy in proxies)
        {
            if (IPAddress.TryParse(proxy, out var address))
                options.KnownProxies.Add(address);
            else
                options.KnownIPNetworks.Add(System.Net.IPNetwork.Parse(proxy));
        }

        app.UseForwardedHeaders(options);
    }
}
