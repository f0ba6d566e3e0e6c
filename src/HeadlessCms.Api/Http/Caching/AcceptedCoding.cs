using Microsoft.Net.Http.Headers;

namespace HeadlessCms.Api.Http.Caching;

/// <summary>Which content coding a caller is best served with (RFC 9110, 12.5.3).</summary>
internal static class AcceptedCoding
{
    /// <summary><c>br</c>, <c>gzip</c>, or null for none.</summary>
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
        foreach (var one in accepted)
            if (one.Value.Equals(coding, StringComparison.OrdinalIgnoreCase))
                return one.Quality is not 0;
        return false;
    }
}
