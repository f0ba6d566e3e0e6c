using HeadlessCms.Core;
using HeadlessCms.Core.Concepts;
using HeadlessCms.Core.Storage;
using HeadlessCms.Core.Storage.Kinds;
using HeadlessCms.Core.Storage.Live;

namespace HeadlessCms.Api.Content.Concepts;

/// <summary>The members that all kinds of concepts have.</summary>
public abstract record ConceptResponse
{
    /// <summary>UUID v7; it never changes.</summary>
    public Guid Id { get; }

    /// <summary>The slug, used in URLs.</summary>
    public string Slug { get; }

    /// <summary>The display name.</summary>
    public string Name { get; }

    /// <summary>Other names by which search finds the concept.</summary>
    public IReadOnlyList<string> Aliases { get; }

    /// <summary>Names in other languages, by BCP 47 tag.</summary>
    public IReadOnlyDictionary<string, string> Labels { get; }

    /// <summary>A short description.</summary>
    public string? Description { get; }

    /// <summary>A picture of the concept.</summary>
    public Image? Image { get; }

    /// <summary>URIs of the same thing elsewhere, such as Wikidata.</summary>
    public IReadOnlyList<string> SameAs { get; }

    private protected ConceptResponse(LiveConcept concept)
    {
        (Id, Slug, Name, Aliases, Labels) = (concept.Id, concept.Slug, concept.Name, concept.Aliases, concept.Labels);
        (Description, Image, SameAs) = (concept.Description, concept.Image, concept.SameAs);
    }
}

/// <summary>A response for one kind of concept.</summary>
internal interface IConceptResponse<TSelf, TConcept>
{
    static abstract TSelf Of(TConcept concept);
}

/// <summary>A visible person.</summary>
[OfKind(ConceptKind.Person)]
public sealed record PersonResponse : ConceptResponse, IConceptResponse<PersonResponse, LivePerson>
{
    /// <summary>The given name or names.</summary>
    public string? GivenName { get; }

    /// <summary>The family name.</summary>
    public string? FamilyName { get; }

    /// <summary>The honorific before the name.</summary>
    public string? Honorific { get; }

    /// <summary>The person's current position.</summary>
    public string? Title { get; }

    /// <summary>The day of birth.</summary>
    public DateOnly? BirthDate { get; }

    /// <summary>The day of death.</summary>
    public DateOnly? DeathDate { get; }

    /// <summary>The organisations that the person belongs or belonged to, where readers can see them.</summary>
    public IReadOnlyList<Affiliation> Affiliations { get; }

    private PersonResponse(LivePerson person)
        : base(person)
    {
        (GivenName, FamilyName, Honorific, Title) = (person.GivenName, person.FamilyName, person.Honorific, person.Title);
        (BirthDate, DeathDate) = (person.BirthDate, person.DeathDate);
        Affiliations =
        [
            .. person.Ties.Select(tie => new Affiliation(new ConceptLink(tie.Id, tie.Slug, tie.Name), tie.Role!, tie.From, tie.Until)),
        ];
    }

    static PersonResponse IConceptResponse<PersonResponse, LivePerson>.Of(LivePerson concept) => new(concept);
}

/// <summary>A visible place.</summary>
[OfKind(ConceptKind.Place)]
public sealed record PlaceResponse : ConceptResponse, IConceptResponse<PlaceResponse, LivePlace>
{
    /// <summary>The kind of place.</summary>
    public PlaceKind? Kind { get; }

    /// <summary>The place that contains this one; null if readers cannot see it.</summary>
    public ConceptLink? Within { get; }

    /// <summary>The latitude in degrees (WGS 84).</summary>
    public double? Latitude { get; }

    /// <summary>The longitude in degrees (WGS 84).</summary>
    public double? Longitude { get; }

    /// <summary>The country as an ISO 3166-1 alpha-2 code.</summary>
    public string? CountryCode { get; }

    private PlaceResponse(LivePlace place)
        : base(place) =>
        (Kind, Within, Latitude, Longitude, CountryCode) = (
            place.PlaceKind,
            place.Parent,
            place.Latitude,
            place.Longitude,
            place.CountryCode
        );

