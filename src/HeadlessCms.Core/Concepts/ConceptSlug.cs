namespace HeadlessCms.Core.Concepts;

/// <summary>A current or former slug of a concept.</summary>
public sealed class ConceptSlug(ConceptKind kind, string slug, Guid conceptId)
{
    /// <summary>The kind that the slug is unique in.</summary>
    public ConceptKind Kind { get; private set; } = kind;

    /// <summary>The slug.</summary>
    public string Slug { get; private set; } = slug;

    /// <summary>The concept that it leads to.</summary>
    public Guid ConceptId { get; set; } = conceptId;
}
