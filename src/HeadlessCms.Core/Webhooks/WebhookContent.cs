using HeadlessCms.Core.Changes;

namespace HeadlessCms.Core.Webhooks;

/// <summary>The settings of a webhook.</summary>
/// <param name="Name">Its name, a slug.</param>
/// <param name="Url">Where events are sent.</param>
/// <param name="Description">What it is for.</param>
/// <param name="Events">The events that it subscribes to.</param>
/// <param name="ConceptIds">The concepts that it is limited to; none is no limit.</param>
/// <param name="Languages">The languages that it is limited to; none is no limit.</param>
/// <param name="Enabled">Whether events are sent.</param>
public sealed record WebhookContent(
    string Name,
    string Url,
    string? Description,
    IReadOnlyList<ChangeEvent> Events,
    IReadOnlyList<Guid> ConceptIds,
    IReadOnlyList<string> Languages,
    bool Enabled
);
