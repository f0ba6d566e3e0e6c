using HeadlessCms.Core.Concepts;
using HeadlessCms.Suggestions;

namespace HeadlessCms.Tests.Suggestions;

/// <summary>A vocabulary and the suggestions that follow from it.</summary>
internal sealed class Newsdesk
{
    private readonly Dictionary<Guid, string> _names = [];

    public NameIndex Index { get; } = new([]);

    public Archive Archive { get; } = new();

    public SuggestionModel? Model { get; set; }

    public Guid Add(
        ConceptKind kind,
        string name,
        string[]? aliases = null,
        string? country = null,
        Guid? parent = null,
        bool? isCountry = null,
        long prior = 0
    )
    {
        var id = Guid.CreateVersion7();
        _names[id] = name;
        Index.Set(new(id, kind, name, aliases ?? [], country, parent, IsCountry: isCountry, Prior: prior));
        return id;
    }

    public IReadOnlyList<Suggestion> Suggest(params string[] paragraphs) => Suggest(Story("A day in the news", paragraphs));

    public IReadOnlyList<Suggestion> Suggest(StoryText story) => new SuggestionEngine(Index, Archive, Model).Suggest(story);

    /// <summary>The names of the vocabulary's concepts that are suggested.</summary>
    public IEnumerable<string> Known(params string[] paragraphs) =>
        Suggest(paragraphs).Select(one => one.Concept).OfType<Guid>().Select(id => _names[id]).Order(StringComparer.Ordinal);

    public static StoryText Story(string headline, params string[] paragraphs) => new(headline, null, null, paragraphs, "en");

    /// <summary>The new names of a kind that a text proposes to an empty vocabulary.</summary>
    public static IEnumerable<string> Proposed(ConceptKind kind, params string[] paragraphs) =>
        new Newsdesk().Suggest(paragraphs).Where(one => one.Kind == kind).Select(one => one.New!.Name);

    /// <summary>The role of the only person that a text proposes.</summary>
    public static string? Role(string paragraph) =>
        Assert.Single(new Newsdesk().Suggest(paragraph), one => one.Kind == ConceptKind.Person).Role;
}
