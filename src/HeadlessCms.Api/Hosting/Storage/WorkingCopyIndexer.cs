using System.Threading.Channels;
using HeadlessCms.Core.Articles;
using Npgsql;

namespace HeadlessCms.Api.Hosting.Storage;

/// <summary>
/// Lets the index take in the words of what was saved, a moment after the save and in lots, so that no save waits for it. What a node that
/// ended left behind is taken in by another one.
/// </summary>
internal sealed class WorkingCopyIndexer(WaitingTexts texts, ILogger<WorkingCopyIndexer> logger) : BackgroundService
{
    private const int Lot = 100;

    // So that what one editor saves in one go is a lot, and an article that is saved again is made once.
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(200);

    private static readonly TimeSpan Backstop = TimeSpan.FromSeconds(30);

    private readonly Channel<bool> _woken = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite }
    );

    /// <summary>Something was saved.</summary>
    public void Wake() => _woken.Writer.TryWrite(true);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (true)
            {
                await TakeInAsync(stoppingToken);
                await WaitAsync(stoppingToken);
                await Task.Delay(Moment, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The node stops; another one goes on, or this one after its start.
        }
    }

    /// <summary>Lets the index take in all that waits, unless another node is at it.</summary>
    public async Task TakeInAsync(CancellationToken cancellation)
    {
        try
        {
            int? count;
            do count = await texts.TakeInAsync(Lot, cancellation);
            while (count > 0); // a lot may be short before the end, where somebody holds some of it
            if (count is null)
                Wake();
        }
        catch (PostgresException met) when (met.SqlState == PostgresErrorCodes.LockNotAvailable)
        {
            Wake(); // somebody publishes what this would write
        }
        catch (Exception failed) when (failed is NpgsqlException or TimeoutException)
        {
            logger.LogWarning(failed, "The words of working copies could not be indexed; searches make them until it is possible.");
        }
    }

    private async Task WaitAsync(CancellationToken cancellation)
    {
        using var paused = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        paused.CancelAfter(Backstop);
        try
        {
            await _woken.Reader.ReadAsync(paused.Token);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            // a node that ended may have left some
        }
    }
}
