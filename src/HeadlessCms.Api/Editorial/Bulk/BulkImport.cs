using System.Text.Json;
using FluentValidation;
using HeadlessCms.Api.Http.Input;
using HeadlessCms.Api.Http.Problems;
using HeadlessCms.Api.Outbox.Changes;
using HeadlessCms.Core.Audit;
using HeadlessCms.Core.Storage;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace HeadlessCms.Api.Editorial.Bulk;

/// <summary>Writes the lines of a batch, one after the other, into the context of their scope.</summary>
/// <typeparam name="T">The content of a line.</typeparam>
internal interface IBulkWriter<T>
{
    /// <summary>Keys that no two lines of a batch may share, because the later line depends on the earlier.</summary>
    static abstract IEnumerable<string> KeysOf(T line);

    /// <summary>Keys of other lines that must be saved in an earlier batch.</summary>
    static abstract IEnumerable<string> NeedsOf(T line);

    /// <summary>Loads what the lines need, in few statements.</summary>
    Task PrepareAsync(IReadOnlyList<T> lines, CancellationToken cancellation);

    /// <summary>Writes a line; the caller saves.</summary>
    /// <exception cref="ProblemException">422: the line is not valid. Nothing of it was written.</exception>
    Task<BulkResult> WriteAsync(int number, T line, CancellationToken cancellation);

    /// <summary>Does what follows the save of the lines, in its transaction.</summary>
    Task FinishAsync(CancellationToken cancellation) => Task.CompletedTask;
}

