using System.IO.Compression;
using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using HeadlessCms.Tests.Harness;

namespace HeadlessCms.Tests.Editorial;

/// <summary>The command <c>import</c> with a large file. No other test shares the newsroom, because the tests count all articles.</summary>
[Collection(LargeImportTests.Imports)]
public sealed class LargeImportTests(Newsroom newsroom) : IClassFixture<Newsroom>
{
    /// <summary>The collection of the two largest imports, which would slow each other down.</summary>
    public const string Imports = "Large imports";

    [Fact]
    public async Task Ten_thousand_stories_are_imported_and_an_import_that_was_killed_goes_on_where_it_was()
    {
        var stories = Stories();
        using var data = new TemporaryDirectory();
        foreach (
            var (kinds, names) in new[]
            {
                ("topics", stories.Select(story => story.Topics)),
                ("places", stories.Select(story => story.Places)),
                ("people", stories.Select(story => story.People)),
            }
        )
        {
            var results = await newsroom.Admin.BulkAsync(
                $"/editorial/v1/{kinds}/bulk",
                names.SelectMany(many => many).Distinct().Select(name => new { name, slug = SlugOf(name) })
            );
            Assert.All(results, result => Assert.Equal("created", result["status"]!.GetValue<string>()));
        }

        var file = Path.Combine(data.Path, "stories.ndjson.gz");
        await using (var writer = new StreamWriter(new GZipStream(File.Create(file), CompressionLevel.Fastest)))
            foreach (var story in stories)
                await writer.WriteLineAsync(story.Line);

        await AppProcess.RunUntilAsync(
            data.Path,
            async () => (long)(await newsroom.SqlAsync("select count(*) from articles"))! > 500,
            Import(file, "--publish=true")
        );
        // PostgreSQL completes the statement that was running when the process was killed.
        await Eventually.TrueAsync(async () =>
            (long)(await newsroom.SqlAsync("select count(*) from pg_stat_activity where application_name = 'import'"))! == 0
        );
        var before = (long)(await newsroom.SqlAsync("select count(*) from articles"))!;
        Assert.InRange(before, 501, stories.Count - 1);

        var (exitCode, output) = await AppProcess.ReadToEndAsync(data.Path, Import(file, "--publish=true"));

        Assert.True(exitCode == 0, output);
        Assert.Contains($"Going on after line {before}", output, StringComparison.Ordinal);
        Assert.Contains(
            $"{stories.Count - before} lines: {stories.Count - before} created, 0 updated, 0 unchanged, 0 refused",
            output,
            StringComparison.Ordinal
        );
        Assert.Equal((long)stories.Count, await newsroom.SqlAsync("select count(distinct external_id) from articles"));
        foreach (
            var table in new[]
            {
                "articles",
                "revisions",
                "publications",
                "changes where article_id is not null",
                "audit_entries where action = 'created' and subject = 'article' and by = 'import'",
            }
        )
            Assert.Equal((long)stories.Count, await newsroom.SqlAsync($"select count(*) from {table}"));

        Assert.Equal(stories.Count, await CountAsync(""));
        foreach (var topic in new[] { "cocoa", "earn", "money-fx" })
            Assert.Equal(stories.Count(story => story.Topics.Contains(topic)), await CountAsync($"&topic={topic}"));
        Assert.Equal(
            stories.Count(story => story.Places.Contains("japan") && story.Topics.Contains("trade")),
            await CountAsync("&place=japan&topic=trade")
        );
        var sample = stories[0];
        var live = (await newsroom.Anyone.ReadAsync($"/content/v1/articles/{SlugOf(sample.Title)}")).Expect(HttpStatusCode.OK);
        Assert.Equal((sample.Title, sample.PublishedAt), (live["headline"]!.GetValue<string>(), live["publishedAt"]!.GetValue<string>()));
        Assert.Equal(sample.Topics.Select(SlugOf), live["topics"]!.AsArray().Select(topic => topic!["slug"]!.GetValue<string>()));
        Assert.Equal(sample.Places.Select(SlugOf), live["places"]!.AsArray().Select(place => place!["slug"]!.GetValue<string>()));

        var (_, third) = await AppProcess.ReadToEndAsync(data.Path, Import(file, "--publish=true"));
        Assert.Contains("0 lines: 0 created", third, StringComparison.Ordinal);

        async Task<int> CountAsync(string filter) =>
            (await newsroom.Anyone.ReadAsync($"/content/v1/articles?count=true&limit=1{filter}")).Expect(HttpStatusCode.OK)[
                "total"
            ]!.GetValue<int>();
    }

    private string[] Import(string file, params string[] settings) =>
        [
            "import",
            file,
            $"--ConnectionStrings:Cms={newsroom.ConnectionString};Application Name=import",
            $"--Cms:AdminKey={Newsroom.AdminKey}",
            .. settings,
        ];

    private static List<Story> Stories()
    {
        using var reader = new StreamReader(
            new GZipStream(File.OpenRead(SharedData.Require("reuters-dev.ndjson.gz")), CompressionMode.Decompress),
            Encoding.UTF8
        );
        var stories = new List<Story>();
        while (reader.ReadLine() is { } line)
            stories.Add(Story.Of(JsonNode.Parse(line)!));
        return stories;
    }

    private static string SlugOf(string name) =>
        string.Join('-', name.ToLowerInvariant().Split([' ', '-', '.', ',', '\''], StringSplitOptions.RemoveEmptyEntries));

    private sealed record Story(
        string Title,
        string PublishedAt,
        IReadOnlyList<string> Topics,
        IReadOnlyList<string> Places,
        IReadOnlyList<string> People,
        string Line
    )
    {
        public static Story Of(JsonNode json)
        {
            var (title, publishedAt) = (json["title"]!.GetValue<string>().Trim(), json["publishedAt"]!.GetValue<string>());
            var (topics, places, people) = (Names("topics"), Names("places"), Names("people"));
            var line = JsonSerializer.Serialize(
                new
                {
                    headline = title,
                    externalId = $"urn:reuters:{json["sourceId"]}",
                    body = new { format = "text", content = json["body"]!.GetValue<string>() },
                    dateline = new { source = json["dateline"]?.GetValue<string>() },
                    publishedAt,
                    topics = topics.Select(topic => new { topic = SlugOf(topic), relation = "about" }),
                    places = places.Select(place => new { place = SlugOf(place) }),
                    people = people.Select(person => new { person = SlugOf(person) }),
                }
            );
            return new(title, publishedAt, topics, places, people, line);

            List<string> Names(string member) => [.. json[member]!.AsArray().Select(name => name!.GetValue<string>()).Distinct()];
        }
    }
}
