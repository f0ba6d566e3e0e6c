namespace HeadlessCms.Core.Storage.Live;

/// <summary>A live text that a reader's words find. Function <c>live.matches</c>.</summary>
/// <param name="PublicationId">The publication that holds.</param>
/// <param name="ArticleId">The article.</param>
/// <param name="PublishedAt">When the article was first live.</param>
/// <param name="IsTopical">Whether a word is in the headline or the standfirst, or often in the body.</param>
/// <param name="Rank">How much the text is about them.</param>
/// <param name="AskedAt">The instant for which it was asked.</param>
public sealed record LiveMatch(
    Guid PublicationId,
    Guid ArticleId,
    DateTimeOffset PublishedAt,
    bool IsTopical,
    float Rank,
    DateTimeOffset AskedAt
);
