using HeadlessCms.Api.Content.Articles;
using HeadlessCms.Api.Feeds.Formats;
using HeadlessCms.Api.Http.Caching;
using HeadlessCms.Core.Feeds;
using Microsoft.Extensions.Primitives;

namespace HeadlessCms.Api.Feeds.Pages;

/// <summary>A feed as an answer: story by story, from the database's row to the caller's connection.</summary>
internal sealed class FeedResult(FeedFormat type, FeedHead head, IAsyncEnumerable<FeedStory> stories) : IResult
{
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var (request, response, cancellation) = (httpContext.Request, httpContext.Response, httpContext.RequestAborted);
        var fresh = httpContext.CacheContext();
        fresh.IsStreamed = true;
        await using var rows = stories.GetAsyncEnumerator(cancellation);
        var more = await rows.MoveNextAsync();
        var said = more ? head.Before(rows.Current, request) : head.BeforeNothing();
        response.ContentType = type.ContentType;
        if (said.HubUrl is { } hub)
            response.Headers.Append("Link", new StringValues([$"<{hub}>; rel=\"hub\"", $"<{said.SelfUrl}>; rel=\"self\""]));
        foreach (var (relation, path) in said.Beside)
            response.Headers.Append("Link", $"<{path}>; rel=\"{relation}\"");
        fresh.ModifiedAt(said.UpdatedAt);
        await using var writer = FeedWriters.Of(type, response.BodyWriter);
        writer.Begin(said);
        for (; more; more = await rows.MoveNextAsync())
        {
            fresh.AddArticle(rows.Current);
            writer.Write(rows.Current);
            await writer.FlushAsync(cancellation);
        }

        writer.End();
        await writer.FlushAsync(cancellation);
    }
}
