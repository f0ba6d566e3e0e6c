using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace HeadlessCms.Api.Hosting.Health;

/// <summary>How the app is.</summary>
/// <param name="Status"><c>live</c> or <c>ready</c>.</param>
public sealed record Health(string Status);

/// <summary><c>/health</c>: for those who run the app. The answers say the status and nothing else.</summary>
internal static class HealthEndpoints
{
    private const string Live = "live";
    private const string Ready = "ready";

    public static void AddHealth(this WebApplicationBuilder builder) =>
        builder.Services.AddHealthChecks().AddCheck<LivenessCheck>(Live).AddCheck<ReadinessCheck>(Ready, timeout: TimeSpan.FromSeconds(3));

    public static void MapHealth(this IEndpointRouteBuilder app)
    {
        foreach (var check in new[] { Live, Ready })
            app.MapHealthChecks($"/health/{check}", Only(check))
                .WithMetadata(new HttpMethodMetadata([HttpMethods.Get, HttpMethods.Head]))
                .AllowAnonymous();
    }

    private static HealthCheckOptions Only(string check) =>
        new()
        {
            Predicate = registration => registration.Name == check,
            AllowCachingResponses = true, // adds no headers
            // A bare 503 becomes a problem, as every bare status does.
            ResponseWriter = (context, report) =>
                report.Status == HealthStatus.Healthy ? context.Response.WriteAsJsonAsync(new Health(check)) : Task.CompletedTask,
        };
}
