using System.Globalization;
using System.Linq.Expressions;
using HeadlessCms.Api.Http.Input;
using HeadlessCms.Api.Http.Paging;
using HeadlessCms.Core.Storage;
using HeadlessCms.Core.Storage.Live;

namespace HeadlessCms.Api.Content.Articles;

/// <summary>Articles that are asked for one by one, each by its id or by a slug that leads to it.</summary>
internal sealed class RequestedArticles
{
    public const int Most = 100;

    private readonly string[] _slugs;
    private readonly Guid[] _ids;

    private RequestedArticles(string[] names) =>
        (_slugs, _ids) = (names, [.. names.Select(name => Guid.TryParseExact(name, "D", out var id) ? id : Guid.Empty)]);

    /// <summary>Those that a list asks for; null where it names none.</summary>
    public static RequestedArticles? Of(ArticleListQuery filter) =>
        filter.Ids is { Length: > 0 } sent ? new([.. ListAttribute.ValuesOf(sent)]) : null;

    /// <summary>The ids that were asked for; null where something was asked for by slug, which another article may have next.</summary>
    public IEnumerable<Guid>? Ids => _ids.Contains(Guid.Empty) ? null : _ids;

    public IQueryable<LiveArticle> Among(IQueryable<LiveArticle> rows, LiveDbContext live)
    {
        var asked = live
            .ArticleSlugs.Where(slug => _slugs.Contains(slug.Slug))
            .Select(slug => slug.ArticleId)
            .Concat(live.Articles.Where(row => _ids.Contains(row.Id)).Select(row => row.Id));
        return rows.Where(row => asked.Contains(row.Id));
    }

    /// <summary>The projection, with where each article was first asked for.</summary>
    public Expression<Func<LiveArticle, ArticleItem>> Placed(Expression<Func<LiveArticle, ArticleItem>> projection, LiveDbContext live) =>
        projection.With(
            (LiveArticle row) =>
                new ArticleItem
                {
                    AskedBySlug = live
                        .ArticleSlugs.Where(slug => slug.ArticleId == row.Id && _slugs.Contains(slug.Slug))
                        .Min(slug => (int?)Array.IndexOf(_slugs, slug.Slug)),
                }
        );

    /// <summary>The articles in the order in which they were asked for, from after <paramref name="last"/> on.</summary>
    public IEnumerable<ArticleItem> InOrder(IEnumerable<ArticleItem> found, Cursor? last)
    {
        var after = last is { } cursor ? int.Parse(cursor.Key, CultureInfo.InvariantCulture) : -1;
        return found
            .Select(item => (item, place: PlaceOf(item)))
            .Where(asked => asked.place > after)
            .OrderBy(asked => asked.place)
            .Select(asked => asked.item);
    }

    /// <summary>Where a page goes on that ends with an article.</summary>
    public Cursor CursorOf(ArticleItem last) => new(PlaceOf(last).ToString(CultureInfo.InvariantCulture), last.Id);

    private int PlaceOf(ArticleItem item)
    {
        var byId = Array.IndexOf(_ids, item.Id);
        return byId < 0 ? item.AskedBySlug!.Value : Math.Min(byId, item.AskedBySlug ?? byId);
    }
}
