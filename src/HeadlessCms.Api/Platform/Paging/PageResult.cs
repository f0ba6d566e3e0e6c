using System.Reflection;
using Microsoft.AspNetCore.Http.Metadata;

namespace HeadlessCms.Api.Platform.Paging;

/// <summary>A page as an answer: the items, and a Link to the next page (RFC 8288), relative to where the caller is.</summary>
/// <typeparam name="T">What the list holds.</typeparam>
/// <param name="page">The page.</param>
public sealed class PageResult<T>(Page<T> page) : IResult, IEndpointMetadataProvider
{
    /// <inheritdoc/>
    public Task ExecuteAsync(HttpContext httpContext)
    {
        ArgumentNullException.ThrowIfNull(httpContext);
        if (page.NextCursor is { } cursor) httpContext.Response.Headers.AppendNext(httpContext.Request, cursor);
        return TypedResults.Ok(page).ExecuteAsync(httpContext);
    }

    /// <inheritdoc/>
    public static void PopulateMetadata(MethodInfo method, EndpointBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Metadata.Add(new ProducesResponseTypeMetadata(200, typeof(Page<T>), ["application/json"]));
    }
}
