using HeadlessCms.Api.Hosting.Options;
using Npgsql;

namespace HeadlessCms.Api.Editorial.Suggestions;

/// <summary>Trains suggestions between 1:00 and 5:00 UTC on one of the nodes, where stories went live since the last time.</summary>
internal sealed class NightlyTraining(SuggestionTraining training, CmsOptions options, ILogger<NightlyTraining> logger) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(30);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!options.Suggestions.TrainNightly)
            return;
        using var timer = new PeriodicTimer(Pause);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
                await TryAsync(stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The node stops; another one trains, or this one the next night.
        }
    }

    private async Task TryAsync(CancellationToken cancellation)
    {
        try
        {
            await training.RunIfDueAsync(cancellation);
        }
        catch (Exception failed) when (failed is NpgsqlException or TimeoutException or InvalidOperationException)
        {
            logger.LogWarning(failed, "Suggestions could not be trained; trying again in {Pause}.", Pause);
        }
    }
}
