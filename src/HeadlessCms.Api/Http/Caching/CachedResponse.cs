using System.Buffers.Text;
using System.Diagnostics;
using System.IO.Compression;
using System.Security.Cryptography;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace HeadlessCms.Api.Http.Caching;

/// <summary>A complete response: headers, body, and compressed bodies, which are created on first use.</summary>
internal sealed class CachedResponse
{
    private const int MinCompressedLength = 1_000;
    private static readonly HashSet<string> ExcludedHeaders = new(StringComparer.OrdinalIgnoreCase)
    {
        "Date",
        "Content-Length",
        "Transfer-Encoding",
        "Cache-Control",
        "ETag",
        "Content-Encoding",
        "RateLimit",
        "RateLimit-Policy",
    };

    private readonly KeyValuePair<string, StringValues>[] _headers;
    private readonly CacheContext _cacheContext;
    private readonly long? _ends;
    private byte[]? _brotli;
    private byte[]? _gzip;

    public CachedResponse(
        IHeaderDictionary headers,
        ReadOnlySpan<byte> body,
        CacheContext cacheContext,
        TimeSpan? holdsFor,
        string? formerTag
    )
    {
        _headers = [.. headers.Where(header => !ExcludedHeaders.Contains(header.Key))];
        (Body, _cacheContext, FormerTag) = (body.ToArray(), cacheContext, formerTag);
        _ends = holdsFor is { } left ? Stopwatch.GetTimestamp() + (long)(left.TotalSeconds * Stopwatch.Frequency) : null;
        Tag = TagOf(body);
        Tags = [.. cacheContext.Tags];
    }

    public byte[] Body { get; }

    /// <summary>Weak, because compressed forms share it (RFC 9110, 8.8.3.3).</summary>
    public string Tag { get; }

    /// <summary>The provisional tag that was sent before the body was complete.</summary>
    public string? FormerTag { get; }

    public string[] Tags { get; }

    /// <summary>How long the response stays valid by the clock; null is without an end.</summary>
    public TimeSpan? HoldsFor =>
        _ends is { } end ? TimeSpan.FromSeconds((double)(end - Stopwatch.GetTimestamp()) / Stopwatch.Frequency) : null;

    /// <summary>The approximate size in memory, in bytes.</summary>
    public long Size => 1_000 + Body.Length * 3 / 2 + Tags.Sum(tag => 150L + tag.Length * 2);

    public static string TagOf(ReadOnlySpan<byte> body) => $"W/\"{Base64Url.EncodeToString(SHA256.HashData(body).AsSpan(0, 16))}\"";

    public async Task WriteAsync(HttpContext context, CachePolicy policy)
    {
        var (request, response) = (context.Request, context.Response);
        foreach (var (name, value) in _headers)
            response.Headers[name] = value;
        response.Headers.CacheControl = policy.CacheControl(_cacheContext, HoldsFor);
        response.Headers.ETag = Tag;
        if (IsNotModified(request))
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

    private bool IsNotModified(HttpRequest request)
    {
        var sent = request.Headers.IfNoneMatch;
        if (sent.Count == 0)
            return false;
        if (!EntityTagHeaderValue.TryParseList([.. sent.OfType<string>()], out var tags))
            return false;
        return tags.Any(tag => tag.Equals(EntityTagHeaderValue.Any) || Same(tag, Tag) || FormerTag is not null && Same(tag, FormerTag));
    }

    private static bool Same(EntityTagHeaderValue tag, string other) => tag.Tag.AsSpan().SequenceEqual(other.AsSpan(2));

    private (byte[] Bytes, string? Coding) Encode(HttpRequest request)
    {
        if (Body.Length < MinCompressedLength)
            return (Body, null);
        return AcceptedCoding.Of(request) switch
        {
            "br" => (_brotli ??= Compress(Body, stream => new BrotliStream(stream, CompressionLevel.Optimal)), "br"),
            "gzip" => (_gzip ??= Compress(Body, stream => new GZipStream(stream, CompressionLevel.Optimal)), "gzip"),
            _ => (Body, null),
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
