using HeadlessCms.Api.Feeds.Formats;
using HeadlessCms.Api.Platform;
using HeadlessCms.Api.Platform.Paging;

namespace HeadlessCms.Api.Feeds;

/// <summary>A feed as an answer: story by story, from the database's row to the caller's connection.</summary>
internal sealed class FeedResult(FeedType type, FeedHead head, IAsyncEnumerable<FeedStory> stories) : IResult
{
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var (request, response, cancellation) = (httpContext.Request, httpContext.Response, httpContext.RequestAborted);
        await using var rows = stories.GetAsyncEnumerator(cancellation);
        var more = await rows.MoveNextAsync();
        var said = more ? head.Before(rows.Current, request) : head.BeforeNothing();
        response.ContentType = type.ContentType;
        if (more && rows.Current.NextCursor is { } next) response.Headers.AppendNext(request, next.Write(request));
        if (HttpMethods.IsHead(request.Method)) return;

        await using var writer = FeedWriters.Of(type, response.BodyWriter);
        writer.Begin(said);
        for (; more; more = await rows.MoveNextAsync())
        {
            writer.Write(rows.Current);
            await writer.FlushAsync(cancellation);
        }

        writer.End();
        await writer.FlushAsync(cancellation);
    }
}
