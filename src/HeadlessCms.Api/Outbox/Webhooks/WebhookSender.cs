using System.Diagnostics;
using HeadlessCms.Api.Outbox.Changes;
using HeadlessCms.Core;
using HeadlessCms.Core.Webhooks;

namespace HeadlessCms.Api.Outbox.Webhooks;

/// <summary>Sends events to webhooks.</summary>
internal sealed class WebhookSender(
    PendingDeliveries pending,
    ChangeWatcher watcher,
    WebhookMessages messages,
    WebhookPost post,
    DeliveryRecorder recorder,
    WebhookSettings settings,
    WebhookMetrics metrics,
    ILogger<WebhookSender> logger
) : OutboxWorker<LeasedDelivery, byte[]>(pending, watcher, MaxConcurrency, TimeSpan.FromMilliseconds(250), logger)
{
    private const int MaxConcurrency = 64;
    private const int MaxConcurrencyPerWebhook = 16;
    private const int ForgetLimit = 500;
    private static readonly TimeSpan ForgetInterval = TimeSpan.FromMinutes(10);

    private long? _forgot;

    protected override Task<IReadOnlyList<LeasedDelivery>> LeaseAsync(int limit, CancellationToken cancellation) =>
        pending.LeaseAsync(limit, MaxConcurrencyPerWebhook, settings.Lease, cancellation);

    protected override Task<IReadOnlyList<byte[]>> WriteAsync(IReadOnlyList<LeasedDelivery> leased, CancellationToken cancellation) =>
        messages.WriteAsync(leased, cancellation);

    protected override async Task SendAsync(LeasedDelivery leased, byte[] message, CancellationToken cancellation)
    {
        using var span = Tracing.Follow("deliver webhook", leased.TraceParent);
        var attempt = await post.SendAsync(leased, message, settings.Timeout - leased.Held, cancellation);
        metrics.Attempted(leased, attempt, span);
        await recorder.RecordAsync(leased, attempt);
    }

    protected override async Task IdleAsync(CancellationToken cancellation)
    {
        if (_forgot is { } last && Stopwatch.GetElapsedTime(last) < ForgetInterval)
            return;
        _forgot = await pending.ForgetAsync(ForgetLimit, cancellation) == ForgetLimit ? null : Stopwatch.GetTimestamp();
    }
}
