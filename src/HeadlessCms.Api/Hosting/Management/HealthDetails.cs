using System.Text.Json;
using System.Text.Json.Serialization;
using HeadlessCms.Api.Hosting.Health;

namespace HeadlessCms.Api.Hosting.Management;

/// <summary>Whether the node is ready, and the last result of each check. No text names a host, user or database.</summary>
internal sealed record ReadinessDetails(string Status, string? Reason, IReadOnlyList<CheckState> Checks);

/// <summary><c>/health</c> on the management address.</summary>
internal static class HealthDetails
{
    private static readonly string[] Read = [HttpMethods.Get, HttpMethods.Head];

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    public static void MapHealthDetails(this IEndpointRouteBuilder app, Readiness readiness)
    {
        app.MapMethods($"/health/{HealthEndpoints.Live}", Read, context => WriteAsync(context, new Health.Health(HealthEndpoints.Live)));
        app.MapMethods($"/health/{HealthEndpoints.Ready}", Read, context =>
        {
            var reason = readiness.ReasonNotReady;
            if (reason is not null)
                context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            return WriteAsync(context, new ReadinessDetails(reason is null ? HealthEndpoints.Ready : "notReady", reason, readiness.Checks));
        });
    }

    private static Task WriteAsync<T>(HttpContext context, T details)
    {
        context.Response.Headers.CacheControl = "no-store";
        return context.Response.WriteAsJsonAsync(details, Json, context.RequestAborted);
    }
}
