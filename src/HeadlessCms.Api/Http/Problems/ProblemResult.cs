using System.Globalization;
using System.Reflection;
using System.Text.Json;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.Extensions.Options;

namespace HeadlessCms.Api.Http.Problems;

/// <summary>A result that writes problem details (RFC 9457).</summary>
/// <param name="status">The HTTP status code.</param>
/// <param name="code">The stable code of the error, in camelCase.</param>
/// <param name="title">A short summary, the same for every error with this code.</param>
/// <param name="detail">An explanation of this occurrence.</param>
public class ProblemResult(int status, string code, string title, string? detail = null) : IResult, IStatusCodeHttpResult
{
    /// <summary>The media type of problem details.</summary>
    public const string MediaType = "application/problem+json";

    /// <inheritdoc/>
    public int? StatusCode => status;

    /// <summary>The input errors.</summary>
    public IReadOnlyList<InputError>? Errors { get; init; }

    /// <summary>With 412: the current revision or version.</summary>
    public int? CurrentVersion { get; init; }

    /// <summary>With 412: the current state.</summary>
    public CurrentState? Current { get; init; }

    /// <summary>With 409: what has the slug.</summary>
    public HolderLink? HeldBy { get; init; }

    /// <summary>With 409: the number of references.</summary>
    public int? Count { get; init; }

    /// <summary>With 409: the path of the list of references.</summary>
    public string? Href { get; init; }

    /// <summary>With 410: the reason for the withdrawal.</summary>
    public string? Reason { get; init; }

    /// <summary>With 429 and 503: the delay before a retry.</summary>
    public TimeSpan? RetryAfter { get; init; }

    internal Problem ToProblem(string traceId, int maxErrors = InputError.MaxCount) =>
        new(ProblemTypes.Of(code), title, status, detail)
        {
            TraceId = traceId,
            Errors = Errors is null ? null : InputError.Limit(Errors, maxErrors),
            CurrentVersion = CurrentVersion,
            Current = Current,
            HeldBy = HeldBy,
            Count = Count,
            Href = Href,
            Reason = Reason,
        };

    /// <inheritdoc/>
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        ArgumentNullException.ThrowIfNull(httpContext);
        var problem = ToProblem(Problem.TraceOf(httpContext));
        httpContext.RequestServices.GetService<ProblemMetrics>()?.Sent(code, status);
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

    /// <summary>Adds a problem with <paramref name="status"/> to the API description.</summary>
    protected static void Describe(EndpointBuilder builder, int status)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Metadata.Add(new ProducesResponseTypeMetadata(status, typeof(Problem), [MediaType]));
    }
}

/// <summary>404: the resource does not exist, or the caller may not see it.</summary>
public sealed class NotFoundProblem() : ProblemResult(404, "notFound", "Not found"), IEndpointMetadataProvider
{
    /// <inheritdoc/>
    public static void PopulateMetadata(MethodInfo method, EndpointBuilder builder) => Describe(builder, 404);
}

/// <summary>409: a rule refuses the request in the current state.</summary>
public sealed class ConflictProblem(string rule, string detail) : ProblemResult(409, rule, "Conflict", detail), IEndpointMetadataProvider
{
    /// <inheritdoc/>
    public static void PopulateMetadata(MethodInfo method, EndpointBuilder builder) => Describe(builder, 409);
}

/// <summary>410: the resource was withdrawn for cause.</summary>
public sealed class WithdrawnProblem : ProblemResult, IEndpointMetadataProvider
{
    /// <summary>Creates the problem with the <paramref name="reason"/> for the withdrawal.</summary>
    public WithdrawnProblem(string reason)
        : base(410, "withdrawn", "Withdrawn", reason) => Reason = reason;

    /// <inheritdoc/>
    public static void PopulateMetadata(MethodInfo method, EndpointBuilder builder) => Describe(builder, 410);
}

/// <summary>412: a concurrent change was saved first.</summary>
public sealed class StaleProblem : ProblemResult, IEndpointMetadataProvider
{
    /// <summary>Creates the problem where the current state is not known.</summary>
    public StaleProblem()
        : base(412, "stale", "Precondition failed", $"If-Match does not name the current version. {Advice}") { }

    /// <summary>Creates the problem with the <paramref name="current"/> state.</summary>
    public StaleProblem(CurrentState current)
        : base(
            412,
            "stale",
            "Precondition failed",
            string.Create(
                CultureInfo.InvariantCulture,
                $"{current.SavedBy ?? "Somebody else"} saved version {current.Revision} at "
                    + $"{current.SavedAt.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss'Z'}. {Advice}"
            )
        ) => (CurrentVersion, Current) = (current.Revision, current);

    private const string Advice = "Read the resource again, reapply the change, and send its entity tag as If-Match.";

    /// <inheritdoc/>
    public static void PopulateMetadata(MethodInfo method, EndpointBuilder builder) => Describe(builder, 412);
}

/// <summary>422: the input can be read but is not valid.</summary>
public sealed class InvalidProblem : ProblemResult, IEndpointMetadataProvider
{
    /// <summary>Creates the problem from <paramref name="errors"/>.</summary>
    public InvalidProblem(params IReadOnlyList<InputError> errors)
        : base(422, "invalid", "Invalid input") => Errors = errors;

    /// <inheritdoc/>
    public static void PopulateMetadata(MethodInfo method, EndpointBuilder builder) => Describe(builder, 422);
}

/// <summary>400: the request cannot be read.</summary>
public sealed class UnreadableProblem : ProblemResult
{
    /// <summary>Creates the problem from <paramref name="errors"/>.</summary>
    public UnreadableProblem(params IReadOnlyList<InputError> errors)
        : base(400, "unreadable", "Bad request") => Errors = errors;
}
