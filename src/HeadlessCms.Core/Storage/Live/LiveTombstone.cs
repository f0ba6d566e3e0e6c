namespace HeadlessCms.Core.Storage.Live;

/// <summary>
/// An article that was withdrawn within the last thirty days: holders of a copy must be notified. View <c>live.tombstones</c>.
/// </summary>
/// <param name="ArticleId">The article.</param>
/// <param name="WithdrawnAt">When it was withdrawn.</param>
/// <param name="Reason">Why it was withdrawn.</param>
public sealed record LiveTombstone(Guid ArticleId, DateTimeOffset WithdrawnAt, string Reason);

/// <summary>A concept in whose feed a withdrawn article stood. View <c>live.tombstone_concepts</c>.</summary>
/// <param name="ArticleId">The article.</param>
/// <param name="ConceptId">The concept.</param>
public sealed record LiveTombstoneConcept(Guid ArticleId, Guid ConceptId);
