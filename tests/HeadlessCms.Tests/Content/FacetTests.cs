using System.Net;
using System.Text.Json.Nodes;
using HeadlessCms.Tests.Harness;

namespace HeadlessCms.Tests.Content;

/// <summary>The <c>facets</c> of lists.</summary>
public sealed class FacetTests(FacetTests.World world) : IClassFixture<FacetTests.World>
{
    private const string Articles = "/content/v1/articles";
    private const int Most = 20;

    public sealed class World(TestCluster cluster) : Newsroom(cluster), IAsyncLifetime
    {
        private const int Topics = 24;

        async ValueTask IAsyncLifetime.InitializeAsync()
        {
            await InitializeAsync();
            foreach (
                var place in new object[]
                {
                    new { name = "Asia" },
                    new { name = "Japan", within = "asia" },
                    new { name = "Tokyo", within = "japan" },
                    new { name = "Norway" },
                }
            )
                await Admin.ConceptAsync("places", place);
            var topics = Enumerable
                .Range(1, Topics)
                .Select(number => new
                {
                    name = $"Topic {number:00}",
                    slug = $"topic-{number}",
                    broader = number > 1 ? $"topic-{number / 2}" : null,
                });
            await AllAsync("topics", "created", topics);
            await AllAsync(
                "people",
                "created",
                Enumerable.Range(0, 3).Select(number => new { name = $"Person {number}", slug = $"person-{number}" })
            );
            var random = new Random(4);
            var stories = Enumerable
                .Range(0, 60)
                .Select(number => new
                {
                    headline = $"Story {number}",
                    slug = $"story-{number}",
                    language = new[] { "en", "en", "ja", "tg" }[random.Next(4)],
                    authors = random.Next(2) == 0 ? ["person-0"] : Array.Empty<string>(),
                    people = Some(random, 3)
                        .Select(person => new { person = $"person-{person}", relation = random.Next(2) == 0 ? "about" : "mentions" }),
                    places = Some(random, 3)
                        .Select(place => new
                        {
                            place = new[] { "japan", "tokyo", "norway" }[place],
                            relation = random.Next(2) == 0 ? "about" : "mentions",
                        }),
                    topics = Some(random, Topics - 1)
                        .Take(3)
                        .Select(topic => new { topic = $"topic-{topic + 2}", relation = random.Next(2) == 0 ? "about" : "mentions" }),
                })
                .ToList();
            await AllAsync("articles/bulk?publish=true", "created", stories);
            await Admin.ConceptAsync("topics", new { name = "Only in a draft" });
            await Admin.ArticleAsync(
                new
                {
                    headline = "Draft",
                    language = "fr",
                    topics = new[] { new { topic = "only-in-a-draft" }, new { topic = "topic-2" } },
                }
            );
        }

        private async Task AllAsync(string what, string status, IEnumerable<object> lines)
        {
            var path = what.Contains('/', StringComparison.Ordinal) ? what : $"{what}/bulk";
            Assert.All(await Admin.BulkAsync($"/editorial/v1/{path}", lines), line =>
                Assert.Equal(status, line["status"]!.GetValue<string>())
            );
        }

        private static List<int> Some(Random random, int of) =>
            [.. Enumerable.Range(0, of).OrderBy(_ => random.Next()).Take(random.Next(of + 1))];
    }

