using HeadlessCms.Api.Hosting;
using HeadlessCms.Api.Http.Caching;
using HeadlessCms.Api.Http.Input;
using HeadlessCms.Api.Http.Paging;
using HeadlessCms.Core.Storage;
using HeadlessCms.Core.Storage.Live;
using Microsoft.EntityFrameworkCore;

namespace HeadlessCms.Api.Content.Articles;

/// <summary>Reads a page of live articles: sorted, in the order of the requested ids, or in that of a series.</summary>
internal static class ArticlePages
{
    public static async Task<ArticlePageResult> ReadAsync(
        IQueryable<LiveArticle> rows,
        ArticlePageQuery query,
        ArticleListQuery filter,
        LiveDbContext live,
        Site site,
        HttpContext context,
        CancellationToken cancellation,
        bool inSeries = false
    )
    {
        var listed = context.RequestServices.GetRequiredService<ListedArticles>();
        var (after, picked) = (Cursor.Read(query.Cursor, context.Request), FieldSelection.Of(query.Fields));
        int? total = query.Count == true ? await rows.CountAsync(cancellation) : null;
        var facets = await FacetCounts.OfAsync(rows, query.Facets, filter, live, context.CacheContext(), cancellation);
        var requested = query.Sort is null ? RequestedArticles.Of(filter) : null;
        var size = query.Limit ?? (requested is null ? PageQuery.DefaultLimit : RequestedArticles.MaxCount);
        var projection = ArticleFields.Items(site.Url, picked);
        List<ArticleItem> items;
        if (inSeries)
        {
            var page = ArticleOrder.InSeries.Sort(ArticleOrder.InSeries.After(rows, after)).Take(size + 1);
            items = await page.Select(projection.With((LiveArticle row) => new ArticleItem { SeriesPlace = row.SeriesPlace }))
                .ToListAsync(cancellation);
        }
        else if (requested is null)
        {
            rows = rows.After(after, query.Sort);
            if (filter.Q is not null)
                rows = ArticleFilter.First(live, rows.Sorted(query.Sort), size + 1);
            // After a cursor, PostgreSQL underestimates the articles of a concept: if it knew the page size, it would collect and sort them
            // all.
            var page = after is null ? rows.Sorted(query.Sort).TakePlanned(size + 1) : rows.Sorted(query.Sort).Take(size + 1);
            if (picked is null && await listed.ReadAsync(page, live, context, cancellation) is { } found)
                return Written(found, size, query.Sort, total, facets, context);
            items = [.. (await page.Select(projection).ToListAsync(cancellation)).Take(size + 1)];
        }
        else
        {
            items =
            [
                .. requested.InOrder(await rows.Select(requested.Placed(projection, live)).ToListAsync(cancellation), after).Take(size + 1),
            ];
        }

        items = items.ReadBy(context);
        foreach (var item in items)
            context.CacheContext().AddArticle(item);
        var next = Pages.Cut(items, size, CursorOf, context);
        return new ArticlePageResult(new ArticlePage(items, next) { Total = total, Facets = facets }, picked);

        Cursor CursorOf(ArticleItem last) =>
            inSeries ? new(last.SeriesPlace!, last.Id) : requested?.CursorOf(last) ?? ArticleOrder.CursorOf(last, query.Sort);
    }

    private static ArticlePageResult Written(
        List<KeptArticle> articles,
        int size,
        string? sort,
        int? total,
        ArticleFacets? facets,
        HttpContext context
    )
    {
        foreach (var article in articles.Take(size + 1))
            context.CacheContext().AddConcepts(article.ConceptIds).ModifiedAt(article.UpdatedAt);
        var next = Pages.Cut(articles, size, last => ArticleOrder.CursorOf(last.Id, last.PublishedAt, last.UpdatedAt, sort), context);
        var reader = ReaderAccess.Of(context);
        return new ArticlePageResult(
            new WrittenArticlePage(articles.ConvertAll(article => article.JsonFor(reader)), next) { Total = total, Facets = facets }
        );
    }
}
