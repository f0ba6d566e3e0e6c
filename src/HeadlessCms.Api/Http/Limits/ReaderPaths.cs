namespace HeadlessCms.Api.Http.Limits;

/// <summary>The paths of Content and Feeds, tested by prefix so that cached responses need no routing.</summary>
internal static class ReaderPaths
{
    public static bool Has(PathString path) =>
        path.StartsWithSegments("/content")
        || path.StartsWithSegments("/feeds")
        || path.StartsWithSegments("/sitemap.xml")
        || path.StartsWithSegments("/sitemaps")
        || path.StartsWithSegments("/sitemap-news.xml");
}
