using FluentValidation;
using HeadlessCms.Api.Editorial.Concepts;
using HeadlessCms.Api.Http.Input;
using HeadlessCms.Api.Outbox.OutboundHttp;
using HeadlessCms.Core.Changes;
using HeadlessCms.Core.Concepts;
using HeadlessCms.Core.Storage;
using HeadlessCms.Core.Webhooks;

namespace HeadlessCms.Api.Editorial.Webhooks;

/// <summary>A webhook to save.</summary>
public sealed record WebhookRequest
{
    /// <summary>Its name, a slug; unique.</summary>
    public required string Name { get; init; }

    /// <summary>
    /// Where events are sent: an https URL on port 443 or 8443, at most 2,048 characters. In Development http to this machine is also
    /// allowed.
    /// </summary>
    public required string Url { get; init; }

    /// <summary>What it is for, at most 1,000 characters.</summary>
    public string? Description { get; init; }

    /// <summary>The events to subscribe to, at least one; <c>webhook.ping</c> and <c>concept.deleted</c> cannot be subscribed to.</summary>
    public required IReadOnlyList<ChangeEvent> Events { get; init; }

    /// <summary>Limits it to these concepts and those below them, by id or slug; none is no limit.</summary>
    public ByKind<string> Concepts { get; init; } = new();

    /// <summary>Limits it to articles in these languages: BCP 47 tags, of which en takes in en-GB; none is no limit.</summary>
    public IReadOnlyList<string> Languages { get; init; } = [];

    /// <summary>Whether events are sent.</summary>
    public bool Enabled { get; init; } = true;

    internal static WebhookRequest Of(Webhook webhook) =>
        new()
        {
            Name = webhook.Name,
            Url = webhook.Url,
            Description = webhook.Description,
            Events = webhook.Events,
            Concepts = new(kind => Named(webhook, kind).Select(concept => concept.Slug)),
            Languages = webhook.Languages,
            Enabled = webhook.IsEnabled,
        };

    internal static IEnumerable<Concept> Named(Webhook webhook, ConceptKindNames kind) =>
        webhook
            .Concepts.Select(filter => filter.Concept!)
            .Where(concept => concept.Kind == kind.Kind)
            .OrderBy(concept => concept.Slug, StringComparer.Ordinal);

    internal WebhookContent ToContent(ConceptReferences references) =>
        new(
            Name,
            Url,
            Description,
            [.. Events.Distinct()],
            [.. Concepts.Items.Select(concept => references.Get(concept.Kind.Kind, concept.Item)).Distinct()],
            [.. Languages.Distinct()],
            Enabled
        );
}

internal sealed class WebhookRequestValidator : AbstractValidator<WebhookRequest>
{
    private const int MostOfAKind = 100;

    public WebhookRequestValidator(OutboundRules outbound)
    {
        RuleFor(webhook => webhook.Name).NotEmpty().WithMessage("A name is required.");
        RuleFor(webhook => webhook.Name).IsAsciiSlug();
        RuleFor(webhook => webhook.Url).NotEmpty().WithMessage("A URL is required.");
        RuleFor(webhook => webhook.Url)
            .Must(url => url is null or "" || outbound.Allows(url))
            .WithErrorCode("invalidForm")
            .WithMessage(
                "An absolute https URL of a public host is expected, on port 443 or 8443, without a user name and without a "
                    + "fragment, at most 2,048 characters."
            );
        RuleFor(webhook => webhook.Description).IsText(1_000);
        RuleFor(webhook => webhook.Events).NotEmpty().WithMessage("At least one event is required.");
        RuleFor(webhook => webhook.Events).HasAtMost(MostOfAKind);
        RuleForEach(webhook => webhook.Events)
            .Must(one => ChangeEvents.Subscribable.Contains(one))
            .WithErrorCode("notSubscribable")
            .WithMessage("Webhooks cannot subscribe to this event.")
            .When(webhook => webhook.Events?.Count <= MostOfAKind);
        RuleFor(webhook => webhook.Languages).HasAtMost(MostOfAKind);
        When(webhook => webhook.Languages.Count <= MostOfAKind, () => RuleForEach(webhook => webhook.Languages).IsLanguage());
        RuleFor(webhook => webhook)
            .CustomAsync(
                async (webhook, context, cancellation) =>
                    await ConceptReferences.CheckAsync(webhook.Concepts, MostOfAKind, context, cancellation)
            );
    }
}