    [Theory]
    [InlineData("")]
    [InlineData("topic=topic-2")]
    [InlineData("topic=topic-2&topic=topic-3")]
    [InlineData("person=person-0,person-1&language=en")]
    [InlineData("person=person-1&relation=about")]
    [InlineData("relation=mentions")]
    [InlineData("place=japan&descendants=false")]
    [InlineData("relation=about&descendants=false&author=person-0")]
    [InlineData("ids=story-1,story-2,story-3,story-4,story-5,story-6")]
    [InlineData("topic=nothing")]
    public async Task A_count_is_the_total_of_the_list_with_one_more_filter_and_the_most_frequent_come_first(string filter)
    {
        var facets = (await world.Anyone.ReadAsync($"{Articles}?{filter}&facets=topics,people,places,language&limit=1")).Expect(
            HttpStatusCode.OK
        )["facets"]!;

        foreach (var (facet, parameter) in new[] { ("topics", "topic"), ("people", "person"), ("places", "place") })
        {
            var concepts = (await world.Anyone.ReadAsync($"/content/v1/{facet}?limit=100")).Json["items"]!.AsArray();
            var counted = new List<(string Id, string Slug, string Name, int Count)>();
            foreach (var concept in concepts)
            {
                var (id, slug, name) = (
                    concept!["id"]!.GetValue<string>(),
                    concept["slug"]!.GetValue<string>(),
                    concept["name"]!.GetValue<string>()
                );
                if (await TotalAsync($"{filter}&{parameter}={slug}") is var count and > 0)
                    counted.Add((id, slug, name, count));
            }

            Assert.Equal(
                counted.OrderByDescending(concept => concept.Count).ThenBy(concept => concept.Name, StringComparer.Ordinal).Take(Most),
                facets[facet]!
                    .AsArray()
                    .Select(one =>
                        (
                            one!["id"]!.GetValue<string>(),
                            one["slug"]!.GetValue<string>(),
                            one["name"]!.GetValue<string>(),
                            one["count"]!.GetValue<int>()
                        )
                    )
            );
        }

        var languages = facets["language"]!
            .AsArray()
            .Select(one => (Value: one!["value"]!.GetValue<string>(), Count: one["count"]!.GetValue<int>()))
            .ToList();
        Assert.Equal(languages.OrderByDescending(one => one.Count).ThenBy(one => one.Value, StringComparer.Ordinal), languages);
        Assert.Equal(await TotalAsync(filter), languages.Sum(one => one.Count));
        if (!filter.Contains("language", StringComparison.Ordinal))
            foreach (var (value, count) in languages)
                Assert.Equal(await TotalAsync($"{filter}&language={value}"), count);
    }

