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

    public EncodedBody(byte[] plain) => (Plain, Tag) = (plain, $"W/\"{Base64Url.EncodeToString(SHA256.HashData(plain).AsSpan(0, 16))}\"");

    public byte[] Plain { get; }

    /// <summary>Weak, because compressed forms share it (RFC 9110, 8.8.3.3).</summary>
    public string Tag { get; }

    /// <summary>Responds with the body in a coding that the client accepts, or with 304 where it has it.</summary>
    /// <param name="context">The request.</param>
    /// <param name="formerTag">A tag that names the same body.</param>
    public async Task WriteAsync(HttpContext context, string? formerTag = null)
    {
        var (request, response) = (context.Request, context.Response);
        response.Headers.ETag = Tag;
        if (IsNotModified(request, formerTag))
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

    private bool IsNotModified(HttpRequest request, string? formerTag)
    {
        var sent = request.Headers.IfNoneMatch;
        if (sent.Count == 0)
            return false;
        if (!EntityTagHeaderValue.TryParseList([.. sent.OfType<string>()], out var tags))
            return false;
        return tags.Any(tag => tag.Equals(EntityTagHeaderValue.Any) || Same(tag, Tag) || formerTag is not null && Same(tag, formerTag));
    }

    private static bool Same(EntityTagHeaderValue tag, string other) => tag.Tag.AsSpan().SequenceEqual(other.AsSpan(2));

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
