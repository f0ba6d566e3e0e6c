using System.Net;
using System.Text.Json.Nodes;
using HeadlessCms.Tests.Harness;

namespace HeadlessCms.Tests.Content;

/// <summary>The selection of members with <c>fields</c>.</summary>
public sealed class FieldsTests(FieldsTests.World world) : IClassFixture<FieldsTests.World>
{
    private const string Item = "/content/v1/articles/whole";
    private static readonly string[] Lists =
    [
        "/content/v1/articles",
        "/content/v1/articles?ids=whole,bare",
        "/content/v1/people/ann/articles",
        "/content/v1/places/oslo/articles",
        "/content/v1/topics/energy/articles",
    ];

    public sealed class World(TestCluster cluster) : Newsroom(cluster), IAsyncLifetime
    {
        protected override IReadOnlyDictionary<string, string> Settings { get; } =
            new Dictionary<string, string> { ["Cms:SiteUrl"] = "https://news.example" };

        async ValueTask IAsyncLifetime.InitializeAsync()
        {
            await InitializeAsync();
            await Admin.ConceptAsync("people", new { name = "Ann" });
            await Admin.ConceptAsync("people", new { name = "Ben" });
            await Admin.ConceptAsync("places", new { name = "Oslo", kind = "city" });
            await Admin.ConceptAsync("topics", new { name = "Energy" });
            object Content(string slug) =>
                new
                {
                    headline = "The whole story",
                    slug,
                    standfirst = "All of it",
                    body = new { format = "text", content = "The text." },
                    genre = "news",
                    byline = "By Ben",
                    authors = new[] { "ben" },
                    dateline = new { place = "oslo", source = "A wire" },
                    leadImage = new { url = "https://images.example.com/a.jpg", alt = "A picture" },
                    people = new[] { new { person = "ann", role = "Minister" }, new { person = "ben", role = "Reporter" } },
                    places = new[] { new { place = "oslo" } },
                    topics = new[] { new { topic = "energy" } },
                };
            await Admin.ArticleAsync(Content("whole"), publish: true);
            await Admin.PublishAsync("whole", new { correction = new { kind = "correction", text = "Put right." } });
            await Admin.ArticleAsync(new { headline = "The bare story", slug = "bare" }, publish: true);
            await Admin.ArticleAsync(Content("draft"));
        }
    }

    [Theory]
    [InlineData("headline", "headline")]
    [InlineData("slug,headline", "slug headline")]
    [InlineData("headline,people.name", "headline people(name)")]
    [InlineData("people.role,people.name", "people(name role)")]
    [InlineData("people,people.name", "people(id slug name relation role)")]
    [InlineData("people.name,people", "people(id slug name relation role)")]
    [InlineData("dateline.place.name", "dateline(place(name))")]
    [InlineData(
        "dateline.source,leadImage.alt,authors.slug,places.kind,topics.id,corrections.text",
        "authors(slug) dateline(source) leadImage(alt) places(kind) topics(id) corrections(text)"
    )]
    [InlineData("url,publishedAt,wordCount", "url publishedAt wordCount")]
    [InlineData("headline,bodyHtml", "headline bodyHtml")]
    public async Task Picked_members_are_there_and_no_others(string fields, string shape)
    {
        var whole = (await world.Anyone.ReadAsync(Item)).Expect(HttpStatusCode.OK);
        var expected = Sorted(shape);

        foreach (var sent in new[] { $"fields={fields}", $"fields={string.Join("&fields=", fields.Split(','))}" })
        {
            var item = (await world.Anyone.ReadAsync($"{Item}?{sent}")).Expect(HttpStatusCode.OK);
            Assert.Equal(expected, Sorted(ShapeOf(item)));
            Assert.True(IsPartOf(item, whole), item.ToJsonString());
        }

        foreach (var list in Lists)
        {
            var page = (
                await world.Anyone.ReadAsync(
                    $"{list}{(list.Contains('?', StringComparison.Ordinal) ? '&' : '?')}fields={fields}&limit=100&count=true"
                )
            ).Expect(HttpStatusCode.OK);
            Assert.Equal("items nextCursor total", string.Join(' ', page.AsObject().Select(member => member.Key)));
            var item = page["items"]!.AsArray().Single(item => IsPartOf(item, whole));
            Assert.Equal(expected, Sorted(ShapeOf(item!)));
        }
    }

