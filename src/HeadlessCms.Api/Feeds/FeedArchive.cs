using HeadlessCms.Api.Content.Articles;
using HeadlessCms.Api.Http.Paging;
using HeadlessCms.Api.Http.Problems;
using HeadlessCms.Core.Storage.Live;
using Microsoft.EntityFrameworkCore;

namespace HeadlessCms.Api.Feeds;

/// <summary>
/// A document of the archive of a feed (RFC 5005, 4): documents that stay as they are while their stories do, from the newest to the first.
/// A document ends with a story whose id says so, as one in thirty-two does: who walks back, from wherever, soon comes to those that all
/// read.
/// </summary>
/// <param name="Start">The story after which the document begins: it has what is older.</param>
/// <param name="End">Its last story; null where it has none.</param>
/// <param name="UpdatedAt">When the newest of its publications was.</param>
/// <param name="HasOlder">Whether there are documents after it.</param>
/// <param name="Newer">Where the document before it begins, if anywhere.</param>
internal sealed record FeedArchive(Cursor Start, Cursor? End, DateTimeOffset? UpdatedAt, bool HasOlder, Cursor? Newer)
{
    /// <summary>The most stories that a document has, where none of them says that it ends.</summary>
    public const int MostStories = 100;

    private const int OneIn = 32;

    // Among so many newer ones there is one that ends a document, but for one time in 300,000.
    private const int FarEnough = 400;

    /// <summary>Where the document that was asked for begins; null where none was asked for.</summary>
    public static Cursor? Asked(FeedQuery query, HttpRequest request) =>
        query.Archive is null ? null
        : query.Limit is null && query.Cursor is null ? Cursor.Read(query.Archive, request, "archive")
        : throw new ProblemException(
            new UnreadableProblem(InputError.InQuery("archive", "notTogether", "It goes with neither limit nor cursor."))
        );

    /// <summary>
    /// The link to the document that begins at <paramref name="start"/>: the same for everyone, however long their pages are.
    /// </summary>
    public static string Link(HttpRequest request, Cursor start) =>
        NextLink.Of(request, start.Write(request), "archive", "cursor", "limit");

    /// <summary>Finds where the document ends, and those beside it begin, by the keys of the stories around its start.</summary>
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

    // Documents are counted off from the one that ends nearest: the last of those before this one.
    private static Key? NewerStart(List<Key> newer) =>
        newer.FindIndex(key => key.IsEnd) is >= 0 and var end ? newer[end % MostStories] : newer.ElementAtOrDefault(MostStories - 1);

    /// <summary>Its stories.</summary>
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

    private sealed record Key(DateTimeOffset PublishedAt, Guid Id, DateTimeOffset UpdatedAt)
    {
        // The end of a UUID v7 is random.
        public bool IsEnd => Id.ToByteArray()[^1] % OneIn == 0;

        public Cursor Cursor => new(Cursor.KeyOf(PublishedAt), Id);
    }
}
