using System.Threading.RateLimiting;
using HeadlessCms.Api.Http.Problems;

namespace HeadlessCms.Api.Http.Limits;

/// <summary>
/// Limits the concurrent requests of a node to the capacity of the database, for editors apart from readers, so that a rush of readers
/// does not delay a correction. Further requests wait in a queue, or get 503 if it is full. Cached responses and idle streams do not count.
/// </summary>
internal static class ConcurrencyLimits
{
    /// <summary>The policy of Content and Feeds.</summary>
    public const string Readers = "readers";

    public const string Editors = "editors";

    private const string Section = "Cms:Concurrency:";

    public static void AddConcurrencyLimits(this WebApplicationBuilder builder)
    {
        var settings = builder.Configuration;
        var queueLimit = settings.GetValue($"{Section}Waiting", 1_000);
        builder.Services.AddRateLimiter(limits =>
        {
            limits.OnRejected = async (refused, _) =>
                await StatusProblems.Of(StatusCodes.Status503ServiceUnavailable).ExecuteAsync(refused.HttpContext);
            AddPolicy(Readers, 40);
            AddPolicy(Editors, 20);

            void AddPolicy(string name, int defaultLimit)
            {
                var options = new ConcurrencyLimiterOptions
                {
                    PermitLimit = settings.GetValue($"{Section}{name}", defaultLimit),
                    QueueLimit = queueLimit,
                };
                limits.AddPolicy(name, _ => RateLimitPartition.GetConcurrencyLimiter(name, _ => options));
            }
        });
    }
}
