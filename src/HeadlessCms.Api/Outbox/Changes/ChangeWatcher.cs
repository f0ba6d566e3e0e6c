using System.Diagnostics;
using HeadlessCms.Api.Hosting.Storage;
using HeadlessCms.Core.Changes;

namespace HeadlessCms.Api.Outbox.Changes;

/// <summary>
/// Follows the change log on this node, by asking: what a transaction anywhere has committed is known here a moment later, whatever happens
/// to connections in between. Who waits for changes waits here.
/// </summary>
internal sealed class ChangeWatcher(Database database, BoundaryRecorder boundaries, ILogger<ChangeWatcher> logger) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(1);

    private readonly ChangeLog _log = new(database.Newsroom);
    private readonly SemaphoreSlim _looking = new(1);
    private volatile TaskCompletionSource _advanced = NewSignal();
    private volatile Look? _last;
    private long _wanted;
    private long _served;

    /// <summary>Told, before anybody who waits, what the rows that were just seen concern.</summary>
    public event Action<IReadOnlyList<string>>? Changed;

    /// <summary>The position of the last row that was seen; null before the first look.</summary>
    public long? Position => _last?.Seen.Position;

    /// <summary>Whether this node knows all that was committed until a moment ago.</summary>
    public bool IsCurrent => _last is { } last && Stopwatch.GetElapsedTime(last.Sent) < Fresh;

    /// <summary>How long until the clock does what the log does not tell of yet; null where it has nothing to do. Never too long.</summary>
    public TimeSpan? UntilNextBoundary =>
        _last is { Seen: { NextBoundary: { } next, At: var at }, Sent: var sent } ? next - at - Stopwatch.GetElapsedTime(sent) : null;

    /// <summary>The instant by the database's clock, and never an earlier one; null before the first look.</summary>
    public DateTimeOffset? Now => _last is { } last ? last.Seen.At + Stopwatch.GetElapsedTime(last.Sent) : null;

    /// <summary>Returns when a row after <paramref name="position"/> was seen.</summary>
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
    /// Looks at once, so that who has just committed reads what it wrote on this node. Those that ask while a look is under way share the next.
    /// </summary>
    public async Task CatchUpAsync()
    {
        if (_last is null)
            return;
        try
        {
            var mine = Interlocked.Increment(ref _wanted);
            await _looking.WaitAsync();
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
                _looking.Release();
            }
        }
        catch (Exception failed) when (failed is Npgsql.NpgsqlException or TimeoutException)
        {
            logger.LogWarning(failed, "The change log could not be read after a commit; the next look will.");
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
                logger.LogWarning(failed, "The change log could not be followed; trying again.");
            }

            if (_last?.Seen.HasMore != true)
                await Task.Delay(Pause, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task PollInTurnAsync(CancellationToken cancellation)
    {
        await _looking.WaitAsync(cancellation);
        try
        {
            await PollAsync(cancellation);
        }
        finally
        {
            _looking.Release();
        }
    }

    private async Task PollAsync(CancellationToken cancellation)
    {
        var sent = Stopwatch.GetTimestamp();
        var seen = await _log.PollAsync(_last?.Seen.Position ?? await _log.LastAsync(cancellation), cancellation);
        if (seen.Tags.Count > 0)
            Changed?.Invoke(seen.Tags);
        var advanced = seen.Position > _last?.Seen.Position;
        _last = new Look(seen, sent);
        if (advanced)
            Interlocked.Exchange(ref _advanced, NewSignal()).SetResult();
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private sealed record Look(ChangeLogPoll Seen, long Sent);
}
