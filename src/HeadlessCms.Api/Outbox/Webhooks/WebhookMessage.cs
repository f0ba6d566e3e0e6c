using System.Text.Json.Serialization;
using HeadlessCms.Core.Changes;
using HeadlessCms.Core.Storage;

namespace HeadlessCms.Api.Outbox.Webhooks;

/// <summary>The body of a webhook request.</summary>
/// <param name="Type">What happened.</param>
/// <param name="Timestamp">When it happened.</param>
/// <param name="Data">What it happened to, as readers see it when this is sent.</param>
public sealed record WebhookMessage(ChangeEvent Type, DateTimeOffset Timestamp, WebhookSubject Data);

/// <summary>What something happened to. Where readers cannot see it, only its id.</summary>
/// <param name="Id">UUID v7.</param>
/// <param name="Kind">What it is: <c>article</c>, <c>person</c>, <c>place</c>, <c>topic</c>, or the <c>webhook</c> of a ping.</param>
public sealed record WebhookSubject(Guid Id, string Kind)
{
    /// <summary>The position in the change log, ascending. A ping has none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? Sequence { get; init; }

    /// <summary>The slug.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Slug { get; init; }

    /// <summary>An article on the public site; missing where no site is configured.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Url { get; init; }

    /// <summary>Where to read it: an absolute path of Content.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Href { get; init; }

    /// <summary>An article's headline.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Headline { get; init; }

    /// <summary>An article's language, a BCP 47 tag.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Language { get; init; }

    /// <summary>The live revision. A receiver that has seen a higher one can ignore the event.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? Revision { get; init; }

    /// <summary>When an article was first live.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateTimeOffset? PublishedAt { get; init; }

    /// <summary>When the revision that is live went live.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateTimeOffset? UpdatedAt { get; init; }

    /// <summary>A concept's name.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Name { get; init; }

    /// <summary>With <c>article.withdrawn</c>: why.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Reason { get; init; }

    /// <summary>With <c>concept.merged</c>: the target.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ConceptLink? MergedInto { get; init; }
}
