using HeadlessCms.Core.Articles;
using HeadlessCms.Core.Concepts;
using HeadlessCms.Suggestions.Learning;
using HeadlessCms.Suggestions.Names;
using HeadlessCms.Suggestions.Text;

namespace HeadlessCms.Suggestions;

/// <summary>Suggests the concepts that a story names or means. Calls nothing outside; safe for use by several threads.</summary>
/// <param name="names">The vocabulary's names.</param>
/// <param name="archive">What the newsroom's stories and its editors' decisions say.</param>
/// <param name="model">What was learned from the newsroom's stories; without it names alone are suggested.</param>
public sealed class SuggestionEngine(NameIndex names, Archive archive, SuggestionModel? model = null)
{
    private const int MostReasons = 3;
    private const float LeastWordScore = -3;

    private static readonly CommonWords NoWords = new([]);

    /// <summary>The suggestions for a story, the highest score first.</summary>
    public IReadOnlyList<Suggestion> Suggest(StoryText story)
    {
        ArgumentNullException.ThrowIfNull(story);
        var text = new Story(story);
        var named = new StoryNames(text, names, archive, model?.CommonWords ?? NoWords);
        var words = model is null ? null : new StoryWords(model.WordModels, text);
        var concepts = named.All.Select(one => one.Concept).Concat(Said(words)).DistinctBy(concept => concept.Id);
        return [.. concepts.Select(concept => Suggest(text, named, words, concept)).OfType<Suggestion>().OrderByDescending(one => one.Score)];
    }

    private IEnumerable<IndexedConcept> Said(StoryWords? words) =>
        words is null
            ? []
            : model!
                .WordModels.Concepts.Where((_, index) => words.Scores[index] > LeastWordScore)
                .Select(names.Concept)
                .OfType<IndexedConcept>();

    private Suggestion? Suggest(Story text, StoryNames named, StoryWords? words, IndexedConcept concept)
    {
        var known = model?.Of(concept.Id);
        var tags = model?.Of(concept.Kind) ?? TagModel.Untrained(concept.Kind);
        var habit = model?.Habit(concept.Id, concept.Kind) ?? new(0, 0, 0, tags.Rate);
        var logOdds = tags.LogOdds(TagFeatures.Of(text, named, concept, words?.ScoreOf(concept.Id), habit));
        var mention = named[concept.Id];
        var isAbout = logOdds >= (known?.Threshold ?? tags.Threshold);
        if (!isAbout && mention is not { Names.Count: > 0 })
            return null;
        var evidence = mention is null ? [] : mention.Names.Select(name => text.Parts[name.Part].Evidence(name.First, name.Last)).ToList();
        return new(
            concept.Id,
            concept.Kind,
            null,
            isAbout ? Relation.About : Relation.Mentions,
            null,
            TagModel.Probability(logOdds),
            evidence,
            ""
        );
    }
}
