namespace HeadlessCms.Core.Storage.Live;

/// <summary>A page of the public site. View <c>live.sitemap_entries</c>.</summary>
public sealed class LiveSitemapEntry
{
    /// <summary>What it shows: <c>articles</c>, <c>people</c>, <c>places</c> or <c>topics</c>.</summary>
    public string Kind { get; private set; } = "";

    /// <summary>The slug of what it shows.</summary>
    public string Slug { get; private set; } = "";

    /// <summary>When what it shows was published; null where nobody can tell.</summary>
    public DateTimeOffset? UpdatedAt { get; private set; }

    /// <summary>Its place among those of its kind, from 1: what is new comes last.</summary>
    public long Place { get; private set; }
}
