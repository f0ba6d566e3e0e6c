using System.Net;
using System.Text.Json.Nodes;
using System.Xml.Linq;
using HeadlessCms.Api.Feeds.Formats;
using HeadlessCms.Core;
using HeadlessCms.Tests.Harness;

namespace HeadlessCms.Tests.Feeds;

/// <summary>A public newsroom with a logo.</summary>
public sealed class LogoNewsroom(TestCluster cluster) : Newsroom(cluster)
{
    public const string Logo = "https://news.example/logo.png";

    protected override IReadOnlyDictionary<string, string> Settings { get; } =
        new Dictionary<string, string>
        {
            ["Cms:SiteUrl"] = PublicNewsroom.Site,
            ["Cms:SiteName"] = "The Daily & Example",
            ["Cms:SiteLogo"] = Logo,
            ["Cms:SampleContent"] = "false",
        };
}

/// <summary>What stands in the members of each format.</summary>
public sealed class ContentTests(LogoNewsroom newsroom) : IClassFixture<LogoNewsroom>
{
    private static readonly string[] Formats = ["rss", "atom", "json", "ninjs"];
    private static readonly XNamespace Atom = "http://www.w3.org/2005/Atom";
    private static readonly XNamespace Content = "http://purl.org/rss/1.0/modules/content/";
    private static readonly XNamespace Dc = "http://purl.org/dc/elements/1.1/";
    private static readonly XNamespace GeoRss = "http://www.georss.org/georss";
    private static readonly XNamespace Media = "http://search.yahoo.com/mrss/";

    private HttpClient Editor => newsroom.Admin;

    private HttpClient Anyone => newsroom.Anyone;

    [Fact]
    public async Task A_feed_has_thirty_stories_unless_its_limit_says_otherwise_and_keeps_its_rules_without_any()
    {
        var topic = await TopicAsync("Thirty");
        foreach (var format in Formats)
        {
            var path = $"/feeds/topics/{topic}.{format}?text=summary";
            Assert.Empty((await ReadAsync(path)).Stories);
            await KeepsRulesAsync(path);
        }

        await Editor.BulkAsync(
            "/editorial/v1/articles/bulk?publish=true",
            Enumerable.Range(0, 33).Select(number => new { headline = $"Thirty {number}", topics = new[] { new { topic } } })
        );

        foreach (var format in Formats)
        {
            Assert.Equal(30, (await ReadAsync($"/feeds/topics/{topic}.{format}")).Stories.Count);
            Assert.Equal(2, (await ReadAsync($"/feeds/topics/{topic}.{format}?limit=2")).Stories.Count);
            var cursor = (await ReadAsync($"/feeds/topics/{topic}.{format}?limit=1")).To("next")!;
            Assert.Single((await ReadAsync(cursor)).Stories);
            await KeepsRulesAsync(cursor);
        }
    }

    [Theory]
    [InlineData("colour=red", "colour: unknown")]
    [InlineData("sort=publishedAt", "sort: outOfRange")]
    [InlineData("limit=101", "limit: outOfRange")]
    public async Task What_a_feed_cannot_do_is_refused(string query, string error)
    {
        foreach (var format in Formats)
            Assert.Equal(
                error.Split(':')[0],
                (await Anyone.ReadAsync($"/feeds/articles.{format}?{query}")).Errors(HttpStatusCode.BadRequest).Single().Split(':')[0]
            );
    }

    [Fact]
    public async Task An_archive_has_no_other_order()
    {
        var topic = await TopicAsync("No order");
        await StoryAsync(topic, new JsonObject());
        await StoryAsync(topic, new JsonObject());
        var archive = (await ReadAsync($"/feeds/topics/{topic}.atom?limit=1")).To("prev-archive")!;

        Assert.Equal(["archive: notTogether"], (await Anyone.ReadAsync($"{archive}&sort=-updatedAt")).Errors(HttpStatusCode.BadRequest));
    }

