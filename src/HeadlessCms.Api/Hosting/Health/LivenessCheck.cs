using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace HeadlessCms.Api.Hosting.Health;

/// <summary>The process answers.</summary>
internal sealed class LivenessCheck : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(HealthCheckResult.Healthy());
}
