using System.Reflection;
using System.Text.Json;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.Extensions.Options;

namespace HeadlessCms.Api.Http.Input;

/// <summary>200 with something whole, or with those of its members that the caller picks.</summary>
/// <typeparam name="T">What it is.</typeparam>
public sealed class FieldSelectionResult<T> : IResult, IEndpointMetadataProvider
{
    private readonly T _whole;
    private readonly FieldSelection? _picked;
    private readonly string? _of;

    /// <param name="whole">What there is.</param>
    /// <param name="picked">What is picked; null is all.</param>
    /// <param name="of">The member that it is picked of; null is <paramref name="whole"/> itself.</param>
    internal FieldSelectionResult(T whole, FieldSelection? picked, string? of = null) => (_whole, _picked, _of) = (whole, picked, of);

    /// <inheritdoc/>
    public Task ExecuteAsync(HttpContext httpContext)
    {
        ArgumentNullException.ThrowIfNull(httpContext);
        if (_picked is null)
            return TypedResults.Ok(_whole).ExecuteAsync(httpContext);
        var node = JsonSerializer.SerializeToNode<object>(
            _whole!,
            httpContext.RequestServices.GetRequiredService<IOptions<JsonOptions>>().Value.SerializerOptions
        );
        _picked.LeaveIn(_of is null ? node : node![_of]);
        return TypedResults.Ok(node).ExecuteAsync(httpContext);
    }

    /// <inheritdoc/>
    public static void PopulateMetadata(MethodInfo method, EndpointBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Metadata.Add(new ProducesResponseTypeMetadata(200, typeof(T), ["application/json"]));
    }
}
