namespace HeadlessCms.Suggestions;

/// <summary>A concept that a story names, or implies by naming what lies within it.</summary>
internal sealed class NamedConcept(IndexedConcept concept)
{
    private readonly List<NameMatch> _names = [];
    private readonly List<NameMatch> _implied = [];

    public IndexedConcept Concept { get; } = concept;

    /// <summary>Where it is named, in the order of the text.</summary>
    public IReadOnlyList<NameMatch> Names => _names;

    /// <summary>Where a concept below it is named: a city of a country.</summary>
    public IReadOnlyList<NameMatch> Implied => _implied;

    /// <summary>Other concepts that have one of its names here.</summary>
    public HashSet<IndexedConcept> Rivals { get; } = [];

    /// <summary>Whether only its surname is there, never its full name.</summary>
    public bool BySurnameOnly => _names.Count > 0 && _names.TrueForAll(name => name.Form == NameForm.Surname);

    public void Name(NameMatch name) => _names.Add(name);

    public void Imply(NameMatch name) => _implied.Add(name);

    public void Sort()
    {
        _names.Sort(InTextOrder);
        _implied.Sort(InTextOrder);
    }

    public bool IsIn(Story story, PartKind kind) => _names.Exists(name => story.Parts[name.Part].Kind == kind);

    private static int InTextOrder(NameMatch one, NameMatch other) => (one.Part, one.First).CompareTo((other.Part, other.First));
}
