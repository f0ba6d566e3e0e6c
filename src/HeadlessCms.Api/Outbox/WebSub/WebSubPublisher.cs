using HeadlessCms.Api.Hosting;
using HeadlessCms.Api.Hosting.Storage;
using HeadlessCms.Api.Outbox.Changes;
using HeadlessCms.Core.Feeds;
using HeadlessCms.Core.WebSub;

namespace HeadlessCms.Api.Outbox.WebSub;

/// <summary>
/// Tells the hub which feeds have changed (WebSub), with whatever other nodes do the same: each feed once, however many changes touched it
/// meanwhile, and again until the hub takes it. No request waits for it.
/// </summary>
internal sealed class WebSubPublisher(Database database, ChangeWatcher watcher, Site site, ILogger<WebSubPublisher> logger)
    : BackgroundService
{
    private const int BatchSize = 500;
    private const int AtOnce = 8;
    private const int LeasedAtOnce = 4 * AtOnce;
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(1); // longer than all that is leased at once can take
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);
    private static readonly string[] Formats = [.. FeedFormat.All.Select(type => type.Extension)];

    private readonly WebSubQueue _pending = new(database.Newsroom);

    // The hub is the operator's choice: it may be anywhere, but sends us nowhere else.
    private readonly HttpClient _client = new(
        new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        }
    )
    {
        Timeout = Timeout,
    };

    public override void Dispose()
    {
        _client.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                var seen = watcher.Position ?? 0;
                while (await _pending.TouchAsync(BatchSize, Formats, stoppingToken) == BatchSize) { }

                var leased = await _pending.LeaseAsync(LeasedAtOnce, Lease, stoppingToken);
                await Parallel.ForEachAsync(
                    leased,
                    new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = stoppingToken },
                    TellAsync
                );
                if (leased.Count < LeasedAtOnce)
                    await RestAsync(seen, stoppingToken);
            }
            catch (Exception failed) when (failed is Npgsql.NpgsqlException or TimeoutException)
            {
                logger.LogWarning(failed, "The hub could not be told what changed; trying again.");
                await Task.Delay(Pause, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return; // what was not told is told by another node, or after the next start
            }
        }
    }

    // Until something happens; or a while, since something may be due all the same.
    private async Task RestAsync(long seen, CancellationToken cancellation)
    {
        using var pause = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        pause.CancelAfter(Pause);
        await watcher.WaitBeyondAsync(seen, pause.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async ValueTask TellAsync(LeasedPing ping, CancellationToken cancellation)
    {
        if (await TakesAsync(ping, cancellation))
            await _pending.SettleAsync(ping, CancellationToken.None);
        else
            await _pending.PostponeAsync(ping, CancellationToken.None);
    }

    // What a publisher sends is left open by the standard: hubs want hub.url, and some hub.topic.
    private async Task<bool> TakesAsync(LeasedPing ping, CancellationToken cancellation)
    {
        var topic = site.Url + ping.Topic;
        using var form = new FormUrlEncodedContent([new("hub.mode", "publish"), new("hub.url", topic), new("hub.topic", topic)]);
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, site.HubUrl) { Content = form };
            using var answer = await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellation);
            if (answer.IsSuccessStatusCode)
                return true;
            logger.Log(LevelOf(ping), "The hub answered {Status} to {Topic}.", (int)answer.StatusCode, topic);
        }
        catch (Exception failed)
            when (failed is HttpRequestException or IOException
                || failed is OperationCanceledException && !cancellation.IsCancellationRequested
            )
        {
            logger.Log(LevelOf(ping), "The hub could not be told of {Topic}: {Reason}", topic, failed.Message);
        }

        return false;
    }

    // That a hub is down for hours is said once a feed.
    private static LogLevel LevelOf(LeasedPing ping) => ping.Tries == 0 ? LogLevel.Warning : LogLevel.Debug;
}
