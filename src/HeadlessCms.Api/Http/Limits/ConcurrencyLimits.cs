using System.Threading.RateLimiting;
using HeadlessCms.Api.Hosting.Options;
using HeadlessCms.Api.Http.Problems;

namespace HeadlessCms.Api.Http.Limits;

/// <summary>
/// How many requests a node works on at once: no more than the database can, editors apart from readers so that a rush on the front page
/// keeps nobody from correcting it. Those who come besides wait their turn; where too many wait already they are told at once to come again.
/// What is answered from memory, and streams that only wait, are not counted.
/// </summary>
internal static class ConcurrencyLimits
{
    /// <summary>The policy of Content and Feeds.</summary>
    public const string Readers = "readers";

    /// <summary>The policy of Editorial.</summary>
    public const string Editors = "editors";

    public static void AddConcurrencyLimits(this WebApplicationBuilder builder, ConcurrencyOptions most)
    {
        builder.Services.AddRateLimiter(limits =>
        {
            limits.OnRejected = async (refused, _) =>
                await StatusProblems.Of(StatusCodes.Status503ServiceUnavailable).ExecuteAsync(refused.HttpContext);
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
