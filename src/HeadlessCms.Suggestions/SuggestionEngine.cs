namespace HeadlessCms.Suggestions;

/// <summary>Suggests the concepts that a story names or means. Calls nothing outside; safe for use by several threads.</summary>
/// <param name="names">The vocabulary's names.</param>
/// <param name="archive">What the newsroom's stories and its editors' decisions say.</param>
/// <param name="model">What was learned from the newsroom's stories; without it names alone are suggested.</param>
public sealed class SuggestionEngine(NameIndex names, Archive archive, SuggestionModel? model = null)
{
    /// <summary>The suggestions for a story, the highest score first.</summary>
    public IReadOnlyList<Suggestion> Suggest(StoryText story) => throw new NotImplementedException($"{names} {archive} {model} {story}");
}
