using System.Net;
using System.Net.Sockets;

namespace HeadlessCms.Tests.Harness;

/// <summary>How long tests wait before they fail.</summary>
/// <remarks>It only ends a test that hangs: a busy machine is no error, so it is far longer than any wait should take.</remarks>
public static class Patience
{
    public static readonly TimeSpan Limit = TimeSpan.FromMinutes(5);

    /// <summary>How long a whole test, or what it needs to be built, may go on.</summary>
    public static readonly TimeSpan WholeTest = TimeSpan.FromMinutes(10);

    /// <summary>A client that waits for its responses until the limit.</summary>
    public static HttpClient Client(Uri? address = null, HttpMessageHandler? handler = null) =>
        new(handler ?? new SocketsHttpHandler()) { BaseAddress = address, Timeout = Limit };

    /// <summary>Connects from a loopback address of its own, such as 127.0.0.2, and follows no redirects.</summary>
    public static SocketsHttpHandler From(string address) =>
        new()
        {
            AllowAutoRedirect = false,
            ConnectCallback = async (context, cancellation) =>
            {
                var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
                socket.Bind(new IPEndPoint(IPAddress.Parse(address), 0));
                await socket.ConnectAsync(IPAddress.Loopback, context.DnsEndPoint.Port, cancellation);
                return new NetworkStream(socket, ownsSocket: true);
            },
        };
}
