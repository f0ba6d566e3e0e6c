using System.Reflection;
using HeadlessCms.Api.Http.Input;
using Microsoft.AspNetCore.Http.Metadata;

namespace HeadlessCms.Api.Http.Paging;

/// <summary>
/// A page as an answer: the items, or what the caller picks of them, and a Link to the next page (RFC 8288), relative to where the caller
/// is.
/// </summary>
/// <typeparam name="T">What the list holds.</typeparam>
public class PageResult<T> : IResult, IEndpointMetadataProvider
{
    private readonly Page<T> _page;
    private readonly FieldSelection? _picked;

    internal PageResult(Page<T> page, FieldSelection? picked = null) => (_page, _picked) = (page, picked);

    /// <inheritdoc/>
    public Task ExecuteAsync(HttpContext httpContext)
    {
        ArgumentNullException.ThrowIfNull(httpContext);
        if (_page.NextCursor is { } cursor)
            httpContext.Response.Headers.AppendNext(httpContext.Request, cursor);
        return new FieldSelectionResult<Page<T>>(_page, _picked, "items").ExecuteAsync(httpContext);
    }

    /// <inheritdoc/>
    public static void PopulateMetadata(MethodInfo method, EndpointBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Metadata.Add(new ProducesResponseTypeMetadata(200, typeof(Page<T>), ["application/json"]));
    }
}
