namespace HeadlessCms.Core.Concepts;

/// <summary>What a concept is.</summary>
public enum ConceptKind
{
    /// <summary>Somebody: in the news, or an author.</summary>
    Person,

    /// <summary>Somewhere: from a continent to a single site.</summary>
    Place,

    /// <summary>Something that news is about.</summary>
    Topic,
}
