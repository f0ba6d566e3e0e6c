using System.Diagnostics;
using HeadlessCms.Core.Articles;
using HeadlessCms.Core.Concepts;
using HeadlessCms.Suggestions;

namespace HeadlessCms.Benchmarks.Tagging;

/// <summary>Trains on stories of a tagged newswire and judges the suggestions for the ones after them.</summary>
internal static class TaggingRun
{
    private const int ShownErrors = 10;
    private static readonly DateTimeOffset Split = new(1987, 3, 20, 0, 0, 0, TimeSpan.Zero);

    private static readonly Goal[] Goals =
    [
        new(ConceptKind.Topic, F1: 0.82),
        new(ConceptKind.Place, F1: 0.80),
        new(ConceptKind.Person, Precision: 0.85, Recall: 0.60),
        new(ConceptKind.Organisation, Precision: 0.85, Recall: 0.60),
    ];

    /// <summary>Runs <c>suggest TRAIN [TEST] [--places FILE]</c>.</summary>
    /// <param name="arguments">What follows the verb.</param>
    /// <returns>Whether all goals are met; null where the arguments name no stories.</returns>
    public static bool? Run(string[] arguments)
    {
        var files = arguments.TakeWhile(argument => !argument.StartsWith('-')).ToList();
        if (files.Count is 0 or > 2)
            return null;
        var beside = Path.Combine(Path.GetDirectoryName(Path.GetFullPath(files[0]))!, "places.ndjson");
        var places =
            arguments is [.., "--places", var named] ? named
            : File.Exists(beside) ? beside
            : null;
        var memory = IndexMemory.Run();
        return Run(files[0], files.ElementAtOrDefault(1), places) && memory;
    }

    /// <param name="train">The stories to train on; without <paramref name="test"/> only those before 20 March 1987.</param>
    /// <param name="test">The stories to judge.</param>
    /// <param name="places">Countries and cities.</param>
    private static bool Run(string train, string? test, string? places)
    {
        var all = WireStory.Read(train);
        var training = test is null ? all.Where(story => story.PublishedAt < Split).ToList() : all;
        var judged = test is null ? all.Where(story => story.PublishedAt >= Split).ToList() : WireStory.Read(test);

        var watch = Stopwatch.StartNew();
        var vocabulary = new WireVocabulary(training, places);
        var names = new NameIndex(vocabulary.Concepts);
        Console.WriteLine($"{names.Count} concepts indexed in {watch.Elapsed.TotalSeconds:F1} s.");
        watch.Restart();
        var tagged = training.Select(story => new TaggedStory(story.Text(), [.. vocabulary.Tags(story)])).ToList();
        var bytes = SuggestionTrainer.Train(tagged, names, training[^1].PublishedAt).Save();
        Console.WriteLine(
            $"Trained on {training.Count} stories in {watch.Elapsed.TotalSeconds:F1} s; the model has {bytes.Length / 1024} KB."
        );
        Console.WriteLine($"The process had {Environment.WorkingSet / 1_048_576} MB after training.");
        watch.Restart();
        var model = SuggestionModel.Load(bytes);
        Console.WriteLine($"Loaded in {watch.Elapsed.TotalMilliseconds:F0} ms.");
        foreach (var kind in Goals.Select(goal => goal.Kind))
        {
            var held = model.Concepts.Where(concept => concept.Kind == kind).Aggregate(default(Measure), (sum, one) => sum + one.Measured);
            Console.WriteLine($"Held out while training, {kind}: precision {held.Precision:F3}, recall {held.Recall:F3}, F1 {held.F1:F3}.");
        }

        var engine = new SuggestionEngine(names, new(), model);
        engine.Suggest(judged[0].Text());
        var times = new List<double>(judged.Count);
        var outcomes = new List<Outcome>();
        foreach (var story in judged)
        {
            var text = story.Text();
            watch.Restart();
            var suggestions = engine.Suggest(text);
            times.Add(watch.Elapsed.TotalMilliseconds);
            outcomes.AddRange(Goals.SelectMany(goal => Judge(goal.Kind, story, suggestions, vocabulary)));
        }
        return Print(outcomes, times);
    }

