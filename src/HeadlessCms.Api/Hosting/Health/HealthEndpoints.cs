using HeadlessCms.Api.Http.Problems;
using HeadlessCms.Core.Storage;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace HeadlessCms.Api.Hosting.Health;

/// <summary>How the app is.</summary>
/// <param name="Status"><c>live</c> or <c>ready</c>.</param>
public sealed record Health(string Status);

/// <summary><c>/health</c>: for those who run the app.</summary>
internal static class HealthEndpoints
{
    public static void MapHealth(this IEndpointRouteBuilder app)
    {
        var health = app.MapGroup("/health").AllowAnonymous().ExcludeFromDescription();
        health.MapMethods("/live", ["GET", "HEAD"], Live);
        health.MapMethods("/ready", ["GET", "HEAD"], Ready);
    }

    /// <summary>The process answers.</summary>
    private static Ok<Health> Live() => TypedResults.Ok(new Health("live"));

    /// <summary>The database answers, its schema is at least ours, and the app is not about to stop.</summary>
    private static async Task<IResult> Ready(
        NewsroomDbContext db,
        IHostApplicationLifetime lifetime,
        ILogger<Health> logger,
        CancellationToken cancellation
    )
    {
        if (lifetime.ApplicationStopping.IsCancellationRequested)
            return StatusProblems.Of(503);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        patience.CancelAfter(TimeSpan.FromSeconds(3));
        try
        {
            var needed = db.Database.GetMigrations().Last();
            var applied = await db.Database.GetAppliedMigrationsAsync(patience.Token);
            return applied.Contains(needed) ? TypedResults.Ok(new Health("ready")) : StatusProblems.Of(503);
        }
        catch (Exception unreachable)
            when (unreachable is System.Data.Common.DbException or OperationCanceledException or InvalidOperationException)
        {
            logger.LogWarning(unreachable, "Not ready: the database does not answer.");
            return StatusProblems.Of(503);
        }
    }

    /// <summary>The verb <c>health</c>: 0 where the app on this machine is ready, for a container's health check.</summary>
    public static async Task<int> AskAsync(IConfiguration configuration)
    {
        var url = (configuration["ASPNETCORE_URLS"] ?? configuration["Urls"] ?? "http://127.0.0.1:5080")
            .Split(';')[0]
            .Replace("0.0.0.0", "127.0.0.1", StringComparison.Ordinal)
            .Replace("+", "127.0.0.1", StringComparison.Ordinal)
            .Replace("*", "127.0.0.1", StringComparison.Ordinal);
        using var client = new HttpClient { Timeout = TimeSpan.FromSeconds(5) };
        try
        {
            using var answer = await client.GetAsync(new Uri(new Uri(url), "/health/ready"));
            return answer.IsSuccessStatusCode ? 0 : 1;
        }
        catch (Exception unreachable) when (unreachable is HttpRequestException or TaskCanceledException)
        {
            return 1;
        }
    }
}
