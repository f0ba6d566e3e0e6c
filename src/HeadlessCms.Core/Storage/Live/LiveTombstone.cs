namespace HeadlessCms.Core.Storage.Live;

/// <summary>An article that was live and is not: withdrawn, unpublished or expired. View <c>live.tombstones</c>.</summary>
/// <param name="ArticleId">The article.</param>
/// <param name="PublishedAt">When it was first live: its place in the archive of a feed.</param>
/// <param name="EndedAt">When its last publication ended.</param>
/// <param name="WithdrawnAt">When it was withdrawn; null if it was unpublished or expired.</param>
/// <param name="Reason">Why it was withdrawn; null if it was unpublished or expired.</param>
/// <param name="Languages">The languages that it had while it was live.</param>
public sealed record LiveTombstone(
    Guid ArticleId,
    DateTimeOffset PublishedAt,
    DateTimeOffset EndedAt,
    DateTimeOffset? WithdrawnAt,
    string? Reason,
    string[] Languages
);

/// <summary>A concept in whose feed an article stood while it was live. View <c>live.tombstone_concepts</c>.</summary>
/// <param name="ArticleId">The article.</param>
/// <param name="PublishedAt">When the article was first live.</param>
/// <param name="ConceptId">The concept.</param>
/// <param name="Kind">Whether the article named the concept, or the person wrote it.</param>
public sealed record LiveTombstoneConcept(Guid ArticleId, DateTimeOffset PublishedAt, Guid ConceptId, AppearanceKind Kind);

/// <summary>A correction that was published with an article. View <c>live.corrections</c>.</summary>
/// <param name="ArticleId">The article.</param>
/// <param name="At">When the corrected revision went live.</param>
public sealed record LiveCorrection(Guid ArticleId, DateTimeOffset At);

/// <summary>What happened within the last days, by the database's clock.</summary>
public static class RecentEvents
{
    /// <summary>The articles that ended within the last <paramref name="days"/> days.</summary>
    public static IQueryable<LiveTombstone> EndedWithin(this IQueryable<LiveTombstone> rows, int days) =>
        rows.Where(row => row.EndedAt > DatabaseClock.Now().AddDays(-days))
            .Where(row => row.WithdrawnAt == null || row.WithdrawnAt > DatabaseClock.Now().AddDays(-days));

    /// <summary>Those that were withdrawn within the last <paramref name="days"/> days and had ended before.</summary>
    public static IQueryable<LiveTombstone> WithdrawnWithin(this IQueryable<LiveTombstone> rows, int days) =>
        rows.Where(row => row.WithdrawnAt > DatabaseClock.Now().AddDays(-days))
            .Where(row => row.EndedAt <= DatabaseClock.Now().AddDays(-days));

    /// <summary>The corrections of the last <paramref name="days"/> days.</summary>
    public static IQueryable<LiveCorrection> Within(this IQueryable<LiveCorrection> rows, int days) =>
        rows.Where(row => row.At > DatabaseClock.Now().AddDays(-days));
}
