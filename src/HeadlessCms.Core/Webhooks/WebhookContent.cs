using HeadlessCms.Core.Changes;

namespace HeadlessCms.Core.Webhooks;

/// <summary>What an admin says of a webhook.</summary>
/// <param name="Name">What it is called, as a slug.</param>
/// <param name="Url">Where events are sent.</param>
/// <param name="Description">What it is for.</param>
/// <param name="Events">The events that it tells of.</param>
/// <param name="ConceptIds">The people, places and topics that it tells of; none is all.</param>
/// <param name="Languages">The languages that it tells of; none is all.</param>
/// <param name="Enabled">Whether anything is sent.</param>
public sealed record WebhookContent(
    string Name,
    string Url,
    string? Description,
    IReadOnlyList<ChangeEvent> Events,
    IReadOnlyList<Guid> ConceptIds,
    IReadOnlyList<string> Languages,
    bool Enabled
);
