using HeadlessCms.Api.Hosting;
using HeadlessCms.Api.Http.Caching;
using HeadlessCms.Api.Http.Input;
using HeadlessCms.Api.Http.Paging;
using HeadlessCms.Core.Storage.Live;
using Microsoft.EntityFrameworkCore;

namespace HeadlessCms.Api.Content.Articles;

/// <summary>Reads a page of live articles: in the order of a sort, or in the one in which they are asked for one by one.</summary>
internal static class ArticlePages
{
    /// <param name="rows">The whole list.</param>
    /// <param name="query">Which page of it, and what of the articles.</param>
    /// <param name="filter">What the list was asked for by.</param>
    /// <param name="live">What is live.</param>
    /// <param name="site">The public site.</param>
    /// <param name="context">The request.</param>
    /// <param name="cancellation">Gives up.</param>
    public static async Task<ArticlePageResult> ReadAsync(
        IQueryable<LiveArticle> rows,
        ArticlePageQuery query,
        ArticleListQuery filter,
        LiveDbContext live,
        Site site,
        HttpContext context,
        CancellationToken cancellation
    )
    {
        var (after, picked) = (Cursor.Read(query.Cursor, context.Request), FieldSelection.Of(query.Fields));
        int? total = query.Count == true ? await rows.CountAsync(cancellation) : null;
        var facets = await FacetCounts.OfAsync(rows, query.Facets, filter, live, context.CacheContext(), cancellation);
        var asked = query.Sort is null ? RequestedArticles.Of(filter) : null;
        var size = query.Limit ?? (asked is null ? PageQuery.DefaultLimit : RequestedArticles.Most);
        var projection = ArticleFields.Items(site.Url, picked);
        List<ArticleItem> items;
        if (asked is null)
        {
            rows = rows.After(after, query.Sort);
            if (filter.Q is not null)
                rows = ArticleFilter.First(live, rows.Sorted(query.Sort), size + 1);
            // From a cursor on PostgreSQL expects so few of a concept that it would gather and sort them all, knew it how many a page has.
            var page = after is null ? rows.Sorted(query.Sort).TakePlanned(size + 1) : rows.Sorted(query.Sort).Take(size + 1);
            items = [.. (await page.Select(projection).ToListAsync(cancellation)).Take(size + 1)];
        }
        else
        {
            items = [.. asked.InOrder(await rows.Select(asked.Placed(projection, live)).ToListAsync(cancellation), after).Take(size + 1)];
        }

        foreach (var item in items)
            context.CacheContext().AddArticle(item);
        var next = Pages.Cut(items, size, item => asked?.CursorOf(item) ?? ArticleOrder.CursorOf(item, query.Sort), context);
        return new ArticlePageResult(new ArticlePage(items, next) { Total = total, Facets = facets }, picked);
    }
}
