using HeadlessCms.Core.Concepts;

namespace HeadlessCms.Suggestions;

/// <summary>
/// Learns from a newsroom's tagged stories when it tags what. Two steps: for each concept with enough stories a linear model over words,
/// and for each kind a logistic regression that weighs its score against how and where the concept is named. The second learns from scores
/// of stories that the first did not see, and thresholds and measures come from stories that neither saw.
/// </summary>
public sealed class SuggestionTrainer
{
    private const int Folds = 4;
    private const int LeastTagged = 8;
    private const int LeastStoriesOfTerm = 3;
    private const int ShownWords = 12;
    private const float LeastScore = -3;
    private const int LeastCandidates = 3;

    private readonly NameIndex _names;
    private readonly CancellationToken _cancellation;
    private readonly List<Example> _stories;
    private readonly int[] _foldOf;
    private readonly SmallWords _common;
    private readonly TermSpace _space;
    private readonly Dictionary<Guid, IndexedConcept> _tagged;

    private SuggestionTrainer(IReadOnlyList<TaggedStory> stories, NameIndex names, CancellationToken cancellation)
    {
        (_names, _cancellation) = (names, cancellation);
        _tagged = stories
            .SelectMany(story => story.Concepts)
            .Distinct()
            .Select(names.Concept)
            .OfType<IndexedConcept>()
            .ToDictionary(concept => concept.Id);
        var parsed = stories.Select(story => new Story(story.Text)).ToList();
        _common = MostlySmall(parsed);
        var archive = new Archive();
        // The terms are counted twice, because those of all stories at once take more memory than anything else here.
        _space = TermSpace.Of(parsed.Select(Terms.Of), LeastStoriesOfTerm);
        _stories =
        [
            .. stories.Select(
                (story, index) =>
                    new Example(
                        parsed[index],
                        new StoryNames(parsed[index], names, archive, _common),
                        _space.Place(Terms.Of(parsed[index])),
                        [.. story.Concepts.Where(_tagged.ContainsKey)]
                    )
            ),
        ];
        // Neighbours in time report the same: a fold is a stretch of the archive, as the stories to come are.
        _foldOf = [.. Enumerable.Range(0, _stories.Count).Select(story => (int)((long)story * Folds / _stories.Count))];
    }

    /// <summary>Trains a model.</summary>
    /// <param name="stories">The stories, in the order of their publication.</param>
    /// <param name="names">The vocabulary.</param>
    /// <param name="trainedAt">The time.</param>
    /// <param name="cancellation">Ends it early.</param>
    public static SuggestionModel Train(
        IReadOnlyList<TaggedStory> stories,
        NameIndex names,
        DateTimeOffset trainedAt,
        CancellationToken cancellation = default
    )
    {
        ArgumentNullException.ThrowIfNull(stories);
        ArgumentNullException.ThrowIfNull(names);
        return new SuggestionTrainer(stories, names, cancellation).Train(trainedAt);
    }

    private SuggestionModel Train(DateTimeOffset trainedAt)
    {
        var learned = _tagged.Values.Where(concept => _stories.Count(story => story.Tags.Contains(concept.Id)) >= LeastTagged).ToList();
        var heldOut = HeldOutScores(learned);
        var words = new WordModels(
            _space,
            [.. learned.Select(concept => concept.Id)],
            [.. learned.Select(concept => Learn(concept, null))]
        );
        var number = learned.Select((concept, index) => (concept.Id, index)).ToDictionary(pair => pair.Id, pair => pair.index);
        var habits = Habits(null);
        var foldHabits = Enumerable.Range(0, Folds).Select(fold => Habits(fold)).ToList();
        var kinds = new List<TagModel>();
        var concepts = new List<ConceptModel>();
        foreach (var kind in Enum.GetValues<ConceptKind>())
        {
            var candidates = Candidates(kind, learned, heldOut, number, foldHabits);
            if (!candidates.Exists(candidate => candidate.IsTagged) || candidates.TrueForAll(candidate => candidate.IsTagged))
                continue;
            var scored = CrossScore(candidates);
            var missedAnyway = Missed(kind, candidates);
            var threshold = Thresholds.Best(scored.Select(one => (one.LogOdds, one.Candidate.IsTagged)), missedAnyway.Values.Sum(), kind);
            var weights = LinearTrainer.OverFeatures(
                [.. candidates.Select(candidate => candidate.Features)],
                [.. candidates.Select(candidate => candidate.IsTagged)]
            );
            kinds.Add(new(kind, weights, RateOf(habits, kind), threshold));
            var byConcept = scored.ToLookup(one => one.Candidate.Concept.Id);
            foreach (var concept in habits.Keys.Where(id => _names.Concept(id)!.Kind == kind))
            {
                var own = byConcept[concept].Select(one => (one.LogOdds, one.Candidate.IsTagged)).ToList();
                var missed = missedAnyway.GetValueOrDefault(concept);
                var cut = Thresholds.Of(own, missed, threshold, kind);
                var (named, taggedOfNamed, tagged) = habits[concept];
                var shown = number.TryGetValue(concept, out var index) ? words.Words(index).Take(ShownWords) : [];
                concepts.Add(new(concept, kind, named, taggedOfNamed, tagged, Thresholds.Measure(own, missed, cut), cut, [.. shown]));
            }
        }
        return new(trainedAt, _stories.Count, concepts, kinds, words, _common);
    }

