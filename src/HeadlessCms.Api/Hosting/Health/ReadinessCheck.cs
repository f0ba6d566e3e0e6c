using HeadlessCms.Core.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace HeadlessCms.Api.Hosting.Health;

/// <summary>The database answers, its schema is at least ours, and the app is not about to stop.</summary>
internal sealed class ReadinessCheck(NewsroomDbContext db, IHostApplicationLifetime lifetime) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        if (lifetime.ApplicationStopping.IsCancellationRequested)
            return HealthCheckResult.Unhealthy("The app is stopping.");
        try
        {
            var needed = db.Database.GetMigrations().Last();
            var applied = await db.Database.GetAppliedMigrationsAsync(cancellationToken);
            return applied.Contains(needed) ? HealthCheckResult.Healthy() : HealthCheckResult.Unhealthy($"The schema lacks {needed}.");
        }
        catch (Exception unreachable) when (unreachable is System.Data.Common.DbException or InvalidOperationException)
        {
            return HealthCheckResult.Unhealthy("The database does not answer.", unreachable);
        }
    }
}
