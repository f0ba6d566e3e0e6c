using System.Threading.RateLimiting;
using HeadlessCms.Api.Hosting.Options;
using HeadlessCms.Api.Http.Access;
using HeadlessCms.Api.Http.Problems;

namespace HeadlessCms.Api.Http.Limits;

/// <summary>
/// Limits the requests of an address that are open at once: waiting, worked on or being sent, event streams included. However slowly an
/// address reads, and however many streams it opens, it takes no more than its share of a node.
/// </summary>
internal sealed class OpenRequests(CmsOptions options, SecurityLog log) : IDisposable
{
    private readonly PartitionedRateLimiter<string> _open = PartitionedRateLimiter.Create<string, string>(address =>
        RateLimitPartition.GetConcurrencyLimiter(address, _ => new() { PermitLimit = options.Concurrency.OpenPerAddress })
    );

    /// <summary>Runs before the response cache, so that a cached response that is read slowly counts too.</summary>
    public async Task LimitAsync(HttpContext context, RequestDelegate next)
    {
        var address = Caller.AddressOf(context);
        using var lease = _open.AttemptAcquire(address);
        if (lease.IsAcquired)
        {
            await next(context);
            return;
        }

        log.RateLimited(context, "openRequests", address);
        await new ProblemResult(
            429,
            "tooManyOpenRequests",
            "Too many open requests",
            "The address has as many open requests as one address may have. Let some of them end first."
        )
        {
            RetryAfter = TimeSpan.FromSeconds(2),
        }.ExecuteAsync(context);
    }

    public void Dispose() => _open.Dispose();
}
