using HeadlessCms.Core.Articles;
using HeadlessCms.Core.Concepts;
using HeadlessCms.Suggestions;

namespace HeadlessCms.Tests.Suggestions;

/// <summary>What is learned from a newsroom's stories: topics by their words, and when a named place is tagged.</summary>
public sealed class TrainingTests
{
    private static readonly DateTimeOffset Night = new(2026, 1, 2, 3, 0, 0, TimeSpan.Zero);
    private static readonly Lazy<(Newsdesk Desk, Guid Farming, Guid Rowing, Guid Norland, Guid Southmoor)> Trained = new(Train);

    [Fact]
    public void A_topic_is_suggested_by_words_that_do_not_name_it_and_says_which()
    {
        var (desk, farming, rowing, _, _) = Trained.Value;
        var found = desk.Suggest(Newsdesk.Story("A wet week", "The harvest of barley fell short, and the cattle had no hay."));
        var topic = Assert.Single(found, one => one.Concept == farming);
        Assert.Equal(Relation.About, topic.Relation);
        Assert.Empty(topic.Evidence);
        Assert.Matches("Typical words: .*(harvest|barley|cattl|hay)", topic.Why);
        Assert.DoesNotContain(found, one => one.Concept == rowing);
    }

    [Fact]
    public void A_place_is_about_or_mentioned_as_the_newsroom_tags_it()
    {
        var (desk, _, _, norland, southmoor) = Trained.Value;
        var found = desk.Suggest(Newsdesk.Story("A wet week", "Farmers in Norland said the harvest fell.", "Southmoor was calm."));
        Assert.Equal(Relation.About, Assert.Single(found, one => one.Concept == norland).Relation);
        Assert.Equal(Relation.Mentions, Assert.Single(found, one => one.Concept == southmoor).Relation);
    }

    [Fact]
    public void A_model_is_the_same_after_it_was_stored()
    {
        var (desk, _, _, _, _) = Trained.Value;
        var model = SuggestionModel.Load(desk.Model!.Save());
        Assert.Equal((Night, desk.Model.Stories), (model.TrainedAt, model.Stories));
        var story = Newsdesk.Story("Norland's harvest", "The regatta of Southmoor had eight oars and no cattle.");
        var copy = new SuggestionEngine(desk.Index, desk.Archive, model).Suggest(story);
        Assert.Equal(
            desk.Suggest(story).Select(one => (one.Concept, one.Score, one.Why)),
            copy.Select(one => (one.Concept, one.Score, one.Why))
        );
    }

    [Fact]
    public void A_model_says_what_it_measured_and_by_which_words_it_goes()
    {
        var (desk, farming, _, _, _) = Trained.Value;
        var model = desk.Model!.Of(farming)!;
        Assert.InRange(model.Measured.Precision, 0.9, 1);
        Assert.InRange(model.Measured.Recall, 0.9, 1);
        Assert.Contains(model.Words, word => word is "harvest" or "barley" or "cattl" or "hay");
    }

    [Fact]
    public void Bytes_that_are_no_model_are_refused()
    {
        var bytes = Trained.Value.Desk.Model!.Save();
        Assert.Throws<InvalidDataException>(() => SuggestionModel.Load([]));
        Assert.Throws<InvalidDataException>(() => SuggestionModel.Load([1, 2, 3]));
        Assert.Throws<InvalidDataException>(() => SuggestionModel.Load(bytes[..(bytes.Length / 2)]));
    }

    [Fact]
    public void A_topic_that_no_words_tell_is_not_suggested_by_words()
    {
        var desk = new Newsdesk();
        var luck = desk.Add(ConceptKind.Topic, "Luck");
        var order = desk.Add(ConceptKind.Topic, "Order");
        var random = new Random(7);
        var stories = Enumerable
            .Range(0, 200)
            .Select(number => new TaggedStory(
                Newsdesk.Story($"Day {number}", Words(random, ["stone", "cloud", "table", "river", "paper", "window", "candle"], 12)),
                random.Next(5) == 0 ? [luck, order] : [order]
            ))
            .ToList();
        desk.Model = SuggestionTrainer.Train(stories, desk.Index, Night, TestContext.Current.CancellationToken);
        Assert.DoesNotContain(desk.Suggest(Newsdesk.Story("A day", "A stone, a cloud, a table and a candle.")), one =>
            one.Concept == luck && one.Relation == Relation.About
        );
    }

    // Two topics by their words; Norland is tagged where it is named, Southmoor is named often and never tagged.
    private static (Newsdesk Desk, Guid Farming, Guid Rowing, Guid Norland, Guid Southmoor) Train()
    {
        var desk = new Newsdesk();
        var farming = desk.Add(ConceptKind.Topic, "Agriculture");
        var rowing = desk.Add(ConceptKind.Topic, "Water sports");
        var norland = desk.Add(ConceptKind.Place, "Norland");
        var southmoor = desk.Add(ConceptKind.Place, "Southmoor");
        var random = new Random(1);
        var stories = new List<TaggedStory>();
        for (var number = 0; number < 240; number++)
        {
            var farms = random.Next(2) == 0;
            var words = farms
                ? Words(random, ["harvest", "barley", "cattle", "hay", "meadow", "plough", "tractor"], 8)
                : Words(random, ["regatta", "oars", "rowers", "boat", "crew", "finish", "stroke"], 8);
            var inNorland = random.Next(3) == 0;
            var text = (inNorland ? "In Norland they speak of " : "They speak of ") + words;
            stories.Add(
                new(
                    Newsdesk.Story($"Report {number}", text, random.Next(2) == 0 ? "Southmoor was calm." : "All was calm."),
                    inNorland ? [farms ? farming : rowing, norland] : [farms ? farming : rowing]
                )
            );
        }
        desk.Model = SuggestionTrainer.Train(stories, desk.Index, Night, TestContext.Current.CancellationToken);
        return (desk, farming, rowing, norland, southmoor);
    }

    private static string Words(Random random, string[] words, int count) =>
        string.Join(", ", Enumerable.Range(0, count).Select(_ => words[random.Next(words.Length)])) + ".";
}
