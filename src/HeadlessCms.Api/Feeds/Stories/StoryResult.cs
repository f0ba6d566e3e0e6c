using System.Text.Json;
using HeadlessCms.Api.Feeds.Formats;
using HeadlessCms.Core.Feeds;

namespace HeadlessCms.Api.Feeds.Stories;

/// <summary>A response with one article: a JSON object with the members that <paramref name="members"/> writes.</summary>
internal sealed class StoryResult(StandardFormat format, JsonWriterOptions options, Action<Utf8JsonWriter> members) : IResult
{
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.ContentType = format.ContentType;
        await using var json = new Utf8JsonWriter(response.BodyWriter, options);
        json.Object(() => members(json));
        await json.FlushAsync(httpContext.RequestAborted);
    }
}
