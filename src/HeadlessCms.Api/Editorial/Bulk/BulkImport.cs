using System.Runtime.CompilerServices;
using HeadlessCms.Api.Hosting.Storage;
using HeadlessCms.Api.Http.Problems;
using HeadlessCms.Api.Outbox.Changes;
using HeadlessCms.Core.Audit;
using HeadlessCms.Core.Storage;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace HeadlessCms.Api.Editorial.Bulk;

/// <summary>
/// Saves lines in batches, one transaction each, committed in order. While one batch is saved, the next ones are prepared, and saved too
/// where their writer can. Where a batch is refused, each of its lines gets its own transaction, so that a bad line does not affect others.
/// Memory holds as many batches as there are workers.
/// </summary>
/// <typeparam name="T">The content of a line.</typeparam>
/// <typeparam name="TWriter">Writes a line.</typeparam>
internal sealed class BulkImport<T, TWriter>(IServiceScopeFactory scopes, Actor actor, params object[] options)
    where T : class
    where TWriter : IBulkWriter<T>
{
    private readonly PlannerStatistics _statistics = new();

    // After so many errors each refused line lists only its first.
    private int _errorsLeft = 10_000;

    /// <summary>How many batches are prepared or saved at the same time.</summary>
    public int Workers { get; init; } = 1;

    /// <summary>Whether each batch is rolled back after it was saved.</summary>
    public bool IsDryRun { get; init; }

    /// <summary>Runs before a batch is committed, in its transaction, with the number of its last line.</summary>
    public Func<NewsroomDbContext, int, Task> BeforeCommit { get; init; } = (_, _) => Task.CompletedTask;

    public async IAsyncEnumerable<IReadOnlyList<BulkResult>> RunAsync(
        IAsyncEnumerable<BulkEntry<T>> lines,
        [EnumeratorCancellation] CancellationToken cancellation
    )
    {
        var running = new Queue<BulkBatch<T, TWriter>>();
        var last = BulkBatch<T, TWriter>.None;
        try
        {
            await foreach (var batch in BatchesAsync(lines, cancellation))
            {
                while (running.Any(batch.DependsOn))
                    yield return await running.Dequeue().Results;
                batch.Start(last, WriteAsync, cancellation);
                running.Enqueue(last = batch);
                while (running.Count >= Workers)
                    yield return await running.Dequeue().Results;
            }

            while (running.Count > 0)
                yield return await running.Dequeue().Results;
        }
        finally
        {
            foreach (var batch in running)
                await batch.AbandonAsync();
        }
    }

    private static async IAsyncEnumerable<BulkBatch<T, TWriter>> BatchesAsync(
        IAsyncEnumerable<BulkEntry<T>> lines,
        [EnumeratorCancellation] CancellationToken cancellation
    )
    {
        var batch = new BulkBatch<T, TWriter>();
        await foreach (var line in lines.WithCancellation(cancellation))
        {
            if (!batch.HasRoomFor(line))
            {
                yield return batch;
                batch = new BulkBatch<T, TWriter>();
            }

            batch.Add(line);
        }

        if (batch.Entries.Count > 0)
            yield return batch;
    }

    private async Task<IReadOnlyList<BulkResult>> WriteAsync(BulkBatch<T, TWriter> batch, CancellationToken cancellation)
    {
        bool isOvertaken;
        try
        {
            return await WriteInOneAsync(batch.Entries, batch, cancellation);
        }
        catch (Exception failure) when (batch.IsOvertaken || GaveUp(failure) || IsOfLine(failure, cancellation))
        {
            isOvertaken = batch.IsOvertaken || GaveUp(failure);
        }

        // The batches behind may hold what this one waits for: they begin anew after it.
        batch.Overtake();
        await batch.Turn;
        cancellation.ThrowIfCancellationRequested();
        return isOvertaken ? await WriteInTurnAsync(batch, cancellation) : await WriteAloneAsync(batch, cancellation);
    }

    private async Task<IReadOnlyList<BulkResult>> WriteInTurnAsync(BulkBatch<T, TWriter> batch, CancellationToken cancellation)
    {
        try
        {
            return await WriteInOneAsync(batch.Entries, null, cancellation);
        }
        catch (Exception failure) when (IsOfLine(failure, cancellation))
        {
            return await WriteAloneAsync(batch, cancellation);
        }
    }

    private async Task<IReadOnlyList<BulkResult>> WriteAloneAsync(BulkBatch<T, TWriter> batch, CancellationToken cancellation)
    {
        var results = new List<BulkResult>(batch.Entries.Count);
        foreach (var entry in batch.Entries)
            try
            {
                results.AddRange(await WriteInOneAsync([entry], null, cancellation));
            }
            catch (Exception failure) when (IsOfLine(failure, cancellation))
            {
                if (!ExceptionProblems.IsClientError(failure))
                {
                    await using var scope = scopes.CreateAsyncScope();
                    BulkLog.LineFailed(scope.ServiceProvider.GetRequiredService<ILogger<BulkAnswer>>(), failure, entry.Number);
                }

                results.Add(Refused(entry.Number, ExceptionProblems.Of(failure)));
            }

        return results;
    }

    private static bool GaveUp(Exception failure) =>
        failure.GetBaseException() is PostgresException { SqlState: PostgresErrorCodes.LockNotAvailable };

    // A defect that one line meets harms no other; without the database no line can be saved.
    private static bool IsOfLine(Exception failure, CancellationToken cancellation) =>
        !cancellation.IsCancellationRequested && ExceptionProblems.Of(failure).StatusCode != StatusCodes.Status503ServiceUnavailable;

    /// <param name="entries">The lines.</param>
    /// <param name="batch">The batch that they are, which waits for its turn; null where it has come.</param>
    /// <param name="cancellation">Ends it.</param>
    private async Task<IReadOnlyList<BulkResult>> WriteInOneAsync(
        List<BulkEntry<T>> entries,
        BulkBatch<T, TWriter>? batch,
        CancellationToken cancellation
    )
    {
        var (turn, early) = (batch?.Turn ?? Task.CompletedTask, batch?.Overtaken ?? cancellation);
        var results = new List<BulkResult>(entries.Count);
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<NewsroomDbContext>();
        using var acting = db.ActingAs(actor);
        IBulkWriter<T> writer = ActivatorUtilities.CreateInstance<TWriter>(scope.ServiceProvider, [actor.Name, .. options]);
        if (batch is not null)
            await batch.Predecessor.WaitAsync(early);
        await _statistics.RenewAsync(db, early);
        await using var transaction = await db.Database.BeginTransactionAsync(early);
        var isEarly = batch is not null && TWriter.SavesEarly;
        if (isEarly)
            await db.Database.ExecuteSqlAsync($"set local lock_timeout = '2s'", early);
        await writer.PrepareAsync([.. entries.Select(entry => entry.Content).OfType<T>()], turn, early);
        batch?.HasPrepared();
        foreach (var (number, content, unreadable, _) in entries)
        {
            var problem = content is null ? unreadable! : await writer.CheckAsync(content, scope.ServiceProvider, early);
            try
            {
                results.Add(problem is null ? await writer.WriteAsync(number, content!, early) : Refused(number, problem));
            }
            catch (ProblemException refused) when (refused.Problem is InvalidProblem)
            {
                results.Add(Refused(number, refused.Problem)); // before anything was written
            }
        }

        if (isEarly)
            db.BeforeChanges = InTurnAsync;
        else
            await turn.WaitAsync(early);
        await db.SaveChangesAsync(early);
        await turn.WaitAsync(early);
        await writer.FinishAsync(cancellation);
        if (IsDryRun)
            return results;
        await BeforeCommit(db, entries[^1].Number);
        await transaction.CommitAsync(CancellationToken.None);
        _statistics.Add(entries.Count);
        scope.ServiceProvider.GetRequiredService<WorkingCopyIndexer>().Wake();
        if (db.LoggedPosition is { } position)
            await scope.ServiceProvider.GetRequiredService<ChangeWatcher>().CatchUpAsync(position);
        return results;

        // Before its turn a batch may wait for one behind it, which waits for this one: then it gives up, and has its turn without others.
        async Task InTurnAsync()
        {
            await turn.WaitAsync(early);
            await db.Database.ExecuteSqlAsync($"set local lock_timeout to default", early);
        }
    }

    private BulkResult Refused(int number, ProblemResult problem)
    {
        var answer = problem.ToProblem($"line-{number}", Math.Clamp(Volatile.Read(ref _errorsLeft), 1, InputError.MaxCount));
        Interlocked.Add(ref _errorsLeft, -(answer.Errors?.Count ?? 0));
        return new(number, BulkStatus.Refused) { Problem = answer };
    }
}

internal static partial class BulkLog
{
    [LoggerMessage(Level = LogLevel.Error, Message = "Line {Line} of a bulk request could not be saved")]
    public static partial void LineFailed(ILogger logger, Exception failure, int line);
}
