using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.Primitives;

namespace HeadlessCms.Api.Http.Caching;

/// <summary>A complete response: headers and body.</summary>
internal sealed class CachedResponse
{
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
    private readonly long _stored = Stopwatch.GetTimestamp();
    private readonly EncodedBody _body;

    public CachedResponse(IHeaderDictionary headers, EncodedBody body, CacheContext cacheContext, TimeSpan? holdsFor)
    {
        _headers = [.. headers.Where(header => !ExcludedHeaders.Contains(header.Key))];
        (_body, _cacheContext) = (body, cacheContext);
        _ends = holdsFor is { } left ? Stopwatch.GetTimestamp() + (long)(left.TotalSeconds * Stopwatch.Frequency) : null;
        Tags = [.. cacheContext.Tags];
    }

    public string[] Tags { get; }

    /// <summary>How long ago it was produced.</summary>
    public TimeSpan Age => Stopwatch.GetElapsedTime(_stored);

    /// <summary>How long the response stays valid by the clock; null is without an end.</summary>
    public TimeSpan? HoldsFor =>
        _ends is { } end ? TimeSpan.FromSeconds((double)(end - Stopwatch.GetTimestamp()) / Stopwatch.Frequency) : null;

    /// <summary>The approximate size in memory without the tags, in bytes.</summary>
    public long Size => 1_000 + _body.Plain.Length * 3 / 2;

    public Task WriteAsync(HttpContext context, CachePolicy policy)
    {
        WriteHeaders(context);
        policy.Write(context.Response.Headers, _cacheContext, HoldsFor);
        return WriteBodyAsync(context);
    }

    /// <summary>Responds with it although it may be out of date, and says so (RFC 9111, 5.1; RFC 5861, 4).</summary>
    public Task WriteStaleAsync(HttpContext context, TimeSpan staleFor, CdnHeaders cdn)
    {
        var headers = context.Response.Headers;
        var seconds = Math.Max(0, (int)staleFor.TotalSeconds);
        WriteHeaders(context);
        headers.Age = string.Create(CultureInfo.InvariantCulture, $"{Math.Ceiling(Age.TotalSeconds)}");
        headers.CacheControl = string.Create(CultureInfo.InvariantCulture, $"public, max-age=0, stale-if-error={seconds}");
        cdn.WriteStale(headers, seconds);
        return WriteBodyAsync(context);
    }

    private void WriteHeaders(HttpContext context)
    {
        foreach (var (name, value) in _headers)
            context.Response.Headers[name] = value;
    }

    private Task WriteBodyAsync(HttpContext context) =>
        _body.WriteAsync(context, _cacheContext.IsDated ? _cacheContext.LastModified : null);
}
