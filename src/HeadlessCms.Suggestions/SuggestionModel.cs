namespace HeadlessCms.Suggestions;

/// <summary>What was learned from a newsroom's stories. Immutable.</summary>
public sealed class SuggestionModel
{
    /// <summary>Reads a model.</summary>
    /// <exception cref="InvalidDataException">It is of another version, or damaged.</exception>
    public static SuggestionModel Load(byte[] model) => throw new NotImplementedException();

    /// <summary>The model as bytes, for <see cref="Load"/>.</summary>
    public byte[] Save() => throw new NotImplementedException();
}

/// <summary>A story that editors tagged.</summary>
/// <param name="Text">Its text.</param>
/// <param name="Concepts">The concepts that it is tagged with.</param>
public sealed record TaggedStory(StoryText Text, IReadOnlyList<Guid> Concepts);
