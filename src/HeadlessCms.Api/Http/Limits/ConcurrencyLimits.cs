using System.Threading.RateLimiting;
using HeadlessCms.Api.Hosting.Options;
using HeadlessCms.Api.Http.Problems;
using Microsoft.AspNetCore.RateLimiting;

namespace HeadlessCms.Api.Http.Limits;

/// <summary>
/// Limits the concurrent requests of a node to the capacity of the database, for editors apart from readers, so that a rush of readers
/// does not delay a correction, and those of an address to its share. Costly requests are worked on a few at a time, with a rest after
/// each, so that processors are left for what is usual. Further requests wait in a queue, or get 503 if it is full. Cached responses and
/// idle streams do not count.
/// </summary>
internal static class ConcurrencyLimits
{
    /// <summary>The policy of Content and Feeds.</summary>
    public const string Readers = "readers";

    public const string Editors = "editors";

    public static void AddConcurrencyLimits(this WebApplicationBuilder builder, ConcurrencyOptions most)
    {
        var share = AtOnce(most.PerAddress);
        var costly = AtOnce(most.Costly);
        builder.Services.AddRateLimiter(limits =>
        {
            limits.OnRejected = async (refused, _) =>
                await StatusProblems.Of(StatusCodes.Status503ServiceUnavailable).ExecuteAsync(refused.HttpContext);
            limits.GlobalLimiter = PartitionedRateLimiter.CreateChained(
                PartitionedRateLimiter.Create<HttpContext, (string, string)>(context =>
                    PolicyOf(context) is { } policy
                        ? RateLimitPartition.GetConcurrencyLimiter((policy, Caller.AddressOf(context)), _ => share)
                        : RateLimitPartition.GetNoLimiter(("", ""))
                ),
                PartitionedRateLimiter.Create<HttpContext, bool>(context =>
                    CostlyRequest.Is(context)
                        ? RateLimitPartition.Get(true, _ => new RestingLimiter(costly))
                        : RateLimitPartition.GetNoLimiter(false)
                )
            );
            foreach (var (name, options) in new[] { (Readers, AtOnce(most.Readers)), (Editors, AtOnce(most.Editors)) })
                limits.AddPolicy(name, _ => RateLimitPartition.GetConcurrencyLimiter(name, _ => options));
        });

        ConcurrencyLimiterOptions AtOnce(int permits) => new() { PermitLimit = permits, QueueLimit = most.Waiting };
    }

    /// <summary>The policy of the request's route; null where it has none.</summary>
    public static string? PolicyOf(HttpContext context) =>
        context.GetEndpoint()?.Metadata.GetMetadata<EnableRateLimitingAttribute>()?.PolicyName;
}
