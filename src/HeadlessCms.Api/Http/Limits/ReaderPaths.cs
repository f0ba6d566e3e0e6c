namespace HeadlessCms.Api.Http.Limits;

/// <summary>Which paths are the readers': known before routing, so that what was answered before costs no more than that.</summary>
internal static class ReaderPaths
{
    /// <summary>Content and Feeds.</summary>
    public static bool Has(PathString path) =>
        path.StartsWithSegments("/content")
        || path.StartsWithSegments("/feeds")
        || path.StartsWithSegments("/sitemap.xml")
        || path.StartsWithSegments("/sitemaps")
        || path.StartsWithSegments("/sitemap-news.xml");
}
