namespace HeadlessCms.Core.Storage.Live;

/// <summary>A live article that has to do with another. Function <c>live.related_articles</c>.</summary>
/// <param name="PublicationId">The publication that holds.</param>
/// <param name="Rank">Its rank among them, from 1: the first shares the most.</param>
public sealed record LiveRelatedArticle(Guid PublicationId, long Rank);
