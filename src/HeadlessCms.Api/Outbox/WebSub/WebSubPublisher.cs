using System.Diagnostics;
using HeadlessCms.Api.Hosting;
using HeadlessCms.Api.Outbox.Changes;
using HeadlessCms.Api.Outbox.OutboundHttp;
using HeadlessCms.Core;
using HeadlessCms.Core.WebSub;

namespace HeadlessCms.Api.Outbox.WebSub;

/// <summary>
/// Tells the hub which feeds have changed (WebSub): each feed once, however many changes touched it, until the hub accepts it.
/// </summary>
internal sealed class WebSubPublisher(WebSubQueue pending, ChangeWatcher watcher, Site site, ILogger<WebSubPublisher> logger)
    : OutboxWorker<LeasedPing, string>(pending, watcher, MaxConcurrency, TimeSpan.FromSeconds(1), logger)
{
    private const int MaxConcurrency = 8;
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(1); // longer than an attempt and its record can take

    // The operator chooses the hub, so any address is allowed; its redirects are not followed.
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

    protected override Task<IReadOnlyList<LeasedPing>> LeaseAsync(int limit, CancellationToken cancellation) =>
        pending.LeaseAsync(limit, Lease, cancellation);

    protected override Task<IReadOnlyList<string>> WriteAsync(IReadOnlyList<LeasedPing> leased, CancellationToken cancellation) =>
        Task.FromResult<IReadOnlyList<string>>([.. leased.Select(ping => Address.Ascii(site.Url + ping.Topic))]);

    protected override async Task SendAsync(LeasedPing leased, string message, CancellationToken cancellation)
    {
        using var span = Tracing.Follow("notify hub", leased.TraceParent);
        var accepted = await TryAsync(leased, message, cancellation);
        span?.SetStatus(accepted ? ActivityStatusCode.Unset : ActivityStatusCode.Error);
        if (accepted)
            await pending.SettleAsync(leased, CancellationToken.None);
        else
            await pending.PostponeAsync(leased, CancellationToken.None);
    }

    // The standard does not say what a publisher sends: hubs expect hub.url, and some hub.topic.
    private async Task<bool> TryAsync(LeasedPing ping, string topic, CancellationToken cancellation)
    {
        using var form = new FormUrlEncodedContent([new("hub.mode", "publish"), new("hub.url", topic), new("hub.topic", topic)]);
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, site.HubUrl) { Content = form };
            request.PassOn(ping.TraceParent);
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
            logger.Log(LevelOf(ping), "The hub could not be notified of {Topic}: {Reason}", topic, failed.Message);
        }

        return false;
    }

    // A hub that stays down is logged once a feed.
    private static LogLevel LevelOf(LeasedPing ping) => ping.Tries == 0 ? LogLevel.Warning : LogLevel.Debug;
}