/// <summary>The parameters of a rotation.</summary>
public sealed record WebhookRotationRequest
{
    /// <summary>How long the former secret still signs: 0 to 2,592,000 seconds (thirty days); a day by default.</summary>
    public int? Overlap { get; init; }
}

internal sealed class WebhookRotationRequestValidator : AbstractValidator<WebhookRotationRequest>
{
    public WebhookRotationRequestValidator() =>
        RuleFor(rotation => rotation.Overlap).InclusiveBetween(0, 2_592_000).WithMessage("From 0 to 2,592,000 seconds.");
}

/// <summary>A webhook, without its secret.</summary>
/// <param name="Id">UUID v7.</param>
/// <param name="Name">What it is called.</param>
/// <param name="Url">Where events are sent.</param>
/// <param name="Description">What it is for.</param>
/// <param name="Events">The events that it subscribes to.</param>
/// <param name="Concepts">The concepts that it is limited to, with those below them; none is no limit.</param>
/// <param name="Languages">The languages that it is limited to; none is no limit.</param>
/// <param name="Enabled">Whether it is not disabled.</param>
/// <param name="State">Its state.</param>
/// <param name="DisabledReason">Why it is disabled.</param>
/// <param name="VerifiedAt">When its receiver first answered a ping at this URL.</param>
/// <param name="FailingSince">When deliveries began to fail; null where the last one succeeded. After five days it is disabled.</param>
/// <param name="PreviousSecretUntil">When the former secret stops signing.</param>
/// <param name="CreatedAt">When it was created.</param>
/// <param name="CreatedBy">Who created it.</param>
/// <param name="SavedAt">When it was last saved.</param>
public sealed record WebhookResponse(
    Guid Id,
    string Name,
    string Url,
    string? Description,
    IReadOnlyList<ChangeEvent> Events,
    ByKind<ConceptLink> Concepts,
    IReadOnlyList<string> Languages,
    bool Enabled,
    WebhookState State,
    DisabledReason? DisabledReason,
    DateTimeOffset? VerifiedAt,
    DateTimeOffset? FailingSince,
    DateTimeOffset? PreviousSecretUntil,
    DateTimeOffset CreatedAt,
    string CreatedBy,
    DateTimeOffset SavedAt
)
{
    internal static WebhookResponse Of(Webhook webhook) =>
        new(
            webhook.Id,
            webhook.Name,
            webhook.Url,
            webhook.Description,
            webhook.Events,
            new(kind => Named(webhook, kind)),
            webhook.Languages,
            webhook.IsEnabled,
            webhook.State,
            webhook.DisabledReason,
            webhook.VerifiedAt,
            webhook.FailingSince,
            webhook.PreviousSecretUntil,
            webhook.CreatedAt,
            webhook.CreatedBy,
            webhook.SavedAt
        );

    private static IEnumerable<ConceptLink> Named(Webhook webhook, ConceptKindNames kind) =>
        WebhookRequest.Named(webhook, kind).Select(concept => new ConceptLink(concept.Id, concept.Slug, concept.Name));
}

/// <summary>A webhook and its secret.</summary>
/// <param name="Secret">The secret that events are signed with: <c>whsec_</c> and Base64. It is shown only once.</param>
/// <param name="Details">The stored details.</param>
public sealed record NewWebhookResponse(string Secret, WebhookResponse Details);
