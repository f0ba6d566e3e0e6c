using System.Reflection;
using HeadlessCms.Core;
using Microsoft.AspNetCore.Http.Metadata;

namespace HeadlessCms.Api.Http.Routing;

/// <summary>308: the resource has a new slug.</summary>
/// <param name="location">The absolute path of the resource.</param>
public sealed class MovedResult(string location) : IResult, IEndpointMetadataProvider
{
    /// <inheritdoc/>
    public Task ExecuteAsync(HttpContext httpContext)
    {
        ArgumentNullException.ThrowIfNull(httpContext);
        httpContext.Response.StatusCode = StatusCodes.Status308PermanentRedirect;
        httpContext.Response.Headers.Location = Address.Ascii(location);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public static void PopulateMetadata(MethodInfo method, EndpointBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Metadata.Add(new ProducesResponseTypeMetadata(StatusCodes.Status308PermanentRedirect));
    }
}
