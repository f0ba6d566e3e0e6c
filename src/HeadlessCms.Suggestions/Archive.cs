namespace HeadlessCms.Suggestions;

/// <summary>
/// What the newsroom's stories and its editors' decisions say about concepts: which are tagged together, and which names were refused.
/// Safe for use by several threads.
/// </summary>
public sealed class Archive
{
    /// <summary>Sets the number of stories that are tagged with both concepts.</summary>
    public void SetTogether(Guid one, Guid other, long stories) => throw new NotImplementedException();

    /// <summary>Sets how often editors refused <paramref name="concept"/> where the text has <paramref name="name"/>; 0 forgets it.</summary>
    public void SetRefused(Guid concept, string name, long times) => throw new NotImplementedException();
}
