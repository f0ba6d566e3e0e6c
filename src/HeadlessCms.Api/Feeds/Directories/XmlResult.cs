using HeadlessCms.Api.Feeds.Formats;
using HeadlessCms.Api.Http.Caching;
using HeadlessCms.Core.Feeds;

namespace HeadlessCms.Api.Feeds.Directories;

/// <summary>Writes a directory, line by line.</summary>
internal sealed class XmlResult<T>(
    StandardFormat format,
    Func<System.IO.Pipelines.PipeWriter, FeedXml> open,
    IAsyncEnumerable<T> lines,
    Action<FeedXml, T> write
) : IResult
{
    private const int LinesAtATime = 100;

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        httpContext.CacheContext().AddTags(CacheTags.Articles, CacheTags.Concepts);
        await using var rows = lines.GetAsyncEnumerator(httpContext.RequestAborted);
        var more = await rows.MoveNextAsync();
        response.ContentType = format.ContentType;
        await using var xml = open(response.BodyWriter);
        for (var line = 1; more; more = await rows.MoveNextAsync(), line++)
        {
            write(xml, rows.Current);
            if (line % LinesAtATime == 0)
                await xml.FlushAsync();
        }

        xml.EndDocument();
        await xml.FlushAsync();
    }
}
