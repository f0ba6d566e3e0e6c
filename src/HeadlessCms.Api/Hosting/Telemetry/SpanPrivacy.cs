using System.Diagnostics;
using OpenTelemetry;

namespace HeadlessCms.Api.Hosting.Telemetry;

/// <summary>
/// Takes out of spans what may be secret or personal: of requests to the app the path, which may hold anything that a caller sends, the
/// query, the address and the browser; of requests that the app sends all of the URL but its origin, because receivers of webhooks hide
/// secrets there.
/// </summary>
internal sealed class SpanPrivacy : BaseProcessor<Activity>
{
    private static readonly string[] OfCallers =
    [
        "url.query",
        "client.address",
        "client.port",
        "network.peer.address",
        "network.peer.port",
        "user_agent.original",
    ];

    public override void OnEnd(Activity data)
    {
        switch (data.Kind)
        {
            case ActivityKind.Server:
                data.SetTag("url.path", data.GetTagItem("http.route"));
                foreach (var name in OfCallers)
                    data.SetTag(name, null);
                break;
            case ActivityKind.Client when data.GetTagItem("url.full") is string url:
                data.SetTag(
                    "url.full",
                    Uri.TryCreate(url, UriKind.Absolute, out var uri) ? $"{uri.GetLeftPart(UriPartial.Authority)}/" : null
                );
                break;
            default:
                break;
        }
    }
}
