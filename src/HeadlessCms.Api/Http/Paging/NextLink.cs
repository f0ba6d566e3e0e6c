using Microsoft.AspNetCore.WebUtilities;

namespace HeadlessCms.Api.Http.Paging;

/// <summary>Links to the next page (RFC 8288), relative because the Host header cannot be trusted.</summary>
internal static class NextLink
{
    /// <summary>The path and query of the request with <paramref name="cursor"/> as <paramref name="parameter"/>.</summary>
    public static string Of(HttpRequest request, string cursor, string parameter = "cursor", params string[] without) =>
        QueryHelpers.AddQueryString(
            request.Path,
            request
                .Query.Where(pair => pair.Key != parameter && !without.Contains(pair.Key))
                .SelectMany(pair => pair.Value, (pair, value) => KeyValuePair.Create(pair.Key, value))
                .Append(KeyValuePair.Create<string, string?>(parameter, cursor))
        );

    public static void AppendNext(this IHeaderDictionary headers, HttpRequest request, string cursor, string parameter = "cursor") =>
        headers.Append("Link", $"<{Of(request, cursor, parameter)}>; rel=\"next\"");
}
