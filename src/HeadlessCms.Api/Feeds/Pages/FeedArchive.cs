using HeadlessCms.Api.Content.Articles;
using HeadlessCms.Api.Http.Paging;
using HeadlessCms.Api.Http.Problems;
using HeadlessCms.Core.Storage.Live;
using Microsoft.EntityFrameworkCore;

namespace HeadlessCms.Api.Feeds.Pages;

/// <summary>
/// An archive document of a feed (RFC 5005, section 4), which stays the same while its articles do. It ends with an article whose id marks
/// an end, as one in 32 does, so clients that follow the archive from any page soon read the same documents.
/// </summary>
/// <param name="Start">The article before the document; the document begins with the next older one.</param>
/// <param name="End">The last article; null if the document is empty.</param>
/// <param name="UpdatedAt">The latest publication in the document.</param>
/// <param name="HasOlder">Whether older documents follow.</param>
/// <param name="Newer">The start of the next newer document; null if there is none.</param>
internal sealed record FeedArchive(Cursor Start, Cursor? End, DateTimeOffset? UpdatedAt, bool HasOlder, Cursor? Newer)
{
    /// <summary>The maximum size of a document, if no article marks its end.</summary>
    public const int MostStories = 100;

    private const int OneIn = 32;

    // The probability that none of so many articles marks an end is 1 in 300,000.
    private const int FarEnough = 400;

    /// <summary>The start of the requested document; null if none is requested.</summary>
    public static Cursor? RequestedStart(FeedQuery query, HttpRequest request) =>
        query.Archive is null ? null
        : query.Limit is null && query.Cursor is null && query.Sort is null ? Cursor.Read(query.Archive, request, "archive")
        : throw new ProblemException(
            new UnreadableProblem(InputError.InQuery("archive", "notTogether", "archive cannot be combined with limit, cursor or sort."))
        );

    /// <summary>
    /// The link to the document that begins at <paramref name="start"/>, without the parameters that differ between clients.
    /// </summary>
    public static string Link(HttpRequest request, Cursor start) =>
        NextLink.Of(request, start.Write(request), "archive", "cursor", "limit");

    /// <summary>Finds the end of the document and the starts of its neighbours from the keys of the articles around its start.</summary>
    public static async Task<FeedArchive> FindAsync(IQueryable<LiveArticle> rows, Cursor start, CancellationToken cancellation)
    {
        var (at, id) = (start.Instant, start.Id);
        var order = ArticleOrder.NewestFirst;
        var found = await order
            .Sort(order.After(rows, start))
            .Take(MostStories + 1)
            .Select(row => new
            {
                row.PublishedAt,
                row.Id,
                row.UpdatedAt,
            })
            .Concat(
                order
                    .Before(rows, start)
                    .OrderBy(row => row.PublishedAt)
                    .ThenBy(row => row.Id)
                    .Take(FarEnough)
                    .Select(row => new
                    {
                        row.PublishedAt,
                        row.Id,
                        row.UpdatedAt,
                    })
            )
            .ToListAsync(cancellation);
        var keys = found
            .Select(row => new Key(row.PublishedAt, row.Id, row.UpdatedAt))
            .OrderBy(key => key.PublishedAt)
            .ThenBy(key => key.Id)
            .ToList();
        var newer = keys.FindAll(key => (key.PublishedAt, key.Id).CompareTo((at, id)) > 0);
        var older = keys[..^newer.Count];
        older.Reverse();
        var length = older.FindIndex(0, Math.Min(older.Count, MostStories), key => key.IsEnd) is >= 0 and var end
            ? end + 1
            : Math.Min(older.Count, MostStories);
        return new FeedArchive(
            start,
            length > 0 ? older[length - 1].Cursor : null,
            older.Take(length).Max(key => (DateTimeOffset?)key.UpdatedAt),
            older.Count > length,
            NewerStart(newer)?.Cursor
        );
    }

    // Documents are counted from the nearest end among the newer articles; the last one counted is next to this document.
    private static Key? NewerStart(List<Key> newer) =>
        newer.FindIndex(key => key.IsEnd) is >= 0 and var end ? newer[end % MostStories] : newer.ElementAtOrDefault(MostStories - 1);

    public IQueryable<LiveArticle> Of(IQueryable<LiveArticle> rows)
    {
        var older = ArticleOrder.NewestFirst.After(rows, Start);
        if (End is not { } end)
            return older.Take(0);
        var (endAt, endId) = (end.Instant, end.Id);
        return older.Where(row =>
            EF.Functions.GreaterThanOrEqual(ValueTuple.Create(row.PublishedAt, row.Id), ValueTuple.Create(endAt, endId))
        );
    }

    /// <summary>The tombstones of the articles that would be in the document.</summary>
    public IQueryable<LiveTombstone> Of(IQueryable<LiveTombstone> tombstones)
    {
        var (at, id) = (Start.Instant, Start.Id);
        var older = tombstones.Where(row =>
            EF.Functions.LessThan(ValueTuple.Create(row.PublishedAt, row.ArticleId), ValueTuple.Create(at, id))
        );
        if (!HasOlder || End is not { } end)
            return older;
        var (endAt, endId) = (end.Instant, end.Id);
        return older.Where(row =>
            EF.Functions.GreaterThanOrEqual(ValueTuple.Create(row.PublishedAt, row.ArticleId), ValueTuple.Create(endAt, endId))
        );
    }

    private sealed record Key(DateTimeOffset PublishedAt, Guid Id, DateTimeOffset UpdatedAt)
    {
        // The last byte of a UUID v7 is random.
        public bool IsEnd => Id.ToByteArray()[^1] % OneIn == 0;

        public Cursor Cursor => new(Cursor.KeyOf(PublishedAt), Id);
    }
}
