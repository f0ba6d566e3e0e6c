using HeadlessCms.Api.Hosting.Options;
using HeadlessCms.Core.Changes;
using Npgsql;

namespace HeadlessCms.Api.Outbox.Retention;

/// <summary>
/// Deletes what <c>Cms:Retention</c> no longer keeps, in short transactions, on one node at a time.
/// </summary>
internal sealed class RetentionWorker(LogRetention logs, CmsOptions options, ILogger<RetentionWorker> logger) : BackgroundService
{
    private const int BatchSize = 500;
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(10);

    // Between batches, so that a long log does not keep the disk from editors.
    private static readonly TimeSpan Rest = TimeSpan.FromMilliseconds(100);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval);
        try
        {
            do await TryAsync(stoppingToken);
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The node stops; another one goes on, or this one after its start.
        }
    }

    private async Task TryAsync(CancellationToken cancellation)
    {
        try
        {
            var (changes, entries) = (await ForgetChangesAsync(cancellation), await ForgetAuditAsync(cancellation));
            if (changes + entries > 0)
                logger.LogInformation("Retention deleted {Changes} changes and {Entries} entries of the audit trail.", changes, entries);
        }
        catch (Exception failed) when (failed is NpgsqlException or TimeoutException)
        {
            logger.LogWarning(failed, "Retention failed; trying again in {Interval}.", Interval);
        }
    }

    private async Task<int> ForgetChangesAsync(CancellationToken cancellation)
    {
        if (options.Retention.Changes is not { } kept)
            return 0;
        for (var total = 0; ; await Task.Delay(Rest, cancellation))
        {
            var (taken, forgotten) = await logs.ForgetChangesAsync(kept, BatchSize, cancellation);
            total += forgotten;
            if (taken < BatchSize)
                return total;
        }
    }

    private async Task<int> ForgetAuditAsync(CancellationToken cancellation)
    {
        if (options.Retention.Audit is not { } kept)
            return 0;
        for (var total = 0; ; await Task.Delay(Rest, cancellation))
        {
            // A batch may be short before the end, where entries are not in the order of their instants.
            var forgotten = await logs.ForgetAuditAsync(kept, BatchSize, cancellation);
            total += forgotten;
            if (forgotten == 0)
                return total;
        }
    }
}