    [Fact]
    public async Task The_oldest_document_of_the_archive_leads_back_to_the_feed_and_to_the_newer_ones()
    {
        var topic = await TopicAsync("Oldest");
        await Editor.BulkAsync(
            "/editorial/v1/articles/bulk?publish=true",
            Enumerable.Range(0, 210).Select(number => new { headline = $"Oldest {number}", topics = new[] { new { topic } } })
        );
        foreach (var format in Formats)
        {
            var feed = $"/feeds/topics/{topic}.{format}";
            var oldest = (await FeedDocument.WalkAsync(Anyone, feed, "prev-archive"))[^1];
            Assert.Equal(feed, oldest.To("current"));
            Assert.NotNull(oldest.To("next-archive"));
            Assert.Null(oldest.To("prev-archive"));
            if (format is "rss" or "atom")
                Assert.Equal(
                    (PublicNewsroom.Site + feed, PublicNewsroom.Site + oldest.To("next-archive"), PublicNewsroom.Site + oldest.Path),
                    (oldest.Links["current"], oldest.Links["next-archive"], oldest.Links["self"])
                );
            await KeepsRulesAsync(oldest.Path);
        }
    }

    [Fact]
    public async Task A_story_without_a_standfirst_has_an_excerpt_and_one_without_a_body_no_empty_element()
    {
        var topic = await TopicAsync("Excerpted");
        await StoryAsync(
            topic,
            new JsonObject { ["body"] = Html("<h2>Rain</h2><p>It rained on <b>Mon</b>day.</p><ul><li>All day.</li></ul>") }
        );
        var bare = await StoryAsync(topic, new JsonObject { ["headline"] = "Bare" });

        foreach (var query in new[] { "", "?text=summary" })
        {
            var items = (await ReadAsync($"/feeds/topics/{topic}.rss{query}")).Xml.Descendants("item").ToList();
            Assert.Equal(["Bare", "Rain It rained on Monday. All day."], items.Select(item => item.Element("description")!.Value));
            Assert.Equal(query.Length == 0 ? 1 : 0, items.SelectMany(item => item.Elements(Content + "encoded")).Count());
            var entries = (await ReadAsync($"/feeds/topics/{topic}.atom{query}")).Xml.Elements(Atom + "entry").ToList();
            Assert.Equal(["Bare", "Rain It rained on Monday. All day."], entries.Select(entry => entry.Element(Atom + "summary")!.Value));
            Assert.All(entries.SelectMany(entry => entry.Elements(Atom + "content")), content => Assert.NotEmpty(content.Value));
            foreach (var format in Formats)
                await KeepsRulesAsync($"/feeds/topics/{topic}.{format}{query}");
        }

        Assert.Equal("Bare", (await Anyone.ReadAsync($"/feeds/articles/{bare}.jsonld")).Json["description"]!.GetValue<string>());
    }

    [Theory]
    [InlineData("https://bücher.example/größe.png", "https://xn--bcher-kva.example/gr%C3%B6%C3%9Fe.png", "image/png")]
    [InlineData("https://pictures.example/a%20b.JPG?w=1&h=2", "https://pictures.example/a%20b.JPG?w=1&h=2", "image/jpeg")]
    [InlineData("https://pictures.example/[1].webp", "https://pictures.example/%5B1%5D.webp", "image/webp")]
    [InlineData("https://pictures.example/100%25", "https://pictures.example/100%25", null)]
    public async Task The_picture_is_a_uri_with_its_type_in_every_format(string url, string expected, string? type)
    {
        var topic = await TopicAsync($"Pictured {Guid.CreateVersion7():N}");
        var slug = await StoryAsync(topic, new JsonObject { ["leadImage"] = new JsonObject { ["url"] = url } });

        var item = (await ReadAsync($"/feeds/topics/{topic}.rss")).Xml.Descendants("item").Single();
        Assert.Equal(
            (expected, type, expected, type ?? "image/*", "0"),
            (
                item.Element(Media + "content")!.Attribute("url")!.Value,
                item.Element(Media + "content")!.Attribute("type")?.Value,
                item.Element("enclosure")!.Attribute("url")!.Value,
                item.Element("enclosure")!.Attribute("type")!.Value,
                item.Element("enclosure")!.Attribute("length")!.Value
            )
        );
        var link = (await ReadAsync($"/feeds/topics/{topic}.atom"))
            .Xml.Descendants(Atom + "link")
            .Single(one => one.Attribute("rel")!.Value == "enclosure");
        Assert.Equal((expected, type ?? "image/*"), (link.Attribute("href")!.Value, link.Attribute("type")!.Value));
        var json = (await ReadAsync($"/feeds/topics/{topic}.json")).Answer.Json["items"]![0]!;
        Assert.Equal((expected, expected), (Text(json["image"]), Text(json["attachments"]![0]!["url"])));
        var rendition = (await Anyone.ReadAsync($"/feeds/articles/{slug}.ninjs")).Json["associations"]![0]!["renditions"]![0]!;
        Assert.Equal((expected, type), (Text(rendition["href"]), (string?)rendition["contentType"]));
        Assert.Equal(expected, Text((await Anyone.ReadAsync($"/feeds/articles/{slug}.jsonld")).Json["image"]![0]!["url"]));
        Assert.Contains(
            $"<image:loc>{expected.Replace("&", "&amp;", StringComparison.Ordinal)}</image:loc>",
            (await Anyone.ReadAsync("/sitemap-news.xml")).Text,
            StringComparison.Ordinal
        );
        foreach (var format in Formats)
            await KeepsRulesAsync($"/feeds/topics/{topic}.{format}");
    }

