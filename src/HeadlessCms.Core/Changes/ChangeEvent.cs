using System.Collections.Frozen;
using System.Reflection;
using System.Text.Json.Serialization;

namespace HeadlessCms.Core.Changes;

/// <summary>What Content's list of changes, live events and webhooks call a change: the one list of events.</summary>
public enum ChangeEvent
{
    /// <summary>An article went live.</summary>
    [JsonStringEnumMemberName("article.published"), Event("An article went live.", ChangeType.Published)]
    ArticlePublished,

    /// <summary>Readers see another revision of an article.</summary>
    [JsonStringEnumMemberName("article.updated"), Event("Readers see another revision of an article.", ChangeType.Updated)]
    ArticleUpdated,

    /// <summary>An article is no longer live.</summary>
    [JsonStringEnumMemberName("article.unpublished"), Event("An article is no longer live.", ChangeType.Unpublished)]
    ArticleUnpublished,

    /// <summary>An article was taken down for cause.</summary>
    [JsonStringEnumMemberName("article.withdrawn"), Event("An article was taken down for cause.", ChangeType.Withdrawn)]
    ArticleWithdrawn,

    /// <summary>A concept was changed, or became visible.</summary>
    [
        JsonStringEnumMemberName("concept.updated"),
        Event("A concept was changed, or became visible.", ChangeType.ConceptSaved, ChangeType.ConceptMoved)
    ]
    ConceptUpdated,

    /// <summary>A concept was merged into another.</summary>
    [JsonStringEnumMemberName("concept.merged"), Event("A concept was merged into another.", ChangeType.ConceptMerged)]
    ConceptMerged,

    /// <summary>A concept was deleted. Webhooks cannot subscribe to it.</summary>
    [JsonStringEnumMemberName("concept.deleted"), Event("A concept was deleted.", ChangeType.ConceptDeleted, IsForWebhooks = false)]
    ConceptDeleted,

    /// <summary>A ping asks a webhook's receiver whether it is there. It is sent without a subscription.</summary>
    [JsonStringEnumMemberName("webhook.ping"), Event("A ping. Answer with 2xx, and events follow.")]
    WebhookPing,
}

/// <summary>What is special to an event.</summary>
/// <param name="description">What happened, for the documents.</param>
/// <param name="types">The changes that it stands for; none for a ping.</param>
[AttributeUsage(AttributeTargets.Field)]
public sealed class EventAttribute(string description, params ChangeType[] types) : Attribute
{
    /// <summary>What happened, for the documents.</summary>
    public string Description { get; } = description;

    /// <summary>The changes that it stands for.</summary>
    public IReadOnlyList<ChangeType> Types { get; } = types;

    /// <summary>Whether webhooks are sent it.</summary>
    public bool IsForWebhooks { get; init; } = true;
}

/// <summary>Runs over the list of events.</summary>
public static class ChangeEvents
{
    private static readonly FrozenDictionary<ChangeEvent, EventAttribute> Rules = Enum.GetValues<ChangeEvent>()
        .ToFrozenDictionary(one => one, one => typeof(ChangeEvent).GetField(one.ToString())!.GetCustomAttribute<EventAttribute>()!);

    /// <summary>The events that a webhook can subscribe to.</summary>
    public static readonly IReadOnlyList<ChangeEvent> Subscribable =
    [
        .. Enum.GetValues<ChangeEvent>().Where(one => one.Rule() is { IsForWebhooks: true, Types.Count: > 0 }),
    ];

    private static readonly FrozenDictionary<ChangeType, ChangeEvent> ByType = Rules
        .SelectMany(rule => rule.Value.Types, (rule, type) => KeyValuePair.Create(type, rule.Key))
        .ToFrozenDictionary();

    /// <summary>What is special to the event.</summary>
    public static EventAttribute Rule(this ChangeEvent one) => Rules[one];

    /// <summary>The event of a change that readers may know of.</summary>
    /// <exception cref="KeyNotFoundException">Readers are not notified of such changes.</exception>
    public static ChangeEvent EventOf(ChangeType type) => ByType[type];

    /// <summary>What it happened to: <c>article</c>, <c>concept</c> or <c>webhook</c>.</summary>
    public static string SubjectOf(ChangeEvent one) =>
        typeof(ChangeEvent).GetField(one.ToString())!.GetCustomAttribute<JsonStringEnumMemberNameAttribute>()!.Name.Split('.')[0];
}
