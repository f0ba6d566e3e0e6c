using HeadlessCms.Core.Changes;

namespace HeadlessCms.Core.Storage.Live;

/// <summary>A change that readers may know of. View <c>live.changes</c>.</summary>
/// <param name="Position">Its place in the change log.</param>
/// <param name="At">When it happened.</param>
/// <param name="Type">What happened.</param>
/// <param name="Kind">What it happened to: <c>article</c>, <c>person</c>, <c>place</c> or <c>topic</c>.</param>
/// <param name="Id">The id of what it happened to.</param>
/// <param name="Slug">The slug that it has now, where readers can see it now.</param>
/// <param name="Reason">Why it was withdrawn.</param>
/// <param name="MergedIntoId">What a merged concept leads to now.</param>
public sealed record LiveChange(
    long Position,
    DateTimeOffset At,
    ChangeType Type,
    string Kind,
    Guid Id,
    string? Slug,
    string? Reason,
    Guid? MergedIntoId
);
