using HeadlessCms.Core.Concepts;

namespace HeadlessCms.Core.Storage.Live;

/// <summary>
/// A visible concept that was found by one of its names. Functions <c>live.named_concepts</c> and <c>live.suggested_concepts</c>.
/// </summary>
/// <param name="Id">The concept.</param>
/// <param name="Kind">Which kind of concept it is.</param>
/// <param name="Slug">The slug.</param>
/// <param name="Name">The display name.</param>
/// <param name="Matched">The name, alias or label that found it.</param>
/// <param name="Rank">Its rank among those that were found, from 1.</param>
public sealed record LiveFoundConcept(Guid Id, ConceptKind Kind, string Slug, string Name, string Matched, long Rank);
