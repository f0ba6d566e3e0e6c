using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;
using System.Text.Json;
using HeadlessCms.Api.Http.Idempotency;
using HeadlessCms.Api.Http.Problems;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;
using Microsoft.Extensions.Options;

namespace HeadlessCms.Api.Editorial.Bulk;

/// <summary>
/// Reads the lines of a request and sends the result of each once it is committed, so that a lost connection tells what was saved.
/// </summary>
internal sealed partial class BulkAnswer(Func<IAsyncEnumerable<Line>, IAsyncEnumerable<IReadOnlyList<BulkResult>>> run)
    : IResult,
        IStatusCodeHttpResult
{
    public const string MediaType = "application/x-ndjson";
    public const int MostLines = 10_000;

    private int? _tooMany;
    private int? _stoppedAt;

    public int? StatusCode => 200;

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var (response, aborted) = (httpContext.Response, httpContext.RequestAborted);
        var json = httpContext.RequestServices.GetRequiredService<IOptions<JsonOptions>>().Value.SerializerOptions;
        // Many clients read nothing before they have sent everything. Until then results wait here; their number and size are bounded.
        var pipe = new Pipe(new PipeOptions(pauseWriterThreshold: 0));
        if (httpContext.Features.Get<IHttpMinResponseDataRateFeature>() is { } rate)
            rate.MinDataRate = new MinDataRate(240, gracePeriod: TimeSpan.FromMinutes(5));
        response.ContentType = MediaType;
        response.Headers["X-Accel-Buffering"] = "no"; // disables buffering in proxies
        var (sending, next) = (Task.CompletedTask, 1);
        var hasBegun = false;
        try
        {
            await foreach (
                var results in run(AtMost(NdjsonReader.ReadAsync(httpContext.Request.Body, aborted), StopsAt(httpContext), aborted))
            )
            {
                foreach (var result in results)
                    Write(result);
                next = results[^1].Line + 1;
                await SendAsync();
            }

            if (_tooMany is { } number)
                Write(
                    Unread(
                        number,
                        new ProblemResult(
                            413,
                            "tooMany",
                            "Too many lines",
                            $"At most {MostLines:N0} lines a request: this one and those after it were not read."
                        )
                    )
                );
            if (_stoppedAt is { } unsaved)
                Write(Unread(unsaved, StatusProblems.Of(StatusCodes.Status503ServiceUnavailable)));
            await SendAsync();
        }
        catch (Exception failure) when (hasBegun && !aborted.IsCancellationRequested)
        {
            // The status is sent: the last line says why there is no other.
            Write(Unread(next, ExceptionProblems.Of(failure)));
            if (!ExceptionProblems.IsClientError(failure))
                EndedEarly(httpContext.RequestServices.GetRequiredService<ILogger<BulkAnswer>>(), failure, next);
        }
        finally
        {
            await pipe.Writer.CompleteAsync();
            await sending;
        }

        void Write(BulkResult result)
        {
            pipe.Writer.Write(JsonSerializer.SerializeToUtf8Bytes(result, json));
            pipe.Writer.Write("\n"u8);
        }

        async Task SendAsync()
        {
            await pipe.Writer.FlushAsync(aborted);
            if (!hasBegun)
                (hasBegun, sending) = (true, pipe.Reader.CopyToAsync(response.Body, aborted));
        }
    }

    private static BulkResult Unread(int number, ProblemResult problem) =>
        new(number, BulkStatus.Refused) { Problem = problem.ToProblem($"line-{number}") };

    // A node that stops takes no further line. The response to an Idempotency-Key is stored, so it has to be complete.
    private static CancellationToken StopsAt(HttpContext context) =>
        context.Features.Get<IdempotentRequest>() is null
            ? context.RequestServices.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping
            : CancellationToken.None;

    private async IAsyncEnumerable<Line> AtMost(
        IAsyncEnumerable<Line> lines,
        CancellationToken stopping,
        [EnumeratorCancellation] CancellationToken cancellation
    )
    {
        var count = 0;
        await foreach (var line in lines.WithCancellation(cancellation))
        {
            if (++count > MostLines)
            {
                _tooMany = line.Number;
                yield break;
            }

            if (stopping.IsCancellationRequested)
            {
                _stoppedAt = line.Number;
                yield break;
            }

            yield return line;
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "A bulk request ended at line {Line}; the lines before it are saved")]
    private static partial void EndedEarly(ILogger logger, Exception failure, int line);
}
