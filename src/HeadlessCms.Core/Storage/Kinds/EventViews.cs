using HeadlessCms.Core.Articles;
using HeadlessCms.Core.Concepts;
using HeadlessCms.Core.Storage.Live;

namespace HeadlessCms.Core.Storage.Kinds;

/// <summary>An event that an article names.</summary>
/// <param name="Id">UUID v7.</param>
/// <param name="Slug">The slug.</param>
/// <param name="Name">The display name.</param>
/// <param name="Relation">How the article relates to the event.</param>
/// <param name="Kind">The kind of event.</param>
/// <param name="StartsAt">When it begins.</param>
/// <param name="EndsAt">When it ends.</param>
/// <param name="Status">Whether it takes place as planned: schema.org's EventStatusType.</param>
[OfKind(ConceptKind.Event)]
public sealed record MentionedEvent(
    Guid Id,
    string Slug,
    string Name,
    Relation Relation,
    string? Kind,
    DateTimeOffset? StartsAt,
    DateTimeOffset? EndsAt,
    EventStatus? Status
) : ConceptLink(Id, Slug, Name), IMention;

/// <summary>An event that readers may see.</summary>
[OfKind(ConceptKind.Event)]
public sealed class LiveEvent : LiveConcept
{
    /// <summary>The kind of event.</summary>
    public string? EventKind { get; private set; }

    /// <summary>When it begins.</summary>
    public DateTimeOffset? StartsAt { get; private set; }

    /// <summary>When it ends.</summary>
    public DateTimeOffset? EndsAt { get; private set; }

    /// <summary>Whether it takes place as planned.</summary>
    public EventStatus? EventStatus { get; private set; }
}
