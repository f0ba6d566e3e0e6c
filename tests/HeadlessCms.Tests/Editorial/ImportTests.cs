using System.IO.Compression;
using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using HeadlessCms.Tests.Harness;

namespace HeadlessCms.Tests.Editorial;

/// <summary>The verb <c>import</c>, as a process of its own.</summary>
public sealed class ImportTests(Newsroom newsroom) : IClassFixture<Newsroom>
{
    [Fact]
    public async Task Ten_thousand_stories_are_imported_and_an_import_that_was_killed_goes_on_where_it_was()
    {
        var stories = Stories();
        using var data = new TemporaryDirectory();
        foreach (var (kinds, names) in new[] { ("topics", stories.Select(story => story.Topics)), ("places", stories.Select(story => story.Places)), ("people", stories.Select(story => story.People)) })
        {
            var results = await newsroom.Admin.BulkAsync($"/editorial/v1/{kinds}/bulk", names.SelectMany(many => many).Distinct().Select(name => new { name, slug = SlugOf(name) }));
            Assert.All(results, result => Assert.Equal("created", result["status"]!.GetValue<string>()));
        }

        var file = Path.Combine(data.Path, "stories.ndjson.gz");
        await using (var writer = new StreamWriter(new GZipStream(File.Create(file), CompressionLevel.Fastest)))
            foreach (var story in stories) await writer.WriteLineAsync(story.Line);

        await AppProcess.RunUntilAsync(data.Path, async () => (long)(await newsroom.SqlAsync("select count(*) from articles"))! > 500, Import(file, "--publish=true"));
        var before = (long)(await newsroom.SqlAsync("select count(*) from articles"))!;
        Assert.InRange(before, 501, stories.Count - 1);

        var (exitCode, output) = await AppProcess.ReadToEndAsync(data.Path, Import(file, "--publish=true"));

        Assert.True(exitCode == 0, output);
        Assert.Contains($"Going on after line {before}", output, StringComparison.Ordinal);
        Assert.Contains($"{stories.Count - before} lines: {stories.Count - before} created, 0 updated, 0 unchanged, 0 refused", output, StringComparison.Ordinal);
        Assert.Equal((long)stories.Count, await newsroom.SqlAsync("select count(distinct external_id) from articles"));
        foreach (var table in new[] { "articles", "revisions", "publications", "changes where article_id is not null", "audit_entries where action = 'created' and subject = 'article' and by = 'import'" })
            Assert.Equal((long)stories.Count, await newsroom.SqlAsync($"select count(*) from {table}"));

        Assert.Equal(stories.Count, await CountAsync(""));
        foreach (var topic in new[] { "cocoa", "earn", "money-fx" })
            Assert.Equal(stories.Count(story => story.Topics.Contains(topic)), await CountAsync($"&topic={topic}"));
        Assert.Equal(stories.Count(story => story.Places.Contains("japan") && story.Topics.Contains("trade")), await CountAsync("&place=japan&topic=trade"));
        var sample = stories[0];
        var live = (await newsroom.Anyone.ReadAsync($"/content/v1/articles/{SlugOf(sample.Title)}")).Expect(HttpStatusCode.OK);
        Assert.Equal((sample.Title, sample.PublishedAt), (live["headline"]!.GetValue<string>(), live["publishedAt"]!.GetValue<string>()));
        Assert.Equal(sample.Topics.Select(SlugOf), live["topics"]!.AsArray().Select(topic => topic!["slug"]!.GetValue<string>()));
        Assert.Equal(sample.Places.Select(SlugOf), live["places"]!.AsArray().Select(place => place!["slug"]!.GetValue<string>()));

        var (_, third) = await AppProcess.ReadToEndAsync(data.Path, Import(file, "--publish=true"));
        Assert.Contains("0 lines: 0 created", third, StringComparison.Ordinal);

        async Task<int> CountAsync(string filter) =>
            (await newsroom.Anyone.ReadAsync($"/content/v1/articles?count=true&limit=1{filter}")).Expect(HttpStatusCode.OK)["total"]!.GetValue<int>();
    }

