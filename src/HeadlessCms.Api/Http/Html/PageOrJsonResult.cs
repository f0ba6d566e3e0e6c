using System.Reflection;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace HeadlessCms.Api.Http.Html;

/// <summary>Endpoint metadata: the response also comes as an HTML page.</summary>
internal sealed class HasPage;

/// <summary>200 with a resource as JSON or, where the client prefers HTML, as a page.</summary>
/// <typeparam name="T">The type of the resource.</typeparam>
public sealed class PageOrJsonResult<T> : IResult, IEndpointMetadataProvider
{
    private readonly T _resource;
    private readonly Func<HtmlPage> _page;

    internal PageOrJsonResult(T resource, Func<HtmlPage> page) => (_resource, _page) = (resource, page);

    /// <inheritdoc/>
    public Task ExecuteAsync(HttpContext httpContext)
    {
        ArgumentNullException.ThrowIfNull(httpContext);
        return PageOrJson.PrefersPage(httpContext) ? _page().WriteAsync(httpContext) : TypedResults.Ok(_resource).ExecuteAsync(httpContext);
    }

    /// <inheritdoc/>
    public static void PopulateMetadata(MethodInfo method, EndpointBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Metadata.Add(new ProducesResponseTypeMetadata(200, typeof(T), ["application/json"]));
    }
}

/// <summary>Responses in two representations.</summary>
internal static class PageOrJson
{
    /// <summary>Marks a route whose response also comes as an HTML page.</summary>
    public static RouteHandlerBuilder AlsoAsPage(this RouteHandlerBuilder route) => route.WithMetadata(new HasPage());

    /// <summary>Whether the client prefers the page. The response depends on <c>Accept</c>, and says so.</summary>
    public static bool PrefersPage(HttpContext context)
    {
        var headers = context.Response.Headers;
        headers.Vary = StringValues.Concat(headers.Vary, HeaderNames.Accept);
        return AcceptedMedia.PrefersHtml(context.Request);
    }
}
