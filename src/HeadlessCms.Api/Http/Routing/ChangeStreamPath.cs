using Microsoft.Net.Http.Headers;

namespace HeadlessCms.Api.Http.Routing;

/// <summary>
/// <c>/content/v1/events</c> is both the list of one kind of concept and, for clients of server-sent events, the stream of changes.
/// Browsers' EventSource names the media type of the stream and, when it reconnects, the last event; <c>since</c> is a parameter of the
/// stream alone.
/// </summary>
internal static class ChangeStreamPath
{
    /// <summary>The path of the stream.</summary>
    public const string Stream = "/content/v1/changes/stream";

    private const string Shared = "/content/v1/events";

    /// <summary>Leads such clients to the stream, before anything looks at the path.</summary>
    public static Task LeadAsync(HttpContext context, RequestDelegate next)
    {
        if (context.Request.Path.Value == Shared)
        {
            context.Response.OnStarting(
                static state =>
                {
                    ((HttpContext)state).Response.Headers.Append(HeaderNames.Vary, HeaderNames.Accept);
                    return Task.CompletedTask;
                },
                context
            );
            if (AsksForStream(context.Request))
                context.Request.Path = Stream;
        }

        return next(context);
    }

    private static bool AsksForStream(HttpRequest request) =>
        request.Headers.ContainsKey("Last-Event-ID")
        || request.Query.ContainsKey("since")
        || MediaTypeHeaderValue.TryParseList([.. request.Headers.Accept.OfType<string>()], out var ranges)
            && ranges.Any(range =>
                range.MediaType.Equals("text/event-stream", StringComparison.OrdinalIgnoreCase) && range.Quality is not 0
            );
}
