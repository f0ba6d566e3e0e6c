namespace HeadlessCms.Core.Articles;

/// <summary>An article was taken down for cause: readers get the reason until the withdrawal is lifted.</summary>
public sealed class Withdrawal
{
    /// <summary>UUID v7.</summary>
    public Guid Id { get; private set; } = Guid.CreateVersion7();

    /// <summary>The article.</summary>
    public Guid ArticleId { get; private set; }

    /// <summary>Why, for readers; at most 2,000 characters.</summary>
    public string Reason { get; private set; } = "";

    /// <summary>From when.</summary>
    public DateTimeOffset WithdrawnAt { get; private set; }

    /// <summary>Who withdrew it.</summary>
    public string WithdrawnBy { get; private set; } = "";

    /// <summary>When it was lifted; null while it is in force.</summary>
    public DateTimeOffset? LiftedAt { get; internal set; }

    private Withdrawal() { }

    internal Withdrawal(Guid articleId, string reason, string savedBy, DateTimeOffset now) =>
        (ArticleId, Reason, WithdrawnBy, WithdrawnAt) = (articleId, reason, savedBy, now);

    /// <summary>Whether it is in force.</summary>
    public bool Holds => LiftedAt is null;
}