    [Fact]
    public async Task The_most_frequent_twenty_are_told_and_nothing_that_readers_may_not_see()
    {
        var facets = (await world.Anyone.ReadAsync($"{Articles}?facets=topics,places,language")).Expect(HttpStatusCode.OK)["facets"]!;

        Assert.Equal("places topics language", string.Join(' ', facets.AsObject().Select(facet => facet.Key)));
        Assert.Equal(Most, facets["topics"]!.AsArray().Count);
        Assert.Equal(["japan", "norway", "tokyo"], facets["places"]!.AsArray().Select(place => place!["slug"]!.GetValue<string>()).Order());
        Assert.DoesNotContain("draft", facets.ToJsonString(), StringComparison.Ordinal);
        Assert.DoesNotContain("\"fr\"", facets.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task They_are_there_where_they_are_asked_for_on_any_page_for_one_statement_more()
    {
        var first = (await world.Anyone.ReadAsync($"{Articles}?limit=2")).Json;
        Assert.False(first.AsObject().ContainsKey("facets"));

        JsonNode? page = null;
        var statements = await world.Statements.CountReadsAsync(async () =>
            page = (
                await world.Anyone.ReadAsync(
                    $"{Articles}?facets=topics,people,places,language&limit=2&fields=slug&cursor={first["nextCursor"]}"
                )
            ).Expect(HttpStatusCode.OK)
        );

        Assert.Equal(2, statements);
        Assert.Equal(
            (await world.Anyone.SlugsAsync(Articles))[2..4],
            page!["items"]!.AsArray().Select(item => item!["slug"]!.GetValue<string>())
        );
        Assert.Equal(4, page["facets"]!.AsObject().Count);
        Assert.Equal(
            3,
            await world.Statements.CountReadsAsync(() => world.Anyone.ReadAsync("/content/v1/people/person-1/articles?facets=language"))
        );
        Assert.Equal(
            (await world.Anyone.ReadAsync($"{Articles}?person=person-1&facets=places,topics")).Json["facets"]!.ToJsonString(),
            (await world.Anyone.ReadAsync("/content/v1/people/person-1/articles?facets=topics&facets=places")).Json[
                "facets"
            ]!.ToJsonString()
        );
        Assert.Equal(
            ["facets: unknownValue"],
            (await world.Anyone.ReadAsync($"{Articles}?facets=topics,genre")).Errors(HttpStatusCode.BadRequest)
        );
    }

    [Fact]
    public async Task What_a_node_keeps_of_them_follows_articles_names_and_what_lies_within_what()
    {
        const string Path = $"{Articles}?genre=kept&facets=topics";
        var inner = await world.Admin.ConceptAsync("topics", new { name = "Inner" });
        var outer = await world.Admin.ConceptAsync("topics", new { name = "Outer", @public = true });
        async Task<string> SaidAsync() =>
            string.Join(
                ' ',
                (await world.Anyone.ReadAsync(Path)).Expect(HttpStatusCode.OK)["facets"]!["topics"]!
                    .AsArray()
                    .Select(one => $"{one!["name"]}:{one["count"]}")
            );
        Assert.Equal("", await SaidAsync());

        await world.Admin.ArticleAsync(
            new
            {
                headline = "Kept",
                slug = "kept",
                genre = "kept",
                topics = new[] { new { topic = inner } },
            },
            publish: true
        );
        await Eventually.TrueAsync(async () => await SaidAsync() == "Inner:1");
        Assert.Equal(0, await world.Statements.CountReadsAsync(SaidAsync));
        (await world.Admin.PatchAsync($"/editorial/v1/topics/{inner}", new { name = "Innermost" }, "\"v1\"")).Expect(HttpStatusCode.OK);
        await Eventually.TrueAsync(async () => await SaidAsync() == "Innermost:1");
        (await world.Admin.PatchAsync($"/editorial/v1/topics/{inner}", new { broader = outer }, "\"v2\"")).Expect(HttpStatusCode.OK);
        await Eventually.TrueAsync(async () => await SaidAsync() == "Innermost:1 Outer:1");
        (await world.Admin.PostAsync("/editorial/v1/articles/kept/unpublish")).Expect(HttpStatusCode.OK);
        await Eventually.TrueAsync(async () => await SaidAsync() == "");
    }

    [Fact]
    public async Task A_look_ahead_counts_picks_and_orders_what_will_be_live()
    {
        var (now, later) = (
            await world.Admin.ArticleAsync(
                new
                {
                    headline = "Now",
                    slug = "live-now",
                    genre = "ahead",
                },
                publish: true
            ),
            await world.Admin.ArticleAsync(
                new
                {
                    headline = "Later",
                    slug = "live-later",
                    genre = "ahead",
                    topics = new[] { new { topic = await world.Admin.ConceptAsync("topics", new { name = "Ahead" }) } },
                }
            )
        );
        await world.Admin.PublishAsync(later, new { liveFrom = "2998-01-01T00:00:00Z" });
        var token = (await world.Admin.PostAsync("/editorial/v1/previews", new { asOf = "2999-01-01T00:00:00Z" })).Expect(
            HttpStatusCode.Created
        )["token"];
        var list = $"{Articles}?genre=ahead&ids={later},{now}&fields=slug&facets=topics";

        var ahead = (await world.Anyone.ReadAsync($"{list}&preview={token}")).Expect(HttpStatusCode.OK);
        var today = (await world.Anyone.ReadAsync(list)).Expect(HttpStatusCode.OK);

        Assert.Equal("""[{"slug":"live-later"},{"slug":"live-now"}]""", ahead["items"]!.ToJsonString());
        Assert.Equal(
            ("ahead", 1),
            (ahead["facets"]!["topics"]![0]!["slug"]!.GetValue<string>(), ahead["facets"]!["topics"]![0]!["count"]!.GetValue<int>())
        );
        Assert.Equal(("""[{"slug":"live-now"}]""", """{"topics":[]}"""), (today["items"]!.ToJsonString(), today["facets"]!.ToJsonString()));
    }

    private async Task<int> TotalAsync(string filter) =>
        (await world.Anyone.ReadAsync($"{Articles}?{filter}&count=true&limit=1")).Expect(HttpStatusCode.OK)["total"]!.GetValue<int>();
}
