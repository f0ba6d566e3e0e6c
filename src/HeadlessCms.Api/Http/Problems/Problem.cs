using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Serialization;
using HeadlessCms.Core;
using HeadlessCms.Core.Concepts;

namespace HeadlessCms.Api.Http.Problems;

/// <summary>Problem details of a failed request (RFC 9457).</summary>
/// <param name="Type">The stable URI of the error type: <c>urn:headless-cms:problem:</c> and its code.</param>
/// <param name="Title">A short summary, the same for every error of the type.</param>
/// <param name="Status">The HTTP status code.</param>
/// <param name="Detail">An explanation of this occurrence.</param>
public sealed record Problem(
    string Type,
    string Title,
    int Status,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Detail
)
{
    /// <summary>The trace id, which identifies the request in the server's logs.</summary>
    public required string TraceId { get; init; }

    /// <summary>
    /// The input errors; validation reports all of them at once. After 100 a last one, with the code <c>more</c>, says how many more there
    /// are.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<InputError>? Errors { get; init; }

    /// <summary>With 412: the current revision or version.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? CurrentVersion { get; init; }

    /// <summary>With 412: the current state of what was to be changed.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public CurrentState? Current { get; init; }

    /// <summary>With 409 <c>slugTaken</c> or <c>languageTaken</c>: what has the slug, or the language in the story.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public HolderLink? HeldBy { get; init; }

    /// <summary>With 409 <c>inUse</c>: the number of references.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? Count { get; init; }

    /// <summary>With 409 <c>inUse</c>: the absolute path of the list of references.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Href { get; init; }

    /// <summary>With 410: the reason for the withdrawal.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Reason { get; init; }

    internal static string TraceOf(HttpContext context) => Activity.Current?.Id ?? context.TraceIdentifier;
}

/// <summary>What has a slug, or a language in a story, that was asked for.</summary>
/// <param name="Id">UUID v7.</param>
/// <param name="Name">The headline of the article, or the name of the concept.</param>
/// <param name="Status">The status of an article, such as <c>live</c> or <c>trashed</c>.</param>
/// <param name="Href">The absolute path at which it is read.</param>
public sealed record HolderLink(
    Guid Id,
    string Name,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Status,
    string Href
)
{
    internal static HolderLink? Of(SlugHolder? holder) =>
        holder is null
            ? null
            : new(
                holder.Id,
                holder.Name,
                holder.Status,
                $"/editorial/v1/{(holder.Kind is { } kind ? ConceptKindNames.Of(kind).Plural : "articles")}/{holder.Id}"
            );
}

/// <summary>The current state of a resource that somebody else has changed.</summary>
/// <param name="Etag">The entity tag to send as <c>If-Match</c>, once the change is applied to what it names.</param>
/// <param name="Revision">The number of the revision, or of the version.</param>
/// <param name="SavedBy">Who saved it, where that is known.</param>
/// <param name="SavedAt">When it was saved.</param>
public sealed record CurrentState(
    string Etag,
    int Revision,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? SavedBy,
    DateTimeOffset SavedAt
);

/// <summary>An error in the input.</summary>
/// <param name="Code">The stable code of the error, such as <c>required</c>, <c>tooLong</c> or <c>unknown</c>.</param>
/// <param name="Detail">A description of the error.</param>
public sealed record InputError(string Code, string Detail)
{
    /// <summary>The member of the body, as a JSON Pointer (RFC 6901).</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Pointer { get; init; }

    /// <summary>The name of the query parameter.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Parameter { get; init; }

    /// <summary>The name of the header.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Header { get; init; }

    /// <summary>The nearest name or value that is known.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? DidYouMean { get; init; }

    /// <summary>The maximum number of errors that a problem lists.</summary>
    internal const int MaxCount = 100;

    private const int MaxLength = 300;

    /// <summary>At most <paramref name="limit"/> of the errors, then one that counts the others.</summary>
    internal static IReadOnlyList<InputError> Limit(IReadOnlyList<InputError> errors, int limit) =>
        errors.Count <= limit
            ? [.. errors.Select(error => error.Shortened())]
            :
            [
                .. errors.Take(limit).Select(error => error.Shortened()),
                new InputError(
                    "more",
                    string.Create(CultureInfo.InvariantCulture, $"{errors.Count - limit:N0} more errors are not listed.")
                ),
            ];

    // What the caller sent can be in any of them.
    private InputError Shortened() =>
        this with
        {
            Detail = Shorten(Detail),
            Pointer = Pointer is null ? null : Shorten(Pointer),
            Parameter = Parameter is null ? null : Shorten(Parameter),
        };

    private static string Shorten(string text) =>
        text.Length <= MaxLength ? text : text[..(char.IsHighSurrogate(text[MaxLength - 2]) ? MaxLength - 2 : MaxLength - 1)] + "…";

    /// <summary>An error in the body, at <paramref name="pointer"/>.</summary>
    public static InputError At(string pointer, string code, string detail) => new(code, detail) { Pointer = pointer };

    /// <summary>An error in a query parameter.</summary>
    public static InputError InQuery(string parameter, string code, string detail) => new(code, detail) { Parameter = parameter };

    /// <summary>An error in a header.</summary>
    public static InputError InHeader(string header, string code, string detail) => new(code, detail) { Header = header };
}
