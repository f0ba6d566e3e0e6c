using System.Diagnostics;
using System.Threading.Channels;
using HeadlessCms.Api.Hosting.Storage;
using HeadlessCms.Core;
using HeadlessCms.Core.Changes;

namespace HeadlessCms.Api.Outbox.Changes;

/// <summary>
/// Reads the change log, so that this node knows what any node has committed a moment later: when a notification arrives and at each
/// boundary of a publication, or five times a second while no notifications arrive.
/// </summary>
internal sealed class ChangeWatcher : BackgroundService
{
    /// <summary>The time between two polls while notifications arrive. Nothing depends on these polls but what went past the app.</summary>
    public static readonly TimeSpan Backstop = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan FreshWhileListening = TimeSpan.FromSeconds(2.5); // twice the time between two signs of life

    private readonly ChangeListener _listener;
    private readonly LogPosition _known;
    private readonly BoundaryRecorder _boundaries;
    private readonly ChangeMetrics _metrics;
    private readonly ILogger<ChangeWatcher> _logger;

    // At the primary, so that what is committed is known here whatever replicas lag; while it is away, at a standby.
    private readonly ChangeLog _log;
    private readonly SemaphoreSlim _polling = new(1);
    private readonly Announcement _announced = new();
    private readonly Channel<bool> _woken = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite }
    );
    private volatile TaskCompletionSource _advanced = NewSignal();
    private volatile Poll? _last;
    private long _complete; // when the last poll was sent that found the end of the log
    private long _asked; // when the first of the polls was sent that have no answer; 0 where there is none
    private long _wanted;
    private long _served;

    public ChangeWatcher(
        Database database,
        LogPosition known,
        ChangeListener listener,
        BoundaryRecorder boundaries,
        ChangeMetrics metrics,
        ILogger<ChangeWatcher> logger
    )
    {
        (_listener, _known, _boundaries, _metrics, _logger) = (listener, known, boundaries, metrics, logger);
        _log = new ChangeLog(database.Readable);
        metrics.Follow(() => _last is { } last ? (last.Seen.Position, CompleteAt) : null);
        listener.Notified += Receive;
        listener.StateChanged += () =>
        {
            Wake();
            OutboxChanged?.Invoke();
        };
    }

    /// <summary>Raised with the cache tags of new rows, before those that wait are released.</summary>
    public event Action<IReadOnlyList<string>>? Changed;

    /// <summary>Raised after new rows were read, with or without tags.</summary>
    public event Action? Advanced;

    /// <summary>Raised when any node has put something into the outbox, and when <see cref="IsListening"/> changes.</summary>
    public event Action? OutboxChanged;

    /// <summary>Whether notifications arrive, so that nobody needs to poll.</summary>
    public bool IsListening => _listener.IsListening;

    /// <summary>The position of the last row that was read; null before the first poll.</summary>
    public long? Position => _last?.Seen.Position;

    /// <summary>Whether this node knows what any node committed until a moment ago.</summary>
    public bool IsCurrent =>
        _last is { } last
        && (
            Stopwatch.GetElapsedTime(last.Sent) < Fresh
            || IsListening
                && Stopwatch.GetElapsedTime(_listener.HeardAt) < FreshWhileListening
                && !IsOverdue(_announced.Since)
                && !IsOverdue(Interlocked.Read(ref _asked))
        );

    /// <summary>The time until the next boundary of a publication, never too long; null where there is none.</summary>
    public TimeSpan? UntilNextBoundary =>
        _last is { Seen: { NextBoundary: { } next, At: var at }, Sent: var sent } ? next - at - Stopwatch.GetElapsedTime(sent) : null;

    /// <summary>The instant by the database's clock, which never goes back; null before the first poll.</summary>
    public DateTimeOffset? Now => _last is { } last ? last.Seen.At + Stopwatch.GetElapsedTime(last.Sent) : null;

    /// <summary>Returns when a row after <paramref name="position"/> was read.</summary>
    public async Task WaitBeyondAsync(long position, CancellationToken cancellation)
    {
        while (true)
        {
            var advanced = _advanced.Task;
            if (_last is { } last && last.Seen.Position > position)
                return;
            await advanced.WaitAsync(cancellation);
        }
    }

    /// <summary>
    /// Polls at once, so that a caller reads on this node what it has committed at <paramref name="position"/>. Callers that come during a
    /// poll share the next one.
    /// </summary>
    public async Task CatchUpAsync(long position)
    {
        _known.Reach(position);
        if (_last is null)
            return;
        try
        {
            var mine = Interlocked.Increment(ref _wanted);
            await _polling.WaitAsync();
            try
            {
                if (_served >= mine)
                    return;
                var all = Interlocked.Read(ref _wanted);
                await PollAsync(CancellationToken.None);
                _served = all;
            }
            finally
            {
                _polling.Release();
            }
        }
        catch (Exception failed) when (failed is Npgsql.NpgsqlException or TimeoutException)
        {
            _logger.LogWarning(failed, "The change log could not be read after a commit; the next poll will read it.");
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            var hasFailed = false;
            try
            {
                await PollInTurnAsync(stoppingToken);
                if (UntilNextBoundary <= TimeSpan.Zero)
                    await _boundaries.RecordAsync(stoppingToken);
            }
            catch (Exception failed)
                when (failed
                        is Npgsql.NpgsqlException
                            or TimeoutException
                            or InvalidOperationException // EF Core wraps a server that is away in one
                            or Microsoft.EntityFrameworkCore.DbUpdateException
                )
            {
                hasFailed = true;
                _logger.LogWarning(failed, "The change log could not be polled; retrying.");
            }

            if (hasFailed)
                await Task.Delay(Pause, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            else if (_last?.Seen.HasMore != true)
                await WaitAsync(stoppingToken);
        }
    }

    private async Task WaitAsync(CancellationToken cancellation)
    {
        using var paused = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        paused.CancelAfter(PauseNow());
        try
        {
            await _woken.Reader.ReadAsync(paused.Token);
        }
        catch (OperationCanceledException)
        {
            // nothing was announced, or the node stops
        }
    }

    private TimeSpan PauseNow()
    {
        if (!IsListening || _announced.Since != 0)
            return Pause; // what was announced may not have arrived where this node reads
        if (UntilNextBoundary is not { } boundary || boundary > Backstop)
            return Backstop;
        return boundary > TimeSpan.Zero ? boundary + TimeSpan.FromMilliseconds(2) : Pause; // timers may be a little early
    }

    private void Receive(string payload)
    {
        if (payload.StartsWith(Announcement.Prefix, StringComparison.Ordinal))
        {
            if (_announced.Add(payload, _last?.Seen.Position ?? 0))
                Wake();
        }
        else
        {
            OutboxChanged?.Invoke();
        }
    }

    private void Wake() => _woken.Writer.TryWrite(true);

    private async Task PollInTurnAsync(CancellationToken cancellation)
    {
        await _polling.WaitAsync(cancellation);
        try
        {
            await PollAsync(cancellation);
        }
        finally
        {
            _polling.Release();
        }
    }

    // Where a notification would have told of more, silence is news.
    private long CompleteAt =>
        IsListening && _announced.Since == 0 && _last?.Seen.HasMore == false
            ? Math.Max(Interlocked.Read(ref _complete), _listener.HeardAt)
            : Interlocked.Read(ref _complete);

    private static bool IsOverdue(long since) => since != 0 && Stopwatch.GetElapsedTime(since) >= Fresh;

    private async Task PollAsync(CancellationToken cancellation)
    {
        var sent = Stopwatch.GetTimestamp();
        Interlocked.CompareExchange(ref _asked, sent, 0);
        var seen = await _log.PollAsync(_last?.Seen.Position ?? await _log.LastAsync(cancellation), cancellation);
        _known.Reach(seen.Position); // first: a replica that has not reached it must not fill the cache again
        using var span = seen.Ages.Count > 0 ? Tracing.Follow("apply changes", seen.TraceParents) : null;
        if (seen.Tags.Count > 0)
            Changed?.Invoke(seen.Tags);
        var advanced = seen.Position > _last?.Seen.Position;
        _last = new Poll(seen, sent);
        if (!seen.HasMore)
            Interlocked.Exchange(ref _complete, sent);
        _announced.Reach(seen.Position);
        Interlocked.Exchange(ref _asked, 0);
        _metrics.Record(seen.Ages);
        if (!advanced)
            return;
        Interlocked.Exchange(ref _advanced, NewSignal()).SetResult();
        Advanced?.Invoke();
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private sealed record Poll(ChangeLogPoll Seen, long Sent);
}
