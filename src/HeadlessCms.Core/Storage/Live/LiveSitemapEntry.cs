namespace HeadlessCms.Core.Storage.Live;

/// <summary>A page of the public site. View <c>live.sitemap_entries</c>.</summary>
/// <param name="Kind">What it shows: <c>articles</c>, <c>people</c>, <c>places</c> or <c>topics</c>.</param>
/// <param name="At">When the article was first live; the same for all concepts. What is new comes last.</param>
/// <param name="Id">What it shows, which makes the order total.</param>
/// <param name="Slug">The slug of what it shows.</param>
/// <param name="UpdatedAt">
/// When what it shows was published: of a concept, the newest article that names it. Null where there is none.
/// </param>
/// <param name="Translations">Of an article: the same story in other languages.</param>
public sealed record LiveSitemapEntry(
    string Kind,
    DateTimeOffset At,
    Guid Id,
    string Slug,
    DateTimeOffset? UpdatedAt,
    LiveTranslations? Translations
);

/// <summary>A sitemap: the entries of a kind from one up to another. View <c>live.sitemaps</c>.</summary>
/// <param name="Kind">What its pages show.</param>
/// <param name="At">The sort key of its first entry.</param>
/// <param name="Id">The id of its first entry; all zeros in the first sitemap of a kind, which begins with whatever is first.</param>
/// <param name="EndAt">The sort key of the first entry that is not in it.</param>
/// <param name="EndId">The id of that entry.</param>
/// <param name="UpdatedAt">When the newest of its pages was published; null where nobody can tell.</param>
public sealed record LiveSitemap(string Kind, DateTimeOffset At, Guid Id, DateTimeOffset EndAt, Guid EndId, DateTimeOffset? UpdatedAt);
