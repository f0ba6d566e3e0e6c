using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using HeadlessCms.Tests.Harness;

namespace HeadlessCms.Tests.Cdn;

/// <summary>A way from one server to another that a test can cut.</summary>
internal sealed class Relay : IDisposable
{
    private readonly ConcurrentDictionary<TcpClient, bool> _open = [];
    private TcpListener? _listener;

    public int Port { get; } = Ports.Free();

    public Uri Address => new($"http://127.0.0.1:{Port}");

    /// <summary>The port to which it leads.</summary>
    public int Target { get; set; }

    public void Open()
    {
        _listener = new TcpListener(IPAddress.Loopback, Port);
        _listener.Start();
        _ = AcceptAsync(_listener);
    }

    /// <summary>Breaks open connections and refuses further ones.</summary>
    public void Cut()
    {
        _listener?.Stop();
        _listener = null;
        foreach (var client in _open.Keys)
            client.Dispose();
        _open.Clear();
    }

    public void Dispose() => Cut();

    private async Task AcceptAsync(TcpListener listener)
    {
        try
        {
            while (true)
                _ = PassAsync(await listener.AcceptTcpClientAsync());
        }
        catch (Exception stopped) when (stopped is SocketException or ObjectDisposedException)
        {
            // cut
        }
    }

    private async Task PassAsync(TcpClient from)
    {
        using var to = new TcpClient();
        using (from)
        {
            _open[from] = _open[to] = true;
            try
            {
                await to.ConnectAsync(IPAddress.Loopback, Target);
                await Task.WhenAny(from.GetStream().CopyToAsync(to.GetStream()), to.GetStream().CopyToAsync(from.GetStream()));
            }
            catch (Exception broken) when (broken is SocketException or IOException or ObjectDisposedException or InvalidOperationException)
            {
                // cut, or nobody listens
            }
        }

        _open.TryRemove(from, out _);
        _open.TryRemove(to, out _);
    }
}
