using System.Buffers.Text;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace HeadlessCms.Benchmarks.Load;

/// <summary>A minimal HTTP/1.1 keep-alive connection, so that the load generator takes little processor time.</summary>
internal sealed class HttpConnection : IDisposable
{
    private readonly Socket _socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private byte[] _buffer = new byte[64 * 1024];
    private int _filled;

    public static async Task<HttpConnection> OpenAsync(IPEndPoint server)
    {
        var connection = new HttpConnection();
        await connection._socket.ConnectAsync(server);
        return connection;
    }

    /// <summary>Sends a request and reads the whole response.</summary>
    /// <returns>The status and the length of the content in bytes.</returns>
    public async ValueTask<(int Status, int Length)> AskAsync(ReadOnlyMemory<byte> request)
    {
        await _socket.SendAsync(request);
        _filled = 0;
        int headEnd;
        while ((headEnd = _buffer.AsSpan(0, _filled).IndexOf("\r\n\r\n"u8)) < 0)
            await FillAsync();

        var status = StatusOf(_buffer.AsSpan(0, headEnd));
        var body = headEnd + 4;
        if (LengthOf(_buffer.AsSpan(0, headEnd + 2)) is { } length)
        {
            while (_filled < body + length)
                await FillAsync();
            return (status, length);
        }

        var (at, total) = (body, 0);
        while (true)
        {
            int lineEnd;
            while ((lineEnd = _buffer.AsSpan(at, _filled - at).IndexOf("\r\n"u8)) < 0)
                await FillAsync();
            if (!Utf8Parser.TryParse(_buffer.AsSpan(at, lineEnd), out int chunk, out _, 'x'))
                throw new InvalidDataException("The chunk is not valid.");
            at += lineEnd + 2 + chunk + 2;
            while (_filled < at)
                await FillAsync();
            if (chunk == 0)
                return (status, total);
            total += chunk;
        }
    }

    public void Dispose() => _socket.Dispose();

    private async ValueTask FillAsync()
    {
        if (_filled == _buffer.Length)
            Array.Resize(ref _buffer, _buffer.Length * 2);
        var read = await _socket.ReceiveAsync(_buffer.AsMemory(_filled));
        if (read == 0)
            throw new EndOfStreamException("The server closed the connection.");
        _filled += read;
    }

    private static int StatusOf(ReadOnlySpan<byte> head) => int.Parse(head.Slice(9, 3), NumberStyles.None, CultureInfo.InvariantCulture);

    // Content without a length is chunked; 204 and 304 have no content.
    private static int? LengthOf(ReadOnlySpan<byte> head)
    {
        var at = head.IndexOf("Content-Length: "u8);
        if (at >= 0 && Utf8Parser.TryParse(head[(at + 16)..], out int length, out _))
            return length;
        return head.IndexOf("chunked"u8) >= 0 ? null : 0;
    }
}