    [Fact]
    public async Task A_picked_member_of_what_is_not_there_leaves_its_place_empty()
    {
        var bare = (
            await world.Anyone.ReadAsync("/content/v1/articles/bare?fields=bodyHtml,dateline.place.name,leadImage.url,people.name")
        ).Expect(HttpStatusCode.OK);

        Assert.Equal("""{"dateline":null,"leadImage":null,"people":[],"bodyHtml":null}""", bare.ToJsonString());
    }

    [Theory]
    [InlineData("headlin")]
    [InlineData("Headline")]
    [InlineData("headline.length")]
    [InlineData("people.nam")]
    [InlineData("people.")]
    [InlineData(".people")]
    [InlineData("items")]
    [InlineData("liveUntil")]
    [InlineData("askedBySlug")]
    [InlineData("*")]
    public async Task A_member_that_an_article_does_not_have_is_refused_and_named(string field)
    {
        foreach (var path in Lists.Append(Item))
        {
            var refused = await world.Anyone.ReadAsync(
                $"{path}{(path.Contains('?', StringComparison.Ordinal) ? '&' : '?')}fields=headline,{field}"
            );
            Assert.Equal(["fields: unknownValue"], refused.Errors(HttpStatusCode.BadRequest));
            Assert.Contains($"'{field}'", refused.Json["errors"]![0]!["detail"]!.GetValue<string>(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task What_nobody_picks_is_not_read_from_the_database()
    {
        string[] costly = ["body_html", "concepts", "authors", "dateline_place", "corrections"];
        async Task<string> ReadAsync(string path)
        {
            var sql = Assert
                .Single(await world.Statements.RecordReadsAsync(async () => (await world.Admin.ReadAsync(path)).Expect(HttpStatusCode.OK)))
                .Text; // a request with a key bypasses the cache
            return string.Join(' ', costly.Where(column => sql.Contains($".{column}", StringComparison.Ordinal)));
        }

        Assert.Equal("", await ReadAsync($"{Item}?fields=id,headline"));
        Assert.Equal("", await ReadAsync("/content/v1/articles?fields=id,headline"));
        Assert.Equal("body_html", await ReadAsync("/content/v1/articles?fields=bodyHtml"));
        Assert.Equal("concepts", await ReadAsync("/content/v1/articles?ids=whole&fields=people.name,topics"));

        // What was read before may be kept by the node.
        Assert.Equal("concepts authors dateline_place corrections", await ReadAsync("/content/v1/articles?limit=97"));
        var unread = await world.Admin.ArticleAsync(new { headline = "Not read yet" }, publish: true);
        Assert.Equal(string.Join(' ', costly), await ReadAsync($"/content/v1/articles/{unread}"));
        (await world.Admin.PostAsync($"/editorial/v1/articles/{unread}/unpublish")).Expect(HttpStatusCode.OK);
    }

    [Fact]
    public async Task An_answer_has_a_tag_of_its_own_and_concerns_what_it_shows_alone()
    {
        var answers = new List<Answer>();
        foreach (var fields in new[] { "", "?fields=headline", "?fields=headline,slug", "?fields=people.name" })
            answers.Add(await world.Anyone.ReadAsync(Item + fields));
        Assert.Equal(answers.Count, answers.DistinctBy(answer => answer.Tag).Count());

        var people = answers[0].Json["people"]!.AsArray().Select(person => $"concept:{person!["id"]}");
        var article = $"article:{answers[0].Json["id"]}";
        Assert.Equal(article, answers[1].Headers.GetValues("Cache-Tag").Single());
        Assert.Equal(people.Prepend(article).Order(), answers[3].Headers.GetValues("Cache-Tag").Single().Split(',').Order());
    }

    [Fact]
    public async Task A_list_goes_on_with_other_members()
    {
        var first = (await world.Anyone.ReadAsync("/content/v1/articles?limit=1&fields=slug")).Expect(HttpStatusCode.OK);
        var second = (
            await world.Anyone.ReadAsync($"/content/v1/articles?limit=1&fields=slug,headline&cursor={first["nextCursor"]}")
        ).Expect(HttpStatusCode.OK);

        Assert.Equal("""[{"slug":"bare"}]""", first["items"]!.ToJsonString());
        Assert.Equal("""[{"slug":"whole","headline":"The whole story"}]""", second["items"]!.ToJsonString());
    }

    [Fact]
    public async Task A_preview_shows_what_is_picked()
    {
        var token = (await world.Admin.PostAsync("/editorial/v1/previews", new { article = "draft" })).Expect(HttpStatusCode.Created)[
            "token"
        ];

        var draft = (await world.Anyone.ReadAsync($"/content/v1/articles/draft?preview={token}&fields=slug,bodyHtml,people.name")).Expect(
            HttpStatusCode.OK
        );

        Assert.Equal(
            """{"slug":"draft","people":[{"name":"Ann"},{"name":"Ben"}],"bodyHtml":"\u003Cp\u003EThe text.\u003C/p\u003E"}""",
            draft.ToJsonString()
        );
    }

    // The schemas require no member, because fields may omit any of them.
    [Fact]
    public async Task Without_it_every_member_is_there_that_the_documents_name()
    {
        var schemas = world.Documents.Single(document => document.Name == "content").Root.GetProperty("components").GetProperty("schemas");
        IEnumerable<string> Named(string schema) =>
            schemas.GetProperty(schema).GetProperty("properties").EnumerateObject().Select(member => member.Name).Order();
        var whole = (await world.Anyone.ReadAsync(Item)).Json;
        var listed = (await world.Anyone.ReadAsync("/content/v1/articles?ids=whole")).Json["items"]![0]!;

        Assert.Equal(Named("Article"), Names(whole));
        Assert.Equal(Named("ArticleItem").Except(["bodyHtml", "embeds", "translations"]), Names(listed));
        foreach (var article in new[] { whole, listed })
        {
            Assert.Equal(Named("MentionedPerson"), Names(article["people"]![0]!));
            Assert.Equal(Named("MentionedPlace"), Names(article["places"]![0]!));
            Assert.Equal(Named("MentionedTopic"), Names(article["topics"]![0]!));
            Assert.Equal(Named("ConceptLink"), Names(article["authors"]![0]!));
            Assert.Equal(Named("Dateline"), Names(article["dateline"]!));
            Assert.Equal(Named("PlaceLink"), Names(article["dateline"]!["place"]!));
            Assert.Equal(Named("Image"), Names(article["leadImage"]!));
            Assert.Equal(Named("PublishedCorrection"), Names(article["corrections"]![0]!));
        }

        static IEnumerable<string> Names(JsonNode node) => node.AsObject().Select(member => member.Key).Order();
    }

    private static string ShapeOf(JsonNode? node) =>
        string.Join(
            ' ',
            node!
                .AsObject()
                .Select(member =>
                    (member.Value is JsonArray items ? items[0] : member.Value) is JsonObject below
                        ? $"{member.Key}({ShapeOf(below)})"
                        : member.Key
                )
        );

    private static string Sorted(string shape) => string.Concat(shape.Order());

    private static bool IsPartOf(JsonNode? part, JsonNode? whole) =>
        (part, whole) switch
        {
            (JsonObject some, JsonObject all) => some.All(member => all.ContainsKey(member.Key) && IsPartOf(member.Value, all[member.Key])),
            (JsonArray some, JsonArray all) => some.Count == all.Count && some.Zip(all).All(pair => IsPartOf(pair.First, pair.Second)),
            _ => JsonNode.DeepEquals(part, whole),
        };
}
