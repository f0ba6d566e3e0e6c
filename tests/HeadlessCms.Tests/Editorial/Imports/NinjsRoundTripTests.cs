using System.Net;
using System.Text.Json.Nodes;
using HeadlessCms.Tests.Harness;

namespace HeadlessCms.Tests.Editorial.Imports;

/// <summary>What <c>/feeds/articles.ninjs</c> says of a newsroom, after an import of it into another.</summary>
public sealed class NinjsRoundTripTests(PublicNewsroom source, EmptyNewsroom target)
    : IClassFixture<PublicNewsroom>,
        IClassFixture<EmptyNewsroom>
{
    [Fact]
    public async Task Stories_go_from_one_newsroom_to_another_and_nothing_in_ninjs_is_lost()
    {
        await WriteEverythingAsync();
        var before = await StoriesAsync(source);
        Assert.Equal(4, before.Count);

        var report = await target.Admin.ImportAsync("ninjs", (await source.Anyone.ReadAsync("/feeds/articles.ninjs?limit=100")).Text);

        Assert.Equal((before.Count, 0), (report.Count("created"), report.Count("refused")));
        Assert.Empty(report["items"]!.AsArray().Where(item => item!["notes"] is not null).Select(item => item!.ToJsonString()));
        var after = await StoriesAsync(target);
        Assert.Equal(before.Keys.Order(), after.Keys.Order());
        foreach (var (uri, story) in before)
            Assert.True(JsonNode.DeepEquals(story, after[uri]), $"{story.ToJsonString()}\n\n{after[uri].ToJsonString()}");

        var again = await target.Admin.ImportAsync("ninjs", (await target.Anyone.ReadAsync("/feeds/articles.ninjs?limit=100")).Text);
        Assert.Equal((0, 0, before.Count), (again.Count("created"), again.Count("updated"), again.Count("unchanged")));
    }

    private async Task WriteEverythingAsync()
    {
        foreach (
            var (kinds, concept) in new (string, object)[]
            {
                ("people", new { name = "Rosa Trip", slug = "rosa-trip" }),
                ("people", new { name = "Sam Trip", slug = "sam-trip" }),
                (
                    "places",
                    new
                    {
                        name = "Tripville",
                        slug = "tripville",
                        latitude = 12.5,
                        longitude = -7.25,
                    }
                ),
                (
                    "topics",
                    new
                    {
                        name = "Round trips",
                        slug = "round-trips",
                        code = "medtop:20000999",
                    }
                ),
                ("topics", new { name = "Own topic", slug = "own-topic" }),
                ("organisations", new { name = "Trip & Co", slug = "trip-co" }),
                ("events", new { name = "Trip Fair", slug = "trip-fair" }),
            }
        )
            (await source.Admin.PostAsync($"/editorial/v1/{kinds}", concept)).Expect(HttpStatusCode.Created);
        (
            await source.Admin.PostAsync(
                "/editorial/v1/articles",
                new
                {
                    headline = "Everything <in> a \"trip\" & more",
                    slug = "everything",
                    standfirst = "All that ninjs has.",
                    body = new
                    {
                        format = "markdown",
                        content = "One **bold** word.\n\n- a\n- b\n\n> quoted\n\n| x | y |\n|---|---|\n| 1 | 2 |",
                    },
                    language = "en-GB",
                    genre = "analysis",
                    authors = new[] { "rosa-trip", "sam-trip" },
                    dateline = new { place = "tripville", source = "Trip Wire" },
                    leadImage = new
                    {
                        url = "https://images.example/trip.jpg",
                        alt = "Alt",
                        caption = "Caption",
                        credit = "Credit",
                    },
                    people = new[] { new { person = "rosa-trip", relation = "mentions" } },
                    places = new[] { new { place = "tripville", relation = "about" } },
                    topics = new[]
                    {
                        new { topic = "round-trips", relation = "about" },
                        new { topic = "own-topic", relation = "mentions" },
                    },
                    organisations = new[] { new { organisation = "trip-co", relation = "about" } },
                    events = new[] { new { @event = "trip-fair", relation = "mentions" } },
                    embargoUntil = "2020-01-01T00:00:00Z",
                    externalId = "urn:trip:1",
                    urgency = 3,
                    usageTerms = "Not for archives.",
                    copyrightHolder = "Trip Press",
                    aiUse = "assisted",
                }
            )
        ).Expect(HttpStatusCode.Created);
        await PublishAsync("everything", new { liveFrom = "2020-02-03T04:05:06Z" });
        await PublishAsync("everything", new { correction = new { kind = "correction", text = "The first note: of two." } });
        await PublishAsync("everything", new { correction = new { kind = "update", text = "The second note." } });
        await StoryAsync(new { headline = "Only a headline", slug = "only-a-headline" });
        await PublishAsync("only-a-headline", new { liveUntil = "2040-01-01T00:00:00Z" });
        await StoryAsync(
            new
            {
                headline = "Une traduction",
                slug = "une-traduction",
                language = "fr",
                byline = "Par Rosa Trip",
                isTranslationOf = "only-a-headline",
            }
        );
        await PublishAsync("une-traduction", new { });
        await StoryAsync(
            new
            {
                headline = "Generated",
                slug = "generated",
                aiUse = "generated",
                body = new
                {
                    format = "html",
                    content = "<h2 id=\"a\">A</h2><p>See <a href=\"https://x.example/?a=1&amp;b=2\">there</a>.</p>"
                        + "<figure><img src=\"https://x.example/i.png\" alt=\"i\"><figcaption>c</figcaption></figure>",
                },
            }
        );
        await PublishAsync("generated", new { });
    }

    private async Task StoryAsync(object story) =>
        (await source.Admin.PostAsync("/editorial/v1/articles", story)).Expect(HttpStatusCode.Created);

    private async Task PublishAsync(string slug, object publication)
    {
        var answer = await source.Admin.PostAsync($"/editorial/v1/articles/{slug}/publications", publication);
        Assert.True((int)answer.Status is 200 or 201, answer.Text);
    }

    private static async Task<Dictionary<string, JsonNode>> StoriesAsync(Newsroom newsroom) =>
        (await newsroom.Anyone.ReadAsync("/feeds/articles.ninjs?limit=100")).Expect(HttpStatusCode.OK)["associations"]!
            .AsArray()
            .ToDictionary(story => story!["uri"]!.GetValue<string>(), story => story!);
}

/// <summary>A newsroom of the same site without a story.</summary>
public sealed class EmptyNewsroom(TestCluster cluster) : Newsroom(cluster)
{
    protected override IReadOnlyDictionary<string, string> Settings { get; } =
        new Dictionary<string, string> { ["Cms:SiteUrl"] = PublicNewsroom.Site, ["Cms:SiteName"] = "The Daily Example" };
}
