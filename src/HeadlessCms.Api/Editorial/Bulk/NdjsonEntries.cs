using System.Text.Json;
using HeadlessCms.Api.Http.Input;
using HeadlessCms.Api.Http.Problems;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.Options;

namespace HeadlessCms.Api.Editorial.Bulk;

/// <summary>Reads lines of NDJSON as what they hold.</summary>
internal sealed class NdjsonEntries<T>(IOptions<JsonOptions> json)
    where T : class
{
    // After so many errors each refused line lists only its first.
    private int _errorsLeft = 10_000;

    public IAsyncEnumerable<BulkEntry<T>> Of(IAsyncEnumerable<Line> lines) => lines.Select(Read);

    private BulkEntry<T> Read(Line line)
    {
        if (line.IsTooLong)
            return Refused(line, StatusProblems.Of(413));
        try
        {
            return JsonSerializer.Deserialize<T>(line.Json, json.Value.SerializerOptions) is { } content
                ? new(line.Number, content, null, line.Json.Length)
                : Refused(line, new UnreadableProblem(InputError.At("", "wrongType", "A JSON object is expected.")));
        }
        catch (JsonException refused)
        {
            return Refused(line, ProblemOf(line, refused));
        }
    }

    private static BulkEntry<T> Refused(Line line, ProblemResult problem) => new(line.Number, null, problem, line.Json.Length);

    private ProblemResult ProblemOf(Line line, JsonException refused)
    {
        try
        {
            var options = json.Value.SerializerOptions;
            using var document = JsonDocument.Parse(line.Json, new() { MaxDepth = options.MaxDepth });
            var (errors, _) = JsonShape.Of(document.RootElement, typeof(T), options, Math.Clamp(_errorsLeft, 1, InputError.MaxCount));
            _errorsLeft -= errors.Count;
            return errors.Count > 0 ? JsonErrors.ProblemOf(errors) : JsonErrors.ProblemOf(refused);
        }
        catch (Exception unreadable) when (unreadable is JsonException or InvalidOperationException)
        {
            return JsonErrors.ProblemOf(refused);
        }
    }
}
