using HeadlessCms.Core.Changes;

namespace HeadlessCms.Core.Storage.Live;

/// <summary>A change that readers may know of. View <c>live.changes</c>.</summary>
public sealed class LiveChange
{
    /// <summary>Its place in the change log.</summary>
    public long Position { get; private set; }

    /// <summary>When it happened.</summary>
    public DateTimeOffset At { get; private set; }

    /// <summary>What happened.</summary>
    public ChangeType Type { get; private set; }

    /// <summary>What it happened to: <c>article</c>, <c>person</c>, <c>place</c> or <c>topic</c>.</summary>
    public string Kind { get; private set; } = "";

    /// <summary>The id of what it happened to.</summary>
    public Guid Id { get; private set; }

    /// <summary>The slug that it has now, where readers can see it now.</summary>
    public string? Slug { get; private set; }

    /// <summary>Why it was withdrawn.</summary>
    public string? Reason { get; private set; }

    /// <summary>What a merged concept leads to now.</summary>
    public Guid? MergedIntoId { get; private set; }
}
