using HeadlessCms.Api.Hosting.Storage;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace HeadlessCms.Api.Hosting.Health;

/// <summary>The health checks and their schedule.</summary>
internal static class HealthSetup
{
    public static void AddHealth(this WebApplicationBuilder builder)
    {
        var checks = builder.Services.AddHealthChecks().AddCheck<DatabaseCheck>("database", timeout: Readiness.CheckTimeout);
        if (StorageSetup.HasReplicas(builder.Configuration))
        {
            builder.Services.AddSingleton<ReplicaLag>();
            checks.AddCheck<ReplicaCheck>("replicas", timeout: Readiness.CheckTimeout);
        }

        builder.Services.AddSingleton<Readiness>();
        builder.Services.AddSingleton<IHealthCheckPublisher>(services => services.GetRequiredService<Readiness>());
        builder.Services.Configure<HealthCheckPublisherOptions>(publisher =>
        {
            publisher.Delay = TimeSpan.Zero;
            publisher.Period = Readiness.Period;
        });
    }

    /// <summary>Runs the checks before the first request, so that a node is ready as soon as it listens.</summary>
    public static async Task CheckHealthAsync(this WebApplication app)
    {
        var report = await app.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync();
        await app.Services.GetRequiredService<Readiness>().PublishAsync(report, CancellationToken.None);
    }
}
