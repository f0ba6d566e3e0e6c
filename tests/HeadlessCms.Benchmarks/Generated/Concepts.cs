namespace HeadlessCms.Benchmarks.Generated;

internal sealed record Concept(Guid Id, string Kind, string Name, string Slug, Concept? Parent = null)
{
    public string? Title { get; init; }
    public string? PlaceKind { get; init; }
    public string? CountryCode { get; init; }
    public double? Latitude { get; init; }
    public double? Longitude { get; init; }
    public string? Code { get; init; }
    public string[] Aliases { get; init; } = [];
}

/// <summary>The concepts of the newsroom: 2,000 people, 500 places and 300 topics; places and topics are hierarchical.</summary>
internal sealed class Concepts
{
    public static readonly DateTimeOffset Made = new(2010, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private const int PersonCount = 2_000,
        Continents = 6,
        Countries = 94,
        Cities = 400,
        WideTopics = 15,
        MiddleTopics = 60,
        NarrowTopics = 225;

    private readonly Random _random;
    private readonly Vocabulary _vocabulary;
    private readonly HashSet<string> _slugs = [];

    public Concepts(Vocabulary vocabulary, int seed)
    {
        (_vocabulary, _random) = (vocabulary, new Random(seed));
        People = [.. Enumerable.Range(0, PersonCount).Select(_ => Person())];
        var continents = Enumerable.Range(0, Continents).Select(_ => Place("region", null)).ToList();
        var countries = Enumerable.Range(0, Countries).Select(i => Place("country", continents[i % Continents])).ToList();
        Towns = [.. Enumerable.Range(0, Cities).Select(i => Place("city", countries[i % Countries]))];
        Places = [.. continents, .. countries, .. Towns];
        var wide = Enumerable.Range(0, WideTopics).Select(_ => Topic(null)).ToList();
        var middle = Enumerable.Range(0, MiddleTopics).Select(i => Topic(wide[i % WideTopics])).ToList();
        Topics = [.. wide, .. middle, .. Enumerable.Range(0, NarrowTopics).Select(i => Topic(middle[i % MiddleTopics]))];
        (PlacesByFame, TopicsByFame) = (Shuffled(Places), Shuffled(Topics));
    }

    public IReadOnlyList<Concept> People { get; }

    /// <summary>Regions come before countries and cities.</summary>
    public IReadOnlyList<Concept> Places { get; }

    public IReadOnlyList<Concept> Topics { get; }

    /// <summary>The most frequent places first; frequency does not depend on the level.</summary>
    public IReadOnlyList<Concept> PlacesByFame { get; }

    public IReadOnlyList<Concept> TopicsByFame { get; }

    public IReadOnlyList<Concept> Towns { get; }

    private Concept Person()
    {
        var (given, family) = (Vocabulary.Name(_random), Vocabulary.Name(_random));
        return Named("person", $"{given} {family}", null) with
        {
            Title = _random.Next(2) == 0 ? Role(_vocabulary, _random) : null,
            Aliases = _random.Next(4) == 0 ? [$"{given[0]}. {family}"] : [],
        };
    }

    private Concept Place(string kind, Concept? within) =>
        Named("place", Vocabulary.Name(_random), within) with
        {
            PlaceKind = kind,
            CountryCode =
                kind == "region" ? null : within?.CountryCode ?? $"{(char)('A' + _random.Next(26))}{(char)('A' + _random.Next(26))}",
            Latitude = kind == "city" ? Math.Round(_random.NextDouble() * 140 - 60, 4) : null,
            Longitude = kind == "city" ? Math.Round(_random.NextDouble() * 360 - 180, 4) : null,
        };

    private Concept Topic(Concept? broader) =>
        Named("topic", Vocabulary.Capital($"{_vocabulary.Telling(_random)} {_vocabulary.Telling(_random)}"), broader) is var topic
            ? topic with
            {
                Code = $"bench:{topic.Slug}",
            }
            : topic;

    public static string Role(Vocabulary vocabulary, Random random) =>
        (
            random.Next(3) switch
            {
                0 => "Minister of ",
                1 => "Head of ",
                _ => "Director for ",
            }
        ) + Vocabulary.Capital(vocabulary.Telling(random));

    private Concept Named(string kind, string name, Concept? parent)
    {
        var slug = name.ToLowerInvariant().Replace(' ', '-');
        for (var next = 2; !_slugs.Add($"{kind}/{slug}"); next++)
            slug = $"{name.ToLowerInvariant().Replace(' ', '-')}-{next}";
        return new Concept(Ids.At(Made.AddSeconds(_slugs.Count), _random), kind, name, slug, parent);
    }

    private List<Concept> Shuffled(IReadOnlyList<Concept> concepts)
    {
        var order = concepts.ToArray();
        _random.Shuffle(order);
        return [.. order];
    }
}
