using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using HeadlessCms.Benchmarks.Generated;
using HeadlessCms.Benchmarks.Load;
using HeadlessCms.Benchmarks.Servers;

namespace HeadlessCms.Benchmarks.Scenarios;

/// <summary>The measured scenarios and their targets.</summary>
internal static class Catalogue
{
    private const int Different = 2_000;

    // Articles written to a kept newsroom must differ between runs.
    private static readonly long Run = Stopwatch.GetTimestamp();

    public static IEnumerable<Scenario> Of(Newsroom newsroom, int articles)
    {
        var random = new Random(Bench.Seed);
        var stories = Enumerable.Range(0, Different).Select(_ => newsroom.Story(random.Next(articles))).ToList();
        var items = stories.Select(story => $"/content/v1/articles/{story.Slug}").ToList();
        var lists = newsroom.Concepts.TopicsByFame.Take(100).Select(topic => $"/content/v1/articles?topic={topic.Slug}&limit=20").ToList();
        yield return new Scenario
        {
            Name = "item",
            Paths = items,
            HandWritten = true,
            Targets = line => [("≥ 0.80 of hand-written", line.ToHandWritten >= 0.80)],
        };
        yield return new Scenario
        {
            Name = "list of 20 of one topic",
            Paths = lists,
            HandWritten = true,
            Targets = line => [("≥ 0.70 of hand-written", line.ToHandWritten >= 0.70)],
        };
        yield return new Scenario
        {
            Name = "search",
            Paths = Searches(stories),
            HandWritten = true,
            Targets = line => [("≥ 2,000/s", line.App.PerSecond >= 2_000)],
        };
        yield return new Scenario
        {
            Name = "related",
            Paths = [.. items.Select(item => $"{item}/related")],
            HandWritten = true,
        };
        yield return new Scenario
        {
            Name = "suggest",
            Paths = Suggestions(newsroom),
            HandWritten = true,
        };
        yield return new Scenario
        {
            Name = "create with five mentions",
            HandWritten = true,
            Writes = count => [.. Enumerable.Range(0, count).Select(_ => Create(newsroom, random))],
            Targets = line => [("≥ 400/s", line.App.PerSecond >= 400)],
        };
        yield return new Scenario
        {
            Name = "item, cached",
            Paths = items,
            Cached = true,
            Targets = line => [("≥ 0.70 of bare Kestrel", line.ToBare >= 0.70)],
        };
        yield return new Scenario
        {
            Name = "list of 20 of one topic, cached",
            Paths = lists,
            Cached = true,
        };
    }

    /// <summary>One or two words of a headline, as people type them.</summary>
    public static IReadOnlyList<string> Searches(IReadOnlyList<Story> stories) =>
        [
            .. stories
                .Select((story, number) => (Words: story.Headline.Split(' '), Number: number))
                .Select(headline => headline.Number % 2 == 0 ? $"{headline.Words[0]} {headline.Words[1]}" : headline.Words[1])
                .Select(query => $"/content/v1/search?q={query}".Replace(' ', '+')),
        ];

    /// <summary>The beginnings of names.</summary>
    public static IReadOnlyList<string> Suggestions(Newsroom newsroom) =>
        [
            .. newsroom
                .Concepts.People.Take(500)
                .Select((person, number) => $"/content/v1/suggest?q={person.Name[..(3 + number % 4)].Trim()}"),
        ];

    private static byte[] Create(Newsroom newsroom, Random random)
    {
        var story = newsroom.Story(random.Next(10_000_000, 100_000_000));
        var mentions = story.Mentions.Take(5).ToList();
        foreach (
            var more in newsroom
                .Concepts.TopicsByFame.OrderBy(_ => random.Next())
                .Where(topic => mentions.All(mention => mention.Concept != topic))
                .Take(5 - mentions.Count)
        )
            mentions.Add(new StoryMention(more, "mentions", null));
        var json = JsonSerializer.Serialize(
            new
            {
                headline = story.Headline,
                slug = string.Create(CultureInfo.InvariantCulture, $"{story.Slug}-{Run:x}-{random.NextInt64(long.MaxValue):x}"),
                standfirst = story.Standfirst,
                body = new { format = "markdown", content = story.BodySource },
                language = "en",
                genre = story.Genre,
                byline = story.Byline,
                authors = story.Authors.Select(author => author.Slug),
                dateline = new { place = story.Dateline.Slug, source = story.Source },
                people = mentions
                    .Where(mention => mention.Concept.Kind == "person")
                    .Select(mention => new
                    {
                        person = mention.Concept.Slug,
                        relation = mention.Relation,
                        role = mention.Role,
                    }),
                places = mentions
                    .Where(mention => mention.Concept.Kind == "place")
                    .Select(mention => new { place = mention.Concept.Slug, relation = mention.Relation }),
                topics = mentions
                    .Where(mention => mention.Concept.Kind == "topic")
                    .Select(mention => new { topic = mention.Concept.Slug, relation = mention.Relation }),
            }
        );
        return RequestFile.Post("/editorial/v1/articles", AppServer.AdminKey, json);
    }
}
