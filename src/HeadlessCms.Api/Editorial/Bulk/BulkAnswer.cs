using System.Runtime.CompilerServices;
using System.Text.Json;
using HeadlessCms.Api.Http.Problems;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.Options;

namespace HeadlessCms.Api.Editorial.Bulk;

/// <summary>
/// Reads the lines of a request and returns a result for each. Results are held until the last line is read, because many clients read
/// nothing before they have sent everything.
/// </summary>
internal sealed class BulkAnswer(Func<IAsyncEnumerable<Line>, IAsyncEnumerable<IReadOnlyList<BulkResult>>> run)
    : IResult,
        IStatusCodeHttpResult
{
    public const string MediaType = "application/x-ndjson";
    public const int MostLines = 10_000;

    public int? StatusCode => 200;

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var json = httpContext.RequestServices.GetRequiredService<IOptions<JsonOptions>>().Value.SerializerOptions;
        var lines = NdjsonReader.ReadAsync(httpContext.Request.Body, httpContext.RequestAborted);
        using var answer = new MemoryStream();
        await foreach (var results in run(AtMost(lines, httpContext.RequestAborted)))
        {
            foreach (var result in results)
                Write(answer, result, json);
        }

        if (_tooMany is { } number)
            Write(
                answer,
                new BulkResult(number, BulkStatus.Refused)
                {
                    Problem = new ProblemResult(
                        413,
                        "tooMany",
                        "Too many lines",
                        $"At most {MostLines:N0} lines a request: this one and those after it were not read."
                    ).ToProblem($"line-{number}"),
                },
                json
            );

        httpContext.Response.ContentType = MediaType;
        answer.Position = 0;
        await answer.CopyToAsync(httpContext.Response.Body, httpContext.RequestAborted);
    }

    private int? _tooMany;

    private async IAsyncEnumerable<Line> AtMost(IAsyncEnumerable<Line> lines, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var count = 0;
        await foreach (var line in lines.WithCancellation(cancellation))
        {
            if (++count > MostLines)
            {
                _tooMany = line.Number;
                yield break;
            }

            yield return line;
        }
    }

    private static void Write(MemoryStream answer, BulkResult result, JsonSerializerOptions json)
    {
        JsonSerializer.Serialize(answer, result, json);
        answer.WriteByte((byte)'\n');
    }
}
