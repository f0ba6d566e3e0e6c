using System.Text;

namespace HeadlessCms.Benchmarks.Generated;

/// <summary>A newsroom that is the same in every run: article n of a small one is also article n of a large one.</summary>
internal sealed class Newsroom
{
    private const int BodyLength = 3_000;

    private static readonly DateTimeOffset First = new(2012, 1, 1, 6, 0, 0, TimeSpan.Zero);
    private static readonly string[] Genres = ["news", "news", "news", "analysis", "interview", "opinion", "feature"];
    private static readonly string[] Sources = ["Bench Press", "Northern Wire", "The Harbour Post", "Civic Times", "Morning Ledger"];

    private readonly int _seed;
    private readonly Vocabulary _vocabulary;
    private readonly Zipf _people,
        _places,
        _topics,
        _authors = new(200, 0.8);

    public Newsroom(int seed)
    {
        _seed = seed;
        _vocabulary = new Vocabulary(seed);
        Concepts = new Concepts(_vocabulary, seed);
        (_people, _places, _topics) = (new(Concepts.People.Count), new(Concepts.Places.Count), new(Concepts.Topics.Count));
    }

    public Concepts Concepts { get; }

    public Story Story(int number)
    {
        var random = new Random(_seed * 31 + number);
        var at = First.AddMinutes(number * 7L).AddSeconds(random.Next(400));
        var headline = Headline(random);
        var standfirst = new StringBuilder();
        _vocabulary.Sentence(standfirst, random);
        var (source, html, words) = Body(random);
        return new Story
        {
            Id = Ids.At(at, random),
            PublicationId = Ids.At(at, random),
            PublishedAt = at,
            Slug = $"{string.Join('-', headline.ToLowerInvariant().Split(' ')[..4])}-{number}",
            Headline = headline,
            Standfirst = standfirst.ToString(),
            BodySource = source,
            BodyHtml = html,
            WordCount = words,
            Genre = Genres[random.Next(Genres.Length)],
            Source = Sources[random.Next(Sources.Length)],
            Dateline = Concepts.Towns[_places.Draw(random) % Concepts.Towns.Count],
            Authors = [.. Draw(1 + random.Next(2), () => Concepts.People[_authors.Draw(random)])],
            Mentions = Mentions(random),
            LeadImage =
                random.Next(2) == 0
                    ? $$"""
                        {"url":"https://images.example.org/{{number}}.jpg","alt":"{{headline}}",
                          "caption":"{{standfirst}}","credit":"{{Vocabulary.Name(random)}}"}
                        """
                    : null,
        };
    }

    // About five mentions: two people, one or two places, one or two topics.
    private List<StoryMention> Mentions(Random random)
    {
        var people = Draw(1 + random.Next(3), () => Concepts.People[_people.Draw(random)]);
        var places = Draw(1 + random.Next(2), () => Concepts.PlacesByFame[_places.Draw(random)]);
        var topics = Draw(1 + random.Next(2), () => Concepts.TopicsByFame[_topics.Draw(random)]);
        return
        [
            .. people
                .Concat(places)
                .Concat(topics)
                .Select(concept => new StoryMention(
                    concept,
                    random.Next(3) == 0 ? "about" : "mentions",
                    concept.Kind == "person" && random.Next(2) == 0 ? Concepts.Role(_vocabulary, random) : null
                )),
        ];
    }

    private static HashSet<Concept> Draw(int count, Func<Concept> draw)
    {
        var drawn = new HashSet<Concept>(ReferenceEqualityComparer.Instance);
        while (drawn.Count < count)
            drawn.Add(draw());
        return drawn;
    }

    private string Headline(Random random)
    {
        var words = new string[5 + random.Next(5)];
        for (var i = 0; i < words.Length; i++)
            words[i] = i % 3 == 2 ? _vocabulary.Word(random) : _vocabulary.Telling(random);
        return Vocabulary.Capital(string.Join(' ', words));
    }

    private (string Source, string Html, int Words) Body(Random random)
    {
        var (source, html, words) = (new StringBuilder(BodyLength + 200), new StringBuilder(BodyLength + 300), 0);
        while (source.Length < BodyLength)
        {
            var paragraph = new StringBuilder();
            for (var sentence = 2 + random.Next(3); sentence > 0; sentence--)
            {
                if (paragraph.Length > 0)
                    paragraph.Append(' ');
                words += _vocabulary.Sentence(paragraph, random);
            }

            if (source.Length > 0)
            {
                source.Append("\n\n");
                html.Append('\n');
            }

            source.Append(paragraph);
            html.Append("<p>").Append(paragraph).Append("</p>");
        }

        return (source.ToString(), html.ToString(), words);
    }
}
