using System.Diagnostics;

namespace HeadlessCms.Api.Outbox.OutboundHttp;

/// <summary>Passes the trace context on (W3C Trace Context).</summary>
internal static class TraceContext
{
    /// <summary>
    /// Names the trace of the change in a request that no span of this node sends. Where there is a span, the HTTP client names it.
    /// </summary>
    public static void PassOn(this HttpRequestMessage request, string? traceParent)
    {
        if (Activity.Current is null && traceParent is not null)
            request.Headers.TryAddWithoutValidation("traceparent", traceParent);
    }
}
