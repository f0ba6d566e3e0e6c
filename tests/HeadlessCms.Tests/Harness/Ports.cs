using System.Net;
using System.Net.Sockets;

namespace HeadlessCms.Tests.Harness;

/// <summary>Ports for servers that must know theirs before they start, and keep it while they are down.</summary>
internal static class Ports
{
    // Below those that the system gives to connections (32768 and up on Linux): one of these could take the port before the server has it,
    // or between its death and its next start; and who asks a dead server again and again could even be connected to herself.
    private const int First = 12_000;
    private const int Count = 20_000;

    private static int _last = Random.Shared.Next(Count);

    /// <summary>A port on which nothing listens, and which this process is given once.</summary>
    public static int Free()
    {
        for (; ; )
        {
            var port = First + (int)((uint)Interlocked.Increment(ref _last) % Count);
            using var probe = new TcpListener(IPAddress.Loopback, port);
            try
            {
                probe.Start();
                return port;
            }
            catch (SocketException taken) when (taken.SocketErrorCode is SocketError.AddressAlreadyInUse)
            {
                // the next one
            }
        }
    }
}
