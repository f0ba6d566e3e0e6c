using System.Net;
using System.Text.Json.Nodes;
using HeadlessCms.Tests.Harness;

namespace HeadlessCms.Tests.Content;

/// <summary>
/// Lists are made of articles that the node keeps. The node has no cache of responses, so each answer is made anew.
/// </summary>
public sealed class ListedArticlesTests(ListedArticlesTests.Uncached newsroom) : IClassFixture<ListedArticlesTests.Uncached>
{
    public sealed class Uncached(TestCluster cluster) : Newsroom(cluster)
    {
        protected override IReadOnlyDictionary<string, string> Settings { get; } =
            new Dictionary<string, string> { ["Cms:Cache:MaxBytes"] = "0" };
    }

    private HttpClient Admin => newsroom.Admin;
    private HttpClient Anyone => newsroom.Anyone;

    [Theory]
    [InlineData("people", "person")]
    [InlineData("places", "place")]
    [InlineData("topics", "topic")]
    [InlineData("organisations", "organisation")]
    [InlineData("events", "event")]
    public async Task A_renamed_concept_has_its_new_name_in_the_next_answer(string kinds, string kind)
    {
        var topic = await Admin.ConceptAsync("topics", new { name = $"Renaming {kinds}" });
        var concept = await Admin.ConceptAsync(kinds, new { name = $"Before {kind}" });
        foreach (var number in Enumerable.Range(0, 3))
            await StoryAsync($"{kind} {number}", (topic, "topics", "topic"), (concept, kinds, kind));
        var list = $"/content/v1/articles?topic={topic}";
        for (var round = 0; round < 3; round++)
            Assert.All(await ItemsAsync(list), item => Assert.Equal($"Before {kind}", NameIn(item)));

        for (var round = 0; round < 5; round++)
        {
            var name = $"After {kind} {round}";
            (await Admin.PatchAsync($"/editorial/v1/{kinds}/{concept}", new { name }, "*")).Expect(HttpStatusCode.OK);
            Assert.All(await ItemsAsync(list), item => Assert.Equal(name, NameIn(item)));
        }

        string? NameIn(JsonNode item) => (string?)item[kinds]!.AsArray().Single(one => (string?)one!["slug"] == concept)!["name"];
    }

    [Fact]
    public async Task Authors_datelines_merges_and_corrections_are_as_they_are_now()
    {
        var topic = await Admin.ConceptAsync("topics", new { name = "Everything else" });
        var author = await Admin.ConceptAsync("people", new { name = "Ann Author" });
        var place = await Admin.ConceptAsync("places", new { name = "Placetown", kind = "city" });
        var (kept, merged) = (
            await Admin.ConceptAsync("people", new { name = "Kept One" }),
            await Admin.ConceptAsync("people", new { name = "Merged One" })
        );
        var slug = await Admin.ArticleAsync(
            new
            {
                headline = "All of it",
                authors = new[] { author },
                dateline = new { place },
                people = new[] { new { person = merged } },
                topics = new[] { new { topic } },
            },
            publish: true
        );
        var list = $"/content/v1/articles?topic={topic}&sort=-updatedAt";
        var before = await TwiceAsync(list);
        Assert.Equal("Ann Author", (string?)before["authors"]![0]!["name"]);

        await Admin.PatchAsync($"/editorial/v1/people/{author}", new { name = "Ann B. Author" }, "*");
        Assert.Equal("Ann B. Author", (string?)(await TwiceAsync(list))["authors"]![0]!["name"]);
        await Admin.PatchAsync($"/editorial/v1/places/{place}", new { name = "Placeville" }, "*");
        Assert.Equal("Placeville", (string?)(await TwiceAsync(list))["dateline"]!["place"]!["name"]);
        (await Admin.PostAsync($"/editorial/v1/people/{merged}/merge", new { into = kept })).Expect(HttpStatusCode.OK);
        Assert.Equal("Kept One", (string?)(await TwiceAsync(list))["people"]![0]!["name"]);
        await Admin.PublishAsync(slug, new { correction = new { kind = "correction", text = "Put right." } });
        Assert.Equal("Put right.", (string?)(await TwiceAsync(list))["corrections"]![0]!["text"]);
        Assert.Equal(
            (await Anyone.ReadAsync($"/content/v1/articles/{slug}")).Json["updatedAt"]!.ToJsonString(),
            (await TwiceAsync(list))["updatedAt"]!.ToJsonString()
        );
    }

