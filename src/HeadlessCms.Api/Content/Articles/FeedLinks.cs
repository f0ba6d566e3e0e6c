using HeadlessCms.Api.Http.Input;
using HeadlessCms.Api.Http.OpenApi;
using HeadlessCms.Api.Http.Problems;
using HeadlessCms.Api.Http.Routing;
using HeadlessCms.Core.Feeds;

namespace HeadlessCms.Api.Content.Articles;

/// <summary>Adds the feeds of the same articles to the <c>Link</c> header (RFC 8288) of a response.</summary>
internal static class FeedLinks
{
    private static readonly HashSet<string> Filters = [.. QueryRule.Of(typeof(ArticleListQuery)).Select(rule => rule.Name)];

    /// <summary>The feeds at <paramref name="path"/> of a request: an absolute path without an extension.</summary>
    public static Func<EndpointFilterInvocationContext, EndpointFilterDelegate, ValueTask<object?>> To(Func<HttpContext, string> path) =>
        async (invocation, next) =>
        {
            var answer = await next(invocation);
            var context = invocation.HttpContext;
            if ((answer is INestedHttpResult { Result: var result } ? result : answer) is not (ProblemResult or MovedResult))
            {
                var query = QueryString.Create(context.Request.Query.Where(pair => Filters.Contains(pair.Key)));
                foreach (var type in FeedFormat.All)
                    context.Response.Headers.Append(
                        "Link",
                        $"<{path(context)}.{type.Extension}{query}>; rel=\"alternate\"; type=\"{type.MediaType}\"; title=\"{type.Name}\""
                    );
            }

            return answer;
        };
}

internal static class FeedLinksRoutes
{
    public static RouteHandlerBuilder NamesFeeds(this RouteHandlerBuilder route, Func<HttpContext, string> path) =>
        route.AddEndpointFilter(FeedLinks.To(path)).WithMetadata(new NamesFeeds());
}
