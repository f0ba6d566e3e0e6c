namespace HeadlessCms.Core.Storage.Live;

/// <summary>A live text that a reader's words find. Function <c>live.matches</c>.</summary>
public sealed class LiveMatch
{
    /// <summary>The publication that holds.</summary>
    public Guid PublicationId { get; private set; }

    /// <summary>The article.</summary>
    public Guid ArticleId { get; private set; }

    /// <summary>When the article was first live.</summary>
    public DateTimeOffset PublishedAt { get; private set; }

    /// <summary>Whether a word is in the headline or the standfirst, or often in the body.</summary>
    public bool IsTopical { get; private set; }

    /// <summary>How much the text is about them.</summary>
    public float Rank { get; private set; }

    /// <summary>The instant for which it was asked.</summary>
    public DateTimeOffset AskedAt { get; private set; }
}