    private static IEnumerable<Outcome> Judge(
        ConceptKind kind,
        WireStory story,
        IReadOnlyList<Suggestion> suggestions,
        WireVocabulary vocabulary
    )
    {
        var codes = WireVocabulary.CodesOf(story, kind).ToHashSet();
        if (kind == ConceptKind.Topic && codes.Count == 0)
            yield break;
        foreach (var one in suggestions.Where(one => one.Kind == kind && one is { Concept: not null, Relation: Relation.About }))
        {
            var code = vocabulary.CodeOf(one.Concept!.Value);
            yield return new(kind, story, code, one.Score, codes.Remove(code) ? Verdict.Right : Verdict.Wrong);
        }
        foreach (var code in codes)
        {
            var score = suggestions
                .FirstOrDefault(one => one.Kind == kind && one.Concept is { } id && vocabulary.CodeOf(id) == code)
                ?.Score;
            yield return new(kind, story, code, score ?? 0, Verdict.Missed);
        }
    }

    private static bool Print(List<Outcome> outcomes, List<double> times)
    {
        var sound = true;
        Console.WriteLine();
        Console.WriteLine("| kind | tags | right | wrong | missed | precision | recall | F1 | goal |");
        Console.WriteLine("|---|--:|--:|--:|--:|--:|--:|--:|---|");
        foreach (var goal in Goals)
        {
            var measure = Measured(outcomes.Where(outcome => outcome.Kind == goal.Kind));
            sound &= goal.IsMet(measure);
            Console.WriteLine(
                $"| {goal.Kind} | {measure.Right + measure.Missed} | {measure.Right} | {measure.Wrong} | {measure.Missed} "
                    + $"| {measure.Precision:F3} | {measure.Recall:F3} | {measure.F1:F3} | {goal} |"
            );
        }
        times.Sort();
        Console.WriteLine();
        Console.WriteLine(
            $"Time a story: mean {times.Average():F2} ms, median {times[times.Count / 2]:F2} ms, 99 % {times[times.Count * 99 / 100]:F2} ms"
        );
        Console.WriteLine();
        Console.WriteLine("The worst errors: suggested most certainly, and missed although named.");
        var wrong = outcomes.Where(one => one.Verdict == Verdict.Wrong).OrderByDescending(one => one.Score).Take(ShownErrors);
        var missed = outcomes.Where(one => one is { Verdict: Verdict.Missed, Score: > 0 }).OrderBy(one => one.Score).Take(ShownErrors);
        foreach (var outcome in wrong.Concat(missed))
            Console.WriteLine(
                $"{outcome.Verdict} {outcome.Kind} {outcome.Code} ({outcome.Score:F2}): {outcome.Story.SourceId} {outcome.Story.Title}"
            );
        return sound;
    }

    private static Measure Measured(IEnumerable<Outcome> outcomes) => outcomes.Aggregate(default(Measure), (sum, outcome) => sum
            + outcome.Verdict switch
            {
                Verdict.Right => new(1, 0, 0),
                Verdict.Wrong => new(0, 1, 0),
                Verdict.Missed => new(0, 0, 1),
                _ => throw new ArgumentOutOfRangeException(nameof(outcomes)),
            });

    private enum Verdict
    {
        Right,
        Wrong,
        Missed,
    }

    private sealed record Outcome(ConceptKind Kind, WireStory Story, string Code, double Score, Verdict Verdict);

    private sealed record Goal(ConceptKind Kind, double F1 = 0, double Precision = 0, double Recall = 0)
    {
        public bool IsMet(Measure measure) => measure.F1 >= F1 && measure.Precision >= Precision && measure.Recall >= Recall;

        public override string ToString() => F1 > 0 ? $"F1 {F1:F2}" : $"precision {Precision:F2}, recall {Recall:F2}";
    }
}
