using System.Diagnostics;
using System.Threading.Channels;
using HeadlessCms.Api.Hosting.Storage;
using HeadlessCms.Api.Outbox.Changes;
using HeadlessCms.Core.Webhooks;

namespace HeadlessCms.Api.Outbox.Webhooks;

/// <summary>
/// Hands out the change log to webhooks and sends what is due, with whatever other nodes do the same: at once when something changes or has
/// arrived, and else a moment later.
/// </summary>
internal sealed class WebhookSender(
    Database database,
    ChangeWatcher watcher,
    WebhookMessages messages,
    WebhookPost post,
    DeliveryRecorder recorder,
    WebhookSettings settings,
    ILogger<WebhookSender> logger
) : BackgroundService
{
    private const int Places = 64;
    private const int PlacesOfOne = 16;
    private const int BatchSize = 500;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan ForgetsEvery = TimeSpan.FromMinutes(10);

    private readonly PendingDeliveries _pending = new(database.Newsroom);
    private readonly SemaphoreSlim _places = new(Places);
    private readonly Channel<bool> _woken = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite }
    );
    private long? _forgot;
    private volatile bool _hasChanged = true;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        watcher.Changed += _ =>
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
                if (await SendSomeAsync(sending.Token, stoppingToken))
                    continue;
                await ForgetAsync(stoppingToken);
                await WaitAsync(stoppingToken);
            }
            catch (Exception failed) when (failed is Npgsql.NpgsqlException or TimeoutException or InvalidOperationException)
            {
                logger.LogWarning(failed, "Webhooks could not be served; trying again.");
                await Task.Delay(Pause, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                break;
            }
        }

        // What is under way may end; what does not is given back.
        sending.CancelAfter(Grace);
        for (var place = 0; place < Places; place++)
            await _places.WaitAsync(CancellationToken.None);
    }

    private void Wake() => _woken.Writer.TryWrite(true);

    private async Task DispatchAsync(CancellationToken cancellation)
    {
        _hasChanged = false;
        while (await _pending.DispatchAsync(BatchSize, cancellation) == BatchSize) { }
    }

    private async Task<bool> SendSomeAsync(CancellationToken sending, CancellationToken stopping)
    {
        await _places.WaitAsync(stopping);
        _places.Release();
        var leased = await _pending.LeaseAsync(_places.CurrentCount, PlacesOfOne, settings.Lease, stopping);
        if (leased.Count == 0)
            return false;
        var bodies = await WriteAsync(leased, stopping);
        for (var index = 0; index < leased.Count; index++)
        {
            await _places.WaitAsync(CancellationToken.None); // there is one: nobody else takes any
            _ = SendAsync(leased[index], bodies[index], sending);
        }

        return true;
    }

    private async Task<IReadOnlyList<byte[]>> WriteAsync(IReadOnlyList<LeasedDelivery> leased, CancellationToken cancellation)
    {
        try
        {
            return await messages.WriteAsync(leased, cancellation);
        }
        catch
        {
            foreach (var delivery in leased)
                await _pending.ReleaseAsync(delivery, CancellationToken.None);
            throw;
        }
    }

    private async Task SendAsync(LeasedDelivery delivery, byte[] body, CancellationToken sending)
    {
        try
        {
            var attempt = await post.SendAsync(delivery, body, settings.Timeout - delivery.Held, sending);
            await recorder.RecordAsync(delivery, attempt);
        }
        catch (OperationCanceledException)
        {
            await _pending.ReleaseAsync(delivery, CancellationToken.None);
        }
        catch (Exception failed)
        {
            logger.LogWarning(failed, "What came of delivery {Delivery} could not be noted; it is sent again.", delivery.Id);
        }
        finally
        {
            _places.Release();
            Wake();
        }
    }

    private async Task ForgetAsync(CancellationToken cancellation)
    {
        if (_forgot is { } last && Stopwatch.GetElapsedTime(last) < ForgetsEvery)
            return;
        _forgot = await _pending.ForgetAsync(BatchSize, cancellation) == BatchSize ? null : Stopwatch.GetTimestamp();
    }

    private async Task WaitAsync(CancellationToken cancellation)
    {
        using var pause = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        pause.CancelAfter(Pause);
        try
        {
            await _woken.Reader.ReadAsync(pause.Token);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            _hasChanged = true; // nobody said so: it is looked at all the same, and so is what is due
        }
    }
}
