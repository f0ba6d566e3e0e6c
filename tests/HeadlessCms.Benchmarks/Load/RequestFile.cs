using System.Text;

namespace HeadlessCms.Benchmarks.Load;

/// <summary>A file of raw requests, each prefixed with its length.</summary>
internal static class RequestFile
{
    public static byte[] Get(string path) => Encoding.ASCII.GetBytes($"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n");

    /// <summary>As browsers ask: with what is compressed.</summary>
    public static byte[] GetCompressed(string path) =>
        Encoding.ASCII.GetBytes($"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept-Encoding: gzip\r\n\r\n");

    public static byte[] Post(string path, string key, string json) =>
        Encoding.UTF8.GetBytes(
            $"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer {key}\r\nContent-Type: "
                + $"application/json\r\nContent-Length: {Encoding.UTF8.GetByteCount(json)}\r\n\r\n{json}"
        );

    public static void Write(string file, IEnumerable<byte[]> requests)
    {
        using var writer = new BinaryWriter(File.Create(file));
        foreach (var request in requests)
        {
            writer.Write(request.Length);
            writer.Write(request);
        }
    }

    public static byte[][] Read(string file)
    {
        var requests = new List<byte[]>();
        using var reader = new BinaryReader(File.OpenRead(file));
        while (reader.BaseStream.Position < reader.BaseStream.Length)
            requests.Add(reader.ReadBytes(reader.ReadInt32()));
        return [.. requests];
    }
}
