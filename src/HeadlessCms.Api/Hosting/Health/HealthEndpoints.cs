namespace HeadlessCms.Api.Hosting.Health;

/// <summary>The health of the app.</summary>
/// <param name="Status"><c>live</c> or <c>ready</c>.</param>
public sealed record Health(string Status);

/// <summary><c>/health</c> on the public address. The responses say the status and nothing else.</summary>
internal static class HealthEndpoints
{
    public const string Live = "live";
    public const string Ready = "ready";

    private static readonly string[] Read = [HttpMethods.Get, HttpMethods.Head];

    public static void MapHealth(this IEndpointRouteBuilder app)
    {
        app.MapMethods($"/health/{Live}", Read, () => TypedResults.Ok(new Health(Live))).AllowAnonymous().ExcludeFromDescription();
        // A bare 503 becomes a problem, as every bare status does.
        app.MapMethods($"/health/{Ready}", Read, IResult (Readiness readiness) =>
                readiness.IsReady ? TypedResults.Ok(new Health(Ready)) : TypedResults.StatusCode(StatusCodes.Status503ServiceUnavailable)
            )
            .AllowAnonymous()
            .ExcludeFromDescription();
    }
}
