using HeadlessCms.Api.Http.Paging;
using HeadlessCms.Core.Storage.Live;

namespace HeadlessCms.Api.Content.Articles;

/// <summary>The sort orders of lists of live articles: by an instant, then by id. An index supports each of them.</summary>
internal static class ArticleOrder
{
    public const string Newest = "-publishedAt";
    public const string Oldest = "publishedAt";
    public const string NewestUpdate = "-updatedAt";

    public static readonly Keyset<LiveArticle, DateTimeOffset> NewestFirst = Keyset.Newest(
        (LiveArticle row) => row.PublishedAt,
        row => row.Id
    );
    private static readonly Keyset<LiveArticle, DateTimeOffset> OldestFirst = Keyset.Oldest(
        (LiveArticle row) => row.PublishedAt,
        row => row.Id
    );
    private static readonly Keyset<LiveArticle, DateTimeOffset> UpdatedFirst = Keyset.Newest(
        (LiveArticle row) => row.UpdatedAt,
        row => row.Id
    );

    /// <summary>The articles of a series in its order.</summary>
    public static readonly Keyset<LiveArticle, string> InSeries = Keyset.ByPlace((LiveArticle row) => row.SeriesPlace!, row => row.Id);

    public static IQueryable<LiveArticle> Sorted(this IQueryable<LiveArticle> rows, string? sort) => Of(sort).Sort(rows);

    /// <summary>Those that come after the last one of a page; all where there was none.</summary>
    public static IQueryable<LiveArticle> After(this IQueryable<LiveArticle> rows, Cursor? last, string? sort) =>
        Of(sort).After(rows, last);

    public static Cursor CursorOf(ArticleItem last, string? sort) => CursorOf(last.Id, last.PublishedAt, last.UpdatedAt, sort);

    public static Cursor CursorOf(Guid id, DateTimeOffset publishedAt, DateTimeOffset updatedAt, string? sort) =>
        new(Cursor.KeyOf(sort == NewestUpdate ? updatedAt : publishedAt), id);

    private static Keyset<LiveArticle, DateTimeOffset> Of(string? sort) =>
        sort switch
        {
            Oldest => OldestFirst,
            NewestUpdate => UpdatedFirst,
            Newest or null => NewestFirst,
            _ => throw new ArgumentOutOfRangeException(nameof(sort), sort, null),
        };
}
