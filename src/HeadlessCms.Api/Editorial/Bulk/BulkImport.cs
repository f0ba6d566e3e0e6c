using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using FluentValidation;
using HeadlessCms.Api.Http.Input;
using HeadlessCms.Api.Http.Problems;
using HeadlessCms.Api.Outbox.Changes;
using HeadlessCms.Core.Audit;
using HeadlessCms.Core.Storage;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace HeadlessCms.Api.Editorial.Bulk;

/// <summary>Writes the lines of a batch, one after the other, into the context of their scope.</summary>
/// <typeparam name="T">The content of a line.</typeparam>
internal interface IBulkWriter<T>
    where T : class
{
    /// <summary>Keys that no two lines of a batch may share, because the later line depends on the earlier.</summary>
    static abstract IEnumerable<string> KeysOf(T line);

    /// <summary>Keys of other lines that must be saved in an earlier batch.</summary>
    static abstract IEnumerable<string> NeedsOf(T line);

    /// <summary>
    /// Whether a batch may be saved, though not committed, while others before it still are: what it writes must wait for no row of theirs
    /// but by accident.
    /// </summary>
    static virtual bool SavesEarly => false;

    /// <summary>Loads what the lines need, in few statements.</summary>
    /// <param name="lines">The lines of the batch.</param>
    /// <param name="turn">Ends when all earlier batches are committed: nothing may be saved before.</param>
    /// <param name="cancellation">Ends it.</param>
    Task PrepareAsync(IReadOnlyList<T> lines, Task turn, CancellationToken cancellation);

    /// <summary>The errors of a line; null where it is valid.</summary>
    async Task<ProblemResult?> CheckAsync(T line, IServiceProvider services, CancellationToken cancellation) =>
        await Validation.ProblemOfAsync(services.GetRequiredService<IValidator<T>>(), line, services, cancellation);

    /// <summary>Writes a line; the caller saves.</summary>
    /// <exception cref="ProblemException">422: the line is not valid. Nothing of it was written.</exception>
    Task<BulkResult> WriteAsync(int number, T line, CancellationToken cancellation);

    /// <summary>Does what follows the save of the lines, in its transaction.</summary>
    Task FinishAsync(CancellationToken cancellation) => Task.CompletedTask;
}

/// <summary>A line to save.</summary>
/// <typeparam name="T">The content of a line.</typeparam>
/// <param name="Number">Its number, from 1.</param>
/// <param name="Content">Its content; null where it cannot be read.</param>
/// <param name="Problem">Why it cannot be read.</param>
/// <param name="Size">About how many bytes it is.</param>
internal sealed record BulkEntry<T>(int Number, T? Content, ProblemResult? Problem, int Size)
    where T : class;

