using Microsoft.AspNetCore.WebUtilities;

namespace HeadlessCms.Api.Http.Paging;

/// <summary>Where a list goes on (RFC 8288): relative to where the caller is, because no Host header can be trusted.</summary>
internal static class NextLink
{
    /// <summary>The request's own path and query, with <paramref name="cursor"/> in the place of its <paramref name="parameter"/>, and <paramref name="without"/> others.</summary>
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
