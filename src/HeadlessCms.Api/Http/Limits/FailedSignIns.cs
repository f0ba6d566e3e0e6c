using System.Security.Cryptography;
using System.Text;
using System.Threading.RateLimiting;
using HeadlessCms.Api.Hosting.Options;
using HeadlessCms.Api.Http.Access;
using Microsoft.Extensions.Caching.Memory;

namespace HeadlessCms.Api.Http.Limits;

/// <summary>
/// Limits the credentials of an address that are refused. Above the limit its requests with a credential get 429 before the credential is
/// looked up, except credentials that this node accepted a short time ago: other callers behind the same address are not locked out.
/// </summary>
internal sealed class FailedSignIns(CmsOptions options, SecurityLog log) : IDisposable
{
    private const int MaxRemembered = 10_000;
    private static readonly TimeSpan RememberedFor = TimeSpan.FromMinutes(10);

    private readonly int _perMinute = options.RateLimits.FailedSignIns;
    private readonly PartitionedRateLimiter<Caller> _buckets = RateLimits.Buckets();
    private readonly MemoryCache _accepted = new(new MemoryCacheOptions { SizeLimit = MaxRemembered });

    /// <summary>Runs around authentication.</summary>
    public async Task LimitAsync(HttpContext context, RequestDelegate next)
    {
        var credentials = SentCredentials.All(context.Request).ToList();
        if (credentials.Count == 0)
        {
            await next(context);
            return;
        }

        var caller = Caller.OfAddress(context, _perMinute);
        if (_buckets.GetStatistics(caller)!.CurrentAvailablePermits == 0 && !credentials.TrueForAll(WasAccepted))
        {
            log.SignInsLimited(context, caller.Name);
            var untilNext = TimeSpan.FromMinutes(1) / _perMinute;
            await RateLimits.Exceeded(TimeSpan.FromSeconds(Math.Ceiling(untilNext.TotalSeconds))).ExecuteAsync(context);
            return;
        }

        try
        {
            await next(context);
        }
        finally
        {
            Record(context.CredentialOutcomes(), caller);
        }
    }

    public void Dispose()
    {
        _buckets.Dispose();
        _accepted.Dispose();
    }

    private void Record(CredentialOutcomes outcomes, Caller caller)
    {
        foreach (var credential in outcomes.Refused.Keys)
        {
            _buckets.AttemptAcquire(caller).Dispose();
            _accepted.Remove(HashOf(credential)); // it may have been revoked
        }

        foreach (var credential in outcomes.Accepted)
            _accepted.Set(
                HashOf(credential),
                true,
                new MemoryCacheEntryOptions { Size = 1, AbsoluteExpirationRelativeToNow = RememberedFor }
            );
    }

    private bool WasAccepted(string credential) => _accepted.TryGetValue(HashOf(credential), out _);

    private static string HashOf(string credential) => Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(credential)));
}
