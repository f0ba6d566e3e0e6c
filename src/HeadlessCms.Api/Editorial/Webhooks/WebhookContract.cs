using FluentValidation;
using HeadlessCms.Api.Editorial.Concepts;
using HeadlessCms.Api.Http.Input;
using HeadlessCms.Api.Outbox.OutboundHttp;
using HeadlessCms.Core.Changes;
using HeadlessCms.Core.Concepts;
using HeadlessCms.Core.Storage;
using HeadlessCms.Core.Webhooks;

namespace HeadlessCms.Api.Editorial.Webhooks;

/// <summary>A webhook, as an admin writes it.</summary>
public sealed record WebhookRequest
{
    /// <summary>What it is called, as a slug; unique.</summary>
    public required string Name { get; init; }

    /// <summary>Where events are sent: an https URL on port 443 or 8443, at most 2,048 characters. In Development http to this machine goes too.</summary>
    public required string Url { get; init; }

    /// <summary>What it is for, at most 1,000 characters.</summary>
    public string? Description { get; init; }

    /// <summary>The events that it tells of, at least one; <c>webhook.ping</c> is sent without being asked for.</summary>
    public required IReadOnlyList<ChangeEvent> Events { get; init; }

    /// <summary>Only what concerns one of these people, by id or slug. None is everybody.</summary>
    public IReadOnlyList<string> People { get; init; } = [];

    /// <summary>Only what concerns one of these places, or what lies within them, by id or slug. None is everywhere.</summary>
    public IReadOnlyList<string> Places { get; init; } = [];

    /// <summary>Only what concerns one of these topics, or narrower ones, by id or slug. None is everything.</summary>
    public IReadOnlyList<string> Topics { get; init; } = [];

    /// <summary>Only articles in one of these languages, by BCP 47 tag. None is all.</summary>
    public IReadOnlyList<string> Languages { get; init; } = [];

    /// <summary>Whether anything is sent.</summary>
    public bool Enabled { get; init; } = true;

    internal static WebhookRequest Of(Webhook webhook) =>
        new()
        {
            Name = webhook.Name,
            Url = webhook.Url,
            Description = webhook.Description,
            Events = webhook.Events,
            People = [.. Named(webhook, ConceptKind.Person).Select(concept => concept.Slug)],
            Places = [.. Named(webhook, ConceptKind.Place).Select(concept => concept.Slug)],
            Topics = [.. Named(webhook, ConceptKind.Topic).Select(concept => concept.Slug)],
            Languages = webhook.Languages,
            Enabled = webhook.IsEnabled,
        };

    internal static IEnumerable<Concept> Named(Webhook webhook, ConceptKind kind) =>
        webhook
            .Concepts.Select(filter => filter.Concept!)
            .Where(concept => concept.Kind == kind)
            .OrderBy(concept => concept.Slug, StringComparer.Ordinal);

    internal IEnumerable<(string Path, ConceptKind Kind, string Name)> Concepts() =>
        new[] { (ConceptKindNames.People, People), (ConceptKindNames.Places, Places), (ConceptKindNames.Topics, Topics) }.SelectMany(list =>
            list.Item2.Select((name, index) => ($"{list.Item1.PluralTitle}[{index}]", list.Item1.Kind, name))
        );

    internal WebhookContent ToContent(ConceptReferences references) =>
        new(
            Name,
            Url,
            Description,
            [.. Events.Distinct()],
            [.. Concepts().Select(concept => references.Get(concept.Kind, concept.Name)).Distinct()],
            [.. Languages.Distinct()],
            Enabled
        );
}

/// <summary>The rules of a webhook.</summary>
internal sealed class WebhookRequestValidator : AbstractValidator<WebhookRequest>
{
    private const int MostOfAKind = 100;

    public WebhookRequestValidator(OutboundRules outbound)
    {
        RuleFor(webhook => webhook.Name).NotEmpty().WithMessage("A name is required.");
        RuleFor(webhook => webhook.Name).IsSlug();
        RuleFor(webhook => webhook.Url).NotEmpty().WithMessage("A URL is required.");
        RuleFor(webhook => webhook.Url)
            .Must(url => url is null or "" || outbound.Allows(url))
            .WithErrorCode("invalidForm")
            .WithMessage(
                "An absolute https URL of a public host is expected, on port 443 or 8443, without a user name and without a fragment, at most 2,048 characters."
            );
        RuleFor(webhook => webhook.Description).IsText(1_000);
        RuleFor(webhook => webhook.Events).NotEmpty().WithMessage("At least one event is required.");
        RuleForEach(webhook => webhook.Events)
            .Must(one => ChangeEvents.Subscribable.Contains(one))
            .WithErrorCode("notSubscribable")
            .WithMessage("Webhooks cannot subscribe to this event.");
        RuleForEach(webhook => webhook.Languages).IsLanguage();
        RuleFor(webhook => webhook.Languages)
            .Must(languages => languages.Count <= MostOfAKind)
            .WithErrorCode("tooMany")
            .WithMessage($"At most {MostOfAKind}.");
        RuleFor(webhook => webhook)
            .CustomAsync(
                async (webhook, context, cancellation) =>
                {
                    var named = webhook.Concepts().ToList();
                    foreach (var list in named.GroupBy(concept => concept.Path.Split('[')[0]).Where(list => list.Count() > MostOfAKind))
                        context.Refuse(list.Key, "tooMany", $"At most {MostOfAKind}.");
                    var references = context.Service<ConceptReferences>();
                    await references.LoadAsync(named.Select(concept => (concept.Kind, concept.Name)).Take(10 * MostOfAKind), cancellation);
                    foreach (var (path, kind, name) in named.Where(concept => references.Find(concept.Kind, concept.Name) is null))
                        context.Refuse(path, "unknown", ConceptReferences.NothingNamed(kind, name));
                }
            );
    }
}

