using Microsoft.Net.Http.Headers;

namespace HeadlessCms.Api.Http.Caching;

/// <summary>Selects the content coding of a response (RFC 9110, 12.5.3).</summary>
internal static class AcceptedCoding
{
    /// <summary><c>br</c>, <c>gzip</c>, or null for identity.</summary>
    public static string? Of(HttpRequest request)
    {
        var sent = request.Headers.AcceptEncoding;
        if (sent.Count == 0 || !StringWithQualityHeaderValue.TryParseList([.. sent.OfType<string>()], out var accepted))
            return null;
        return Allows(accepted, "br") ? "br"
            : Allows(accepted, "gzip") ? "gzip"
            : null;
    }

    private static bool Allows(IList<StringWithQualityHeaderValue> accepted, string coding)
    {
        foreach (var candidate in accepted)
            if (candidate.Value.Equals(coding, StringComparison.OrdinalIgnoreCase))
                return candidate.Quality is not 0;
        return false;
    }
}
