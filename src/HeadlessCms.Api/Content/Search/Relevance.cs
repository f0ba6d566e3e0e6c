using System.Globalization;
using System.Linq.Expressions;
using HeadlessCms.Api.Content.Articles;
using HeadlessCms.Api.Hosting;
using HeadlessCms.Api.Http.Caching;
using HeadlessCms.Api.Http.Input;
using HeadlessCms.Api.Http.Paging;
using HeadlessCms.Api.Http.Problems;
using HeadlessCms.Core.Storage.Live;
using Microsoft.EntityFrameworkCore;

namespace HeadlessCms.Api.Content.Search;

/// <summary>
/// The order by relevance: articles about the words by rank, then articles that mention them, newest first. Many articles are about a
/// common word, so only the newest are ranked; the older ones follow with the rest.
/// </summary>
internal static class Relevance
{
    public const string Sort = "relevance";

    /// <summary>The maximum number of ranked articles.</summary>
    public const int MostRanked = 200;

    public static async Task<ArticlePageResult> PageAsync(
        LiveDbContext live,
        ArticlePageQuery query,
        ArticleListQuery filter,
        Site site,
        HttpContext context,
        CancellationToken cancellation
    )
    {
        if (filter.Q is null)
            throw new ProblemException(new UnreadableProblem(InputError.InQuery("sort", "unknownValue", "sort=relevance requires q.")));
        var (after, picked) = (Cursor.Read(query.Cursor, context.Request), FieldSelection.Of(query.Fields));
        int? total = query.Count == true ? await ArticleFilter.Matches(live, filter).CountAsync(cancellation) : null;
        var cache = context.CacheContext().Lists(filter);
        var facets = await FacetCounts.OfAsync(ArticleFilter.Apply(live, filter), query.Facets, filter, live, cache, cancellation);
        var found = await FindAsync(live, filter, after, query.Size + 1, ArticleFields.Items(site.Url, picked), cancellation);
        foreach (var one in found)
            cache.AddArticle(one.Item);
        var next = Pages.Cut(found, query.Size, one => one.Cursor, context);
        return new ArticlePageResult(new ArticlePage([.. found.Select(one => one.Item)], next) { Total = total, Facets = facets }, picked);
    }

    /// <summary>The next <paramref name="count"/> matches of <paramref name="filter"/> after <paramref name="after"/>, if given.</summary>
    public static async Task<List<Found<TItem>>> FindAsync<TItem>(
        LiveDbContext live,
        ArticleListQuery filter,
        Cursor? after,
        int count,
        Expression<Func<LiveArticle, TItem>> item,
        CancellationToken cancellation
    )
    {
        if (after is null && filter.HasOnlySearchWords)
            return await ReadAsync(live.FirstMatches(filter.Q!, filter.Language, MostRanked, count), null, null, live, item, cancellation);

        var last = after is { } cursor ? Rank.Read(cursor) : null;
        var (began, score, at, id) = (last?.Began, last?.Score, last?.PublishedAt ?? default, last?.Id ?? default);
        var ranked = Newest(Known(null).Select(age => age.Where(match => match.IsTopical)), MostRanked);
        List<Found<TItem>> found = [];
        if (last is null or { IsRanked: true })
        {
            var rows = ranked;
            if (last is not null)
                rows = rows.Where(match =>
                    match.Rank < score
                    || match.Rank == score && (match.PublishedAt < at || match.PublishedAt == at && match.ArticleId.CompareTo(id) < 0)
                );
            rows = rows.OrderByDescending(match => match.Rank)
                .ThenByDescending(match => match.PublishedAt)
                .ThenByDescending(match => match.ArticleId);
            found = await ReadAsync(rows.Take(count), true, began, live, item, cancellation);
            if (found.Count == count)
                return found;
        }

        // A first page that is not full shows all ranked articles, so none of them are left for the rest.
        var rest = Known(last is { IsRanked: false } ? at : null)
            .Select(age =>
                last is null
                    ? age.Where(match => !match.IsTopical)
                    : age.Where(match => !match.IsTopical || !ranked.Select(one => one.PublicationId).Contains(match.PublicationId))
            );
        if (last is { IsRanked: false })
            rest = rest.Select(age =>
                age.Where(match => match.PublishedAt < at || match.PublishedAt == at && match.ArticleId.CompareTo(id) < 0)
            );
        found.AddRange(await ReadAsync(Newest(rest, count - found.Count), false, began, live, item, cancellation));
        return found;

        // Later pages leave out articles published after the first page was read, so that the order stays consistent.
        IEnumerable<IQueryable<LiveMatch>> Known(DateTimeOffset? until)
        {
            var ages = ArticleFilter.MatchesByAge(live, filter, until);
            return last is null ? ages : ages.Select(age => age.Where(match => match.PublishedAt <= began));
        }
    }

