using HeadlessCms.Api.Platform;
using HeadlessCms.Api.Platform.OpenApi;
using HeadlessCms.Api.Platform.Problems;
using HeadlessCms.Core.Storage.Live;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace HeadlessCms.Api.Feeds.Directories;

/// <summary><c>/sitemap.xml</c>, its pages, and <c>/sitemap-news.xml</c>: what crawlers read.</summary>
internal static class SitemapEndpoints
{
    /// <summary>The most that the protocol lets a sitemap hold.</summary>
    public const int PageSize = 50_000;

    /// <summary>The most that a news sitemap may hold.</summary>
    public const int MostNews = 1_000;

    private const int DaysOfNews = 2;

    public static void Map(RouteGroupBuilder door)
    {
        var sitemaps = door.MapGroup("").WithTags("Directories");
        sitemaps.MapRead("/sitemap.xml", ReadIndex, "feedSitemapIndex").WithMetadata(StandardFormat.Sitemap)
            .WithSummary("The sitemaps that there are.");
        sitemaps.MapRead("/sitemaps/{kind}-{number:int}.xml", ReadPage, "feedSitemap").WithMetadata(StandardFormat.Sitemap)
            .WithSummary("A sitemap: up to 50,000 pages of the public site.")
            .WithDescription("What is new comes last, so that a sitemap stays as it is while the next one grows.");
        sitemaps.MapRead("/sitemap-news.xml", ReadNews, "feedSitemapNews").WithMetadata(StandardFormat.NewsSitemap)
            .WithSummary("What was first published within the last two days, up to 1,000 stories.");
    }

    private static Results<XmlResult<SitemapPage>, SiteMissingProblem> ReadIndex(LiveDbContext live, Site site)
    {
        if (site.Url is not { } url) return new SiteMissingProblem();
        var pages = live.SitemapEntries.GroupBy(entry => new { entry.Kind, Page = (entry.Place - 1) / PageSize })
            .OrderBy(page => page.Key.Kind).ThenBy(page => page.Key.Page)
            .Select(page => new SitemapPage(page.Key.Kind, page.Key.Page + 1, page.Max(entry => entry.UpdatedAt)));
        return SitemapXml.Index(url, pages.AsAsyncEnumerable());
    }

    private static async Task<Results<XmlResult<LiveSitemapEntry>, NotFoundProblem, SiteMissingProblem>> ReadPage(
        string kind, int number, LiveDbContext live, Site site, CancellationToken cancellation)
    {
        if (site.Url is not { } url) return new SiteMissingProblem();
        var before = (number - 1L) * PageSize;
        var entries = live.SitemapEntries.Where(entry => entry.Kind == kind && entry.Place > before && entry.Place <= before + PageSize).OrderBy(entry => entry.Place);
        if (number < 1 || !await entries.AnyAsync(cancellation)) return new NotFoundProblem();
        return SitemapXml.Page(url, kind, entries.AsAsyncEnumerable());
    }

    private static Results<XmlResult<NewsEntry>, SiteMissingProblem> ReadNews(LiveDbContext live, Site site)
    {
        if (site.Url is not { } url) return new SiteMissingProblem();
        var news = live.FirstLiveWithin(DaysOfNews)
            .OrderByDescending(row => row.PublishedAt).ThenByDescending(row => row.Id).Take(MostNews)
            .Select(row => new NewsEntry(row.Slug, row.Headline, row.Language, row.PublishedAt, row.LeadImage));
        return SitemapXml.News(url, site.Name, news.AsAsyncEnumerable());
    }
}
