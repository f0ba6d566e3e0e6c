using System.Reflection;
using HeadlessCms.Api.Http.Html;
using HeadlessCms.Api.Http.Input;
using Microsoft.AspNetCore.Http.Metadata;

namespace HeadlessCms.Api.Http.Paging;

/// <summary>200 with a page, or with the selected members of its items, and a relative Link to the next page (RFC 8288).</summary>
/// <typeparam name="T">The type of the items.</typeparam>
public class PageResult<T> : IResult, IEndpointMetadataProvider
{
    private readonly Page<T> _page;
    private readonly FieldSelection? _selection;

    internal PageResult(Page<T> page, FieldSelection? selection = null) => (_page, _selection) = (page, selection);

    /// <inheritdoc/>
    public Task ExecuteAsync(HttpContext httpContext)
    {
        ArgumentNullException.ThrowIfNull(httpContext);
        if (_page.NextCursor is { } cursor)
            httpContext.Response.Headers.AppendNext(httpContext.Request, cursor);
        if (Written is { } written)
            return TypedResults.Ok(written).ExecuteAsync(httpContext);
        return new FieldSelectionResult<Page<T>>(_page, _selection, "items")
        {
            Page = _selection is null ? PageOf(_page, httpContext) : null,
        }.ExecuteAsync(httpContext);
    }

    /// <summary>The page with items that are JSON already; null where they are not.</summary>
    private protected virtual object? Written => null;

    /// <summary>The list as a page for people; null where it is only JSON.</summary>
    private protected virtual Func<HtmlPage>? PageOf(Page<T> page, HttpContext context) => null;

    /// <inheritdoc/>
    public static void PopulateMetadata(MethodInfo method, EndpointBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Metadata.Add(new ProducesResponseTypeMetadata(200, typeof(Page<T>), ["application/json"]));
    }
}