    static PlaceResponse IConceptResponse<PlaceResponse, LivePlace>.Of(LivePlace concept) => new(concept);
}

/// <summary>A visible topic.</summary>
[OfKind(ConceptKind.Topic)]
public sealed record TopicResponse : ConceptResponse, IConceptResponse<TopicResponse, LiveTopic>
{
    /// <summary>The broader topic; null if readers cannot see it.</summary>
    public ConceptLink? Broader { get; }

    /// <summary>The code in a controlled vocabulary, such as <c>medtop:20000639</c>.</summary>
    public string? Code { get; }

    private TopicResponse(LiveTopic topic)
        : base(topic) => (Broader, Code) = (topic.Parent, topic.Code);

    static TopicResponse IConceptResponse<TopicResponse, LiveTopic>.Of(LiveTopic concept) => new(concept);
}

/// <summary>A visible organisation.</summary>
[OfKind(ConceptKind.Organisation)]
public sealed record OrganisationResponse : ConceptResponse, IConceptResponse<OrganisationResponse, LiveOrganisation>
{
    /// <summary>The short name.</summary>
    public string? Acronym { get; }

    /// <summary>The kind of organisation.</summary>
    public OrganisationKind? Kind { get; }

    /// <summary>The organisation that this one is a part of; null if readers cannot see it.</summary>
    public ConceptLink? PartOf { get; }

    /// <summary>The organisation's own site.</summary>
    public string? Website { get; }

    /// <summary>The country of its seat as an ISO 3166-1 alpha-2 code.</summary>
    public string? CountryCode { get; }

    private OrganisationResponse(LiveOrganisation organisation)
        : base(organisation) =>
        (Acronym, Kind, PartOf, Website, CountryCode) = (
            organisation.Acronym,
            organisation.OrganisationKind,
            organisation.Parent,
            organisation.Website,
            organisation.CountryCode
        );

    static OrganisationResponse IConceptResponse<OrganisationResponse, LiveOrganisation>.Of(LiveOrganisation concept) => new(concept);
}

/// <summary>A visible event.</summary>
[OfKind(ConceptKind.Event)]
public sealed record EventResponse : ConceptResponse, IConceptResponse<EventResponse, LiveEvent>
{
    /// <summary>The kind of event: conference, election, match …</summary>
    public string? Kind { get; }

    /// <summary>When it begins.</summary>
    public DateTimeOffset? StartsAt { get; }

    /// <summary>When it ends.</summary>
    public DateTimeOffset? EndsAt { get; }

    /// <summary>Whether it takes place as planned: schema.org's EventStatusType.</summary>
    public EventStatus? Status { get; }

    /// <summary>The event that this one is a part of; null if readers cannot see it.</summary>
    public ConceptLink? PartOf { get; }

    /// <summary>The place where it is; null if readers cannot see it.</summary>
    public ConceptLink? Place { get; }

    /// <summary>The organisations that hold it, where readers can see them.</summary>
    public IReadOnlyList<ConceptLink> Organisers { get; }

    private EventResponse(LiveEvent row)
        : base(row)
    {
        (Kind, StartsAt, EndsAt, Status, PartOf) = (row.EventKind, row.StartsAt, row.EndsAt, row.EventStatus, row.Parent);
        (Place, Organisers) = (row.Tied(TieKind.Location).SingleOrDefault(), [.. row.Tied(TieKind.Organiser)]);
    }

    static EventResponse IConceptResponse<EventResponse, LiveEvent>.Of(LiveEvent concept) => new(concept);
}

/// <summary>A visible series.</summary>
[OfKind(ConceptKind.Series)]
public sealed record SeriesResponse : ConceptResponse, IConceptResponse<SeriesResponse, LiveSeries>
{
    private SeriesResponse(LiveSeries series)
        : base(series) { }

    static SeriesResponse IConceptResponse<SeriesResponse, LiveSeries>.Of(LiveSeries concept) => new(concept);
}
