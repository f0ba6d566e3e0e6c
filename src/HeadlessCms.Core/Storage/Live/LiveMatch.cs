namespace HeadlessCms.Core.Storage.Live;

/// <summary>A live text that a reader's words find. Function <c>live.matches</c>.</summary>
/// <param name="PublicationId">The publication that holds.</param>
/// <param name="ArticleId">The article.</param>
/// <param name="PublishedAt">When the article was first live.</param>
/// <param name="Rank">How well it fits the words.</param>
/// <param name="AskedAt">The instant for which it was asked.</param>
public sealed record LiveMatch(Guid PublicationId, Guid ArticleId, DateTimeOffset PublishedAt, float Rank, DateTimeOffset AskedAt);