    // Stories without a topic are taken for untagged; stories without a person are about none.
    private bool Teaches(Example story, ConceptKind kind) =>
        kind != ConceptKind.Topic || story.Tags.Any(tag => _tagged[tag].Kind == ConceptKind.Topic);

    private float[][] HeldOutScores(List<IndexedConcept> learned)
    {
        var scores = new float[_stories.Count][];
        // The process may serve meanwhile.
        var some = new ParallelOptions
        {
            MaxDegreeOfParallelism = Math.Max(1, Environment.ProcessorCount / 2),
            CancellationToken = _cancellation,
        };
        Parallel.For(0, Folds, some, fold =>
        {
            var models = new WordModels(_space, [], [.. learned.Select(concept => Learn(concept, fold))]);
            for (var story = 0; story < _stories.Count; story++)
                if (_foldOf[story] == fold)
                    scores[story] = models.Scores(_stories[story].Vector);
        });
        return scores;
    }

    private LinearWeights Learn(IndexedConcept concept, int? leftOut)
    {
        _cancellation.ThrowIfCancellationRequested();
        var stories = Enumerable
            .Range(0, _stories.Count)
            .Where(story => _foldOf[story] != leftOut && Teaches(_stories[story], concept.Kind))
            .ToList();
        var labels = stories.Select(story => _stories[story].Tags.Contains(concept.Id)).ToList();
        return labels.Contains(true)
            ? LinearTrainer.OverTerms([.. stories.Select(story => _stories[story].Vector)], labels, _space.Terms.Length)
            : new(new float[_space.Terms.Length], LeastScore);
    }

    private Dictionary<Guid, (int Named, int TaggedOfNamed, int Tagged)> Habits(int? leftOut)
    {
        var habits = new Dictionary<Guid, (int Named, int TaggedOfNamed, int Tagged)>();
        for (var number = 0; number < _stories.Count; number++)
        {
            if (_foldOf[number] == leftOut)
                continue;
            var story = _stories[number];
            foreach (var named in story.Names.All.Where(named => named.Names.Count > 0 && Teaches(story, named.Concept.Kind)))
            {
                var habit = habits.GetValueOrDefault(named.Concept.Id);
                var tagged = story.Tags.Contains(named.Concept.Id) ? 1 : 0;
                habits[named.Concept.Id] = (habit.Named + 1, habit.TaggedOfNamed + tagged, habit.Tagged);
            }
            foreach (var tag in story.Tags)
            {
                var habit = habits.GetValueOrDefault(tag);
                habits[tag] = habit with { Tagged = habit.Tagged + 1 };
            }
        }
        return habits;
    }

    private float RateOf(Dictionary<Guid, (int Named, int TaggedOfNamed, int Tagged)> habits, ConceptKind kind)
    {
        var own = habits.Where(habit => _names.Concept(habit.Key)!.Kind == kind).Select(habit => habit.Value).ToList();
        return (own.Sum(habit => habit.TaggedOfNamed) + 1f) / (own.Sum(habit => habit.Named) + 2f);
    }

