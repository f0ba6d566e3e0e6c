namespace HeadlessCms.Core.Storage.Live;

/// <summary>An article that was withdrawn within the last thirty days: who holds a copy must be told. View <c>live.tombstones</c>.</summary>
public sealed class LiveTombstone
{
    /// <summary>The article.</summary>
    public Guid ArticleId { get; private set; }

    /// <summary>When it was withdrawn.</summary>
    public DateTimeOffset WithdrawnAt { get; private set; }

    /// <summary>Why it was withdrawn.</summary>
    public string Reason { get; private set; } = "";
}

/// <summary>A concept in whose feed a withdrawn article stood. View <c>live.tombstone_concepts</c>.</summary>
public sealed class LiveTombstoneConcept
{
    /// <summary>The article.</summary>
    public Guid ArticleId { get; private set; }

    /// <summary>The concept.</summary>
    public Guid ConceptId { get; private set; }
}
