using System.Text.Json.Serialization;

namespace HeadlessCms.Core.Webhooks;

/// <summary>What a webhook tells of.</summary>
public enum WebhookEvent
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

    /// <summary>Asks the receiver whether it is there: sent before the first event, and whenever somebody asks. Nobody subscribes to it.</summary>
    [JsonStringEnumMemberName("webhook.ping")]
    WebhookPing,
}
