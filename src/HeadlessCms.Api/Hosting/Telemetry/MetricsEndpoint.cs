namespace HeadlessCms.Api.Hosting.Telemetry;

/// <summary>
/// <c>/metrics</c>: how the app is doing, in Prometheus's text format, from the instruments that OTLP is fed from: requests by route and
/// status, connections, statements, memory, and the app's own. It names routes and never what was asked for.
/// </summary>
internal static class MetricsEndpoint
{
    /// <summary>The meter of the app's own instruments.</summary>
    public const string Meter = "HeadlessCms";

    /// <summary>The meters whose instruments are collected.</summary>
    public static readonly IReadOnlyList<string> Meters =
    [
        "Microsoft.AspNetCore.Hosting",
        "Microsoft.AspNetCore.Server.Kestrel",
        "Microsoft.AspNetCore.RateLimiting",
        "System.Runtime",
        "Npgsql",
        Meter,
    ];

    private const string MediaType = "text/plain; version=0.0.4; charset=utf-8";

    public static void MapMetrics(this IEndpointRouteBuilder app, MetricsPage page) =>
        app.MapMethods("/metrics", ["GET", "HEAD"], context => WriteAsync(context, page)).AllowAnonymous().ExcludeFromDescription();

    private static Task WriteAsync(HttpContext context, MetricsPage page)
    {
        context.Response.ContentType = MediaType;
        context.Response.Headers.CacheControl = "no-store";
        return HttpMethods.IsHead(context.Request.Method)
            ? Task.CompletedTask
            : context.Response.WriteAsync(page.Read(), context.RequestAborted);
    }
}
