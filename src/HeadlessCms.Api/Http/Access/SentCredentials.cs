namespace HeadlessCms.Api.Http.Access;

/// <summary>The credentials that a request sends.</summary>
internal static class SentCredentials
{
    private const string Scheme = "Bearer ";

    /// <summary>What <c>Authorization: Bearer</c> sends (RFC 6750): an API key, a JWT or a preview token. Null if it sends nothing.</summary>
    public static string? Bearer(HttpRequest request) =>
        request.Headers.Authorization.ToString() is var header && header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)
            ? header[Scheme.Length..].Trim()
            : null;

    /// <summary>What <c>Authorization</c> sends, by whichever scheme. Null if it sends nothing.</summary>
    public static string? Authorization(HttpRequest request) =>
        Bearer(request) ?? (request.Headers.Authorization.ToString() is { Length: > 0 } header ? header : null);

    /// <summary>Whether a credential has the form of a signed JWT (RFC 7515, 7.1), which no API key has.</summary>
    public static bool IsJwt(string? credential) => credential is not null && credential.AsSpan().Count('.') == 2;
}
