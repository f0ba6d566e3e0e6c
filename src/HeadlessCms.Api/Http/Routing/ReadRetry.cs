using HeadlessCms.Api.Hosting.Storage;

namespace HeadlessCms.Api.Http.Routing;

/// <summary>Reads again where a server went away during a read, and others have what it had.</summary>
internal static class ReadRetry
{
    private const int Attempts = 3;

    public static RouteGroupBuilder RetriesReads(this RouteGroupBuilder routes) =>
        routes.AddEndpointFilter(
            async (invocation, next) =>
            {
                var context = invocation.HttpContext;
                var replicas = context.RequestServices.GetRequiredService<ReplicaReads>();
                return replicas.AreConfigured ? await ReadAsync(invocation, next, replicas) : await next(invocation);
            }
        );

    // Feeds read while they write, so a result is written here. The response is kept until it is complete and can be begun again.
    private static async Task<object?> ReadAsync(
        EndpointFilterInvocationContext invocation,
        EndpointFilterDelegate next,
        ReplicaReads replicas
    )
    {
        var context = invocation.HttpContext;
        var headers = context.Response.Headers.ToList();
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                if (await next(invocation) is not IResult result)
                    throw new InvalidOperationException("A read returns an IResult.");
                await result.ExecuteAsync(context);
                return TypedResults.Empty;
            }
            catch (Exception failed) when (attempt < Attempts && !context.Response.HasStarted && ReplicaReads.MayRetry(failed))
            {
                replicas.AvoidReplicas();
                context.Response.Clear();
                foreach (var (name, value) in headers)
                    context.Response.Headers[name] = value;
            }
        }
    }
}