    [Fact]
    public async Task Nine_thousand_places_are_saved_in_one_request()
    {
        var taken = new HashSet<string>();
        var countries = new Dictionary<string, string>();
        var lines = new List<object>();
        foreach (var place in File.ReadLines(SharedData.Require("places.ndjson")).Select(line => JsonNode.Parse(line)!))
        {
            var name = place["name"]!.GetValue<string>();
            var code = (place["iso2"] ?? place["countryIso2"])!.GetValue<string>();
            var isCountry = place["kind"]!.GetValue<string>() == "country";
            var slug = isCountry ? $"country-{code}".ToLowerInvariant() : $"city-{place["geonamesId"]}";
            if (!taken.Add(slug)) continue;
            if (isCountry) countries[code] = slug;
            lines.Add(new { name, slug, kind = isCountry ? "country" : "city", countryCode = code, within = isCountry ? null : countries.GetValueOrDefault(code), latitude = place["latitude"]!.GetValue<double>(), longitude = place["longitude"]!.GetValue<double>(), @public = true });
        }

        var results = await newsroom.Admin.BulkAsync("/editorial/v1/places/bulk", lines);

        Assert.Equal(lines.Count, results.Count);
        Assert.True(lines.Count > 9_000);
        Assert.All(results, result => Assert.Equal("created", result["status"]!.GetValue<string>()));
        var tokyo = (await newsroom.Anyone.ReadAsync("/content/v1/places/city-1850147")).Expect(HttpStatusCode.OK);
        Assert.Equal(("Tokyo", "JP", "country-jp"), (tokyo["name"]!.GetValue<string>(), tokyo["countryCode"]!.GetValue<string>(), tokyo["within"]!["slug"]!.GetValue<string>()));
        Assert.Equal((long)lines.Count, await newsroom.SqlAsync("select count(*) from concepts where kind = 'place' and (slug like 'country-%' or slug like 'city-%')"));
    }

    [Fact]
    public async Task Each_kind_is_imported_from_a_plain_file_and_the_exit_code_says_how_it_went()
    {
        using var data = new TemporaryDirectory();
        foreach (var kind in new[] { "people", "places", "topics" })
            Assert.Equal(0, await AppProcess.RunToEndAsync(data.Path, Import(Write($"{kind}.ndjson", $$"""{"name":"Imported {{kind}}"}"""), $"--kind={kind}")));
        Assert.Equal("person,place,topic", await newsroom.SqlAsync("select string_agg(kind, ',' order by kind) from concepts where name like 'Imported %'"));

        var mixed = Write("mixed.ndjson", """{"headline":"Imported draft"}""", """{"headline":""}""", "nonsense");
        var (exitCode, output) = await AppProcess.ReadToEndAsync(data.Path, Import(mixed));
        Assert.Equal(1, exitCode);
        Assert.Contains("3 lines: 1 created, 0 updated, 0 unchanged, 2 refused", output, StringComparison.Ordinal);
        Assert.Contains("\"/headline\"", output, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, await newsroom.Anyone.LiveStatusAsync("imported-draft"));

        Assert.Equal(2, await AppProcess.RunToEndAsync(data.Path, Import(Path.Combine(data.Path, "no-such-file.ndjson"))));
        Assert.Equal(2, await AppProcess.RunToEndAsync(data.Path, Import(mixed, "--kind=planets")));
        var broken = Write("broken.ndjson.gz", "This is no gzip.");
        (exitCode, output) = await AppProcess.ReadToEndAsync(data.Path, Import(broken));
        Assert.Equal(2, exitCode);
        Assert.DoesNotContain("   at ", output, StringComparison.Ordinal);

        string Write(string name, params string[] lines)
        {
            var path = Path.Combine(data.Path, name);
            File.WriteAllLines(path, lines);
            return path;
        }
    }

    private string[] Import(string file, params string[] settings) => ["import", file, $"--ConnectionStrings:Cms={newsroom.ConnectionString}", $"--Cms:AdminKey={Newsroom.AdminKey}", .. settings];

    private static List<Story> Stories()
    {
        using var reader = new StreamReader(new GZipStream(File.OpenRead(SharedData.Require("reuters-dev.ndjson.gz")), CompressionMode.Decompress), Encoding.UTF8);
        var stories = new List<Story>();
        while (reader.ReadLine() is { } line) stories.Add(Story.Of(JsonNode.Parse(line)!));
        return stories;
    }

    private static string SlugOf(string name) => string.Join('-', name.ToLowerInvariant().Split([' ', '-', '.', ',', '\''], StringSplitOptions.RemoveEmptyEntries));

    private sealed record Story(string Title, string PublishedAt, IReadOnlyList<string> Topics, IReadOnlyList<string> Places, IReadOnlyList<string> People, string Line)
    {
        public static Story Of(JsonNode json)
        {
            var (title, publishedAt) = (json["title"]!.GetValue<string>().Trim(), json["publishedAt"]!.GetValue<string>());
            var (topics, places, people) = (Names("topics"), Names("places"), Names("people"));
            var line = JsonSerializer.Serialize(new
            {
                headline = title,
                externalId = $"urn:reuters:{json["sourceId"]}",
                body = new { format = "text", content = json["body"]!.GetValue<string>() },
                dateline = new { source = json["dateline"]?.GetValue<string>() },
                publishedAt,
                topics = topics.Select(topic => new { topic = SlugOf(topic), relation = "about" }),
                places = places.Select(place => new { place = SlugOf(place) }),
                people = people.Select(person => new { person = SlugOf(person) }),
            });
            return new(title, publishedAt, topics, places, people, line);

            List<string> Names(string member) => [.. json[member]!.AsArray().Select(name => name!.GetValue<string>()).Distinct()];
        }
    }
}
