using System.Text;
using HeadlessCms.Api.Http.Problems;
using HeadlessCms.Core.Feeds;
using HeadlessCms.Core.Storage.Live;
using Microsoft.AspNetCore.Http.HttpResults;

namespace HeadlessCms.Api.Content.Changes;

/// <summary><c>/content/v1/changes/stream</c>: changes as server-sent events.</summary>
internal static class ChangeStream
{
    private const int PageSize = 500;

    public static readonly StandardFormat Format = new(
        "Server-sent events",
        "text/event-stream",
        "https://html.spec.whatwg.org/multipage/server-sent-events.html"
    );

    /// <summary>Streams changes as server-sent events, as they happen.</summary>
    /// <remarks>
    /// The `id` of an event is a token of the list of changes, its `event` the type of change, its `data` an item of that list.
    /// `Last-Event-ID`, which browsers send when they reconnect, or `since` resumes after that event; without either, the stream begins
    /// now, with its `id`, so that a client which loses it before the first event misses nothing. A comment is sent after every 15 seconds
    /// without a change. A node that stops ends the stream with a `retry`. 410 means that the database was restored, or that the token is
    /// older than what is kept; start over.
    /// `/content/v1/events` with `Accept: text/event-stream`, which browsers' EventSource sends, is the same stream.
    /// </remarks>
    public static async Task<Results<EmptyHttpResult, HistoryGoneProblem, ProblemResult>> Open(
        [AsParameters] ChangeStreamQuery query,
        ChangeBroadcast broadcast,
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
                    InputError.InHeader("Last-Event-ID", ChangeEndpoints.InvalidToken, ChangeEndpoints.InvalidTokenDetail)
                )
            : query.Since is { } text
                ? ChangeEndpoints.TokenOf(
                    text,
                    InputError.InQuery("since", ChangeEndpoints.InvalidToken, ChangeEndpoints.InvalidTokenDetail)
                )
            : null;

        using var listener = broadcast.TryListen();
        if (listener is null)
            return StatusProblems.Of(503);
        var received = await broadcast.LatestAsync(ends.Token);
        var missed = since is { } from ? await broadcast.AfterAsync(from, PageSize, ends.Token) : [];
        if (missed is null)
            return new HistoryGoneProblem();
        context.Response.ContentType = Format.MediaType;
        context.Response.Headers.CacheControl = "private, no-store";
        context.Response.Headers["X-Accel-Buffering"] = "no"; // disables buffering in proxies
        if (!HttpMethods.IsHead(context.Request.Method))
            await WriteAsync(context, broadcast, received, since ?? received.Token, missed, ends.Token);
        return TypedResults.Empty;
    }

    private static async Task WriteAsync(
        HttpContext context,
        ChangeBroadcast broadcast,
        SentEvent received,
        ChangeToken sent,
        IReadOnlyList<LiveChange> missed,
        CancellationToken cancellation
    )
    {
        var body = context.Response.BodyWriter;
        try
        {
            // An id without data is no event: who reconnects before the first one goes on from here.
            await body.WriteAsync(Encoding.UTF8.GetBytes($":\nid: {sent}\n\n"), cancellation);
            // Earlier changes are read from the database; later ones are broadcast to all listeners.
            for (
                IReadOnlyList<LiveChange>? page = missed;
                page is { Count: > 0 };
                page = page.Count < PageSize ? null : await broadcast.AfterAsync(sent, PageSize, cancellation)
            )
            {
                foreach (var change in page)
                    await body.WriteAsync(await broadcast.WriteAsync(change), cancellation);
                sent = ChangeToken.After(page[^1]);
            }

            while (true)
            {
                received = await received.Next.WaitAsync(cancellation);
                if (received.IsHeartbeat || received.Token.Position > sent.Position)
                    await body.WriteAsync(received.Bytes, cancellation);
            }
        }
        catch (OperationCanceledException)
        {
            // The client has gone or the node is stopping; the client reconnects with Last-Event-ID.
        }

        // Not all at the same moment.
        if (!context.RequestAborted.IsCancellationRequested)
            await body.WriteAsync(Encoding.UTF8.GetBytes($"retry: {Random.Shared.Next(500, 2_500)}\n\n"), context.RequestAborted);
    }
}

/// <summary>Query parameters of the event stream.</summary>
public sealed class ChangeStreamQuery
{
    /// <summary>
    /// A <c>nextCursor</c> or an event id after which the stream resumes; the header <c>Last-Event-ID</c> takes precedence.
    /// </summary>
    public string? Since { get; init; }
}
