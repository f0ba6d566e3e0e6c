using System.Diagnostics;
using System.Threading.Channels;
using HeadlessCms.Api.Outbox.Changes;
using HeadlessCms.Core;
using HeadlessCms.Core.Outbox;

namespace HeadlessCms.Api.Outbox;

/// <summary>
/// Dispatches the change log into a queue and sends what is due there, together with the other nodes: at once after a change, after each
/// attempt and when something is due, and after a pause while no notifications arrive. At most <paramref name="maxConcurrency"/> attempts
/// run on this node.
/// </summary>
/// <typeparam name="TLeased">A leased row of the queue.</typeparam>
/// <typeparam name="TMessage">What is sent of it.</typeparam>
internal abstract class OutboxWorker<TLeased, TMessage>(
    OutboxQueue<TLeased> queue,
    ChangeWatcher watcher,
    int maxConcurrency,
    TimeSpan pause,
    ILogger logger
) : BackgroundService
{
    private const int BatchSize = 500;
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(3);

    private readonly SemaphoreSlim _slots = new(maxConcurrency);
    private readonly Channel<bool> _woken = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite }
    );
    private volatile bool _hasChanged = true;

    protected abstract Task<IReadOnlyList<TLeased>> LeaseAsync(int limit, CancellationToken cancellation);

    /// <summary>The messages of leased rows, in their order.</summary>
    protected abstract Task<IReadOnlyList<TMessage>> WriteAsync(IReadOnlyList<TLeased> leased, CancellationToken cancellation);

    /// <summary>Makes an attempt and records its outcome.</summary>
    protected abstract Task SendAsync(TLeased leased, TMessage message, CancellationToken cancellation);

    /// <summary>Runs when nothing is due.</summary>
    protected virtual Task IdleAsync(CancellationToken cancellation) => Task.CompletedTask;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        watcher.OutboxChanged += Wake;
        watcher.Advanced += () =>
        {
            _hasChanged = true;
            Wake();
        };
        using var sending = new CancellationTokenSource();
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                if (_hasChanged)
                    await DispatchAsync(stoppingToken);
                if (await SendDueAsync(sending.Token, stoppingToken))
                    continue;
                await IdleAsync(stoppingToken);
                await WaitAsync(await PauseNowAsync(stoppingToken), stoppingToken);
            }
            catch (Exception failed) when (failed is Npgsql.NpgsqlException or TimeoutException or InvalidOperationException)
            {
                logger.LogWarning(failed, "The outbox could not be read; retrying.");
                await Task.Delay(pause, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                break;
            }
        }

        // Attempts that do not end within the grace period are released for another node.
        sending.CancelAfter(Grace);
        for (var slot = 0; slot < maxConcurrency; slot++)
            await _slots.WaitAsync(CancellationToken.None);
        await HandOverAsync();
    }

    private void Wake() => _woken.Writer.TryWrite(true);

    private async Task DispatchAsync(CancellationToken cancellation)
    {
        _hasChanged = false;
        while (true)
        {
            var began = Stopwatch.GetTimestamp();
            var count = await queue.DispatchAsync(BatchSize, cancellation);
            if (count > 0)
                RecordDispatch(count, Stopwatch.GetElapsedTime(began));
            if (count < BatchSize)
                return;
        }
    }

    // Afterwards, because most calls find nothing and would each be a trace.
    private void RecordDispatch(int count, TimeSpan took)
    {
        using var span = Tracing.Source.StartActivity("dispatch changes");
        span?.SetStartTime(span.StartTimeUtc - took);
        span?.SetTag("headless_cms.queue", queue.GetType().Name).SetTag("headless_cms.changes", count);
    }

    private async Task<bool> SendDueAsync(CancellationToken sending, CancellationToken stopping)
    {
        await _slots.WaitAsync(stopping);
        _slots.Release();
        var leased = await LeaseAsync(_slots.CurrentCount, stopping);
        if (leased.Count == 0)
            return false;
        var messages = await WriteOrReleaseAsync(leased, stopping);
        for (var index = 0; index < leased.Count; index++)
        {
            await _slots.WaitAsync(CancellationToken.None); // does not block: only this loop takes slots
            _ = SendInSlotAsync(leased[index], messages[index], sending);
        }

        return true;
    }

    private async Task<IReadOnlyList<TMessage>> WriteOrReleaseAsync(IReadOnlyList<TLeased> leased, CancellationToken cancellation)
    {
        try
        {
            return await WriteAsync(leased, cancellation);
        }
        catch
        {
            foreach (var row in leased)
                await queue.ReleaseAsync(row, CancellationToken.None);
            throw;
        }
    }

    private async Task SendInSlotAsync(TLeased leased, TMessage message, CancellationToken sending)
    {
        try
        {
            await SendAsync(leased, message, sending);
        }
        catch (OperationCanceledException)
        {
            await queue.ReleaseAsync(leased, CancellationToken.None);
        }
        catch (Exception failed)
        {
            logger.LogWarning(failed, "The outcome of an attempt could not be recorded; it is made again.");
        }
        finally
        {
            _slots.Release();
            Wake();
        }
    }

    // What waited for an attempt of this node is now sent by another one.
    private async Task HandOverAsync()
    {
        try
        {
            await queue.NotifyAsync(CancellationToken.None);
        }
        catch (Exception away) when (away is Npgsql.NpgsqlException or TimeoutException)
        {
            logger.LogDebug(away, "The other nodes could not be notified; they poll the outbox.");
        }
    }

    private async Task<TimeSpan> PauseNowAsync(CancellationToken cancellation)
    {
        if (!watcher.IsListening)
            return pause;
        var due = await queue.UntilDueAsync(cancellation) ?? ChangeWatcher.Backstop;
        return due <= TimeSpan.Zero ? pause
            : due < ChangeWatcher.Backstop ? due
            : ChangeWatcher.Backstop;
    }

    private async Task WaitAsync(TimeSpan time, CancellationToken cancellation)
    {
        using var paused = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        paused.CancelAfter(time);
        try
        {
            await _woken.Reader.ReadAsync(paused.Token);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            _hasChanged = true; // another node may have written, or something became due
        }
    }
}
