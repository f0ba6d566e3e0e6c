namespace HeadlessCms.Core.Storage.Live;

/// <summary>A live article that has to do with another. Function <c>live.related_articles</c>.</summary>
public sealed class LiveRelatedArticle
{
    /// <summary>The publication that holds.</summary>
    public Guid PublicationId { get; private set; }

    /// <summary>Its rank among them, from 1: the first shares the most.</summary>
    public long Rank { get; private set; }
}
