using HeadlessCms.Api.Http.Problems;

namespace HeadlessCms.Api.Http.Routing;

/// <summary>
/// Accepts only the canonical spelling of a path: lower case, without a trailing slash. Responds with 404, 405 and to OPTIONS ahead of
/// authentication, because these responses disclose nothing that the OpenAPI documents do not.
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
            // The endpoint that routing selects to respond with 405 and Allow.
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
