using Prometheus;

namespace HeadlessCms.Api.Hosting.Telemetry;

/// <summary>
/// <c>/metrics</c>: how the app is doing, in Prometheus's text format: requests by route and status, connections, statements, memory, and
/// what the response cache saves. It names routes and never what was asked for.
/// </summary>
internal static class MetricsEndpoint
{
    /// <summary>The meter of the app's own instruments.</summary>
    public const string Meter = "HeadlessCms";

    private static readonly string[] Meters =
    [
        "Microsoft.AspNetCore.Hosting",
        "Microsoft.AspNetCore.Server.Kestrel",
        "Microsoft.AspNetCore.RateLimiting",
        "System.Runtime",
        "Npgsql",
        Meter,
    ];

    public static void MapMetrics(this IEndpointRouteBuilder app)
    {
        Metrics.ConfigureMeterAdapter(adapter => adapter.InstrumentFilterPredicate = instrument => Meters.Contains(instrument.Meter.Name));
        Metrics.SuppressDefaultMetrics(new() { SuppressEventCounters = true, SuppressDebugMetrics = true });
        app.MapMethods("/metrics", ["GET", "HEAD"], Write).AllowAnonymous().ExcludeFromDescription();
    }

    private static Task Write(HttpContext context)
    {
        context.Response.ContentType = PrometheusConstants.TextContentTypeWithVersionAndEncoding;
        context.Response.Headers.CacheControl = "no-store";
        return HttpMethods.IsHead(context.Request.Method)
            ? Task.CompletedTask
            : Metrics.DefaultRegistry.CollectAndExportAsTextAsync(context.Response.Body, context.RequestAborted);
    }
}
