using System.Diagnostics.CodeAnalysis;

namespace HeadlessCms.Api.Editorial.Bulk;

/// <summary>Lines that are saved in one transaction, and where they stand among the batches of an import.</summary>
/// <typeparam name="T">The content of a line.</typeparam>
/// <typeparam name="TWriter">Writes a line.</typeparam>
[SuppressMessage("Design", "CA1001", Justification = "A source without a timer or a registration holds nothing to release.")]
internal sealed class BulkBatch<T, TWriter>
    where T : class
    where TWriter : IBulkWriter<T>
{
    private const int MostLines = 100;

    // A statement that saves a batch must end within the command timeout, also where lines are long.
    private const int MostBytes = 2 << 20;

    private readonly HashSet<string> _keys = [];
    private readonly HashSet<string> _needs = [];
    private readonly Lock _gate = new();
    private TaskCompletionSource _prepared = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private CancellationTokenSource _behind = new();
    private CancellationTokenSource? _overtaken;
    private int _bytes;

    /// <summary>What the first batch comes after.</summary>
    public static BulkBatch<T, TWriter> None { get; } = Ended();

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
        || Entries.Count < MostLines
            && _bytes + line.Size <= MostBytes
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

    public bool DependsOn(BulkBatch<T, TWriter> other) => other._keys.Overlaps(_keys) || other._keys.Overlaps(_needs);

    public void Start(
        BulkBatch<T, TWriter> before,
        Func<BulkBatch<T, TWriter>, CancellationToken, Task<IReadOnlyList<BulkResult>>> write,
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

    private static BulkBatch<T, TWriter> Ended()
    {
        var batch = new BulkBatch<T, TWriter>();
        batch.HasPrepared();
        return batch;
    }
}
