namespace HeadlessCms.Core.Storage.Live;

/// <summary>A page of the public site. View <c>live.sitemap_entries</c>.</summary>
public sealed class LiveSitemapEntry
{
    /// <summary>What it shows: <c>articles</c>, <c>people</c>, <c>places</c> or <c>topics</c>.</summary>
    public string Kind { get; private set; } = "";

    /// <summary>When the article was first live; the same for all concepts. What is new comes last.</summary>
    public DateTimeOffset At { get; private set; }

    /// <summary>What it shows, which makes the order total.</summary>
    public Guid Id { get; private set; }

    /// <summary>The slug of what it shows.</summary>
    public string Slug { get; private set; } = "";

    /// <summary>When what it shows was published: of a concept, the newest article that names it. Null where there is none.</summary>
    public DateTimeOffset? UpdatedAt { get; private set; }
}

/// <summary>A sitemap: the entries of a kind from one up to another. View <c>live.sitemaps</c>.</summary>
public sealed class LiveSitemap
{
    /// <summary>What its pages show.</summary>
    public string Kind { get; private set; } = "";

    /// <summary>The sort key of its first entry.</summary>
    public DateTimeOffset At { get; private set; }

    /// <summary>The id of its first entry; all zeros in the first sitemap of a kind, which begins with whatever is first.</summary>
    public Guid Id { get; private set; }

    /// <summary>The sort key of the first entry that is not in it.</summary>
    public DateTimeOffset EndAt { get; private set; }

    /// <summary>The id of that entry.</summary>
    public Guid EndId { get; private set; }

    /// <summary>When the newest of its pages was published; null where nobody can tell.</summary>
    public DateTimeOffset? UpdatedAt { get; private set; }
}
