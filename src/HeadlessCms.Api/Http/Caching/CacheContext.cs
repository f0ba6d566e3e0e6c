namespace HeadlessCms.Api.Http.Caching;

/// <summary>
/// The validity of a response, which its handler sets: the tags of the changes that invalidate it, and the instant at which the clock does.
/// Responses without cache information are not cached.
/// </summary>
internal sealed class CacheContext
{
    private const int MaxConcepts = 100;

    private readonly HashSet<string> _tags = [];
    private readonly HashSet<Guid> _concepts = [];
    private IReadOnlyList<string>? _limited;

    /// <summary>Whether any caller may get the response: no key, no preview, no private site.</summary>
    public bool IsPublic { get; set; }

    /// <summary>Whether caches must revalidate the response before each use.</summary>
    public bool MustRevalidate { get; set; }

    /// <summary>The instant at which the clock changes the response; if it is unknown, any publication boundary may.</summary>
    public DateTimeOffset? ExpiresAt { get; private set; }

    /// <summary>Whether <see cref="ExpiresAt"/> is known; null then means never.</summary>
    public bool HasKnownExpiry { get; private set; }

    /// <summary>
    /// Whether <see cref="LastModified"/> also moves when something leaves the response, so that <c>If-Modified-Since</c> can be answered.
    /// </summary>
    public bool IsDated { get; set; }

    /// <summary>The newest publication instant in the response.</summary>
    public DateTimeOffset? LastModified { get; private set; }

    /// <summary>Whether any change invalidates the response.</summary>
    public bool HasTags => _tags.Count > 0 || _concepts.Count > 0;

    /// <summary>The tags of the changes that invalidate the response; above the limits, one tag stands for many.</summary>
    public IReadOnlyList<string> Tags =>
        _limited ??= CacheTags.Limit(
            _concepts.Count > MaxConcepts ? _tags.Append(CacheTags.Concepts) : _tags.Concat(_concepts.Select(CacheTags.Concept))
        );

    public CacheContext AddTags(params IEnumerable<string> tags)
    {
        _limited = null;
        _tags.UnionWith(tags);
        return this;
    }

    /// <summary>Adds concepts whose names or positions in the hierarchy the response shows.</summary>
    public CacheContext AddConcepts(params IEnumerable<Guid> concepts)
    {
        _limited = null;
        _concepts.UnionWith(concepts);
        return this;
    }

    /// <summary>Sets the instant at which the clock changes the response; null is never.</summary>
    public CacheContext Until(DateTimeOffset? instant)
    {
        (ExpiresAt, HasKnownExpiry) = (instant, true);
        return this;
    }

    public CacheContext ModifiedAt(DateTimeOffset? instant)
    {
        if (LastModified is null || instant > LastModified)
            LastModified = instant ?? LastModified;
        return this;
    }
}

internal static class CacheContextExtensions
{
    public static CacheContext CacheContext(this HttpContext context)
    {
        if (context.Features.Get<CacheContext>() is { } existing)
            return existing;
        var cacheContext = new CacheContext();
        context.Features.Set(cacheContext);
        return cacheContext;
    }
}
