namespace HeadlessCms.Core.Articles;

/// <summary>The result of publishing.</summary>
/// <param name="Publication">The publication that does what was asked for.</param>
/// <param name="Replaced">The publications that gave way, earliest first.</param>
public sealed record PublicationOutcome(Publication Publication, IReadOnlyList<ReplacedPublication> Replaced)
{
    /// <summary>False where the publication was there already.</summary>
    public bool IsNew { get; init; } = true;
}

/// <summary>A publication that gave way to a later command.</summary>
/// <param name="Id">The publication.</param>
/// <param name="Revision">The number of its revision.</param>
/// <param name="LiveFrom">The first instant at which it was to be live.</param>
/// <param name="LiveUntil">The first instant at which it was no longer to be live; null is never.</param>
public sealed record ReplacedPublication(Guid Id, int Revision, DateTimeOffset LiveFrom, DateTimeOffset? LiveUntil);
