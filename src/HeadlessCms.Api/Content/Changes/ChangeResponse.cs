using System.Text.Json.Serialization;
using HeadlessCms.Api.Http.Routing;
using HeadlessCms.Core.Changes;
using HeadlessCms.Core.Storage.Live;

namespace HeadlessCms.Api.Content.Changes;

/// <summary>A change that readers may know of.</summary>
/// <param name="Event">What happened.</param>
/// <param name="At">When it happened.</param>
/// <param name="Kind">What it happened to: <c>article</c>, <c>person</c>, <c>place</c> or <c>topic</c>.</param>
/// <param name="Id">The id of what it happened to.</param>
/// <param name="Slug">Its slug; null where readers can't see it now.</param>
/// <param name="Href">Where to read what it is now: an absolute path. Null where readers can't see it now.</param>
public sealed record ChangeResponse(ChangeEvent Event, DateTimeOffset At, string Kind, Guid Id, string? Slug, string? Href)
{
    /// <summary>With <c>article.withdrawn</c>: why.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Reason { get; init; }

    /// <summary>With <c>concept.merged</c>: the id of the concept that took its place.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Guid? MergedInto { get; init; }

    internal static ChangeResponse Of(LiveChange change) =>
        new(
            ChangeEvents.EventOf(change.Type),
            change.At,
            change.Kind,
            change.Id,
            change.Slug,
            change.Slug is { } slug ? ContentPath.Of(change.Kind, slug) : null
        )
        {
            Reason = change.Reason,
            MergedInto = change.MergedIntoId,
        };
}

/// <summary>Changes in their order.</summary>
/// <param name="Items">The changes.</param>
/// <param name="NextCursor">Give it as <c>since</c> to go on after the last of them, now or whenever: it does not expire.</param>
/// <param name="More">Whether there are more already.</param>
public sealed record ChangePage(IReadOnlyList<ChangeResponse> Items, string NextCursor, bool More);
