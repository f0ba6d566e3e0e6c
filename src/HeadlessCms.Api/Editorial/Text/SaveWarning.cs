using System.Text.Json.Serialization;

namespace HeadlessCms.Api.Editorial.Text;

/// <summary>Something that a save took out of a text or changed.</summary>
/// <param name="Pointer">The member of the request, as a JSON Pointer (RFC 6901).</param>
/// <param name="Code">
/// <c>removed</c>: it is not in the HTML for readers; <c>changed</c>: it became something else; <c>unclosed</c>: it has no end, and what
/// follows it may be missing; <c>noTarget</c>: a link leads to a fragment that the text does not have.
/// </param>
/// <param name="Detail">How often, and what: <c>2 iframe</c>.</param>
public sealed record SaveWarning(string Pointer, string Code, string Detail)
{
    /// <summary>The line of the first one in an HTML source, from 1.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? Line { get; init; }
}
