using HeadlessCms.Api.Http.Problems;
using HeadlessCms.Core.Feeds;
using HeadlessCms.Core.Storage.Live;

namespace HeadlessCms.Api.Content.Changes;

/// <summary><c>/content/v1/events</c>: the changes as server-sent events, as they happen.</summary>
internal static class EventStream
{
    private const int PageSize = 500;

    public static readonly StandardFormat Format = new(
        "Server-sent events",
        "text/event-stream",
        "https://html.spec.whatwg.org/multipage/server-sent-events.html"
    );

    /// <summary>Tells changes as they happen, as server-sent events.</summary>
    /// <remarks>
    /// Each event's `id` is a token of the list of changes, its `event` what happened, its `data` an item of that list. `Last-Event-ID`, which
    /// browsers send by themselves, or `since` goes on after that event; without either the stream begins now. A comment comes every 15 seconds
    /// where nothing happens. 410 says that the newsroom was restored to an earlier state: start over.
    /// </remarks>
    public static async Task<IResult> Open(
        [AsParameters] EventQuery query,
        EventBroadcast broadcast,
        IHostApplicationLifetime app,
        HttpContext context
    )
    {
        using var ends = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, app.ApplicationStopping);
        var header = context.Request.Headers["Last-Event-ID"].ToString();
        ChangeToken? since =
            header.Length > 0
                ? ChangeEndpoints.TokenOf(
                    header,
                    InputError.InHeader("Last-Event-ID", ChangeEndpoints.InvalidToken, ChangeEndpoints.NotGivenOut)
                )
            : query.Since is { } text
                ? ChangeEndpoints.TokenOf(text, InputError.InQuery("since", ChangeEndpoints.InvalidToken, ChangeEndpoints.NotGivenOut))
            : null;

        using var listener = broadcast.TryListen();
        if (listener is null)
            return StatusProblems.Of(503);
        var heard = await broadcast.LatestAsync(ends.Token);
        var missed = since is { } from ? await broadcast.AfterAsync(from, PageSize, ends.Token) : [];
        if (missed is null)
            return new HistoryGoneProblem();
        context.Response.ContentType = Format.MediaType;
        context.Response.Headers.CacheControl = "private, no-store";
        context.Response.Headers["X-Accel-Buffering"] = "no"; // proxies must not hold back what is to arrive at once
        if (!HttpMethods.IsHead(context.Request.Method))
            await WriteAsync(context, broadcast, heard, since ?? heard.Token, missed, ends.Token);
        return TypedResults.Empty;
    }

    private static async Task WriteAsync(
        HttpContext context,
        EventBroadcast broadcast,
        SentEvent heard,
        ChangeToken told,
        IReadOnlyList<LiveChange> missed,
        CancellationToken cancellation
    )
    {
        var body = context.Response.BodyWriter;
        try
        {
            await body.WriteAsync(":\n\n"u8.ToArray(), cancellation);
            // What came before the listener did is in the database; what comes after, everybody is told at once.
            for (
                IReadOnlyList<LiveChange>? page = missed;
                page is { Count: > 0 };
                page = page.Count < PageSize ? null : await broadcast.AfterAsync(told, PageSize, cancellation)
            )
            {
                foreach (var change in page)
                    await body.WriteAsync(await broadcast.WriteAsync(change), cancellation);
                told = ChangeToken.After(page[^1]);
            }

            while (true)
            {
                heard = await heard.Next.WaitAsync(cancellation);
                if (heard.IsHeartbeat || heard.Token.Position > told.Position)
                    await body.WriteAsync(heard.Bytes, cancellation);
            }
        }
        catch (OperationCanceledException)
        {
            // The caller has gone, or we are to go: it comes back with Last-Event-ID.
        }
    }
}

/// <summary>Where a stream of events begins.</summary>
public sealed class EventQuery
{
    /// <summary>The <c>nextCursor</c> of the list of changes, or the id of an event: the stream goes on after it. The header <c>Last-Event-ID</c> goes before it.</summary>
    public string? Since { get; init; }
}
