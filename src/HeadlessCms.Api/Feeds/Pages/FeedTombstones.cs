using HeadlessCms.Core.Storage.Live;
using Microsoft.EntityFrameworkCore;

namespace HeadlessCms.Api.Feeds.Pages;

/// <summary>An article that holders of a copy must remove.</summary>
/// <param name="ArticleId">The article.</param>
/// <param name="GoneAt">When it was withdrawn or unpublished, or expired.</param>
/// <param name="Reason">Why it was withdrawn; null if it was not.</param>
internal sealed record FeedTombstone(Guid ArticleId, DateTimeOffset GoneAt, string? Reason);

/// <summary>What happened lately to articles that may not be on the first page.</summary>
/// <param name="Tombstones">The articles that left the feed, the latest first.</param>
/// <param name="Corrected">The corrected articles of any feed, the latest first.</param>
internal sealed record FeedEvents(IReadOnlyList<FeedTombstone> Tombstones, IReadOnlyList<Guid> Corrected);

/// <summary>Finds the articles that left a feed: those withdrawn, unpublished or expired.</summary>
internal static class FeedTombstones
{
    /// <summary>How long the first page lists a tombstone; the archive lists it for good.</summary>
    public const int Days = 30;

    // At most so many tombstones on the first page, and as many again that were withdrawn after their end.
    private const int MaxOnPage = 100;
    private const int MaxInArchive = 500;
    private const int MaxCorrected = 500;

    /// <summary>Those of articles that named a concept, or that a person wrote.</summary>
    public static IQueryable<LiveTombstone> Naming(
        this IQueryable<LiveTombstone> rows,
        LiveDbContext live,
        Guid concept,
        AppearanceKind kind
    ) =>
        rows.Where(row =>
            live.TombstoneConcepts.Any(appears =>
                appears.ConceptId == concept
                && appears.Kind == kind
                && appears.PublishedAt == row.PublishedAt
                && appears.ArticleId == row.ArticleId
            )
        );

    /// <summary>The newest ones of the last <see cref="Days"/> days, and the corrections of any feed, in one statement.</summary>
    public static async Task<FeedEvents> RecentAsync(LiveDbContext live, IQueryable<LiveTombstone> rows, CancellationToken cancellation)
    {
        var ended = rows.EndedWithin(Days)
            .OrderByDescending(row => row.EndedAt)
            .Select(row => new
            {
                row.ArticleId,
                At = row.WithdrawnAt ?? row.EndedAt,
                row.Reason,
                IsGone = true,
            })
            .Take(MaxOnPage);
        // An article can be withdrawn long after it ended; then only the withdrawal is recent.
        var withdrawn = rows.WithdrawnWithin(Days)
            .OrderByDescending(row => row.WithdrawnAt)
            .Select(row => new
            {
                row.ArticleId,
                At = row.WithdrawnAt ?? row.EndedAt,
                row.Reason,
                IsGone = true,
            })
            .Take(MaxOnPage);
        var corrected = live
            .Corrections.Within(FeedCorrections.Days)
            .OrderByDescending(row => row.At)
            .Select(row => new
            {
                row.ArticleId,
                row.At,
                Reason = (string?)null,
                IsGone = false,
            })
            .Take(MaxCorrected);
        var found = await ended.Concat(withdrawn).Concat(corrected).ToListAsync(cancellation);
        var events = found.OrderByDescending(row => row.At).ThenBy(row => row.ArticleId).ToLookup(row => row.IsGone);
        return new FeedEvents(
            [.. events[true].Select(row => new FeedTombstone(row.ArticleId, row.At, row.Reason))],
            [.. events[false].Select(row => row.ArticleId).Distinct()]
        );
    }

    /// <summary>The newest ones of an archive document.</summary>
    public static async Task<IReadOnlyList<FeedTombstone>> InArchiveAsync(
        IQueryable<LiveTombstone> rows,
        FeedArchive archive,
        CancellationToken cancellation
    ) =>
        await archive
            .Of(rows)
            .OrderByDescending(row => row.PublishedAt)
            .ThenByDescending(row => row.ArticleId)
            .Take(MaxInArchive)
            .Select(row => new FeedTombstone(row.ArticleId, row.WithdrawnAt ?? row.EndedAt, row.Reason))
            .ToListAsync(cancellation);
}
