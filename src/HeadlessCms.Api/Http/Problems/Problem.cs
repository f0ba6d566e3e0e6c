using System.Diagnostics;
using System.Text.Json.Serialization;

namespace HeadlessCms.Api.Http.Problems;

/// <summary>What went wrong with a request (RFC 9457).</summary>
/// <param name="Type">The stable name of the error: <c>urn:headless-cms:problem:</c> and its code.</param>
/// <param name="Title">The error in a few words, the same each time.</param>
/// <param name="Status">The HTTP status.</param>
/// <param name="Detail">What happened this time.</param>
public sealed record Problem(
    string Type,
    string Title,
    int Status,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Detail
)
{
    /// <summary>Names the request in our logs.</summary>
    public required string TraceId { get; init; }

    /// <summary>What is wrong with the input, all of it at once.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<InputError>? Errors { get; init; }

    /// <summary>With 412: the revision or version that it is at now.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? CurrentVersion { get; init; }

    /// <summary>With 409 <c>inUse</c>: by how many.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? Count { get; init; }

    /// <summary>With 409 <c>inUse</c>: the list of them, an absolute path.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Href { get; init; }

    /// <summary>With 410: why it was withdrawn.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Reason { get; init; }

    internal static string TraceOf(HttpContext context) => Activity.Current?.Id ?? context.TraceIdentifier;
}

/// <summary>One thing that is wrong with the input.</summary>
/// <param name="Code">The stable name of what is wrong: <c>required</c>, <c>tooLong</c>, <c>unknown</c> …</param>
/// <param name="Detail">What is wrong, for people.</param>
public sealed record InputError(string Code, string Detail)
{
    /// <summary>Where in the body: a JSON Pointer (RFC 6901).</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Pointer { get; init; }

    /// <summary>Which query parameter.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Parameter { get; init; }

    /// <summary>Which header.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Header { get; init; }

    /// <summary>An error of the body's member at <paramref name="pointer"/>.</summary>
    public static InputError At(string pointer, string code, string detail) => new(code, detail) { Pointer = pointer };

    /// <summary>An error of a query parameter.</summary>
    public static InputError InQuery(string parameter, string code, string detail) => new(code, detail) { Parameter = parameter };

    /// <summary>An error of a header.</summary>
    public static InputError InHeader(string header, string code, string detail) => new(code, detail) { Header = header };
}
