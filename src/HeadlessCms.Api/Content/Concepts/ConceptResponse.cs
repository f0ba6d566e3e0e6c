using HeadlessCms.Core;
using HeadlessCms.Core.Concepts;
using HeadlessCms.Core.Storage;
using HeadlessCms.Core.Storage.Live;

namespace HeadlessCms.Api.Content.Concepts;

/// <summary>What readers see of all kinds of concepts.</summary>
public abstract record ConceptResponse
{
    /// <summary>UUID v7, for ever.</summary>
    public Guid Id { get; }

    /// <summary>The name in a URL.</summary>
    public string Slug { get; }

    /// <summary>The name that readers know.</summary>
    public string Name { get; }

    /// <summary>Other names that find it.</summary>
    public IReadOnlyList<string> Aliases { get; }

    /// <summary>Its name in other languages, by BCP 47 tag.</summary>
    public IReadOnlyDictionary<string, string> Labels { get; }

    /// <summary>Who or what it is.</summary>
    public string? Description { get; }

    /// <summary>A picture of it.</summary>
    public Image? Image { get; }

    /// <summary>The same thing elsewhere.</summary>
    public IReadOnlyList<string> SameAs { get; }

    private protected ConceptResponse(LiveConcept concept)
    {
        (Id, Slug, Name, Aliases, Labels) = (concept.Id, concept.Slug, concept.Name, concept.Aliases, concept.Labels);
        (Description, Image, SameAs) = (concept.Description, concept.Image, concept.SameAs);
    }
}

/// <summary>A response that is made of one kind of visible concept.</summary>
/// <typeparam name="TSelf">The response.</typeparam>
/// <typeparam name="TConcept">The concept.</typeparam>
internal interface IConceptResponse<TSelf, TConcept>
{
    /// <summary>The concept on the wire.</summary>
    static abstract TSelf Of(TConcept concept);
}

/// <summary>A person that readers may see.</summary>
public sealed record PersonResponse : ConceptResponse, IConceptResponse<PersonResponse, LivePerson>
{
    /// <summary>The given name or names.</summary>
    public string? GivenName { get; }

    /// <summary>The family name.</summary>
    public string? FamilyName { get; }

    /// <summary>What goes before the name.</summary>
    public string? Honorific { get; }

    /// <summary>Today's position.</summary>
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

/// <summary>A place that readers may see.</summary>
public sealed record PlaceResponse : ConceptResponse, IConceptResponse<PlaceResponse, LivePlace>
{
    /// <summary>What sort of place it is.</summary>
    public PlaceKind? Kind { get; }

    /// <summary>The place that it lies within, where readers may see that.</summary>
    public ConceptLink? Within { get; }

    /// <summary>Degrees north (WGS 84).</summary>
    public double? Latitude { get; }

    /// <summary>Degrees east (WGS 84).</summary>
    public double? Longitude { get; }

    /// <summary>ISO 3166-1 alpha-2.</summary>
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

/// <summary>A topic that readers may see.</summary>
public sealed record TopicResponse : ConceptResponse, IConceptResponse<TopicResponse, LiveTopic>
{
    /// <summary>The wider topic that it belongs to, where readers may see that.</summary>
    public ConceptLink? Broader { get; }

    /// <summary>Its code in a controlled vocabulary.</summary>
    public string? Code { get; }

    private TopicResponse(LiveTopic topic)
        : base(topic) => (Broader, Code) = (topic.Parent, topic.Code);

    static TopicResponse IConceptResponse<TopicResponse, LiveTopic>.Of(LiveTopic concept) => new(concept);
}