/// <summary>How a webhook gets a new secret.</summary>
public sealed record WebhookRotationRequest
{
    /// <summary>How long the old one signs yet: 0 to 2,592,000 seconds, thirty days; a day where it is missing.</summary>
    public int? Overlap { get; init; }
}

/// <summary>The rules of a rotation.</summary>
internal sealed class WebhookRotationRequestValidator : AbstractValidator<WebhookRotationRequest>
{
    public WebhookRotationRequestValidator() =>
        RuleFor(rotation => rotation.Overlap).InclusiveBetween(0, 2_592_000).WithMessage("From 0 to 2,592,000 seconds.");
}

/// <summary>A webhook, without its secret.</summary>
public sealed record WebhookResponse
{
    /// <summary>UUID v7.</summary>
    public required Guid Id { get; init; }

    /// <summary>What it is called.</summary>
    public required string Name { get; init; }

    /// <summary>Where events are sent.</summary>
    public required string Url { get; init; }

    /// <summary>What it is for.</summary>
    public required string? Description { get; init; }

    /// <summary>The events that it tells of.</summary>
    public required IReadOnlyList<ChangeEvent> Events { get; init; }

    /// <summary>The people that it tells of; none is everybody.</summary>
    public required IReadOnlyList<ConceptLink> People { get; init; }

    /// <summary>The places that it tells of, with what lies within them; none is everywhere.</summary>
    public required IReadOnlyList<ConceptLink> Places { get; init; }

    /// <summary>The topics that it tells of, with narrower ones; none is everything.</summary>
    public required IReadOnlyList<ConceptLink> Topics { get; init; }

    /// <summary>The languages that it tells of; none is all.</summary>
    public required IReadOnlyList<string> Languages { get; init; }

    /// <summary>Whether anything is sent, or would be once the receiver answered a ping.</summary>
    public required bool Enabled { get; init; }

    /// <summary>Where it stands.</summary>
    public required WebhookState State { get; init; }

    /// <summary>Why it is disabled.</summary>
    public required DisabledReason? DisabledReason { get; init; }

    /// <summary>When its receiver first answered a ping at this URL.</summary>
    public required DateTimeOffset? VerifiedAt { get; init; }

    /// <summary>Since when nothing has arrived; null where the last event did. After five days it is disabled.</summary>
    public required DateTimeOffset? FailingSince { get; init; }

    /// <summary>Until when events are signed with the former secret as well.</summary>
    public required DateTimeOffset? PreviousSecretUntil { get; init; }

    /// <summary>When it was made.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Who made it.</summary>
    public required string CreatedBy { get; init; }

    /// <summary>When it was last saved.</summary>
    public required DateTimeOffset SavedAt { get; init; }

    internal static WebhookResponse Of(Webhook webhook) =>
        new()
        {
            Id = webhook.Id,
            Name = webhook.Name,
            Url = webhook.Url,
            Description = webhook.Description,
            Events = webhook.Events,
            People = Links(webhook, ConceptKind.Person),
            Places = Links(webhook, ConceptKind.Place),
            Topics = Links(webhook, ConceptKind.Topic),
            Languages = webhook.Languages,
            Enabled = webhook.IsEnabled,
            State = webhook.State,
            DisabledReason = webhook.DisabledReason,
            VerifiedAt = webhook.VerifiedAt,
            FailingSince = webhook.FailingSince,
            PreviousSecretUntil = webhook.PreviousSecretUntil,
            CreatedAt = webhook.CreatedAt,
            CreatedBy = webhook.CreatedBy,
            SavedAt = webhook.SavedAt,
        };

    private static ConceptLink[] Links(Webhook webhook, ConceptKind kind) =>
        [.. WebhookRequest.Named(webhook, kind).Select(concept => new ConceptLink(concept.Id, concept.Slug, concept.Name))];
}

/// <summary>A webhook and its secret.</summary>
/// <param name="Secret">What events are signed with: <c>whsec_</c> and Base64, shown this once.</param>
/// <param name="Details">What else there is to know of it.</param>
public sealed record NewWebhookResponse(string Secret, WebhookResponse Details);