    [Theory]
    [InlineData("https://pictures.example/a b.jpg")]
    [InlineData("https://pictures.example/100%.jpg")]
    [InlineData("https://pictures.example/\"a\".jpg")]
    [InlineData("http://pictures.example/a.jpg")]
    public async Task A_picture_without_a_url_is_refused(string url) =>
        Assert.Equal(
            ["/leadImage/url: invalidForm"],
            (await Editor.PostAsync("/editorial/v1/articles", new { headline = "No picture", leadImage = new { url } })).Errors(
                HttpStatusCode.UnprocessableEntity
            )
        );

    [Theory]
    [InlineData(0.00001, -0.00001, "0.00001 -0.00001")]
    [InlineData(-0.0, 0.0, "0 0")]
    [InlineData(89.999999999, -179.5, "89.999999999 -179.5")]
    public async Task Coordinates_are_plain_decimals(double latitude, double longitude, string point)
    {
        var place = await Editor.ConceptAsync(
            "places",
            new
            {
                name = $"Spot {Guid.CreateVersion7():N}",
                latitude,
                longitude,
            }
        );
        var slug = await Editor.ArticleAsync(new { headline = "On the spot", places = new[] { new { place } } }, publish: true);

        foreach (var format in new[] { "rss", "atom" })
            Assert.Equal(point, (await ReadAsync($"/feeds/places/{place}.{format}")).Xml.Descendants(GeoRss + "point").Single().Value);
        Assert.Contains(
            $"\"coordinates\":[{string.Join(',', point.Split(' ').Reverse())}]",
            (await Anyone.ReadAsync($"/feeds/articles/{slug}.ninjs")).Text,
            StringComparison.Ordinal
        );
        Assert.Contains(
            $"\"latitude\":{point.Split(' ')[0]},\"longitude\":{point.Split(' ')[1]}",
            (await Anyone.ReadAsync($"/feeds/articles/{slug}.jsonld")).Text,
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("medtop:20000065", true)]
    [InlineData("medtop:2000006", false)]
    [InlineData("medtop:200000655", false)]
    [InlineData("medtop:2000006x", false)]
    [InlineData("medtop:２００００６６６", false)]
    public async Task A_code_of_eight_digits_is_a_media_topic_and_no_category_comes_twice(string code, bool isMediaTopic)
    {
        var name = $"Coded {Guid.CreateVersion7():N}";
        var topic = await Editor.ConceptAsync("topics", new { name, code });
        var place = await Editor.ConceptAsync("places", new { name = name.ToUpperInvariant() });
        var slug = await Editor.ArticleAsync(
            new
            {
                headline = "Coded",
                topics = new[] { new { topic } },
                places = new[] { new { place } },
            },
            publish: true
        );
        var uri = $"http://cv.iptc.org/newscodes/mediatopic/{code[7..]}";

        foreach (var format in new[] { "rss", "atom" })
        {
            var text = (await ReadAsync($"/feeds/topics/{topic}.{format}")).Answer.Text;
            Assert.Equal(isMediaTopic, text.Contains("http://cv.iptc.org/newscodes/mediatopic/", StringComparison.Ordinal));
            Assert.DoesNotContain($">{name.ToUpperInvariant()}<", text, StringComparison.Ordinal);
        }

        Assert.Equal([name], (await ReadAsync($"/feeds/topics/{topic}.json")).Answer.Json["items"]![0]!["tags"]!.AsArray().Select(Text));
        Assert.Equal(isMediaTopic, Text((await Anyone.ReadAsync($"/feeds/articles/{slug}.ninjs")).Json["subjects"]![0]!["uri"]) == uri);
        var json = (await Anyone.ReadAsync($"/feeds/articles/{slug}.jsonld")).Json;
        var sameAs = new[] { "about", "mentions" }
            .SelectMany(relation => json[relation]?.AsArray() ?? [])
            .SelectMany(concept => concept!["sameAs"]?.AsArray() ?? [])
            .Select(Text);
        Assert.Equal(isMediaTopic ? [uri] : [], sameAs);
    }

    [Theory]
    [InlineData("By Jane Doe", "en", "Jane Doe")]
    [InlineData("by: Jane Doe", "en", "Jane Doe")]
    [InlineData("BY JANE DOE", "en", "JANE DOE")]
    [InlineData("By Jane Doe and John Roe", "en", "Jane Doe|John Roe")]
    [InlineData("Byron Doe", "en", "Byron Doe")]
    [InlineData("Research and Markets", "en", "Research and Markets")]
    [InlineData("Von Ursula Meier", "de-CH", "Ursula Meier")]
    [InlineData("Von der Leyen", "de", "Von der Leyen")]
    [InlineData("Par Anne Dupont et Jean Blanc", "fr", "Anne Dupont|Jean Blanc")]
    [InlineData("Di Maio", "en", "Di Maio")]
    [InlineData("By", "en", "")]
    [InlineData("  ", "en", "")]
    public void A_byline_is_the_names_in_it(string byline, string language, string names) =>
        Assert.Equal(names, string.Join('|', BylineNames.Of(byline, language)));

    [Fact]
    public async Task A_byline_is_an_author_in_every_format()
    {
        var topic = await TopicAsync("Bylined");
        var slug = await StoryAsync(topic, new JsonObject { ["byline"] = "By Jane Doe" });

        Assert.Equal("Jane Doe", (await ReadAsync($"/feeds/topics/{topic}.rss")).Xml.Descendants(Dc + "creator").Single().Value);
        Assert.Equal(
            "Jane Doe",
            (await ReadAsync($"/feeds/topics/{topic}.atom")).Xml.Element(Atom + "entry")!.Element(Atom + "author")!.Value
        );
        Assert.Equal("Jane Doe", Text((await ReadAsync($"/feeds/topics/{topic}.json")).Answer.Json["items"]![0]!["authors"]![0]!["name"]));
        var author = (await Anyone.ReadAsync($"/feeds/articles/{slug}.jsonld")).Json["author"]![0]!;
        Assert.Equal(("Person", "Jane Doe"), (Text(author["@type"]), Text(author["name"])));
    }

    [Fact]
    public async Task A_feed_has_a_picture_its_concepts_or_the_logo()
    {
        var topic = await TopicAsync("Logo");
        await Editor.ConceptAsync(
            "people",
            new
            {
                name = "Portrait",
                @public = true,
                image = new { url = "https://pictures.example/pörtrait.jpg" },
            }
        );
        foreach (
            var (feed, picture) in new[]
            {
                ("articles", LogoNewsroom.Logo),
                ($"topics/{topic}", LogoNewsroom.Logo),
                ("people/portrait", "https://pictures.example/p%C3%B6rtrait.jpg"),
                ("authors/portrait", "https://pictures.example/p%C3%B6rtrait.jpg"),
            }
        )
        {
            var channel = (await ReadAsync($"/feeds/{feed}.rss")).Xml.Element("channel")!;
            var image = channel.Element("image")!;
            Assert.Equal(
                (picture, channel.Element("title")!.Value, channel.Element("link")!.Value),
                (image.Element("url")!.Value, image.Element("title")!.Value, image.Element("link")!.Value)
            );
            var atom = (await ReadAsync($"/feeds/{feed}.atom")).Xml;
            Assert.Equal((picture, picture), (atom.Element(Atom + "logo")!.Value, atom.Element(Atom + "icon")!.Value));
            var json = (await ReadAsync($"/feeds/{feed}.json")).Answer.Json;
            Assert.Equal((picture, LogoNewsroom.Logo), (Text(json["icon"]), Text(json["favicon"])));
            foreach (var format in Formats)
                await KeepsRulesAsync($"/feeds/{feed}.{format}");
        }
    }

    [Fact]
    public async Task A_persons_own_stories_have_a_feed_that_others_are_not_in()
    {
        var person = await Editor.ConceptAsync("people", new { name = "Own Stories", description = "A writer" });
        var other = await Editor.ConceptAsync("people", new { name = "Other Stories" });
        await Editor.ArticleAsync(new { headline = "About her", people = new[] { new { person } } }, publish: true);
        var own = await Editor.ArticleAsync(
            new
            {
                headline = "By her",
                authors = new[] { person, other },
                language = "tg",
            },
            publish: true
        );
        await Editor.ArticleAsync(new { headline = "By her, a draft", authors = new[] { person } });

        foreach (var format in Formats)
        {
            var path = $"/feeds/authors/{person}.{format}";
            Assert.Single((await ReadAsync(path)).Stories);
            Assert.Contains(own, (await ReadAsync(path)).Answer.Text, StringComparison.Ordinal);
            Assert.Single((await ReadAsync($"{path}?language=tg")).Stories);
            Assert.Empty((await ReadAsync($"{path}?language=ja")).Stories);
            Assert.Equal("notFound", (await Anyone.ReadAsync($"/feeds/authors/nobody.{format}")).Problem(HttpStatusCode.NotFound));
            await KeepsRulesAsync(path);
        }

        (await Editor.PatchAsync($"/editorial/v1/people/{person}", new { slug = "own-stories-now" }, "*")).Expect(HttpStatusCode.OK);
        Assert.Equal(
            "/feeds/authors/own-stories-now.rss",
            (await Anyone.ReadAsync($"/feeds/authors/{person}.rss")).Headers.Location!.ToString()
        );
    }

    [Fact]
    public async Task Ninjs_and_json_ld_carry_what_is_known()
    {
        var person = await Editor.ConceptAsync(
            "people",
            new { name = "Known Person", sameAs = new[] { "https://www.wikidata.org/wiki/Q1" } }
        );
        var topic = await Editor.ConceptAsync(
            "topics",
            new
            {
                name = "Known Topic",
                code = "medtop:20000639",
                sameAs = new[] { "https://www.wikidata.org/wiki/Q2" },
            }
        );
        var slug = await Editor.ArticleAsync(
            new
            {
                headline = "Known",
                externalId = "wire:4711",
                embargoUntil = "2020-01-01T00:00:00Z",
                authors = new[] { person },
                people = new[] { new { person, relation = "mentions" } },
                topics = new[] { new { topic, relation = "about" } },
                leadImage = new { url = "https://pictures.example/known.png" },
            }
        );
        await Editor.PublishAsync(slug, new { liveUntil = "2999-01-01T00:00:00Z" });

        var text = (await Anyone.ReadAsync($"/feeds/articles/{slug}.ninjs")).Text;
        NinjsSchema.Validates(text);
        var ninjs = JsonNode.Parse(text)!;
        Assert.Equal(
            ("2999-01-01T00:00:00Z", "2020-01-01T00:00:00Z", "web", $"{PublicNewsroom.Site}/{slug}", "text/html", "image/png"),
            (
                Text(ninjs["expires"]),
                Text(ninjs["embargoedUntil"]),
                Text(ninjs["renditions"]![0]!["name"]),
                Text(ninjs["renditions"]![0]!["href"]),
                Text(ninjs["renditions"]![0]!["contentType"]),
                Text(ninjs["associations"]![0]!["renditions"]![0]!["contentType"])
            )
        );
        Assert.Equal(
            ["externalId=wire:4711", $"url={PublicNewsroom.Site}/{slug}"],
            ninjs["altIds"]!.AsArray().Select(id => $"{id!["role"]}={id["value"]}")
        );
        Assert.Null(ninjs["trustIndicators"]);

        var json = (await Anyone.ReadAsync($"/feeds/articles/{slug}.jsonld")).Json;
        Assert.Equal(
            ("2999-01-01T00:00:00Z", "NewsMediaOrganization", LogoNewsroom.Logo, "Known Topic"),
            (
                Text(json["expires"]),
                Text(json["publisher"]!["@type"]),
                Text(json["publisher"]!["logo"]!["url"]),
                Text(json["articleSection"]![0])
            )
        );
        Assert.Equal(["Known Topic", "Known Person"], json["keywords"]!.AsArray().Select(Text));
        Assert.Equal(["https://www.wikidata.org/wiki/Q1"], json["author"]![0]!["sameAs"]!.AsArray().Select(Text));
        Assert.Equal(["https://www.wikidata.org/wiki/Q1"], json["mentions"]![0]!["sameAs"]!.AsArray().Select(Text));
        Assert.Equal(
            ["http://cv.iptc.org/newscodes/mediatopic/20000639", "https://www.wikidata.org/wiki/Q2"],
            json["about"]![0]!["sameAs"]!.AsArray().Select(Text)
        );

        // An update that is scheduled is no end.
        await Editor.PublishAsync(slug, new { liveFrom = "2998-01-01T00:00:00Z" });
        foreach (var format in new[] { "ninjs", "jsonld" })
            Assert.Null((await Anyone.ReadAsync($"/feeds/articles/{slug}.{format}")).Json["expires"]);
    }

    [Theory]
    [InlineData("<p>One. Two.</p>", "One. Two.")]
    [InlineData("<p>Zebra.</p><p>Okapi.</p>", "Zebra. Okapi.")]
    [InlineData("<p>H<sub>2</sub>O &amp; <ruby>東京<rt>とうきょう</rt></ruby></p><p> </p>", "H2O & 東京")]
    [InlineData("<p> </p>", null)]
    [InlineData("", null)]
    public void An_excerpt_is_the_text_of_a_body(string html, string? expected) => Assert.Equal(expected, Excerpt.Of(html));

    [Theory]
    [InlineData("A sentence of some words that goes on for a while so that it is long enough to stand for itself, at 3.5 per cent. ")]
    [InlineData("東京の長い文章がここにあります。")]
    [InlineData("😀😀😀😀😀😀😀😀😀😀")]
    [InlineData("x")]
    public void An_excerpt_ends_with_a_sentence_or_a_word_and_cuts_no_character(string piece)
    {
        var excerpt = Excerpt.Of($"<p>{string.Concat(Enumerable.Repeat(piece, 3_000 / piece.Length))}</p>")!;

        Assert.InRange(excerpt.Length, 80, 301);
        Assert.False(char.IsHighSurrogate(excerpt.TrimEnd('…')[^1]));
        Assert.Contains(excerpt[^1], ".。…");
    }

    [Theory]
    [InlineData("https://pictures.example:8443/a.gif#part", "https://pictures.example:8443/a.gif")]
    [InlineData("https://[2001:db8::1]/a.gif", "https://[2001:db8::1]/a.gif")]
    [InlineData("https://pictures.example/%zz.gif", "https://pictures.example/%25zz.gif")]
    [InlineData("ftp://pictures.example/a.gif", null)]
    [InlineData("a.gif", null)]
    public void A_url_in_an_old_database_becomes_a_uri_or_is_left_out(string url, string? expected) =>
        Assert.Equal(expected, PictureFile.Of(new Image(url))?.Url);

    private async Task KeepsRulesAsync(string path)
    {
        var text = (await ReadAsync(path)).Answer.Text;
        switch (path.Split('?')[0].Split('.')[^1])
        {
            case "rss":
                Assert.Empty(FeedRules.Rss(path, text));
                break;
            case "atom":
                Assert.Empty(FeedRules.Atom(path, text));
                Assert.Equal(["ok"], await AtomSchema.CheckAsync([text]));
                break;
            case "json":
                Assert.Empty(FeedRules.Json(path, text));
                break;
            default:
                NinjsSchema.Validates(text);
                break;
        }
    }

    private Task<string> TopicAsync(string name) => Editor.ConceptAsync("topics", new { name, @public = true });

    private Task<string> StoryAsync(string topic, JsonObject content)
    {
        content.TryAdd("headline", "A story");
        content["topics"] = new JsonArray(new JsonObject { ["topic"] = topic });
        return Editor.ArticleAsync(content, publish: true);
    }

    private Task<FeedDocument> ReadAsync(string path) => FeedDocument.ReadAsync(Anyone, path);

    private static JsonObject Html(string content) => new() { ["format"] = "html", ["content"] = content };

    private static string Text(JsonNode? node) => node!.GetValue<string>();
}
