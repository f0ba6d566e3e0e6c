using HeadlessCms.Api.Hosting;
using HeadlessCms.Api.Http.Problems;
using HeadlessCms.Api.Http.Routing;
using HeadlessCms.Core.Feeds;
using HeadlessCms.Core.Storage.Live;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace HeadlessCms.Api.Feeds.Directories;

/// <summary><c>/sitemap.xml</c>, its pages, and <c>/sitemap-news.xml</c>: sitemaps for crawlers.</summary>
internal static class SitemapEndpoints
{
    /// <summary>The maximum number of URLs in a sitemap (sitemaps.org).</summary>
    public const int PageSize = 50_000;

    /// <summary>The maximum number of articles in a news sitemap (Google).</summary>
    public const int MostNews = 1_000;

    private const int DaysOfNews = 2;

    public static void Map(RouteGroupBuilder api)
    {
        var sitemaps = api.MapGroup("").WithTags("Directories");
        sitemaps
            .MapRead("/sitemap.xml", ReadIndex, "feedSitemapIndex")
            .WithMetadata(StandardFormat.Sitemap)
            .WithSummary("Returns the sitemap index.");
        sitemaps
            .MapRead("/sitemaps/{sitemap}.xml", ReadOne, "feedSitemap")
            .WithMetadata(StandardFormat.Sitemap)
            .WithSummary("Returns a sitemap of up to 50,000 pages of the public site.")
            .WithDescription("New pages are added to the newest sitemap, so older sitemaps change only when their pages do.");
        sitemaps
            .MapRead("/sitemap-news.xml", ReadNews, "feedSitemapNews")
            .WithMetadata(StandardFormat.NewsSitemap)
            .WithSummary("Returns the articles first published within the last two days.")
            .WithDescription("More than 1,000 articles are split: an index lists sitemaps of up to 1,000 articles each, newest first.");
    }

    private static Results<XmlResult<SitemapLine>, SiteMissingProblem> ReadIndex(LiveDbContext live, Site site)
    {
        if (site.Url is not { } url)
            return new SiteMissingProblem();
        var sitemaps = live
            .Sitemaps.OrderBy(sitemap => sitemap.Kind)
            .ThenBy(sitemap => sitemap.At)
            .ThenBy(sitemap => sitemap.Id)
            .Select(sitemap => new SitemapLine(new SitemapName(sitemap.Kind, sitemap.Id).ToString(), sitemap.UpdatedAt));
        return SitemapXml.Index(url, sitemaps.AsAsyncEnumerable());
    }

    private static async Task<Results<XmlResult<LiveSitemapEntry>, XmlResult<NewsEntry>, NotFoundProblem, SiteMissingProblem>> ReadOne(
        string sitemap,
        LiveDbContext live,
        Site site,
        CancellationToken cancellation
    )
    {
        if (site.Url is not { } url)
            return new SiteMissingProblem();
        if (SitemapName.NewsPage(sitemap) is { } page)
            return page <= await NewsPagesAsync(live, cancellation)
                ? SitemapXml.News(url, site.Name, News(live, page))
                : new NotFoundProblem();

        if (!SitemapName.TryParse(sitemap, out var name))
            return new NotFoundProblem();
        var (kind, id) = name;
        if (await live.Sitemaps.SingleOrDefaultAsync(one => one.Kind == kind && one.Id == id, cancellation) is not { } found)
            return new NotFoundProblem();
        var (at, endAt, endId) = (found.At, found.EndAt, found.EndId);
        var entries = live
            .SitemapEntries.Where(entry => entry.Kind == kind)
            .Where(entry => EF.Functions.GreaterThanOrEqual(ValueTuple.Create(entry.At, entry.Id), ValueTuple.Create(at, id)))
            .Where(entry => EF.Functions.LessThan(ValueTuple.Create(entry.At, entry.Id), ValueTuple.Create(endAt, endId)))
            .OrderBy(entry => entry.At)
            .ThenBy(entry => entry.Id)
            .Take(PageSize);
        return SitemapXml.Page(url, kind, entries.AsAsyncEnumerable());
    }

    private static async Task<Results<XmlResult<NewsEntry>, XmlResult<SitemapLine>, SiteMissingProblem>> ReadNews(
        LiveDbContext live,
        Site site,
        CancellationToken cancellation
    )
    {
        if (site.Url is not { } url)
            return new SiteMissingProblem();
        var pages = await NewsPagesAsync(live, cancellation);
        if (pages <= 1)
            return SitemapXml.News(url, site.Name, News(live, 1));
        return SitemapXml.Index(
            url,
            Enumerable.Range(1, pages).Select(page => new SitemapLine(SitemapName.OfNews(page), null)).ToAsyncEnumerable()
        );
    }

    private static async Task<int> NewsPagesAsync(LiveDbContext live, CancellationToken cancellation) =>
        (await live.NewsOf(DaysOfNews).CountAsync(cancellation) + MostNews - 1) / MostNews;

    // Crawlers expect news sitemaps to keep their names while articles move through them; two days of articles are counted quickly.
    private static IAsyncEnumerable<NewsEntry> News(LiveDbContext live, int page) =>
        live.NewsOf(DaysOfNews)
            .OrderByDescending(row => row.PublishedAt)
            .ThenByDescending(row => row.Id)
            .Skip((page - 1) * MostNews)
            .Take(MostNews)
            .Select(row => new NewsEntry(row.Slug, row.Headline, row.Language, row.PublishedAt, row.LeadImage))
            .AsAsyncEnumerable();
}
