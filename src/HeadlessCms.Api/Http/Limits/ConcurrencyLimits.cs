using System.Threading.RateLimiting;
using HeadlessCms.Api.Hosting.Options;
using HeadlessCms.Api.Http.Problems;
using Microsoft.AspNetCore.RateLimiting;

namespace HeadlessCms.Api.Http.Limits;

/// <summary>
/// Limits the concurrent requests of a node to the capacity of the database, for editors apart from readers, so that a rush of readers
/// does not delay a correction, and those of an address to its share. Further requests wait in a queue, or get 503 if it is full. Cached
/// responses and idle streams do not count.
/// </summary>
internal static class ConcurrencyLimits
{
    /// <summary>The policy of Content and Feeds.</summary>
    public const string Readers = "readers";

    public const string Editors = "editors";

    public static void AddConcurrencyLimits(this WebApplicationBuilder builder, ConcurrencyOptions most)
    {
        var share = new ConcurrencyLimiterOptions { PermitLimit = most.PerAddress, QueueLimit = most.Waiting };
        builder.Services.AddRateLimiter(limits =>
        {
            limits.OnRejected = async (refused, _) =>
                await StatusProblems.Of(StatusCodes.Status503ServiceUnavailable).ExecuteAsync(refused.HttpContext);
            limits.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, (string, string)>(context =>
                context.GetEndpoint()?.Metadata.GetMetadata<EnableRateLimitingAttribute>()?.PolicyName is { } policy
                    ? RateLimitPartition.GetConcurrencyLimiter((policy, Caller.AddressOf(context)), _ => share)
                    : RateLimitPartition.GetNoLimiter(("", ""))
            );
            AddPolicy(Readers, most.Readers);
            AddPolicy(Editors, most.Editors);

            void AddPolicy(string name, int atOnce)
            {
                var options = new ConcurrencyLimiterOptions { PermitLimit = atOnce, QueueLimit = most.Waiting };
                limits.AddPolicy(name, _ => RateLimitPartition.GetConcurrencyLimiter(name, _ => options));
            }
        });
    }
}