/// <summary>
/// Saves lines in batches, one transaction each, committed in order. While one batch is saved, the next ones are prepared, and saved
/// too where
/// their writer can. Where a batch is refused, each of its lines gets its own transaction, so that a bad line does not affect others.
/// Memory holds as many batches as there
/// are workers.
/// </summary>
/// <typeparam name="T">The content of a line.</typeparam>
/// <typeparam name="TWriter">Writes a line.</typeparam>
internal sealed class BulkImport<T, TWriter>(IServiceScopeFactory scopes, Actor actor, params object[] options)
    where T : class
    where TWriter : IBulkWriter<T>
{
    private const int BatchSize = 100;

    // A statement that saves a batch must end within the command timeout, also where lines are long.
    private const int BatchBytes = 2 << 20;

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
        var running = new Queue<Batch>();
        var last = Batch.None;
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

    private static async IAsyncEnumerable<Batch> BatchesAsync(
        IAsyncEnumerable<BulkEntry<T>> lines,
        [EnumeratorCancellation] CancellationToken cancellation
    )
    {
        var batch = new Batch();
        await foreach (var line in lines.WithCancellation(cancellation))
        {
            if (!batch.HasRoomFor(line))
            {
                yield return batch;
                batch = new Batch();
            }

            batch.Add(line);
        }

        if (batch.Entries.Count > 0)
            yield return batch;
    }

    private async Task<IReadOnlyList<BulkResult>> WriteAsync(Batch batch, CancellationToken cancellation)
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

    private async Task<IReadOnlyList<BulkResult>> WriteInTurnAsync(Batch batch, CancellationToken cancellation)
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

    private async Task<IReadOnlyList<BulkResult>> WriteAloneAsync(Batch batch, CancellationToken cancellation)
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
    private async Task<IReadOnlyList<BulkResult>> WriteInOneAsync(List<BulkEntry<T>> entries, Batch? batch, CancellationToken cancellation)
    {
        var (turn, early) = (batch?.Turn ?? Task.CompletedTask, batch?.Overtaken ?? cancellation);
        var results = new List<BulkResult>(entries.Count);
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<NewsroomDbContext>();
        using var acting = db.ActingAs(actor);
        IBulkWriter<T> writer = ActivatorUtilities.CreateInstance<TWriter>(scope.ServiceProvider, [actor.Name, .. options]);
        if (batch is not null)
            await batch.Predecessor.WaitAsync(early);
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
        if (db.HasLoggedChanges)
            await scope.ServiceProvider.GetRequiredService<ChangeWatcher>().CatchUpAsync();
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

    /// <summary>Lines that are saved in one transaction, and where they stand among the batches of the import.</summary>
    [SuppressMessage("Design", "CA1001", Justification = "A source without a timer or a registration holds nothing to release.")]
    private sealed class Batch
    {
        private readonly HashSet<string> _keys = [];
        private readonly HashSet<string> _needs = [];
        private readonly Lock _gate = new();
        private TaskCompletionSource _prepared = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private CancellationTokenSource _behind = new();
        private CancellationTokenSource? _overtaken;
        private int _bytes;

        /// <summary>What the first batch comes after.</summary>
        public static Batch None { get; } = Ended();

        public List<BulkEntry<T>> Entries { get; } = [];

        /// <summary>Ends when the batch before has prepared itself: locks are taken in the order of the batches.</summary>
        public Task Predecessor { get; private set; } = Task.CompletedTask;

        /// <summary>Ends when all batches before are committed.</summary>
        public Task Turn { get; private set; } = Task.CompletedTask;

        public Task<IReadOnlyList<BulkResult>> Results { get; private set; } = Task.FromResult<IReadOnlyList<BulkResult>>([]);

        /// <summary>Is cancelled where a batch before it begins anew; then this one has to.</summary>
        public CancellationToken Overtaken => _overtaken!.Token;

        public bool IsOvertaken => _overtaken!.IsCancellationRequested;

        public bool HasRoomFor(BulkEntry<T> line) =>
            Entries.Count == 0
            || Entries.Count < BatchSize
                && _bytes + line.Size <= BatchBytes
                && (line.Content is not { } content || !TWriter.KeysOf(content).Concat(TWriter.NeedsOf(content)).Any(_keys.Contains));

        public void Add(BulkEntry<T> line)
        {
            Entries.Add(line);
            _bytes += line.Size;
            if (line.Content is not { } content)
                return;
            _keys.UnionWith(TWriter.KeysOf(content));
            _needs.UnionWith(TWriter.NeedsOf(content));
        }

        public bool DependsOn(Batch other) => other._keys.Overlaps(_keys) || other._keys.Overlaps(_needs);

        public void Start(
            Batch before,
            Func<Batch, CancellationToken, Task<IReadOnlyList<BulkResult>>> write,
            CancellationToken cancellation
        )
        {
            lock (before._gate)
            {
                Predecessor = before._prepared.Task;
                _overtaken = CancellationTokenSource.CreateLinkedTokenSource(cancellation, before._behind.Token);
            }

            Turn = before.Results;
            Results = Task.Run(
                async () =>
                {
                    try
                    {
                        return await write(this, cancellation);
                    }
                    finally
                    {
                        HasPrepared();
                        _overtaken.Dispose();
                    }
                },
                CancellationToken.None
            );
        }

        /// <summary>Lets the next batch prepare itself.</summary>
        public void HasPrepared()
        {
            lock (_gate)
                _prepared.TrySetResult();
        }

        /// <summary>Sends those behind it back to their beginning; they prepare themselves when this one has ended.</summary>
        public void Overtake()
        {
            CancellationTokenSource behind;
            lock (_gate)
            {
                (behind, _behind) = (_behind, new());
                _prepared = new(TaskCreationOptions.RunContinuationsAsynchronously);
            }

            behind.Cancel();
        }

        public Task AbandonAsync()
        {
            Overtake();
            return Results.ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        }

        private static Batch Ended()
        {
            var batch = new Batch();
            batch.HasPrepared();
            return batch;
        }
    }
}

internal static partial class BulkLog
{
    [LoggerMessage(Level = LogLevel.Error, Message = "Line {Line} of a bulk request could not be saved")]
    public static partial void LineFailed(ILogger logger, Exception failure, int line);
}
