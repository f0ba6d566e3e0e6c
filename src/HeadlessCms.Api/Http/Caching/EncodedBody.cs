using System.Buffers.Text;
using System.IO.Compression;
using System.Security.Cryptography;
using Microsoft.Net.Http.Headers;

namespace HeadlessCms.Api.Http.Caching;

/// <summary>The body of a response with its entity tag and its compressed forms, which are made on first use.</summary>
internal sealed class EncodedBody
{
    private const int MinCompressedLength = 1_000;

    private byte[]? _brotli;
    private byte[]? _gzip;

    public EncodedBody(byte[] plain)
        : this(plain, TagOf(SHA256.HashData(plain))) { }

    public EncodedBody(byte[] plain, string tag) => (Plain, Tag) = (plain, tag);

    /// <summary>The weak entity tag of a body, from its SHA-256.</summary>
    public static string TagOf(ReadOnlySpan<byte> hash) => $"W/\"{Base64Url.EncodeToString(hash[..16])}\"";

    /// <summary>
    /// Whether the client has the body that <paramref name="tag"/> names (RFC 9110, 13.1.2), or that was last modified at
    /// <paramref name="modified"/> if it sent no entity tag (13.1.3).
    /// </summary>
    public static bool IsNotModified(HttpRequest request, string tag, DateTimeOffset? modified)
    {
        var sent = request.Headers.IfNoneMatch;
        if (sent.Count == 0)
            return modified is { } instant
                && request.Headers.IfModifiedSince is [{ } date]
                && HeaderUtilities.TryParseDate(date, out var since)
                && instant.ToUnixTimeSeconds() <= since.ToUnixTimeSeconds();
        return EntityTagHeaderValue.TryParseList([.. sent.OfType<string>()], out var tags)
            && tags.Any(one => one.Equals(EntityTagHeaderValue.Any) || one.Tag.AsSpan().SequenceEqual(tag.AsSpan(2)));
    }

    public byte[] Plain { get; }

    /// <summary>Weak, because compressed forms share it (RFC 9110, 8.8.3.3).</summary>
    public string Tag { get; }

    /// <summary>Responds with the body in a coding that the client accepts, or with 304 where it has it.</summary>
    public async Task WriteAsync(HttpContext context, DateTimeOffset? modified)
    {
        var (request, response) = (context.Request, context.Response);
        response.Headers.ETag = Tag;
        if (IsNotModified(request, Tag, modified))
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            response.Headers.Remove(HeaderNames.ContentType);
            return;
        }

        var (bytes, coding) = Encode(request);
        if (coding is not null)
            response.Headers.ContentEncoding = coding;
        response.ContentLength = bytes.Length;
        if (!HttpMethods.IsHead(request.Method))
            await response.BodyWriter.WriteAsync(bytes, context.RequestAborted);
    }

    private (byte[] Bytes, string? Coding) Encode(HttpRequest request)
    {
        if (Plain.Length < MinCompressedLength)
            return (Plain, null);
        return AcceptedCoding.Of(request) switch
        {
            "br" => (_brotli ??= Compress(Plain, stream => new BrotliStream(stream, CompressionLevel.Optimal)), "br"),
            "gzip" => (_gzip ??= Compress(Plain, stream => new GZipStream(stream, CompressionLevel.Optimal)), "gzip"),
            _ => (Plain, null),
        };
    }

    private static byte[] Compress(byte[] body, Func<Stream, Stream> coding)
    {
        using var compressed = new MemoryStream(body.Length / 3);
        using (var stream = coding(compressed))
            stream.Write(body);
        return compressed.ToArray();
    }
}
