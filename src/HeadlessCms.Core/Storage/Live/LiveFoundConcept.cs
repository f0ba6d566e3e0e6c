using HeadlessCms.Core.Concepts;

namespace HeadlessCms.Core.Storage.Live;

/// <summary>A visible concept that was found by one of its names. Functions <c>live.named_concepts</c> and <c>live.suggested_concepts</c>.</summary>
public sealed class LiveFoundConcept
{
    /// <summary>The concept.</summary>
    public Guid Id { get; private set; }

    /// <summary>Which kind of concept it is.</summary>
    public ConceptKind Kind { get; private set; }

    /// <summary>Its name in a URL.</summary>
    public string Slug { get; private set; } = "";

    /// <summary>The name that readers know.</summary>
    public string Name { get; private set; } = "";

    /// <summary>The name, alias or label that found it.</summary>
    public string Matched { get; private set; } = "";

    /// <summary>Its rank among those that were found, from 1.</summary>
    public long Rank { get; private set; }
}
