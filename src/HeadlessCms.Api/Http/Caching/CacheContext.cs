namespace HeadlessCms.Api.Http.Caching;

/// <summary>
/// What a handler says of how long its answer holds: what it concerns, by the tags of the change log, and until when the clock leaves it as
/// it is. Who says nothing is not kept.
/// </summary>
internal sealed class CacheContext
{
    private const int MostConcepts = 100;

    private readonly HashSet<string> _tags = [];
    private readonly HashSet<Guid> _concepts = [];

    /// <summary>Whether anyone may have the answer: no key, no preview, no private site.</summary>
    public bool IsPublic { get; set; }

    /// <summary>Whether caches must ask before they give it out.</summary>
    public bool MustRevalidate { get; set; }

    /// <summary>Whether the answer goes out while it is made.</summary>
    public bool IsStreamed { get; set; }

    /// <summary>The instant at which the clock changes it; null where its own end is not known: then any boundary may.</summary>
    public DateTimeOffset? ExpiresAt { get; private set; }

    /// <summary>Whether the answer's own end is known, <see cref="ExpiresAt"/> or never.</summary>
    public bool HasKnownExpiry { get; private set; }

    /// <summary>When the newest thing that it tells was published.</summary>
    public DateTimeOffset? LastModified { get; private set; }

    /// <summary>The tags of the changes that it concerns.</summary>
    public IEnumerable<string> Tags =>
        _concepts.Count > MostConcepts ? _tags.Append(CacheTags.Concepts) : _tags.Concat(_concepts.Select(CacheTags.Concept));

    public CacheContext AddTags(params IEnumerable<string> tags)
    {
        _tags.UnionWith(tags);
        return this;
    }

    /// <summary>It shows these concepts: their names, or where they are.</summary>
    public CacheContext AddConcepts(params IEnumerable<Guid> concepts)
    {
        _concepts.UnionWith(concepts);
        return this;
    }

    /// <summary>Nothing but changes and this instant ends it; null is never.</summary>
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

/// <summary>The tags of the change log (view <c>change_tags</c>), as answers carry them.</summary>
internal static class CacheTags
{
    /// <summary>Any list of articles.</summary>
    public const string Articles = "articles";

    /// <summary>Any search of concepts.</summary>
    public const string Concepts = "concepts";

    /// <summary>Answers that look below a concept.</summary>
    public const string Tree = "tree";

    /// <summary>The change log itself.</summary>
    public const string Changes = "changes";

    public static string Article(Guid id) => $"article:{id:D}";

    public static string Concept(Guid id) => $"concept:{id:D}";

    /// <summary>Lists of what names a concept, by its id or slug.</summary>
    public static string Naming(string kind, string named) => $"{kind}:{named}";
}

/// <summary>How handlers get to say it.</summary>
internal static class CacheContextExtensions
{
    public static CacheContext CacheContext(this HttpContext context)
    {
        if (context.Features.Get<CacheContext>() is { } known)
            return known;
        var fresh = new CacheContext();
        context.Features.Set(fresh);
        return fresh;
    }
}
