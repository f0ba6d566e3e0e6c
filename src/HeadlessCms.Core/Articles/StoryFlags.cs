using System.ComponentModel.DataAnnotations;

namespace HeadlessCms.Core.Articles;

/// <summary>Who may read the whole body of a story. A higher tier takes in those below it.</summary>
public enum AccessTier
{
    /// <summary>Anyone.</summary>
    Free,

    /// <summary>Readers who have signed in.</summary>
    Registered,

    /// <summary>Readers who pay.</summary>
    Subscriber,
}

/// <summary>How artificial intelligence was used for a story.</summary>
public enum AiUse
{
    /// <summary>It was not.</summary>
    None,

    /// <summary>People wrote it with its help.</summary>
    Assisted,

    /// <summary>It wrote the text.</summary>
    Generated,
}

/// <summary>Who may read a story, and what may be done with it.</summary>
public sealed record StoryFlags
{
    /// <summary>Who may read the whole body; others get its first words.</summary>
    [MaxLength(10)]
    public AccessTier Access { get; init; }

    /// <summary>Whether it shows or tells of what some readers may not want to see.</summary>
    public bool Sensitive { get; init; }

    /// <summary>Whether search engines must leave it out: it is in no sitemap.</summary>
    public bool NoIndex { get; init; }

    /// <summary>Whether it is in no feed.</summary>
    public bool NoSyndication { get; init; }

    /// <summary>The editorial urgency, 1 (most urgent) to 9; null is not given.</summary>
    public int? Urgency { get; init; }

    /// <summary>What others may do with it, at most 2,000 characters.</summary>
    [MaxLength(2_000)]
    public string? UsageTerms { get; init; }

    /// <summary>Who holds the copyright, at most 200 characters.</summary>
    [MaxLength(200)]
    public string? CopyrightHolder { get; init; }

    /// <summary>How artificial intelligence was used.</summary>
    [MaxLength(10)]
    public AiUse AiUse { get; init; }

    /// <summary>The person who reviewed what artificial intelligence did, at most 200 characters; only where it was used.</summary>
    [MaxLength(200)]
    public string? ReviewedBy { get; init; }

    /// <summary>The instant at which readers can no longer comment; null is never.</summary>
    public DateTimeOffset? CommentsUntil { get; init; }
}
