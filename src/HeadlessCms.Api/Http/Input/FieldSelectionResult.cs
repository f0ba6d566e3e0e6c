using System.Reflection;
using System.Text.Json;
using HeadlessCms.Api.Http.Html;
using HeadlessCms.Api.Http.Paging;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.Extensions.Options;

namespace HeadlessCms.Api.Http.Input;

/// <summary>200 with a resource, or with the members of it that the caller selects.</summary>
/// <typeparam name="T">The type of the resource.</typeparam>
public sealed class FieldSelectionResult<T> : IResult, IEndpointMetadataProvider
{
    private readonly T? _whole;
    private readonly WrittenJson? _written;
    private readonly FieldSelection? _selection;
    private readonly string? _of;

    /// <param name="whole">The resource.</param>
    /// <param name="selection">The selection; null is all members.</param>
    /// <param name="of">The member to which the selection applies; null is <paramref name="whole"/>.</param>
    internal FieldSelectionResult(T whole, FieldSelection? selection, string? of = null) =>
        (_whole, _selection, _of) = (whole, selection, of);

    /// <param name="written">The whole resource as JSON.</param>
    internal FieldSelectionResult(WrittenJson written) => _written = written;

    /// <summary>The whole resource as a page, for a client that prefers HTML; null where it is only JSON.</summary>
    internal Func<HtmlPage>? Page { get; init; }

    /// <inheritdoc/>
    public Task ExecuteAsync(HttpContext httpContext)
    {
        ArgumentNullException.ThrowIfNull(httpContext);
        if (Page is { } page && PageOrJson.PrefersPage(httpContext))
            return page().WriteAsync(httpContext);
        if (_written is { } written)
            return written.WriteAsync(httpContext.Response);
        if (_selection is null)
            return TypedResults.Ok(_whole).ExecuteAsync(httpContext);
        var node = JsonSerializer.SerializeToNode<object>(
            _whole!,
            httpContext.RequestServices.GetRequiredService<IOptions<JsonOptions>>().Value.SerializerOptions
        );
        _selection.LeaveIn(_of is null ? node : node![_of]);
        return TypedResults.Ok(node).ExecuteAsync(httpContext);
    }

    /// <inheritdoc/>
    public static void PopulateMetadata(MethodInfo method, EndpointBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Metadata.Add(new ProducesResponseTypeMetadata(200, typeof(T), ["application/json"]));
    }
}
