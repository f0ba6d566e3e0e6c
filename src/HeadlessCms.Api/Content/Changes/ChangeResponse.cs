using System.Text.Json.Serialization;
using HeadlessCms.Core.Changes;
using HeadlessCms.Core.Concepts;
using HeadlessCms.Core.Storage.Live;

namespace HeadlessCms.Api.Content.Changes;

/// <summary>What happened to something that readers can see, or could.</summary>
public enum ChangeEvent
{
    /// <summary>An article went live.</summary>
    [JsonStringEnumMemberName("article.published")]
    ArticlePublished,

    /// <summary>What readers see of an article is another revision.</summary>
    [JsonStringEnumMemberName("article.updated")]
    ArticleUpdated,

    /// <summary>An article is no longer live.</summary>
    [JsonStringEnumMemberName("article.unpublished")]
    ArticleUnpublished,

    /// <summary>An article was taken down for cause.</summary>
    [JsonStringEnumMemberName("article.withdrawn")]
    ArticleWithdrawn,

    /// <summary>A concept was changed, or can be seen from now on.</summary>
    [JsonStringEnumMemberName("concept.updated")]
    ConceptUpdated,

    /// <summary>A concept was merged into another.</summary>
    [JsonStringEnumMemberName("concept.merged")]
    ConceptMerged,

    /// <summary>A concept was deleted.</summary>
    [JsonStringEnumMemberName("concept.deleted")]
    ConceptDeleted,
}

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
            EventOf(change.Type),
            change.At,
            change.Kind,
            change.Id,
            change.Slug,
            change.Slug is null ? null : $"/content/v1/{WordOf(change.Kind)}/{change.Slug}"
        )
        {
            Reason = change.Reason,
            MergedInto = change.MergedIntoId,
        };

    private static ChangeEvent EventOf(ChangeType type) =>
        type switch
        {
            ChangeType.Published => ChangeEvent.ArticlePublished,
            ChangeType.Updated => ChangeEvent.ArticleUpdated,
            ChangeType.Unpublished => ChangeEvent.ArticleUnpublished,
            ChangeType.Withdrawn => ChangeEvent.ArticleWithdrawn,
            ChangeType.ConceptMerged => ChangeEvent.ConceptMerged,
            ChangeType.ConceptDeleted => ChangeEvent.ConceptDeleted,
            _ => ChangeEvent.ConceptUpdated,
        };

    private static string WordOf(string kind) =>
        kind switch
        {
            "person" => ConceptKindNames.People.Plural,
            "place" => ConceptKindNames.Places.Plural,
            "topic" => ConceptKindNames.Topics.Plural,
            _ => "articles",
        };
}

/// <summary>Changes in their order.</summary>
/// <param name="Items">The changes.</param>
/// <param name="NextCursor">Give it as <c>since</c> to go on after the last of them, now or whenever: it does not expire.</param>
/// <param name="More">Whether there are more already.</param>
public sealed record ChangePage(IReadOnlyList<ChangeResponse> Items, string NextCursor, bool More);
