using HeadlessCms.Api.Hosting;
using HeadlessCms.Api.Http.Problems;
using HeadlessCms.Api.Http.Routing;
using HeadlessCms.Core.Feeds;
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
        sitemaps
            .MapRead("/sitemap.xml", ReadIndex, "feedSitemapIndex")
            .WithMetadata(StandardFormat.Sitemap)
            .WithSummary("The sitemaps that there are.");
        sitemaps
            .MapRead("/sitemaps/{sitemap}.xml", ReadOne, "feedSitemap")
            .WithMetadata(StandardFormat.Sitemap)
            .WithSummary("A sitemap: up to 50,000 pages of the public site.")
            .WithDescription("What is new comes last, so that a sitemap stays as it is while the newest one grows.");
        sitemaps
            .MapRead("/sitemap-news.xml", ReadNews, "feedSitemapNews")
            .WithMetadata(StandardFormat.NewsSitemap)
            .WithSummary("What was first published within the last two days.")
            .WithDescription(
                "Where that is more than 1,000 stories, it is an index of sitemaps of up to 1,000 stories each, newest first."
            );
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
        (await live.FirstLiveWithin(DaysOfNews).CountAsync(cancellation) + MostNews - 1) / MostNews;

    // Crawlers want sitemaps of news to stay under their names while stories move through them; two days of them are soon counted.
    private static IAsyncEnumerable<NewsEntry> News(LiveDbContext live, int page) =>
        live.FirstLiveWithin(DaysOfNews)
            .OrderByDescending(row => row.PublishedAt)
            .ThenByDescending(row => row.Id)
            .Skip((page - 1) * MostNews)
            .Take(MostNews)
            .Select(row => new NewsEntry(row.Slug, row.Headline, row.Language, row.PublishedAt, row.LeadImage))
            .AsAsyncEnumerable();
}
