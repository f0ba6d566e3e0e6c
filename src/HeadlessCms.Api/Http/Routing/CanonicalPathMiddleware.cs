using HeadlessCms.Api.Http.Problems;

namespace HeadlessCms.Api.Http.Routing;

/// <summary>
/// One spelling a path: with a slash at its end or in another case it is not found. Says 404, 405 and OPTIONS before anybody is asked who
/// they are: they tell nothing that the API's description does not.
/// </summary>
internal sealed class CanonicalPathMiddleware(RequestDelegate next)
{
    public async Task InvokeAsync(HttpContext context)
    {
        var endpoint = context.GetEndpoint();
        if (endpoint is null || endpoint is RouteEndpoint && !IsCanonical(context.Request.Path.Value!))
        {
            await new NotFoundProblem().ExecuteAsync(context);
        }
        else if (endpoint is RouteEndpoint)
        {
            await next(context);
        }
        else
        {
            // Routing's own answer: 405, with Allow.
            await endpoint.RequestDelegate!(context);
            if (context.Response.StatusCode != 405)
                return;
            context.Response.Headers.Allow = context.Response.Headers.Allow + ", OPTIONS";
            if (HttpMethods.IsOptions(context.Request.Method))
                context.Response.StatusCode = 204;
        }
    }

    private static bool IsCanonical(string path) => path == "/" || path[^1] != '/' && !path.Any(char.IsAsciiLetterUpper);
}
