using System.Net;
using System.Text;

namespace HeadlessCms.Api.Outbox.OutboundHttp;

/// <summary>
/// Where the app may send to: public addresses by https. In Development also this machine, and there by
/// http too.
/// </summary>
internal sealed class OutboundRules(IHostEnvironment environment)
{
    private static readonly int[] Ports = [443, 8443];

    /// <summary>Whether a URL is allowed, before its name is resolved. Each connection is checked again after that.</summary>
    public bool Allows(string url)
    {
        if (
            url.Length > 2_048
            || !Ascii.IsValid(url)
            || !Uri.TryCreate(url, UriKind.Absolute, out var uri)
            || !Uri.IsWellFormedUriString(url, UriKind.Absolute)
        )
            return false;
        if (uri is not { UserInfo: "", Fragment: "", IdnHost.Length: > 0 })
            return false;
        var address = IPAddress.TryParse(uri.IdnHost.Trim('[', ']'), out var literal) ? literal : null;
        if (IsThisMachine(uri, address))
            return environment.IsDevelopment() && uri.Scheme is "http" or "https";
        return uri.Scheme == "https" && Array.IndexOf(Ports, uri.Port) >= 0 && (address is null || PublicAddress.IsPublic(address));
    }

    /// <summary>Whether a request may go to the address that its host resolved to.</summary>
    public bool Allows(Uri uri, IPAddress address) =>
        environment.IsDevelopment() && IPAddress.IsLoopback(address) || uri.Scheme == "https" && PublicAddress.IsPublic(address);

    private static bool IsThisMachine(Uri uri, IPAddress? address) =>
        address is not null ? IPAddress.IsLoopback(address) : uri.IdnHost.TrimEnd('.') is "localhost";
}