/// <summary>
/// Saves lines in batches, one transaction each. Where a batch is refused, each of its lines gets its own transaction, so that a
/// bad line does not affect others. Memory holds one batch.
/// </summary>
/// <typeparam name="T">The content of a line.</typeparam>
/// <typeparam name="TWriter">Writes a line.</typeparam>
internal sealed class BulkImport<T, TWriter>(IServiceScopeFactory scopes, IOptions<JsonOptions> json, Actor actor, params object[] options)
    where T : class
    where TWriter : IBulkWriter<T>
{
    private const int BatchSize = 100;

    // A statement that saves a batch must end within the command timeout, also where lines are long.
    private const int BatchBytes = 2 << 20;

    // After so many errors each refused line lists only its first.
    private int _errorsLeft = 10_000;

    /// <summary>Runs before a batch is committed, in its transaction, with the number of its last line.</summary>
    public Func<NewsroomDbContext, int, Task> BeforeCommit { get; init; } = (_, _) => Task.CompletedTask;

    public async IAsyncEnumerable<IReadOnlyList<BulkResult>> RunAsync(
        IAsyncEnumerable<Line> lines,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation
    )
    {
        var batch = new List<Entry>();
        var keys = new HashSet<string>();
        var bytes = 0;
        await foreach (var line in lines.WithCancellation(cancellation))
        {
            var entry = Read(line);
            var needs = entry.Content is { } content ? TWriter.KeysOf(content).Concat(TWriter.NeedsOf(content)) : [];
            if (batch.Count == BatchSize || bytes + line.Json.Length > BatchBytes && batch.Count > 0 || needs.Any(keys.Contains))
            {
                yield return await WriteAsync(batch, cancellation);
                batch.Clear();
                keys.Clear();
                bytes = 0;
            }

            batch.Add(entry);
            bytes += line.Json.Length;
            if (entry.Content is not null)
                keys.UnionWith(TWriter.KeysOf(entry.Content));
        }

        if (batch.Count > 0)
            yield return await WriteAsync(batch, cancellation);
    }

    private Entry Read(Line line)
    {
        if (line.IsTooLong)
            return new(line.Number, null, StatusProblems.Of(413));
        try
        {
            return JsonSerializer.Deserialize<T>(line.Json, json.Value.SerializerOptions) is { } content
                ? new(line.Number, content, null)
                : new(line.Number, null, new UnreadableProblem(InputError.At("", "wrongType", "A JSON object is expected.")));
        }
        catch (JsonException refused)
        {
            return new(line.Number, null, ProblemOf(line, refused));
        }
    }

    private ProblemResult ProblemOf(Line line, JsonException refused)
    {
        try
        {
            var options = json.Value.SerializerOptions;
            using var document = JsonDocument.Parse(line.Json, new() { MaxDepth = options.MaxDepth });
            var (errors, _) = JsonShape.Of(document.RootElement, typeof(T), options, Math.Clamp(_errorsLeft, 1, InputError.MaxCount));
            return errors.Count > 0 ? JsonErrors.ProblemOf(errors) : JsonErrors.ProblemOf(refused);
        }
        catch (Exception unreadable) when (unreadable is JsonException or InvalidOperationException)
        {
            return JsonErrors.ProblemOf(refused);
        }
    }

    private async Task<IReadOnlyList<BulkResult>> WriteAsync(List<Entry> batch, CancellationToken cancellation)
    {
        var results = new List<BulkResult>(batch.Count);
        try
        {
            await WriteInOneAsync(batch, results, cancellation);
        }
        catch (Exception failure) when (IsOfLine(failure, cancellation))
        {
            results.Clear();
            foreach (var entry in batch)
                results.Add(await WriteAloneAsync(entry, cancellation));
        }

        return results;
    }

    private async Task<BulkResult> WriteAloneAsync(Entry entry, CancellationToken cancellation)
    {
        var result = new List<BulkResult>(1);
        try
        {
            await WriteInOneAsync([entry], result, cancellation);
            return result[0];
        }
        catch (Exception failure) when (IsOfLine(failure, cancellation))
        {
            if (!ExceptionProblems.IsClientError(failure))
            {
                await using var scope = scopes.CreateAsyncScope();
                BulkLog.LineFailed(scope.ServiceProvider.GetRequiredService<ILogger<BulkAnswer>>(), failure, entry.Number);
            }

            return Refused(entry.Number, ExceptionProblems.Of(failure));
        }
    }

    // A defect that one line meets harms no other; without the database no line can be saved.
    private static bool IsOfLine(Exception failure, CancellationToken cancellation) =>
        !cancellation.IsCancellationRequested && ExceptionProblems.Of(failure).StatusCode != StatusCodes.Status503ServiceUnavailable;

    private async Task WriteInOneAsync(List<Entry> entries, List<BulkResult> results, CancellationToken cancellation)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<NewsroomDbContext>();
        using var acting = db.ActingAs(actor);
        var writer = ActivatorUtilities.CreateInstance<TWriter>(scope.ServiceProvider, [actor.Name, .. options]);
        var validator = scope.ServiceProvider.GetRequiredService<IValidator<T>>();
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        await writer.PrepareAsync([.. entries.Select(entry => entry.Content).OfType<T>()], cancellation);
        foreach (var (number, content, unreadable) in entries)
        {
            var problem = content is null
                ? unreadable!
                : await Validation.ProblemOfAsync(validator, content, scope.ServiceProvider, cancellation);
            try
            {
                results.Add(problem is null ? await writer.WriteAsync(number, content!, cancellation) : Refused(number, problem));
            }
            catch (ProblemException refused) when (refused.Problem is InvalidProblem)
            {
                results.Add(Refused(number, refused.Problem)); // before anything was written
            }
        }

        await db.SaveChangesAsync(cancellation);
        await ((IBulkWriter<T>)writer).FinishAsync(cancellation);
        await BeforeCommit(db, entries[^1].Number);
        await transaction.CommitAsync(CancellationToken.None);
        if (db.HasLoggedChanges)
            await scope.ServiceProvider.GetRequiredService<ChangeWatcher>().CatchUpAsync();
    }

    private BulkResult Refused(int number, ProblemResult problem)
    {
        var answer = problem.ToProblem($"line-{number}", Math.Clamp(_errorsLeft, 1, InputError.MaxCount));
        _errorsLeft -= answer.Errors?.Count ?? 0;
        return new(number, BulkStatus.Refused) { Problem = answer };
    }

    private sealed record Entry(int Number, T? Content, ProblemResult? Problem);
}

internal static partial class BulkLog
{
    [LoggerMessage(Level = LogLevel.Error, Message = "Line {Line} of a bulk request could not be saved")]
    public static partial void LineFailed(ILogger logger, Exception failure, int line);
}
