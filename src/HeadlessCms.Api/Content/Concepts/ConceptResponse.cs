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

    private PersonResponse(LivePerson person)
        : base(person)
    {
        (GivenName, FamilyName, Honorific, Title) = (person.GivenName, person.FamilyName, person.Honorific, person.Title);
        (BirthDate, DeathDate) = (person.BirthDate, person.DeathDate);
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
