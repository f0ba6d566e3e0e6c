using FluentValidation;
using HeadlessCms.Api.Editorial.Concepts;
using HeadlessCms.Api.Http.Input;
using HeadlessCms.Api.Http.OpenApi;
using HeadlessCms.Core.Concepts;
using HeadlessCms.Core.Storage;

namespace HeadlessCms.Api.Editorial.Events;

/// <summary>An event to save.</summary>
[OfKind(ConceptKind.Event)]
[ConceptExamples(
    Create = """
        { "name": "Example Student Fair", "kind": "fair", "startsAt": "2027-04-03T10:00:00+09:00", "endsAt": "2027-04-04T18:00:00+09:00" }
        """,
    Created = "example-student-fair",
    Save = """
        { "name": "Example Student Fair", "kind": "fair", "startsAt": "2027-05-01T10:00:00+09:00", "endsAt": "2027-05-02T18:00:00+09:00",
          "place": "tokyo", "organisers": ["government-of-japan"], "status": "eventRescheduled",
          "description": "Universities show what they teach." }
        """,
    Patch = """{ "status": "eventMovedOnline" }""",
    Lines = [
        """{"name":"Example Games","slug":"example-games","kind":"games","startsAt":"2028-07-01T00:00:00Z"}""",
        """{"name":"Example Final","slug":"example-final","kind":"match","startsAt":"2028-07-14T18:00:00Z","partOf":"example-games"}""",
    ],
    Sample = "central-asia-japan-dialogue",
    Duplicate = "central-asia-plus-japan",
    MergedInto = "central-asia-japan-dialogue"
)]
public sealed record EventRequest : ConceptRequest, IConceptRequest<EventRequest, Event>
{
    /// <summary>The kind of event, at most 50 characters: <c>conference</c>, <c>election</c>, <c>match</c> …</summary>
    public string? Kind { get; init; }

    /// <summary>When it begins.</summary>
    public DateTimeOffset? StartsAt { get; init; }

    /// <summary>When it ends, not before it begins.</summary>
    public DateTimeOffset? EndsAt { get; init; }

    /// <summary>Whether it takes place as planned: schema.org's EventStatusType.</summary>
    public EventStatus? Status { get; init; }

    /// <summary>The event that it is a part of, by id or slug. The hierarchy has no cycles.</summary>
    public string? PartOf { get; init; }

    /// <summary>The place where it is, by id or slug.</summary>
    public string? Place { get; init; }

    /// <summary>The organisations that hold it, by id or slug; at most 100.</summary>
    public IReadOnlyList<string> Organisers { get; init; } = [];

    internal override (string Member, string? Named) Parent => (nameof(PartOf), PartOf);

    internal override IEnumerable<(string Path, ConceptKind Kind, string Named)> Ties =>
        [
            .. Place is { } place ? [(nameof(Place), ConceptKind.Place, place)] : Array.Empty<(string, ConceptKind, string)>(),
            .. Organisers.Select((organiser, index) => ($"{nameof(Organisers)}[{index}]", ConceptKind.Organisation, organiser)),
        ];

    static EventRequest IConceptRequest<EventRequest, Event>.Of(Event saved) =>
        Fill(
            new EventRequest
            {
                Name = saved.Name,
                Kind = saved.EventKind,
                StartsAt = saved.StartsAt,
                EndsAt = saved.EndsAt,
                Status = saved.EventStatus,
                PartOf = saved.Parent?.Slug,
                Place = saved.Location?.Named!.Slug,
                Organisers = [.. saved.Organisers.Select(tie => tie.Named!.Slug)],
            },
            saved
        );

    void IConceptRequest<EventRequest, Event>.WriteTo(Event target, ConceptReferences references)
    {
        (target.EventKind, target.EventStatus) = (Kind, Status);
        (target.StartsAt, target.EndsAt) = (StartsAt, EndsAt);
        target.HoldAt(
            Place is { } place ? references.Get(ConceptKind.Place, place) : null,
            Organisers.Select(organiser => references.Get(ConceptKind.Organisation, organiser)).Distinct()
        );
    }
}

internal sealed class EventRequestValidator : ConceptRequestValidator<EventRequest>
{
    public EventRequestValidator()
        : base(ConceptKind.Event)
    {
        RuleFor(request => request.Kind).IsText(50);
        RuleFor(request => request.Organisers).HasAtMost(MostTies);
        RuleFor(request => request.EndsAt)
            .Must((request, end) => end is null || request.StartsAt is null || end >= request.StartsAt)
            .WithErrorCode("outOfRange")
            .WithMessage("It must not be before the start.");
    }
}

/// <summary>An event.</summary>
[OfKind(ConceptKind.Event)]
public sealed record EventResponse : ConceptResponse, IConceptResponse<EventResponse, Event>
{
    /// <summary>The kind of event.</summary>
    public string? Kind { get; }

    /// <summary>When it begins.</summary>
    public DateTimeOffset? StartsAt { get; }

    /// <summary>When it ends.</summary>
    public DateTimeOffset? EndsAt { get; }

    /// <summary>Whether it takes place as planned: schema.org's EventStatusType.</summary>
    public EventStatus? Status { get; }

    /// <summary>The event that it is a part of.</summary>
    public ConceptLink? PartOf { get; }

    /// <summary>The place where it is.</summary>
    public ConceptLink? Place { get; }

    /// <summary>The organisations that hold it.</summary>
    public IReadOnlyList<ConceptLink> Organisers { get; }

    private EventResponse(Event saved)
        : base(saved)
    {
        (Kind, StartsAt, EndsAt, Status, PartOf) = (saved.EventKind, saved.StartsAt, saved.EndsAt, saved.EventStatus, ParentOf(saved));
        (Place, Organisers) = (LinkTo(saved.Location?.Named), [.. saved.Organisers.Select(tie => LinkTo(tie.Named)!)]);
    }

    static EventResponse IConceptResponse<EventResponse, Event>.Of(Event concept) => new(concept);
}
