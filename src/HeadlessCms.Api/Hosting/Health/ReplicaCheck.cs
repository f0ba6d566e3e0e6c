using System.Globalization;
using HeadlessCms.Api.Hosting.Options;
using HeadlessCms.Api.Hosting.Storage;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace HeadlessCms.Api.Hosting.Health;

/// <summary>
/// Whether readers can be served: by the primary, or by a replica that has what this node has answered before. A replica that lags or is
/// away takes no node out, because the others would then get its readers, and the primary answers instead.
/// </summary>
internal sealed class ReplicaCheck(ReplicaLag replicas, LogPosition known, CmsOptions options) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var needed = known.Newest;
        var servers = await replicas.MeasureAsync(cancellationToken);
        var away = servers.Count(server => server.IsStandby is null);
        if (away == servers.Count)
            return HealthCheckResult.Unhealthy("No server of the read side answers.");
        if (!servers.Any(server => server.IsStandby is false || server.IsStandby is true && server.Position >= needed))
            return HealthCheckResult.Unhealthy("The primary does not answer, and no replica has what this node has answered before.");
        var lag = servers.Max(server => server.Lag);
        if (lag > options.Replicas.MaxLag)
            return HealthCheckResult.Degraded(
                string.Create(CultureInfo.InvariantCulture, $"A replica is {lag.TotalSeconds:0.0} s behind; the primary is read instead.")
            );
        return away > 0
            ? HealthCheckResult.Degraded($"{away} of {servers.Count} servers of the read side do not answer.")
            : HealthCheckResult.Healthy();
    }
}
