using System.Net;
using System.Net.Sockets;
using System.Security.Claims;
using HeadlessCms.Api.Http.Access;

namespace HeadlessCms.Api.Http.Limits;

/// <summary>The unit that a rate limit counts: an address or a key. A minute's requests may arrive in one burst.</summary>
internal readonly record struct Caller(string Policy, string Name, int PerMinute)
{
    public static Caller OfAddress(HttpContext context, int perMinute) => new("address", AddressOf(context), perMinute);

    /// <summary>The keys of one name share a limit, and so do the tokens of one subject.</summary>
    public static Caller OfKey(ClaimsPrincipal caller, int perMinute) =>
        new(
            "key",
            caller.CallerId(),
            int.TryParse(caller.FindFirstValue(CallerClaims.RequestsPerMinute), out var limit) ? limit : perMinute
        );

    /// <summary>The address of the caller; an IPv6 /64 network counts as one, because its holder controls all of its addresses.</summary>
    public static string AddressOf(HttpContext context) => AddressOf(context.Connection.RemoteIpAddress);

    private static string AddressOf(IPAddress? address)
    {
        if (address is null)
            return "";
        if (address.IsIPv4MappedToIPv6)
            address = address.MapToIPv4();
        return address.AddressFamily == AddressFamily.InterNetworkV6 ? new IPNetwork(Masked(address), 64).ToString() : address.ToString();
    }

    private static IPAddress Masked(IPAddress address)
    {
        var bytes = address.GetAddressBytes();
        bytes.AsSpan(8).Clear();
        return new IPAddress(bytes);
    }
}
