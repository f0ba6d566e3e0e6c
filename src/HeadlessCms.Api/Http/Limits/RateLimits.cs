using System.Globalization;
using System.Threading.RateLimiting;
using HeadlessCms.Api.Hosting.Options;
using HeadlessCms.Api.Http.Access;
using HeadlessCms.Api.Http.Problems;

namespace HeadlessCms.Api.Http.Limits;

/// <summary>
/// Limits the requests per minute of an API key, or of an address without a key. Responses have RateLimit and RateLimit-Policy headers
/// (draft-ietf-httpapi-ratelimit-headers); requests over the limit get 429 with Retry-After.
/// </summary>
internal sealed class RateLimits(CmsOptions options, SecurityLog log) : IDisposable
{
    private readonly RateLimitOptions _limits = options.RateLimits;
    private readonly PartitionedRateLimiter<Caller> _buckets = Buckets();

    /// <summary>A bucket for each caller, with the requests that it has left.</summary>
    public static PartitionedRateLimiter<Caller> Buckets() =>
        PartitionedRateLimiter.Create<Caller, Caller>(caller => RateLimitPartition.GetTokenBucketLimiter(caller, Bucket));

    public static ProblemResult Exceeded(TimeSpan wait) =>
        new(429, "quotaExceeded", "Too many requests", "Retry after the number of seconds in Retry-After.") { RetryAfter = wait };

    /// <summary>Runs before the response cache, so that cached responses count too.</summary>
    public Task CountAnyone(HttpContext context, RequestDelegate next) =>
        context.Request.Headers.Authorization.Count > 0 || !IsCounted(context.Request.Path)
            ? next(context)
            : CountAsync(Caller.OfAddress(context, _limits.PerAddress), context, next);

    /// <summary>Runs after authentication: a request with an invalid key counts for its address.</summary>
    public Task CountKeys(HttpContext context, RequestDelegate next)
    {
        if (context.Request.Headers.Authorization.Count == 0 || !IsCounted(context.Request.Path))
            return next(context);
        return CountAsync(
            context.User.Identity is { IsAuthenticated: true }
                ? Caller.OfKey(context.User, _limits.PerKey)
                : Caller.OfAddress(context, _limits.PerAddress),
            context,
            next
        );
    }

    public void Dispose() => _buckets.Dispose();

    private static bool IsCounted(PathString path) =>
        ReaderPaths.Has(path) || path.StartsWithSegments("/editorial") || path.StartsWithSegments("/openapi");

    private async Task CountAsync(Caller caller, HttpContext context, RequestDelegate next)
    {
        if (caller.PerMinute <= 0)
        {
            await next(context);
            return;
        }

        using var lease = _buckets.AttemptAcquire(caller);
        var left = _buckets.GetStatistics(caller)?.CurrentAvailablePermits ?? 0;
        var wait = lease.TryGetMetadata(MetadataName.RetryAfter, out var after)
            ? TimeSpan.FromSeconds(Math.Max(1, Math.Ceiling(after.TotalSeconds)))
            : TimeSpan.Zero;
        context.Response.OnStarting(() =>
        {
            var headers = context.Response.Headers;
            headers["RateLimit-Policy"] = string.Create(CultureInfo.InvariantCulture, $"\"{caller.Policy}\";q={caller.PerMinute};w=60");
            headers["RateLimit"] = string.Create(
                CultureInfo.InvariantCulture,
                $"\"{caller.Policy}\";r={left}{(lease.IsAcquired ? "" : $";t={(int)wait.TotalSeconds}")}"
            );
            return Task.CompletedTask;
        });
        if (lease.IsAcquired)
        {
            await next(context);
            return;
        }

        log.RateLimited(context, caller.Policy, caller.Name);
        await Exceeded(wait).ExecuteAsync(context);
    }

    // A bucket starts full and regains one token each time 1/PerMinute of a minute has passed.
    private static TokenBucketRateLimiterOptions Bucket(Caller caller) =>
        new()
        {
            TokenLimit = caller.PerMinute,
            TokensPerPeriod = 1,
            ReplenishmentPeriod = TimeSpan.FromMinutes(1) / caller.PerMinute,
            AutoReplenishment = false,
        };
}
