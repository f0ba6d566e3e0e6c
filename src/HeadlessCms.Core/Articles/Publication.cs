namespace HeadlessCms.Core.Articles;

/// <summary>
/// "This revision of the article is live from A until B": the half-open UTC range [<see cref="LiveFrom"/>, <see cref="LiveUntil"/>).
/// A cancelled one keeps its row with an empty range, so that it stays in the history.
/// </summary>
public sealed class Publication
{
    /// <summary>UUID v7.</summary>
    public Guid Id { get; private set; } = Guid.CreateVersion7();

    /// <summary>The article.</summary>
    public Guid ArticleId { get; private set; }

    /// <summary>The number of the revision that is live.</summary>
    public int Revision { get; private set; }

    /// <summary>The slug of that revision; no two articles are live under one slug at the same instant.</summary>
    public string Slug { get; private set; } = "";

    /// <summary>The article that this revision is a translation of.</summary>
    public Guid? OriginalId { get; private set; }

    /// <summary>The first instant at which it is live.</summary>
    public DateTimeOffset LiveFrom { get; private set; }

    /// <summary>The first instant at which it is no longer live; null is never.</summary>
    public DateTimeOffset? LiveUntil { get; private set; }

    /// <summary>The requested end; <see cref="LiveUntil"/> is earlier where another publication replaces it.</summary>
    public DateTimeOffset? PlannedUntil { get; private set; }

    /// <summary>Whether it is in no sitemap: <see cref="StoryFlags.NoIndex"/> of its revision.</summary>
    public bool NoIndex { get; private set; }

    /// <summary>Whether it is in no feed: <see cref="StoryFlags.NoSyndication"/> of its revision.</summary>
    public bool NoSyndication { get; private set; }

    /// <summary>Its public note.</summary>
    public Correction? Correction
    {
        get => CorrectionKind is { } kind ? new Correction(kind, CorrectionText!) : null;
        private init => (CorrectionKind, CorrectionText) = (value?.Kind, value?.Text);
    }

    /// <summary>The kind of <see cref="CorrectionText"/>.</summary>
    public CorrectionKind? CorrectionKind { get; private set; }

    /// <summary>The text of the note.</summary>
    public string? CorrectionText { get; private set; }

    /// <summary>The instant at which the article was first live, as of this publication.</summary>
    public DateTimeOffset FirstLiveFrom { get; internal set; }

    /// <summary>Whether its start is in the change log.</summary>
    public bool IsStartLogged { get; private set; }

    /// <summary>Whether its end is in the change log.</summary>
    public bool IsEndLogged { get; private set; }

    /// <summary>When it was requested.</summary>
    public DateTimeOffset CreatedAt { get; private set; }

    /// <summary>Who requested it.</summary>
    public string CreatedBy { get; private set; } = "";

    private Publication() { }

    internal Publication(
        Revision revision,
        DateTimeOffset from,
        DateTimeOffset? until,
        Correction? correction,
        string savedBy,
        DateTimeOffset now
    )
    {
        (ArticleId, Revision, Slug, OriginalId) = (revision.ArticleId, revision.Number, revision.Slug, revision.OriginalId);
        (LiveFrom, LiveUntil, PlannedUntil, FirstLiveFrom, Correction) = (from, until, until, from, correction);
        (NoIndex, NoSyndication) = (revision.Flags.NoIndex, revision.Flags.NoSyndication);
        (CreatedAt, CreatedBy) = (now, savedBy);
    }

    /// <summary>It was cancelled before it began: its range is empty.</summary>
    public bool IsCancelled => LiveUntil == LiveFrom;

    /// <summary>Whether it is live at <paramref name="instant"/>.</summary>
    public bool IsLiveAt(DateTimeOffset instant) => LiveFrom <= instant && (LiveUntil is null || LiveUntil > instant);

    /// <summary>Whether it is live at some instant from <paramref name="instant"/> on.</summary>
    public bool HasTimeAfter(DateTimeOffset instant) => !IsCancelled && (LiveUntil is null || LiveUntil > instant);

    /// <summary>Whether it does what a request asks for, so that nothing is left to do.</summary>
    internal bool IsAsAsked(Revision revision, DateTimeOffset? from, DateTimeOffset? until, Correction? correction, DateTimeOffset now) =>
        Revision == revision.Number
        && !IsCancelled
        && (from is null ? IsLiveAt(now) : LiveFrom == from && HasTimeAfter(now))
        && PlannedUntil == until
        && (Correction == correction || correction is null);

    /// <summary>Another publication replaces it at <paramref name="instant"/>.</summary>
    internal void GiveWayAt(DateTimeOffset instant) => LiveUntil = instant < LiveFrom ? LiveFrom : instant;

    /// <summary>Ends it for good at <paramref name="instant"/>.</summary>
    internal void EndAt(DateTimeOffset instant)
    {
        GiveWayAt(instant);
        PlannedUntil = LiveUntil;
    }

    /// <summary>Marks boundaries up to <paramref name="now"/> as logged.</summary>
    internal void MarkLogged(DateTimeOffset now) => (IsStartLogged, IsEndLogged) = (LiveFrom <= now, LiveUntil <= now);

    /// <summary>Continues it as planned, until <paramref name="next"/>.</summary>
    internal void GoOnUntil(DateTimeOffset? next) =>
        LiveUntil = PlannedUntil is null || next < PlannedUntil ? next ?? PlannedUntil : PlannedUntil;
}
