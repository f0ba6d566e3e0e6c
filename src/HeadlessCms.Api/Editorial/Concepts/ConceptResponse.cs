using HeadlessCms.Core;
using HeadlessCms.Core.Concepts;
using HeadlessCms.Core.Storage;

namespace HeadlessCms.Api.Editorial.Concepts;

/// <summary>The members of all kinds of concepts in Editorial.</summary>
public abstract record ConceptResponse
{
    /// <summary>UUID v7; never changes.</summary>
    public Guid Id { get; }

    /// <summary>The slug.</summary>
    public string Slug { get; }

    /// <summary>The display name.</summary>
    public string Name { get; }

    /// <summary>Alternative names.</summary>
    public IReadOnlyList<string> Aliases { get; }

    /// <summary>Its name in other languages, by BCP 47 tag.</summary>
    public IReadOnlyDictionary<string, string> Labels { get; }

    /// <summary>A short description.</summary>
    public string? Description { get; }

    /// <summary>A picture of it.</summary>
    public Image? Image { get; }

    /// <summary>The same thing elsewhere.</summary>
    public IReadOnlyList<string> SameAs { get; }

    /// <summary>Whether an editor made it public.</summary>
    public bool Public { get; }

    /// <summary>How much it is used.</summary>
    public UsageResponse Usage { get; init; } = new(0, 0);

    /// <summary>The number of saves.</summary>
    public int Version { get; }

    /// <summary>When it was created.</summary>
    public DateTimeOffset CreatedAt { get; }

    /// <summary>Who created it.</summary>
    public string CreatedBy { get; }

    /// <summary>When it was last saved.</summary>
    public DateTimeOffset SavedAt { get; }

    /// <summary>Who last saved it.</summary>
    public string SavedBy { get; }

    private protected ConceptResponse(Concept concept)
    {
        (Id, Slug, Name, Aliases, Labels) = (concept.Id, concept.Slug, concept.Name, concept.Aliases, concept.Labels);
        (Description, Image, SameAs, Public) = (concept.Description, concept.Image, concept.SameAs, concept.PublicFrom is not null);
        (Version, CreatedAt, CreatedBy, SavedAt, SavedBy) = (
            concept.Version,
            concept.CreatedAt,
            concept.CreatedBy,
            concept.SavedAt,
            concept.SavedBy
        );
    }

    private protected static ConceptLink? ParentOf(Concept concept) => LinkTo(concept.Parent);

    private protected static ConceptLink? LinkTo(Concept? concept) =>
        concept is null ? null : new ConceptLink(concept.Id, concept.Slug, concept.Name);
}

/// <summary>A response for a kind of concept.</summary>
/// <typeparam name="TSelf">The response.</typeparam>
/// <typeparam name="TConcept">The concept, with what it names.</typeparam>
internal interface IConceptResponse<TSelf, TConcept>
{
    /// <summary>The concept on the wire.</summary>
    static abstract TSelf Of(TConcept concept);
}
