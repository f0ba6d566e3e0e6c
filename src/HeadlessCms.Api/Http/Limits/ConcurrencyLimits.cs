using System.Threading.RateLimiting;
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

    private const string Section = "Cms:Concurrency:";

    public static void AddConcurrencyLimits(this WebApplicationBuilder builder)
    {
        var settings = builder.Configuration;
        var waiting = settings.GetValue($"{Section}Waiting", 1_000);
        builder.Services.AddRateLimiter(limits =>
        {
            limits.OnRejected = async (refused, _) =>
                await StatusProblems.Of(StatusCodes.Status503ServiceUnavailable).ExecuteAsync(refused.HttpContext);
            AddPolicy(Readers, 40);
            AddPolicy(Editors, 20);

            void AddPolicy(string name, int usual)
            {
                var options = new ConcurrencyLimiterOptions
                {
                    PermitLimit = settings.GetValue($"{Section}{name}", usual),
                    QueueLimit = waiting,
                };
                limits.AddPolicy(name, _ => RateLimitPartition.GetConcurrencyLimiter(name, _ => options));
            }
        });
    }
}
