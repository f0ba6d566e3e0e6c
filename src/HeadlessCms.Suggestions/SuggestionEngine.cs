using HeadlessCms.Core.Articles;
using HeadlessCms.Core.Concepts;

namespace HeadlessCms.Suggestions;

/// <summary>Suggests the concepts that a story names or means. Calls nothing outside; safe for use by several threads.</summary>
/// <param name="names">The vocabulary's names.</param>
/// <param name="archive">What the newsroom's stories and its editors' decisions say.</param>
/// <param name="model">What was learned from the newsroom's stories; without it names alone are suggested.</param>
public sealed class SuggestionEngine(NameIndex names, Archive archive, SuggestionModel? model = null)
{
    private const float LeastWordScore = -3;

    // Each refusal of a name as written halves the odds of the next.
    private const float CostOfRefusal = 0.7f;

    private static readonly SmallWords NoWords = new([]);

    /// <summary>The suggestions for a story, the highest score first.</summary>
    public IReadOnlyList<Suggestion> Suggest(StoryText story)
    {
        ArgumentNullException.ThrowIfNull(story);
        var text = new Story(story);
        var named = new StoryNames(text, names, archive, model?.SmallWords ?? NoWords);
        var words = model is null ? null : new StoryWords(model.WordModels, text);
        var concepts = named.All.Select(one => one.Concept).Concat(Said(words)).DistinctBy(concept => concept.Id);
        return
        [
            .. concepts
                .Select(concept => Known(text, named, words, concept))
                .OfType<Suggestion>()
                .Concat(new NewNames(text, named).All.Select(name => ProposedSuggestion.Of(text, name)))
                .OrderByDescending(one => one.Score),
        ];
    }

    private IEnumerable<IndexedConcept> Said(StoryWords? words) =>
        words is null
            ? []
            : model!
                .WordModels.Concepts.Where((_, index) => words.Scores[index] > LeastWordScore)
                .Select(names.Concept)
                .OfType<IndexedConcept>();

    private Suggestion? Known(Story text, StoryNames named, StoryWords? words, IndexedConcept concept)
    {
        var known = model?.Of(concept.Id);
        var tags = model?.Of(concept.Kind) ?? TagModel.Untrained(concept.Kind);
        var habit = model?.Habit(concept.Id, concept.Kind) ?? new(0, 0, 0, tags.Rate);
        var mention = named[concept.Id];
        var refused = mention is null ? 0 : Refused(text, mention);
        var score = known is { IsTrusted: false } ? null : words?.ScoreOf(concept.Id);
        var logOdds = tags.LogOdds(TagFeatures.Of(text, named, concept, score, habit)) - CostOfRefusal * refused;
        var isAbout = known is not { IsTrusted: false } && logOdds >= (known?.Threshold ?? tags.Threshold);
        if (!isAbout && mention is not { Names.Count: > 0 })
            return null;
        return new(
            concept.Id,
            concept.Kind,
            null,
            isAbout ? Relation.About : Relation.Mentions,
            concept.Kind == ConceptKind.Person && mention is not null ? RoleOf(text, named, mention) : null,
            TagModel.Probability(logOdds),
            [.. (mention?.Names ?? []).Select(name => text.Parts[name.Part].Evidence(name.First, name.Last))],
            Explanation.Of(text, mention, score > 0 ? words!.Reasons(concept.Id) : [], known, refused)
        );
    }

    private long Refused(Story text, NamedConcept mention) =>
        mention
            .Names.Select(name => text.Parts[name.Part].Between(name.First, name.Last))
            .Distinct()
            .Sum(name => archive.Refused(mention.Concept.Id, name));

    private static string? RoleOf(Story text, StoryNames named, NamedConcept person) =>
        person
            .Names.Where(name => !text.Parts[name.Part].IsTitleCase)
            .Select(name =>
                Roles.Around(text.Parts[name.Part], name.First, name.Last, word =>
                    NewNames.IsPlace(text.Parts[name.Part], named, name.Part, word)
                )
            )
            .OfType<Role>()
            .MaxBy(role => (role.Weight, role.Text.Length))
            ?.Text;
}
