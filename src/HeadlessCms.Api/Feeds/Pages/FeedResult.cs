using HeadlessCms.Api.Content.Articles;
using HeadlessCms.Api.Feeds.Formats;
using HeadlessCms.Api.Http.Caching;
using HeadlessCms.Core.Feeds;
using Microsoft.Extensions.Primitives;

namespace HeadlessCms.Api.Feeds.Pages;

/// <summary>Writes a feed, one article at a time.</summary>
internal sealed class FeedResult(FeedFormat type, FeedHead head, IAsyncEnumerable<FeedStory> stories) : IResult
{
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var (request, response, cancellation) = (httpContext.Request, httpContext.Response, httpContext.RequestAborted);
        var cache = httpContext.CacheContext();
        await using var rows = stories.GetAsyncEnumerator(cancellation);
        var more = await rows.MoveNextAsync();
        var pageHead = more ? head.Before(rows.Current, request) : head;
        response.ContentType = type.ContentType;
        if (pageHead.HubUrl is { } hub)
            response.Headers.Append("Link", new StringValues([$"<{hub}>; rel=\"hub\"", $"<{pageHead.TopicUrl}>; rel=\"self\""]));
        foreach (var (relation, path) in pageHead.Beside)
            response.Headers.Append("Link", $"<{path}>; rel=\"{relation}\"");
        cache.ModifiedAt(pageHead.UpdatedAt);
        if (pageHead.IsDated)
            cache.IsDated = true;
        await using var writer = FeedWriters.Of(type, response.BodyWriter);
        writer.Begin(pageHead);
        var reader = ReaderAccess.Of(httpContext);
        for (; more; more = await rows.MoveNextAsync())
        {
            cache.AddArticle(rows.Current);
            writer.Write(httpContext.Scoped(rows.Current with { Reader = reader }));
            await writer.FlushAsync(cancellation);
        }

        writer.End();
        await writer.FlushAsync(cancellation);
    }
}
