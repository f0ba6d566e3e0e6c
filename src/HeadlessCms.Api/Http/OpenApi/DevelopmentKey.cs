using System.Net;
using System.Security.Cryptography;
using System.Text;
using HeadlessCms.Api.Http.Access;
using Microsoft.AspNetCore.WebUtilities;

namespace HeadlessCms.Api.Http.OpenApi;

/// <summary>
/// Gives Swagger UI the development key in exchange for the token of the URL that is printed at start: once, and only on this machine. The
/// token is in the fragment of the URL and in a header, so it is in no access log and no <c>Referer</c>.
/// </summary>
internal sealed class DevelopmentKey(AdminKey adminKey)
{
    private const string Header = "Docs-Token";

    private string? _token = WebEncoders.Base64UrlEncode(RandomNumberGenerator.GetBytes(32));

    /// <summary>The fragment of the URL to open; null outside Development, and once the token was used.</summary>
    public string? Fragment => adminKey.ForDevelopment is null || _token is not { } token ? null : $"#token={token}";

    /// <summary>The key; null unless the request has the token and comes from this machine.</summary>
    public string? Redeem(HttpContext context)
    {
        var (token, sent) = (_token, context.Request.Headers[Header].ToString());
        var isValid =
            token is not null
            && IsLocal(context)
            && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(token), Encoding.UTF8.GetBytes(sent));
        return isValid && Interlocked.CompareExchange(ref _token, null, token) == token ? adminKey.ForDevelopment : null;
    }

    // The host too, because a page of another site could name this machine by its own host.
    private static bool IsLocal(HttpContext context) =>
        context.Connection.RemoteIpAddress is { } address
        && IPAddress.IsLoopback(address)
        && context.Request.Host.Host is "localhost" or "127.0.0.1" or "[::1]";
}
