namespace HeadlessCms.Core.Storage.Live;

/// <summary>An article that is withdrawn. View <c>live.tombstones</c>.</summary>
/// <param name="ArticleId">The article.</param>
/// <param name="WithdrawnAt">When it was withdrawn.</param>
/// <param name="Reason">Why it was withdrawn.</param>
/// <param name="Languages">The languages that it had while it was live.</param>
public sealed record LiveTombstone(Guid ArticleId, DateTimeOffset WithdrawnAt, string Reason, string[] Languages);

/// <summary>A concept in whose feed a withdrawn article stood. View <c>live.tombstone_concepts</c>.</summary>
/// <param name="ArticleId">The article.</param>
/// <param name="ConceptId">The concept.</param>
public sealed record LiveTombstoneConcept(Guid ArticleId, Guid ConceptId);
