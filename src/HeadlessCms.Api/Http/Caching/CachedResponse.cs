using System.Diagnostics;
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
    private readonly EncodedBody _body;

    public CachedResponse(IHeaderDictionary headers, byte[] body, CacheContext cacheContext, TimeSpan? holdsFor)
    {
        _headers = [.. headers.Where(header => !ExcludedHeaders.Contains(header.Key))];
        (_body, _cacheContext) = (new EncodedBody(body), cacheContext);
        _ends = holdsFor is { } left ? Stopwatch.GetTimestamp() + (long)(left.TotalSeconds * Stopwatch.Frequency) : null;
        Tags = [.. cacheContext.Tags];
    }

    public string[] Tags { get; }

    /// <summary>How long the response stays valid by the clock; null is without an end.</summary>
    public TimeSpan? HoldsFor =>
        _ends is { } end ? TimeSpan.FromSeconds((double)(end - Stopwatch.GetTimestamp()) / Stopwatch.Frequency) : null;

    /// <summary>The approximate size in memory, in bytes.</summary>
    public long Size => 1_000 + _body.Plain.Length * 3 / 2 + Tags.Sum(tag => 150L + tag.Length * 2);

    public Task WriteAsync(HttpContext context, CachePolicy policy)
    {
        foreach (var (name, value) in _headers)
            context.Response.Headers[name] = value;
        context.Response.Headers.CacheControl = policy.CacheControl(_cacheContext, HoldsFor);
        return _body.WriteAsync(context);
    }
}
