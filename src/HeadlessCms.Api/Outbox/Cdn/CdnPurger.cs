using System.Diagnostics;
using HeadlessCms.Api.Hosting.Options;
using HeadlessCms.Api.Outbox.Changes;
using HeadlessCms.Core;
using HeadlessCms.Core.Cdn;

namespace HeadlessCms.Api.Outbox.Cdn;

/// <summary>
/// Purges the tags of changes at the CDN, each until it was done, at each target apart, so that one that is away holds up no other.
/// </summary>
internal sealed class CdnPurger(
    PurgeQueue pending,
    ChangeWatcher watcher,
    PurgeApi api,
    CmsOptions options,
    CdnMetrics metrics,
    ILogger<CdnPurger> logger
)
    : OutboxWorker<LeasedPurge, IReadOnlyList<IReadOnlyList<string>>>(
        pending,
        watcher,
        api.Targets.Count,
        TimeSpan.FromMilliseconds(500),
        logger
    )
{
    private const int TagLimit = 500;
    private const int MaxResponseBytes = 1024 * 1024;
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(15); // longer than an attempt and its record take
    private static readonly TimeSpan BacklogInterval = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan ForgetInterval = TimeSpan.FromMinutes(10);

    // The operator chooses the address, so any is allowed; redirects are not followed.
    private readonly HttpClient _client = new(
        new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        }
    )
    {
        Timeout = System.Threading.Timeout.InfiniteTimeSpan,
        MaxResponseContentBufferSize = MaxResponseBytes,
    };

    private long? _counted;
    private long? _forgot;

    public override void Dispose()
    {
        _client.Dispose();
        base.Dispose();
    }

    protected override Task<IReadOnlyList<LeasedPurge>> LeaseAsync(int limit, CancellationToken cancellation) =>
        pending.LeaseAsync(limit, TagLimit, Lease, cancellation);

    protected override Task<IReadOnlyList<IReadOnlyList<IReadOnlyList<string>>>> WriteAsync(
        IReadOnlyList<LeasedPurge> leased,
        CancellationToken cancellation
    ) =>
        Task.FromResult<IReadOnlyList<IReadOnlyList<IReadOnlyList<string>>>>([
            .. leased.Select(purge => api.Batches(purge.Tags.Select(Address.Ascii))),
        ]);

    protected override async Task SendAsync(
        LeasedPurge leased,
        IReadOnlyList<IReadOnlyList<string>> message,
        CancellationToken cancellation
    )
    {
        var host = new Uri(leased.Target).Authority;
        if (await TryAsync(leased, message, cancellation) is { } failure)
        {
            metrics.Failed();
            // A target that stays away is logged once.
            logger.Log(
                leased.Tries == 0 ? LogLevel.Warning : LogLevel.Debug,
                "{Count} tags could not be purged at the CDN {Host}: {Reason} They are tried again until they are.",
                leased.Tags.Count,
                host,
                failure.Reason
            );
            await pending.PostponeAsync(leased, failure.RetryAfter, CancellationToken.None);
        }
        else
        {
            metrics.Purged();
            if (leased.Tries > 0)
                logger.LogInformation("The CDN {Host} purges again.", host);
            await pending.SettleAsync(leased, options.Cdn.RepeatAfter, CancellationToken.None);
        }
    }

    protected override async Task IdleAsync(CancellationToken cancellation)
    {
        if (_counted is not { } counted || Stopwatch.GetElapsedTime(counted) > BacklogInterval)
        {
            metrics.Backlog = await pending.BacklogAsync(cancellation);
            _counted = Stopwatch.GetTimestamp();
        }

        if (_forgot is not { } forgot || Stopwatch.GetElapsedTime(forgot) > ForgetInterval)
        {
            await pending.ForgetAsync(cancellation);
            _forgot = Stopwatch.GetTimestamp();
        }
    }

    private async Task<Failure?> TryAsync(LeasedPurge leased, IReadOnlyList<IReadOnlyList<string>> batches, CancellationToken cancellation)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        patience.CancelAfter(Timeout);
        try
        {
            foreach (var tags in batches)
            {
                using var request = api.Request(leased.Target, tags);
                using var response = await _client.SendAsync(request, patience.Token);
                if (!await api.IsPurgedAsync(response, patience.Token))
                    return new Failure($"It answered {(int)response.StatusCode}.", RetryAfterOf(response));
            }

            return null;
        }
        catch (HttpRequestException failed)
        {
            return new Failure($"{failed.Message.TrimEnd('.')}.", null);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return new Failure($"No answer came within {Timeout.TotalSeconds} s.", null);
        }
    }

    private static TimeSpan? RetryAfterOf(HttpResponseMessage response) =>
        response.Headers.RetryAfter switch
        {
            { Delta: { } delta } => delta,
            { Date: { } date } => date - response.Headers.Date, // by its own clock
            _ => null,
        };

    private sealed record Failure(string Reason, TimeSpan? RetryAfter);
}
