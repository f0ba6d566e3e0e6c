using System.Globalization;
using System.Text.Json;
using HeadlessCms.Api.Editorial.Bulk.Formats;
using HeadlessCms.Core.Concepts;

namespace HeadlessCms.Api.Editorial.Bulk.Vocabularies;

/// <summary>
/// Entities of Wikidata as its dumps have them, one a line, also within the brackets of the whole dump: people, and organisations of the
/// usual classes.
/// </summary>
internal static class WikidataReader
{
    private const string Human = "Q5";
    private const int LongestLine = 16 << 20;

    // Organisation, business, company, enterprise, public company, political party, government agency, ministry, international
    // organisation, non-profit organisation, newspaper, news agency, broadcaster, university, bank, sports club, football club, trade
    // union, central bank.
    private static readonly HashSet<string> Organisations =
    [
        "Q43229",
        "Q4830453",
        "Q783794",
        "Q6881511",
        "Q891723",
        "Q7278",
        "Q327333",
        "Q192350",
        "Q484652",
        "Q163740",
        "Q11032",
        "Q192283",
        "Q15265344",
        "Q3918",
        "Q22687",
        "Q847017",
        "Q476028",
        "Q178790",
        "Q66344",
    ];

    public static IEnumerable<VocabularyItem> Read(Stream file, string language)
    {
        using var reader = new StreamReader(file, leaveOpen: true);
        var number = 0;
        while (reader.ReadLine() is { } line)
        {
            number++;
            if (line.Length > LongestLine)
                throw new UnreadableFileException($"Line {number} is longer than {LongestLine >> 20} Mi characters.");
            var text = line.Trim().TrimEnd(',');
            if (text is not ("" or "[" or "]"))
                yield return Of(text, number, language);
        }
    }

    private static VocabularyItem Of(string line, int number, string language)
    {
        try
        {
            using var document = JsonDocument.Parse(line);
            if (Of(document.RootElement, language, line.Length) is { } entry)
                return entry;
            return Skipped(document, number);
        }
        catch (Exception broken) when (broken is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            return new SkippedEntry($"line {number}", "It is not an entity of Wikidata.");
        }
    }

    private static SkippedEntry Skipped(JsonDocument document, int number) =>
        new(
            document.RootElement.TryGetProperty("id", out var id) ? id.ToString() : $"line {number}",
            "It is no person and no organisation, or has no label."
        );

    private static VocabularyEntry? Of(JsonElement entity, string language, int size)
    {
        var classes = Values(entity, "P31").Select(value => Child(value, "id")?.GetString()).OfType<string>().ToHashSet();
        var kind =
            classes.Contains(Human) ? ConceptKind.Person
            : classes.Overlaps(Organisations) ? ConceptKind.Organisation
            : (ConceptKind?)null;
        var labels = Texts(entity, "labels");
        if (kind is not { } known || entity.GetProperty("id").GetString() is not { } id || Best(labels, language) is not { } name)
            return null;
        return new VocabularyEntry(known, $"https://www.wikidata.org/entity/{id}", name)
        {
            Size = size,
            Labels = labels,
            Aliases =
                entity.TryGetProperty("aliases", out var aliases) && aliases.ValueKind == JsonValueKind.Object
                    ?
                    [
                        .. aliases
                            .EnumerateObject()
                            .Where(list => list.Name == language || list.Name == "en")
                            .SelectMany(list => list.Value.EnumerateArray())
                            .Select(alias => alias.GetProperty("value").GetString()!),
                    ]
                    : [],
            Description = Best(Texts(entity, "descriptions"), language),
            BirthDate = known == ConceptKind.Person ? Day(entity, "P569") : null,
            DeathDate = known == ConceptKind.Person ? Day(entity, "P570") : null,
            Website =
                known == ConceptKind.Organisation
                    ? Values(entity, "P856")
                        .Select(value => value.GetString())
                        .FirstOrDefault(url => url?.StartsWith("https://", StringComparison.Ordinal) == true)
                    : null,
            Acronym =
                known == ConceptKind.Organisation
                    ? Values(entity, "P1813")
                        .Select(value => Child(value, "text")?.GetString())
                        .FirstOrDefault(text => text is { Length: > 0 and <= 50 })
                    : null,
        };
    }

    private static string? Best(Dictionary<string, string> texts, string language) =>
        texts.GetValueOrDefault(language)
        ?? texts.GetValueOrDefault(language.Split('-')[0])
        ?? texts.GetValueOrDefault("en")
        ?? texts.Values.FirstOrDefault();

    private static Dictionary<string, string> Texts(JsonElement entity, string member) =>
        entity.TryGetProperty(member, out var texts) && texts.ValueKind == JsonValueKind.Object
            ? texts.EnumerateObject().ToDictionary(text => text.Name, text => text.Value.GetProperty("value").GetString()!)
            : [];

    // A time has a precision; 11 is a day.
    private static DateOnly? Day(JsonElement entity, string property) =>
        Values(entity, property)
            .Where(value => Child(value, "precision")?.GetInt32() == 11)
            .Select(value => Child(value, "time")?.GetString()?.TrimStart('+').Split('T')[0])
            .Select(text =>
                DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
                    ? day
                    : (DateOnly?)null
            )
            .FirstOrDefault(day => day is not null);

    private static IEnumerable<JsonElement> Values(JsonElement entity, string property) =>
        Child(entity, "claims") is { } claims && Child(claims, property) is { ValueKind: JsonValueKind.Array } statements
            ? statements
                .EnumerateArray()
                .Where(statement => Child(statement, "rank")?.GetString() != "deprecated")
                .OrderBy(statement => Child(statement, "rank")?.GetString() == "preferred" ? 0 : 1)
                .Select(statement =>
                    Child(statement, "mainsnak") is { } snak && Child(snak, "datavalue") is { } data ? Child(data, "value") : null
                )
                .OfType<JsonElement>()
            : [];

    private static JsonElement? Child(JsonElement element, string member) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(member, out var value) ? value : null;
}
