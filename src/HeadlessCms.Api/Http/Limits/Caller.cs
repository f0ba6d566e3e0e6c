using System.Net;
using System.Net.Sockets;
using System.Security.Claims;

namespace HeadlessCms.Api.Http.Limits;

/// <summary>Whose requests are counted together, and how many a minute he may send.</summary>
/// <param name="Policy">What he is known by: <c>address</c> or <c>key</c>.</param>
/// <param name="Name">His address, or the id of his key.</param>
/// <param name="PerMinute">How many requests a minute; they may come at once.</param>
internal readonly record struct Caller(string Policy, string Name, int PerMinute)
{
    /// <summary>The claim that names a key, and not just who holds it.</summary>
    public const string KeyClaim = "key";

    /// <summary>The claim of a key that has a limit of its own.</summary>
    public const string PerMinuteClaim = "requests_per_minute";

    public static Caller OfAddress(HttpContext context, int perMinute) =>
        new("address", AddressOf(context.Connection.RemoteIpAddress), perMinute);

    /// <summary>The holder of a key, or whom a token names.</summary>
    public static Caller OfKey(ClaimsPrincipal caller, int perMinute) =>
        new(
            "key",
            caller.FindFirstValue(KeyClaim) ?? caller.Identity?.Name ?? "",
            int.TryParse(caller.FindFirstValue(PerMinuteClaim), out var own) ? own : perMinute
        );

    // A network of IPv6 is a caller: whoever has one address of it has all of them.
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
