using System.Text.Json.Serialization;
using HeadlessCms.Api.Hosting;
using HeadlessCms.Core.Changes;
using HeadlessCms.Core.Storage.Live;

namespace HeadlessCms.Api.Content.Changes;

/// <summary>A change to content that readers can or could see.</summary>
/// <param name="Event">The type of the change.</param>
/// <param name="At">The instant of the change.</param>
/// <param name="Kind">The kind of resource: <c>article</c>, <c>person</c>, <c>place</c> or <c>topic</c>.</param>
/// <param name="Id">The id of the resource.</param>
/// <param name="Slug">The current slug; null if readers cannot see the resource.</param>
/// <param name="Href">The absolute path of the resource; null if readers cannot see it.</param>
public sealed record ChangeResponse(ChangeEvent Event, DateTimeOffset At, string Kind, Guid Id, string? Slug, string? Href)
{
    /// <summary>The reason for the withdrawal; only with <c>article.withdrawn</c>.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Reason { get; init; }

    /// <summary>The id of the concept that replaces it; only with <c>concept.merged</c>.</summary>
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

/// <summary>A page of changes, in order.</summary>
/// <param name="Items">The changes.</param>
/// <param name="NextCursor">The value of <c>since</c> for the next page. It expires when its change is no longer kept.</param>
/// <param name="More">Whether more changes are available now.</param>
public sealed record ChangePage(IReadOnlyList<ChangeResponse> Items, string NextCursor, bool More);
