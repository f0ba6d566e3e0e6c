namespace HeadlessCms.Suggestions;

/// <summary>The names of all concepts, to be found in texts. Safe for use by several threads.</summary>
public sealed class NameIndex
{
    /// <summary>An index of <paramref name="concepts"/>.</summary>
    public NameIndex(IEnumerable<ConceptEntry> concepts)
    {
        foreach (var concept in concepts)
            Set(concept);
    }

    /// <summary>The number of concepts.</summary>
    public int Count => throw new NotImplementedException();

    /// <summary>Adds a concept, or replaces it as it was.</summary>
    public void Set(ConceptEntry concept) => throw new NotImplementedException();

    /// <summary>Removes a concept; does nothing where it is absent.</summary>
    public void Remove(Guid concept) => throw new NotImplementedException();
}