    [Fact]
    public async Task A_list_has_the_same_members_and_values_the_first_time_and_later_and_as_selected_ones()
    {
        var topic = await Admin.ConceptAsync("topics", new { name = "Same answers" });
        var series = await Admin.ConceptAsync("series", new { name = "Serial answers" });
        foreach (var number in Enumerable.Range(0, 5))
            await Admin.ArticleAsync(
                new
                {
                    headline = $"Same “{number}” <& é",
                    topics = new[] { new { topic } },
                    series = number < 2 ? new { series, part = number + 1 } : null,
                    access = number == 4 ? "subscriber" : "free",
                },
                publish: true
            );
        var list = $"/content/v1/articles?topic={topic}&limit=4&count=true&facets=topics";
        var first = await Anyone.ReadAsync(list);
        var second = await Anyone.ReadAsync(list);
        Assert.Equal(first.Text, second.Text);
        Assert.Equal(5, (int?)second.Json["total"]);
        Assert.NotNull(second.Json["facets"]);

        var members = string.Join(',', first.Json["items"]![0]!.AsObject().Select(member => member.Key));
        var selected = await Anyone.ReadAsync($"{list}&fields={members}");
        Assert.Equal(first.Json["items"]!.ToJsonString(), selected.Json["items"]!.ToJsonString());
        Assert.True((bool?)second.Json["items"]![0]!["bodyTruncated"]);
        Assert.False((bool?)(await Admin.ReadAsync(list)).Json["items"]![0]!["bodyTruncated"]);

        var rest = (await Anyone.ReadAsync($"{list}&cursor={(string?)second.Json["nextCursor"]}")).Expect(HttpStatusCode.OK);
        Assert.Equal("Same “0” <& é", (string?)Assert.Single(rest["items"]!.AsArray())!["headline"]);
        Assert.Equal("Same “1” <& é", (string?)rest["items"]![0]!["series"]!["next"]!["headline"]);
    }

    [Fact]
    public async Task A_page_takes_one_statement_and_one_more_where_it_has_something_new()
    {
        var topic = await Admin.ConceptAsync("topics", new { name = "Few statements" });
        await StoryAsync("Old", (topic, "topics", "topic"));
        var list = $"/content/v1/articles?topic={topic}";
        Assert.Equal(1, await newsroom.Statements.CountAsync(() => Anyone.ReadAsync(list)));
        Assert.Equal(1, await newsroom.Statements.CountAsync(() => Anyone.ReadAsync(list)));
        await StoryAsync("New", (topic, "topics", "topic"));
        Assert.Equal(2, await newsroom.Statements.CountAsync(() => Anyone.ReadAsync(list)));
        Assert.Equal(1, await newsroom.Statements.CountAsync(() => Anyone.ReadAsync(list)));
    }

    [Fact]
    public async Task Readers_of_lists_never_see_an_older_name_than_one_they_have_seen_while_it_is_changed()
    {
        var topic = await Admin.ConceptAsync("topics", new { name = "0" });
        foreach (var number in Enumerable.Range(0, 10))
            await StoryAsync($"Busy {number}", (topic, "topics", "topic"));
        var (acknowledged, done) = (0, false);
        var readers = Enumerable
            .Range(0, 4)
            .Select(async reader =>
            {
                while (!Volatile.Read(ref done))
                {
                    var least = Volatile.Read(ref acknowledged);
                    foreach (var item in await ItemsAsync($"/content/v1/articles?topic={topic}&limit={reader + 5}"))
                        Assert.InRange(int.Parse((string)item["topics"]![0]!["name"]!, null), least, int.MaxValue);
                }
            })
            .ToList();
        for (var name = 1; name <= 40; name++)
        {
            (await Admin.PatchAsync($"/editorial/v1/topics/{topic}", new { name = $"{name}" }, "*")).Expect(HttpStatusCode.OK);
            Volatile.Write(ref acknowledged, name);
        }

        Volatile.Write(ref done, true);
        await Task.WhenAll(readers);
    }

    private async Task StoryAsync(string headline, params (string Slug, string Kinds, string Kind)[] named)
    {
        var story = new JsonObject { ["headline"] = headline };
        foreach (var kind in named.GroupBy(concept => concept.Kinds))
            story[kind.Key] = new JsonArray([.. kind.Select(concept => new JsonObject { [concept.Kind] = concept.Slug })]);
        await Admin.ArticleAsync(story, publish: true);
    }

    private async Task<IReadOnlyList<JsonNode>> ItemsAsync(string list) =>
        [.. (await Anyone.ReadAsync(list)).Expect(HttpStatusCode.OK)["items"]!.AsArray().Select(item => item!)];

    private async Task<JsonNode> TwiceAsync(string list)
    {
        var items = await ItemsAsync(list);
        Assert.Equal(items[0].ToJsonString(), (await ItemsAsync(list))[0].ToJsonString());
        return Assert.Single(items);
    }
}
