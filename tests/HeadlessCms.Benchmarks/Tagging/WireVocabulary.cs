using System.Text.Json;
using HeadlessCms.Core.Concepts;
using HeadlessCms.Suggestions;

namespace HeadlessCms.Benchmarks.Tagging;

/// <summary>
/// The vocabulary of a newsroom that tags as the wire does. The wire's tags are codes: "james-baker" becomes the name "James Baker", and
/// codes that are short for something get its name from <see cref="WireCodes"/>, which says what a code stands for, nothing of stories.
/// Countries, with their names in other languages, and cities come from a file of places.
/// </summary>
internal sealed class WireVocabulary
{
    private static readonly HashSet<string> Particles = ["von", "de", "du", "da", "dos", "del", "bin", "al", "van", "der", "la"];

    private readonly Dictionary<(ConceptKind Kind, string Code), ConceptEntry> _byCode = [];
    private readonly Dictionary<Guid, string> _codes = [];
    private readonly List<ConceptEntry> _cities = [];

    public WireVocabulary(IReadOnlyCollection<WireStory> training, string? places)
    {
        var countries = places is null ? [] : ReadPlaces(places).Where(place => place.Kind == "country").ToList();
        foreach (var code in training.SelectMany(story => story.Places).Distinct())
            AddCountry(code, countries);
        foreach (var country in countries.Where(country => !_byCode.Values.Any(known => known.CountryCode == country.Iso2)))
            AddCountry(CodeOf(country.Name), countries);
        foreach (var code in training.SelectMany(story => story.People).Distinct())
            Add(ConceptKind.Person, code, Name(code), []);
        foreach (var code in training.SelectMany(story => story.Orgs).Distinct())
            AddExpanded(ConceptKind.Organisation, code, WireCodes.Organisations);
        foreach (var code in training.SelectMany(story => story.Topics).Distinct())
            AddExpanded(ConceptKind.Topic, code, WireCodes.Topics);
        if (places is not null)
            AddCities(places);
    }

    public IEnumerable<ConceptEntry> Concepts => _byCode.Values.Concat(_cities);

    public string CodeOf(Guid concept) => _codes[concept];

    public IEnumerable<Guid> Tags(WireStory story) =>
        Tags(story, ConceptKind.Topic)
            .Concat(Tags(story, ConceptKind.Place))
            .Concat(Tags(story, ConceptKind.Person))
            .Concat(Tags(story, ConceptKind.Organisation));

    private IEnumerable<Guid> Tags(WireStory story, ConceptKind kind) =>
        CodesOf(story, kind).Select(code => _byCode.GetValueOrDefault((kind, code))?.Id).OfType<Guid>();

    public static IReadOnlyList<string> CodesOf(WireStory story, ConceptKind kind) =>
        kind switch
        {
            ConceptKind.Topic => story.Topics,
            ConceptKind.Place => story.Places,
            ConceptKind.Person => story.People,
            ConceptKind.Organisation => story.Orgs,
            ConceptKind.Event => [],
            _ => throw new ArgumentOutOfRangeException(nameof(kind)),
        };

    private void AddCountry(string code, List<PlaceLine> countries)
    {
        var (iso, names) = WireCodes.Places.TryGetValue(code, out var known) ? known : (null, []);
        var line = countries.Find(country =>
            iso is not null ? country.Iso2 == iso : CodeOf(country.Name) == code || country.Aliases.Any(alias => CodeOf(alias) == code)
        );
        var name = names.Count > 0 ? names[0] : line?.Name ?? Name(code);
        Add(
            ConceptKind.Place,
            code,
            name,
            [.. names.Concat(line is null ? [] : [line.Name, .. line.Aliases, .. line.Labels.Values]).Distinct()],
            line?.Iso2 ?? iso
        );
    }

    private void AddCities(string places)
    {
        var countries = _byCode
            .Values.Where(concept => concept is { Kind: ConceptKind.Place, CountryCode: not null })
            .GroupBy(country => country.CountryCode!)
            .ToDictionary(country => country.Key, country => country.First().Id);
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var city in ReadPlaces(places).Where(place => place.Kind == "city").OrderByDescending(city => city.Population))
        {
            var entry = new ConceptEntry(
                Guid.CreateVersion7(),
                ConceptKind.Place,
                city.Name,
                [],
                city.CountryIso2,
                countries.TryGetValue(city.CountryIso2!, out var country) ? country : null,
                Prior: names.Add(city.Name) ? 1 : 0 // of several with a name, the largest is known
            );
            _cities.Add(entry);
            _codes[entry.Id] = $"{CodeOf(city.Name)} ({city.CountryIso2})";
        }
    }

    private void AddExpanded(ConceptKind kind, string code, IReadOnlyDictionary<string, IReadOnlyList<string>> table)
    {
        var names = table.TryGetValue(code, out var known) ? known : [Name(code)];
        Add(kind, code, names[0], [.. names.Skip(1)]);
    }

    private void Add(ConceptKind kind, string code, string name, IReadOnlyList<string> otherNames, string? country = null)
    {
        var entry = new ConceptEntry(Guid.CreateVersion7(), kind, name, otherNames, country, IsCountry: country is not null);
        if (_byCode.TryAdd((kind, code), entry))
            _codes[entry.Id] = code;
    }

    private static string Name(string code) =>
        string.Join(' ', code.Split('-').Select(word => Particles.Contains(word) ? word : char.ToUpperInvariant(word[0]) + word[1..]));

    private static string CodeOf(string name) => name.ToLowerInvariant().Replace(' ', '-').Replace(".", "", StringComparison.Ordinal);

    private static IEnumerable<PlaceLine> ReadPlaces(string path) =>
        File.ReadLines(path).Select(line => JsonSerializer.Deserialize<PlaceLine>(line, JsonSerializerOptions.Web)!);

    private sealed record PlaceLine(
        string Kind,
        string Name,
        IReadOnlyList<string> Aliases,
        IReadOnlyDictionary<string, string> Labels,
        string? Iso2,
        string? CountryIso2,
        long Population
    )
    {
        public IReadOnlyList<string> Aliases { get; } = Aliases ?? [];
        public IReadOnlyDictionary<string, string> Labels { get; } = Labels ?? new Dictionary<string, string>();
    }
}