    // A join does not keep the order of its rows.
    private static async Task<List<Found<TItem>>> ReadAsync<TItem>(
        IQueryable<LiveMatch> rows,
        bool? isRanked,
        DateTimeOffset? began,
        LiveDbContext live,
        Expression<Func<LiveArticle, TItem>> item,
        CancellationToken cancellation
    )
    {
        var found = await rows.SelectMany(
                match => live.Articles.Where(row => row.PublicationId == match.PublicationId).Select(item),
                Found<TItem>.Of
            )
            .ToListAsync(cancellation);
        foreach (var one in found)
            one.Rank = one.Rank with { Began = began ?? one.Rank.Began, IsRanked = isRanked ?? one.Rank.IsRanked };
        return InOrder(found);
    }

    public static List<Found<TItem>> InOrder<TItem>(IEnumerable<Found<TItem>> found) =>
        [
            .. found
                .OrderByDescending(one => one.Rank.IsRanked)
                .ThenByDescending(one => one.Rank.IsRanked ? one.Rank.Score : 0)
                .ThenByDescending(one => one.Rank.PublishedAt)
                .ThenByDescending(one => one.Rank.Id),
        ];

    // PostgreSQL reads the parts of a UNION ALL in turn and stops at the limit, so older parts are often not read.
    private static IQueryable<LiveMatch> Newest(IEnumerable<IQueryable<LiveMatch>> ages, int count) =>
        ages.Select(age => age.OrderByDescending(match => match.PublishedAt).ThenByDescending(match => match.ArticleId).Take(count))
            .Aggregate(Queryable.Concat)
            .Take(count);

    internal sealed class Found<TItem>
    {
        public static readonly Expression<Func<LiveMatch, TItem, Found<TItem>>> Of = (match, item) =>
            new Found<TItem>
            {
                Rank = new Rank(match.AskedAt, match.IsTopical, match.Rank, match.PublishedAt, match.ArticleId),
                Item = item,
            };

        public required Rank Rank { get; set; }

        public required TItem Item { get; init; }

        public Cursor Cursor => Rank.Cursor;
    }

    /// <summary>The rank of a match in the order.</summary>
    /// <param name="Began">When the first page was read.</param>
    /// <param name="IsRanked">Whether it is among those that are ranked.</param>
    /// <param name="Score">How much it is about the words.</param>
    /// <param name="PublishedAt">When it was first live.</param>
    /// <param name="Id">Its id.</param>
    internal sealed record Rank(DateTimeOffset Began, bool IsRanked, float Score, DateTimeOffset PublishedAt, Guid Id)
    {
        public Cursor Cursor =>
            new(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{Began.UtcTicks} {(IsRanked ? 1 : 0)} {BitConverter.SingleToInt32Bits(Score)} {PublishedAt.UtcTicks}"
                ),
                Id
            );

        public static Rank Read(Cursor cursor)
        {
            var parts = cursor.Numbers(4);
            return new(
                Cursor.InstantOf(parts[0]),
                parts[1] == 1,
                BitConverter.Int32BitsToSingle((int)parts[2]),
                Cursor.InstantOf(parts[3]),
                cursor.Id
            );
        }
    }
}
