using HeadlessCms.Api.Http.Paging;
using HeadlessCms.Core.Storage.Live;
using Microsoft.EntityFrameworkCore;

namespace HeadlessCms.Api.Content.Articles;

/// <summary>The sort orders of lists of live articles: by an instant, then by id. An index supports each of them.</summary>
internal static class ArticleOrder
{
    public const string Newest = "-publishedAt";
    public const string Oldest = "publishedAt";
    public const string NewestUpdate = "-updatedAt";

    public static IQueryable<LiveArticle> Sorted(this IQueryable<LiveArticle> rows, string? sort) =>
        sort switch
        {
            Oldest => rows.OrderBy(row => row.PublishedAt).ThenBy(row => row.Id),
            NewestUpdate => rows.OrderByDescending(row => row.UpdatedAt).ThenByDescending(row => row.Id),
            _ => rows.OrderByDescending(row => row.PublishedAt).ThenByDescending(row => row.Id),
        };

    /// <summary>The rows after the last row of a page; all rows if there is none.</summary>
    public static IQueryable<LiveArticle> After(this IQueryable<LiveArticle> rows, Cursor? last, string? sort)
    {
        if (last is not { } page)
            return rows;
        var (at, id) = (page.Instant, page.Id);
        return sort switch
        {
            Oldest => rows.Where(row => EF.Functions.GreaterThan(ValueTuple.Create(row.PublishedAt, row.Id), ValueTuple.Create(at, id))),
            NewestUpdate => rows.Where(row => EF.Functions.LessThan(ValueTuple.Create(row.UpdatedAt, row.Id), ValueTuple.Create(at, id))),
            _ => rows.Where(row => EF.Functions.LessThan(ValueTuple.Create(row.PublishedAt, row.Id), ValueTuple.Create(at, id))),
        };
    }

    public static Cursor CursorOf(ArticleItem last, string? sort) =>
        new(Cursor.KeyOf(sort == NewestUpdate ? last.UpdatedAt : last.PublishedAt), last.Id);
}
