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
/// The order by relevance: the newest matches by rank, then the older ones, newest first. Only the newest are ranked because a common word
/// is in most articles.
/// </summary>
internal static class Relevance
{
    public const string Sort = "relevance";

    /// <summary>
    /// The maximum number of ranked articles. One word says little about which of many articles is meant, and is asked for most often.
    /// </summary>
    public static int MostRanked(string q) => q.AsSpan().Trim().ContainsAny(' ', '-', '"') ? 500 : 200;

    // Comes after every article of its instant.
    private static readonly Guid LastId = Guid.AllBitsSet;

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
        return new ArticlePageResult(
            new ArticlePage(found.Select(one => one.Item).ReadBy(context), next) { Total = total, Facets = facets },
            picked
        );
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
        var last = after is { } cursor ? Rank.Read(cursor) : null;
        // Later pages leave out articles published after the first page was read, so that the order stays consistent.
        var ranked = ArticleFilter.NewestMatches(live, filter, last is null ? null : (last.Began, LastId), MostRanked(filter.Q!));
        List<Found<TItem>> found = [];
        if (last is null or { IsRanked: true })
        {
            var rows = ranked;
            if (last is { Score: var score, PublishedAt: var at, Id: var id })
                rows = rows.Where(match =>
                    match.Rank < score
                    || match.Rank == score && (match.PublishedAt < at || match.PublishedAt == at && match.ArticleId.CompareTo(id) < 0)
                );
            found = await ReadAsync(InOrder(rows).Take(count), true, last?.Began, live, item, cancellation);
            // A first page is shorter than what is ranked, so nothing is left if it is not full.
            if (found.Count == count || last is null)
                return found;
        }

        (DateTimeOffset PublishedAt, Guid Id) oldest = (last.PublishedAt, last.Id);
        if (last.IsRanked)
        {
            var end = await ranked
                .OrderByDescending(match => match.PublishedAt)
                .ThenByDescending(match => match.ArticleId)
                .Skip(MostRanked(filter.Q!) - 1)
                .Select(match => new { match.PublishedAt, match.ArticleId })
                .FirstOrDefaultAsync(cancellation);
            if (end is null)
                return found;
            oldest = (end.PublishedAt, end.ArticleId);
        }

        var rest = ArticleFilter.NewestMatches(live, filter, oldest, count - found.Count);
        found.AddRange(await ReadAsync(rest, false, last.Began, live, item, cancellation));
        return found;
    }

    public static IQueryable<LiveMatch> InOrder(IQueryable<LiveMatch> ranked) =>
        ranked
            .OrderByDescending(match => match.Rank)
            .ThenByDescending(match => match.PublishedAt)
            .ThenByDescending(match => match.ArticleId);

    // A join does not keep the order of its rows.
    public static async Task<List<Found<TItem>>> ReadAsync<TItem>(
        IQueryable<LiveMatch> rows,
        bool isRanked,
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
            one.Rank = one.Rank with { Began = began ?? one.Rank.Began, IsRanked = isRanked };
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

    internal sealed class Found<TItem>
    {
        public static readonly Expression<Func<LiveMatch, TItem, Found<TItem>>> Of = (match, item) =>
            new Found<TItem> { Rank = new Rank(match.AskedAt, true, match.Rank, match.PublishedAt, match.ArticleId), Item = item };

        public required Rank Rank { get; set; }

        public required TItem Item { get; init; }

        public Cursor Cursor => Rank.Cursor;
    }

    /// <summary>The rank of a match in the order.</summary>
    /// <param name="Began">When the first page was read.</param>
    /// <param name="IsRanked">Whether it is among those that are ranked.</param>
    /// <param name="Score">How well it fits the words.</param>
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
