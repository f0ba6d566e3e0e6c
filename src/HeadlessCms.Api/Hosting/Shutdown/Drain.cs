namespace HeadlessCms.Api.Hosting.Shutdown;

/// <summary>Whether the node is about to stop: it is not ready, still answers, and asks clients to close their connections.</summary>
internal sealed class Drain
{
    private volatile bool _hasBegun;

    /// <summary>Whether it has begun.</summary>
    public bool HasBegun => _hasBegun;

    /// <summary>Begins it. It does not end before the process does.</summary>
    public void Begin() => _hasBegun = true;

    /// <summary>Closes the connection after each response while the node drains.</summary>
    public Task CloseConnections(HttpContext context, RequestDelegate next)
    {
        // HTTP/2 has no such header: there Kestrel sends GOAWAY when it stops.
        if (HasBegun && !HttpProtocol.IsHttp2(context.Request.Protocol) && !HttpProtocol.IsHttp3(context.Request.Protocol))
            context.Response.Headers.Connection = "close";
        return next(context);
    }
}
