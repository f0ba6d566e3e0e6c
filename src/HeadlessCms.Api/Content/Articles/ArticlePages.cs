using HeadlessCms.Api.Platform;
using HeadlessCms.Api.Platform.Caching;
using HeadlessCms.Api.Platform.Input;
using HeadlessCms.Api.Platform.Paging;
using HeadlessCms.Core.Storage.Live;
using Microsoft.EntityFrameworkCore;

namespace HeadlessCms.Api.Content.Articles;

/// <summary>Reads a page of live articles: of a list in the order that is asked for, or of those that are asked for one by one.</summary>
internal static class ArticlePages
{
    /// <param name="rows">The articles.</param>
    /// <param name="query">Which page of them.</param>
    /// <param name="site">The public site.</param>
    /// <param name="context">The request.</param>
    /// <param name="fresh">What the answer concerns.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <param name="foundIn">Given where words found them.</param>
    public static async Task<PageResult<ArticleItem>> ReadAsync(
        IQueryable<LiveArticle> rows, ArticlePageQuery query, Site site, HttpContext context, Freshness fresh, CancellationToken cancellation, LiveDbContext? foundIn = null)
    {
        var (after, picked) = (Cursor.Read(query.Cursor, context.Request), PickedFields.Of(query.Fields));
        int? total = query.Count == true ? await rows.CountAsync(cancellation) : null;
        if (after is { } last) rows = rows.After(last, query.Sort);
        if (foundIn is not null) rows = ArticleFilter.First(foundIn, rows.Sorted(query.Sort), query.Size + 1);
        var items = await rows.Sorted(query.Sort).Take(query.Size + 1).Select(ArticleFields.Items(site.Url, picked)).ToListAsync(cancellation);
        foreach (var item in items) fresh.Tells(item);
        return Pages.Of(items, query.Size, item => ArticleOrder.CursorOf(item, query.Sort), context, total, picked);
    }

    /// <summary>All of them on one page, in the order in which they were asked for, unless fewer are to be on a page.</summary>
    public static async Task<PageResult<ArticleItem>> ReadAsync(
        AskedArticles asked, IQueryable<LiveArticle> rows, ArticlePageQuery query, LiveDbContext live, Site site, HttpContext context, Freshness fresh, CancellationToken cancellation)
    {
        var (after, picked) = (Cursor.Read(query.Cursor, context.Request), PickedFields.Of(query.Fields));
        var found = await rows.Select(asked.Placed(ArticleFields.Items(site.Url, picked), live)).ToListAsync(cancellation);
        var size = query.Limit ?? AskedArticles.Most;
        var items = asked.InOrder(found, after).Take(size + 1).ToList();
        foreach (var item in items) fresh.Tells(item);
        return Pages.Of(items, size, asked.CursorOf, context, query.Count == true ? found.Count : null, picked);
    }
}
