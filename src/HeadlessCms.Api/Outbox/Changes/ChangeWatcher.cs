using System.Diagnostics;
using HeadlessCms.Api.Hosting.Storage;
using HeadlessCms.Core.Changes;

namespace HeadlessCms.Api.Outbox.Changes;

/// <summary>
/// Polls the change log, so that this node knows what any node has committed a moment later, whatever happens to connections in between.
/// </summary>
internal sealed class ChangeWatcher(Database database, BoundaryRecorder boundaries, ILogger<ChangeWatcher> logger) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(1);

    private readonly ChangeLog _log = new(database.Newsroom);
    private readonly SemaphoreSlim _polling = new(1);
    private volatile TaskCompletionSource _advanced = NewSignal();
    private volatile Poll? _last;
    private long _wanted;
    private long _served;

    /// <summary>Raised with the cache tags of new rows, before those that wait are released.</summary>
    public event Action<IReadOnlyList<string>>? Changed;

    /// <summary>The position of the last row that was read; null before the first poll.</summary>
    public long? Position => _last?.Seen.Position;

    /// <summary>Whether the last poll is recent.</summary>
    public bool IsCurrent => _last is { } last && Stopwatch.GetElapsedTime(last.Sent) < Fresh;

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
    /// Polls at once, so that a caller reads its own writes on this node. Callers that come during a poll share the next one.
    /// </summary>
    public async Task CatchUpAsync()
    {
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
            logger.LogWarning(failed, "The change log could not be read after a commit; the next poll will read it.");
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await PollInTurnAsync(stoppingToken);
                if (UntilNextBoundary <= TimeSpan.Zero)
                    await boundaries.RecordAsync(stoppingToken);
            }
            catch (Exception failed)
                when (failed is Npgsql.NpgsqlException or TimeoutException or Microsoft.EntityFrameworkCore.DbUpdateException)
            {
                logger.LogWarning(failed, "The change log could not be polled; retrying.");
            }

            if (_last?.Seen.HasMore != true)
                await Task.Delay(Pause, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

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

    private async Task PollAsync(CancellationToken cancellation)
    {
        var sent = Stopwatch.GetTimestamp();
        var seen = await _log.PollAsync(_last?.Seen.Position ?? await _log.LastAsync(cancellation), cancellation);
        if (seen.Tags.Count > 0)
            Changed?.Invoke(seen.Tags);
        var advanced = seen.Position > _last?.Seen.Position;
        _last = new Poll(seen, sent);
        if (advanced)
            Interlocked.Exchange(ref _advanced, NewSignal()).SetResult();
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private sealed record Poll(ChangeLogPoll Seen, long Sent);
}
