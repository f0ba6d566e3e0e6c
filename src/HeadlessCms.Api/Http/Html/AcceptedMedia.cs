using Microsoft.Net.Http.Headers;

namespace HeadlessCms.Api.Http.Html;

/// <summary>Selects the media type of a response (RFC 9110, 12.5.1).</summary>
internal static class AcceptedMedia
{
    private static readonly MediaTypeHeaderValue Html = MediaTypeHeaderValue.Parse(HtmlPage.ContentType);
    private static readonly MediaTypeHeaderValue Json = MediaTypeHeaderValue.Parse("application/json");

    /// <summary>Whether the client prefers HTML to JSON. Where it has no preference, as with <c>*/*</c>, it gets JSON.</summary>
    public static bool PrefersHtml(HttpRequest request) =>
        MediaTypeHeaderValue.TryParseStrictList([.. request.Headers.Accept.OfType<string>()], out var ranges)
        && Quality(ranges, Html) > Quality(ranges, Json);

    // The most specific range counts.
    private static double Quality(IList<MediaTypeHeaderValue> ranges, MediaTypeHeaderValue type) =>
        ranges
            .Where(type.IsSubsetOf)
            .OrderByDescending(range =>
                range.MatchesAllTypes ? 0
                : range.MatchesAllSubTypes ? 1
                : 2
            )
            .Select(range => range.Quality ?? 1)
            .FirstOrDefault();
}
