using System.Net;
using System.Net.Sockets;

namespace HeadlessCms.Api.Outbox.OutboundHttp;

/// <summary>A connection was refused because of its address.</summary>
internal sealed class AddressRefusedException(string host) : IOException($"{host} resolves to an address that is not allowed.");

/// <summary>
/// Makes HTTP clients for URLs that somebody else has named. Each request has a connection of its own; its addresses are checked when its
/// name is resolved, and it goes to one that was checked, so that no later answer of a name server leads elsewhere. Redirects are not
/// followed, no proxy resolves names for us, no cookies are kept.
/// </summary>
internal static class OutboundClient
{
    private const int MostHeaderKilobytes = 16;

    public static HttpClient Create(OutboundRules rules) =>
        new(
            new SocketsHttpHandler
            {
                AllowAutoRedirect = false,
                UseProxy = false,
                UseCookies = false,
                AutomaticDecompression = DecompressionMethods.None,
                MaxResponseHeadersLength = MostHeaderKilobytes,
                PooledConnectionLifetime = TimeSpan.Zero,
                ConnectCallback = (context, cancellation) => ConnectAsync(context, rules, cancellation),
            }
        )
        {
            Timeout = Timeout.InfiniteTimeSpan,
        }; // who sends says how long

    private static async ValueTask<Stream> ConnectAsync(
        SocketsHttpConnectionContext context,
        OutboundRules rules,
        CancellationToken cancellation
    )
    {
        var (host, port) = (context.DnsEndPoint.Host, context.DnsEndPoint.Port);
        var addresses = IPAddress.TryParse(host, out var literal) ? [literal] : await Dns.GetHostAddressesAsync(host, cancellation);
        // One that is not allowed among others is a trap, or a mistake.
        if (
            addresses.Length == 0
            || !Array.TrueForAll(addresses, address => rules.Allows(context.InitialRequestMessage.RequestUri!, address))
        )
            throw new AddressRefusedException(host);
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(addresses, port, cancellation);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
