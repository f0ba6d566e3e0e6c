using System.Globalization;
using System.Text.Json;
using HeadlessCms.Api.Editorial.Bulk.Formats;
using HeadlessCms.Core.Concepts;

namespace HeadlessCms.Api.Editorial.Bulk.Vocabularies;

/// <summary>
/// Places: tables of GeoNames (tabs, 19 columns), or NDJSON of countries (<c>kind</c> is <c>country</c>) and cities. The file is read
/// twice: countries first, because other places lie within them.
/// </summary>
internal static class GazetteerReader
{
    private const int LongestLine = 1 << 20;

    // Lists of countries have the codes of ISO 639-2; BCP 47 has the shorter one where there is one.
    private static readonly Dictionary<string, string> Languages = new()
    {
        ["ara"] = "ar",
        ["bre"] = "br",
        ["ces"] = "cs",
        ["cym"] = "cy",
        ["deu"] = "de",
        ["est"] = "et",
        ["fin"] = "fi",
        ["fra"] = "fr",
        ["hrv"] = "hr",
        ["hun"] = "hu",
        ["ita"] = "it",
        ["jpn"] = "ja",
        ["kor"] = "ko",
        ["nld"] = "nl",
        ["per"] = "fa",
        ["pol"] = "pl",
        ["por"] = "pt",
        ["rus"] = "ru",
        ["slk"] = "sk",
        ["spa"] = "es",
        ["srp"] = "sr",
        ["swe"] = "sv",
        ["tur"] = "tr",
        ["urd"] = "ur",
        ["zho"] = "zh",
    };

    public static IEnumerable<VocabularyItem> Read(Stream file) => Pass(file, countries: true).Concat(Pass(file, countries: false));

    private static IEnumerable<VocabularyItem> Pass(Stream file, bool countries)
    {
        file.Position = 0;
        using var reader = new StreamReader(file, leaveOpen: true);
        var number = 0;
        while (reader.ReadLine() is { } line)
        {
            number++;
            if (line.Length > LongestLine)
                throw new UnreadableFileException($"Line {number} is longer than {LongestLine >> 20} Mi characters.");
            if (string.IsNullOrWhiteSpace(line) || line[0] == '#')
                continue;
            var entry = line[0] == '{' ? OfJson(line, number) : OfTable(line, number);
            if (entry is VocabularyEntry place ? place.PlaceKind == PlaceKind.Country == countries : !countries)
                yield return entry;
        }
    }

    private static VocabularyItem OfJson(string line, int number)
    {
        try
        {
            using var document = JsonDocument.Parse(line);
            var place = document.RootElement;
            var isCountry = Text(place, "kind") == "country";
            var country = Text(place, isCountry ? "iso2" : "countryIso2");
            var id = place.TryGetProperty("geonamesId", out var geonames) ? geonames.ToString() : null;
            if (Text(place, "name") is not { } name || (isCountry ? country : id) is not { Length: > 0 })
                return new SkippedEntry($"line {number}", "It has no name or no id.");
            return new VocabularyEntry(ConceptKind.Place, isCountry ? Country(country!) : GeoNames(id!), name)
            {
                Aliases = place.TryGetProperty("aliases", out var aliases)
                    ? [.. aliases.EnumerateArray().Select(alias => alias.ToString())]
                    : [],
                Labels = place.TryGetProperty("labels", out var labels)
                    ? labels
                        .EnumerateObject()
                        .GroupBy(label => Languages.GetValueOrDefault(label.Name, label.Name))
                        .ToDictionary(label => label.Key, label => label.First().Value.ToString())
                    : new Dictionary<string, string>(),
                Parent = isCountry || country is null ? null : Country(country),
                PlaceKind = isCountry ? PlaceKind.Country : PlaceKind.City,
                CountryCode = country,
                Latitude = place.TryGetProperty("latitude", out var latitude) ? latitude.GetDouble() : null,
                Longitude = place.TryGetProperty("longitude", out var longitude) ? longitude.GetDouble() : null,
                Size = line.Length,
            };
        }
        catch (Exception broken) when (broken is JsonException or InvalidOperationException or FormatException)
        {
            return new SkippedEntry($"line {number}", "It is not a JSON object of a place.");
        }
    }

    private static VocabularyItem OfTable(string line, int number)
    {
        var columns = line.Split('\t');
        if (
            columns.Length != 19
            || !double.TryParse(columns[4], CultureInfo.InvariantCulture, out var latitude)
            || !double.TryParse(columns[5], CultureInfo.InvariantCulture, out var longitude)
        )
            return new SkippedEntry($"line {number}", "It has not the 19 columns of GeoNames.");
        var (id, name, feature, country) = (columns[0], columns[1], columns[7], columns[8]);
        var isCountry = feature.StartsWith("PCL", StringComparison.Ordinal) && country.Length == 2;
        return new VocabularyEntry(ConceptKind.Place, GeoNames(id), name)
        {
            Aliases = columns[3].Split(',', StringSplitOptions.RemoveEmptyEntries),
            SameAs = isCountry ? [Country(country)] : [],
            Parent = isCountry || country.Length != 2 ? null : Country(country),
            PlaceKind = isCountry ? PlaceKind.Country : KindOf(columns[6], feature),
            CountryCode = country.Length == 2 ? country : null,
            Latitude = latitude,
            Longitude = longitude,
            Size = line.Length,
        };
    }

    private static PlaceKind KindOf(string featureClass, string feature) =>
        featureClass switch
        {
            "P" => feature == "PPLX" ? PlaceKind.District : PlaceKind.City,
            "A" or "L" or "H" or "T" or "U" or "V" => PlaceKind.Region,
            _ => PlaceKind.Site,
        };

    private static string Country(string code) => $"https://www.geonames.org/countries/{code}/";

    private static string GeoNames(string id) => $"https://sws.geonames.org/{id}/";

    private static string? Text(JsonElement place, string member) =>
        place.TryGetProperty(member, out var value) && value.ValueKind == JsonValueKind.String ? SourceText.Line(value.GetString()) : null;
}
