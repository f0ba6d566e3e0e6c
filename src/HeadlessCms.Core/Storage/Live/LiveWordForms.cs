namespace HeadlessCms.Core.Storage.Live;

/// <summary>What a word is looked up by. Function <c>live.word_forms</c>.</summary>
public sealed class LiveWordForms
{
    /// <summary>The language that it is a word of.</summary>
    public string Language { get; private set; } = "";

    /// <summary>The word.</summary>
    public string Word { get; private set; } = "";

    /// <summary>Its stem, in each spelling, or its parts; none where it has no letter or digit.</summary>
    public string[] Forms { get; private set; } = [];

    /// <summary>Whether it is so common that it says nothing on its own.</summary>
    public bool IsStop { get; private set; }
}
