namespace HeadlessCms.Api.Http.Access;

/// <summary>The credentials that a request sends.</summary>
internal static class SentCredentials
{
    /// <summary>The header with a preview token, for requests whose <c>Authorization</c> sends a key.</summary>
    public const string PreviewHeader = "Preview-Token";

    private const string Scheme = "Bearer ";

    /// <summary>The credential of <c>Authorization: Bearer</c>: a key, a JWT or a preview token; null if there is none.</summary>
    public static string? Bearer(HttpRequest request) =>
        request.Headers.Authorization.ToString() is var header && header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)
            ? header[Scheme.Length..].Trim()
            : null;

    /// <summary>The credential of <c>Authorization</c>, whatever its scheme; null if there is none.</summary>
    public static string? Authorization(HttpRequest request) =>
        Bearer(request) ?? (request.Headers.Authorization.ToString() is { Length: > 0 } header ? header : null);

    /// <summary>The preview token of the header, or else of <c>?preview=</c>; null if there is none.</summary>
    public static string? Preview(HttpRequest request) =>
        request.Headers[PreviewHeader].ToString() is { Length: > 0 } header ? header
        : request.Query["preview"].ToString() is { Length: > 0 } token ? token
        : null;

    public static IEnumerable<string> All(HttpRequest request) =>
        new[] { Authorization(request), Preview(request) }.OfType<string>().Distinct();

    /// <summary>Whether a credential has the form of a signed JWT (RFC 7515, 7.1), which no API key has.</summary>
    public static bool IsJwt(string? credential) => credential is not null && credential.AsSpan().Count('.') == 2;
}