    private List<Candidate> Candidates(
        ConceptKind kind,
        List<IndexedConcept> learned,
        float[][] heldOut,
        Dictionary<Guid, int> number,
        List<Dictionary<Guid, (int Named, int TaggedOfNamed, int Tagged)>> habits
    )
    {
        var rates = habits.Select(fold => RateOf(fold, kind)).ToList();
        var candidates = new List<Candidate>();
        for (var story = 0; story < _stories.Count; story++)
        {
            var example = _stories[story];
            if (!Teaches(example, kind))
                continue;
            var fold = _foldOf[story];
            var concepts = example
                .Names.All.Select(named => named.Concept)
                .Where(concept => concept.Kind == kind)
                .Concat(Said(kind, learned, heldOut[story]))
                .DistinctBy(concept => concept.Id);
            foreach (var concept in concepts)
            {
                var (named, taggedOfNamed, tagged) = habits[fold].GetValueOrDefault(concept.Id);
                float? score = number.TryGetValue(concept.Id, out var index) ? heldOut[story][index] : null;
                var habit = new TagHabit(named, taggedOfNamed, tagged, rates[fold]);
                var features = TagFeatures.Of(example.Story, example.Names, concept, score, habit);
                candidates.Add(new(fold, concept, features, example.Tags.Contains(concept.Id)));
            }
        }
        return candidates;
    }

    // The concepts that the words speak for, and the ones that they speak least against: something has to be wrong to learn from.
    private static IEnumerable<IndexedConcept> Said(ConceptKind kind, List<IndexedConcept> learned, float[] scores) =>
        learned
            .Select((concept, index) => (concept, score: scores[index]))
            .Where(one => one.concept.Kind == kind)
            .OrderByDescending(one => one.score)
            .Where((one, rank) => rank < LeastCandidates || one.score > LeastScore)
            .Select(one => one.concept);

    // The log-odds of each candidate by a model that did not learn from its fold.
    private static List<(Candidate Candidate, float LogOdds)> CrossScore(List<Candidate> candidates)
    {
        var scored = new List<(Candidate, float)>(candidates.Count);
        foreach (var fold in candidates.GroupBy(candidate => candidate.Fold))
        {
            var others = candidates.Where(candidate => candidate.Fold != fold.Key).ToList();
            if (!others.Exists(candidate => candidate.IsTagged))
                continue;
            var weights = LinearTrainer.OverFeatures([.. others.Select(one => one.Features)], [.. others.Select(one => one.IsTagged)]);
            var model = new TagModel(default, weights, 0, 0);
            scored.AddRange(fold.Select(candidate => (candidate, model.LogOdds(candidate.Features))));
        }
        return scored;
    }

    // Tags that are no candidates: neither named nor said by the words.
    private Dictionary<Guid, int> Missed(ConceptKind kind, List<Candidate> candidates)
    {
        var reached = candidates
            .Where(candidate => candidate.IsTagged)
            .GroupBy(one => one.Concept.Id)
            .ToDictionary(one => one.Key, one => one.Count());
        return _stories
            .SelectMany(story => story.Tags)
            .Where(tag => _tagged[tag].Kind == kind)
            .GroupBy(tag => tag)
            .ToDictionary(tag => tag.Key, tag => tag.Count() - reached.GetValueOrDefault(tag.Key));
    }

    private static SmallWords MostlySmall(List<Story> stories)
    {
        var counts = new Dictionary<string, (int Small, int Capital)>(StringComparer.Ordinal);
        foreach (var part in stories.SelectMany(story => story.Parts).Where(part => !part.AllCapitals))
            for (var word = 0; word < part.Words.Count; word++)
                if (!part.BeginsSentence(word) && part.Words[word].Case != WordCase.Upper)
                {
                    ref var count = ref System.Runtime.InteropServices.CollectionsMarshal.GetValueRefOrAddDefault(
                        counts,
                        part.Words[word].Folded,
                        out _
                    );
                    count = part.Words[word].IsCapital ? (count.Small, count.Capital + 1) : (count.Small + 1, count.Capital);
                }
        return new(counts.Where(word => word.Value.Small > word.Value.Capital && !char.IsAsciiDigit(word.Key[0])).Select(word => word.Key));
    }

    private sealed record Example(Story Story, StoryNames Names, TermVector Vector, HashSet<Guid> Tags);

    private sealed record Candidate(int Fold, IndexedConcept Concept, float[] Features, bool IsTagged);
}
