using System.Globalization;
using System.Threading.RateLimiting;
using HeadlessCms.Api.Hosting.Options;
using HeadlessCms.Api.Http.Problems;

namespace HeadlessCms.Api.Http.Limits;

/// <summary>
/// How many requests a minute a caller may send: one without a key by his address, one with a key by the key. Each answer says what is left,
/// in the fields RateLimit and RateLimit-Policy (draft-ietf-httpapi-ratelimit-headers); one too many is answered with 429 and Retry-After.
/// </summary>
internal sealed class RateLimits(CmsOptions options) : IDisposable
{
    private readonly RateLimitOptions _limits = options.RateLimits;
    private readonly PartitionedRateLimiter<Caller> _buckets = PartitionedRateLimiter.Create<Caller, Caller>(caller =>
        RateLimitPartition.GetTokenBucketLimiter(caller, Bucket)
    );

    /// <summary>Before everything else: who sends no key is counted even where the answer is at hand.</summary>
    public Task CountAnyone(HttpContext context, RequestDelegate next) =>
        context.Request.Headers.Authorization.Count > 0 || !IsCounted(context.Request.Path)
            ? next(context)
            : CountAsync(Caller.OfAddress(context, _limits.PerAddress), context, next);

    /// <summary>Once it is known whose key it is: a key that opens nothing counts for the address that it came from.</summary>
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

    private static bool IsCounted(PathString path) => ReaderPaths.Has(path) || path.StartsWithSegments("/editorial");

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
            await next(context);
        else
            await new ProblemResult(429, "quotaExceeded", "Too many requests", "Retry-After says when there is room for another.")
            {
                RetryAfter = wait,
            }.ExecuteAsync(context);
    }

    // Full at first; a request's share of the minute later there is room for one more.
    private static TokenBucketRateLimiterOptions Bucket(Caller caller) =>
        new()
        {
            TokenLimit = caller.PerMinute,
            TokensPerPeriod = 1,
            ReplenishmentPeriod = TimeSpan.FromMinutes(1) / caller.PerMinute,
            AutoReplenishment = false,
        };
}
