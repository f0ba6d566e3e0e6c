using System.Globalization;
using System.Linq.Expressions;
using HeadlessCms.Api.Http.Input;
using HeadlessCms.Api.Http.Paging;
using HeadlessCms.Core.Storage;
using HeadlessCms.Core.Storage.Live;

namespace HeadlessCms.Api.Content.Articles;

/// <summary>Articles requested one by one, each by id or by a current or former slug.</summary>
internal sealed class RequestedArticles
{
    public const int MaxCount = 100;

    private readonly string[] _slugs;
    private readonly Guid[] _ids;

    private RequestedArticles(string[] names) =>
        (_slugs, _ids) = (names, [.. names.Select(name => Guid.TryParseExact(name, "D", out var id) ? id : Guid.Empty)]);

    /// <summary>The articles of <c>ids</c>; null if there are none.</summary>
    public static RequestedArticles? Of(ArticleListQuery filter) =>
        filter.Ids is { Length: > 0 } sent ? new([.. ListAttribute.ValuesOf(sent)]) : null;

    /// <summary>The requested ids; null if an article is requested by slug, because another article may take over that slug.</summary>
    public IEnumerable<Guid>? Ids => _ids.Contains(Guid.Empty) ? null : _ids;

    public IQueryable<LiveArticle> Among(IQueryable<LiveArticle> rows, LiveDbContext live)
    {
        var requested = live
            .ArticleSlugs.Where(slug => _slugs.Contains(slug.Slug))
            .Select(slug => slug.ArticleId)
            .Concat(live.Articles.Where(row => _ids.Contains(row.Id)).Select(row => row.Id));
        return rows.Where(row => requested.Contains(row.Id));
    }

    /// <summary>The projection with the position of each article among the requested slugs.</summary>
    public Expression<Func<LiveArticle, ArticleItem>> Placed(Expression<Func<LiveArticle, ArticleItem>> projection, LiveDbContext live) =>
        projection.With(
            (LiveArticle row) =>
                new ArticleItem
                {
                    RequestedPosition = live
                        .ArticleSlugs.Where(slug => slug.ArticleId == row.Id && _slugs.Contains(slug.Slug))
                        .Min(slug => (int?)Array.IndexOf(_slugs, slug.Slug)),
                }
        );

    /// <summary>The articles in the requested order, after <paramref name="last"/>.</summary>
    public IEnumerable<ArticleItem> InOrder(IEnumerable<ArticleItem> found, Cursor? last)
    {
        var after = last is { } cursor ? cursor.Value<int>() : -1;
        return found
            .Select(item => (item, position: PositionOf(item)))
            .Where(requested => requested.position > after)
            .OrderBy(requested => requested.position)
            .Select(requested => requested.item);
    }

    public Cursor CursorOf(ArticleItem last) => new(PositionOf(last).ToString(CultureInfo.InvariantCulture), last.Id);

    private int PositionOf(ArticleItem item)
    {
        var byId = Array.IndexOf(_ids, item.Id);
        return byId < 0 ? item.RequestedPosition!.Value : Math.Min(byId, item.RequestedPosition ?? byId);
    }
}
