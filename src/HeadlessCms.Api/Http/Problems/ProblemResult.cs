using System.Reflection;
using System.Text.Json;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.Extensions.Options;

namespace HeadlessCms.Api.Http.Problems;

/// <summary>A result that says what went wrong.</summary>
/// <param name="status">The HTTP status.</param>
/// <param name="code">The stable name of the error, in camelCase.</param>
/// <param name="title">The error in a few words.</param>
/// <param name="detail">What happened this time.</param>
public class ProblemResult(int status, string code, string title, string? detail = null) : IResult, IStatusCodeHttpResult
{
    /// <summary>The media type of a problem.</summary>
    public const string MediaType = "application/problem+json";

    /// <inheritdoc/>
    public int? StatusCode => status;

    /// <summary>What is wrong with the input.</summary>
    public IReadOnlyList<InputError>? Errors { get; init; }

    /// <summary>With 412: the revision or version that it is at now.</summary>
    public int? CurrentVersion { get; init; }

    /// <summary>With 409: by how many it is in use.</summary>
    public int? Count { get; init; }

    /// <summary>With 409: the list of them.</summary>
    public string? Href { get; init; }

    /// <summary>With 410: why it was withdrawn.</summary>
    public string? Reason { get; init; }

    /// <summary>With 429 and 503: when to try again.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>The problem as it is on the wire.</summary>
    /// <param name="traceId">Names the request, or the part of it that the problem is about.</param>
    internal Problem ToProblem(string traceId) =>
        new($"urn:headless-cms:problem:{code}", title, status, detail)
        {
            TraceId = traceId,
            Errors = Errors,
            CurrentVersion = CurrentVersion,
            Count = Count,
            Href = Href,
            Reason = Reason,
        };

    /// <inheritdoc/>
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        ArgumentNullException.ThrowIfNull(httpContext);
        var problem = ToProblem(Problem.TraceOf(httpContext));
        var response = httpContext.Response;
        response.StatusCode = status;
        response.ContentType = MediaType;
        response.Headers.CacheControl = "no-store";
        if (RetryAfter is { } wait)
            response.Headers.RetryAfter = ((int)wait.TotalSeconds).ToString(System.Globalization.CultureInfo.InvariantCulture);
        if (HttpMethods.IsHead(httpContext.Request.Method))
            return;
        var json = httpContext.RequestServices.GetRequiredService<IOptions<JsonOptions>>().Value.SerializerOptions;
        await JsonSerializer.SerializeAsync(response.Body, problem, json, httpContext.RequestAborted);
    }

    /// <summary>Tells the API description of a problem with <paramref name="status"/>.</summary>
    protected static void Describe(EndpointBuilder builder, int status)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Metadata.Add(new ProducesResponseTypeMetadata(status, typeof(Problem), [MediaType]));
    }
}

/// <summary>404: there is no such thing, or none that the caller may see.</summary>
public sealed class NotFoundProblem() : ProblemResult(404, "notFound", "Not found"), IEndpointMetadataProvider
{
    /// <inheritdoc/>
    public static void PopulateMetadata(MethodInfo method, EndpointBuilder builder) => Describe(builder, 404);
}

/// <summary>409: a rule refuses it in the state that things are in.</summary>
public sealed class ConflictProblem(string rule, string detail) : ProblemResult(409, rule, "Conflict", detail), IEndpointMetadataProvider
{
    /// <inheritdoc/>
    public static void PopulateMetadata(MethodInfo method, EndpointBuilder builder) => Describe(builder, 409);
}

/// <summary>410: it was there, and was withdrawn for cause.</summary>
public sealed class WithdrawnProblem : ProblemResult, IEndpointMetadataProvider
{
    /// <summary>The problem of what was withdrawn for <paramref name="reason"/>.</summary>
    public WithdrawnProblem(string reason)
        : base(410, "withdrawn", "Withdrawn", reason) => Reason = reason;

    /// <inheritdoc/>
    public static void PopulateMetadata(MethodInfo method, EndpointBuilder builder) => Describe(builder, 410);
}

/// <summary>412: somebody else saved first.</summary>
public sealed class StaleProblem()
    : ProblemResult(
        412,
        "stale",
        "Changed by somebody else",
        "It is not what If-Match names any more: read it again, and save on top of that."
    ),
        IEndpointMetadataProvider
{
    /// <inheritdoc/>
    public static void PopulateMetadata(MethodInfo method, EndpointBuilder builder) => Describe(builder, 412);
}

/// <summary>422: the input is understood and not valid.</summary>
public sealed class InvalidProblem : ProblemResult, IEndpointMetadataProvider
{
    /// <summary>The problem of <paramref name="errors"/>.</summary>
    public InvalidProblem(params IReadOnlyList<InputError> errors)
        : base(422, "invalid", "Invalid input") => Errors = errors;

    /// <inheritdoc/>
    public static void PopulateMetadata(MethodInfo method, EndpointBuilder builder) => Describe(builder, 422);
}

/// <summary>400: the request can't be read.</summary>
public sealed class UnreadableProblem : ProblemResult
{
    /// <summary>The problem of <paramref name="errors"/>.</summary>
    public UnreadableProblem(params IReadOnlyList<InputError> errors)
        : base(400, "unreadable", "The request can't be read") => Errors = errors;
}
