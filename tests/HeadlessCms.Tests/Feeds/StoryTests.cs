using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using System.Xml.Linq;
using HeadlessCms.Tests.Harness;

namespace HeadlessCms.Tests.Feeds;

/// <summary>An article in each format.</summary>
public sealed class StoryTests(PublicNewsroom newsroom) : IClassFixture<PublicNewsroom>
{
    private static readonly XNamespace Atom = "http://www.w3.org/2005/Atom";
    private static readonly XNamespace Media = "http://search.yahoo.com/mrss/";
    private static readonly XNamespace GeoRss = "http://www.georss.org/georss";
    private static readonly XNamespace Tombstones = "http://purl.org/atompub/tombstones/1.0";

    private HttpClient Editor => newsroom.Admin;

    [Fact]
    public async Task People_places_topics_and_the_picture_are_told_in_each_formats_own_way()
    {
        var slug = await RichAsync("told");
        const string site = PublicNewsroom.Site;

        var item = (await ReadAsync("/feeds/people/told-person.rss")).Xml.Descendants("item").Single();
        Assert.Equal(
            [
                $"{site}/people Told person",
                $"{site}/places Told place",
                $"{site}/topics Told topic",
                "http://cv.iptc.org/newscodes/mediatopic/ medtop:20000639",
            ],
            item.Elements("category")
                .Select(category => $"{category.Attribute("domain")!.Value} {category.Value}")
                .Order(StringComparer.Ordinal)
                .OrderBy(text => text.StartsWith("http:", StringComparison.Ordinal))
        );
        Assert.Equal("38.5 68.75", item.Element(GeoRss + "point")!.Value);
        var picture = item.Element(Media + "content")!;
        Assert.Equal(
            ("https://pictures.example/1.jpg", "A caption", "A photographer"),
            (picture.Attribute("url")!.Value, picture.Element(Media + "description")!.Value, picture.Element(Media + "credit")!.Value)
        );

        var entry = (await ReadAsync("/feeds/places/told-place.atom")).Xml.Element(Atom + "entry")!;
        Assert.Contains(
            ($"{site}/topics", "told-topic", "Told topic"),
            entry
                .Elements(Atom + "category")
                .Select(category =>
                    (category.Attribute("scheme")!.Value, category.Attribute("term")!.Value, category.Attribute("label")!.Value)
                )
        );
        Assert.Equal(["Told author"], entry.Elements(Atom + "author").Select(author => author.Value));

        var tags = (await ReadAsync("/feeds/topics/told-topic.json")).Answer.Json["items"]![0]!["tags"]!
            .AsArray()
            .Select(tag => tag!.GetValue<string>());
        Assert.Equal(["Told person", "Told place", "Told topic"], tags.Order(StringComparer.Ordinal));

        var ninjs = (await newsroom.Anyone.ReadAsync($"/feeds/articles/{slug}.ninjs")).Json;
        Assert.Equal(
            (
                "Told person",
                "Told place",
                68.75,
                "http://cv.iptc.org/newscodes/mediatopic/20000639",
                "By Told Author",
                "Told place",
                "The Gulf Observer",
                "usable"
            ),
            (
                Text(ninjs["people"]![0]!["name"]),
                Text(ninjs["places"]![0]!["name"]),
                ninjs["places"]![0]!["geoJSON"]!["coordinates"]![0]!.GetValue<double>(),
                Text(ninjs["subjects"]![0]!["uri"]),
                Text(ninjs["by"]),
                Text(ninjs["located"]),
                Text(ninjs["infoSources"]![0]!["name"]),
                Text(ninjs["pubStatus"])
            )
        );

        var structured = (await newsroom.Anyone.ReadAsync($"/feeds/articles/{slug}.jsonld")).Json;
        Assert.Equal(
            ("Told place, The Gulf Observer", "Told topic", "Told person", "Told author", true, "The Daily Example"),
            (
                Text(structured["dateline"]),
                Text(structured["about"]![0]!["name"]),
                Text(structured["mentions"]![0]!["name"]),
                Text(structured["author"]![0]!["name"]),
                structured["isAccessibleForFree"]!.GetValue<bool>(),
                Text(structured["publisher"]!["name"])
            )
        );
    }

    [Fact]
    public async Task A_story_keeps_its_identity_with_another_slug_and_is_updated_by_a_publication_alone()
    {
        var slug = await RichAsync("kept");
        async Task<XElement> EntryAsync() => (await ReadAsync("/feeds/topics/kept-topic.atom")).Xml.Element(Atom + "entry")!;
        var before = await EntryAsync();

        (
            await Editor.PatchAsync(
                $"/editorial/v1/articles/{slug}",
                new { slug = "kept-elsewhere", headline = "Kept, corrected" },
                "\"r1\""
            )
        ).Expect(HttpStatusCode.OK);
        Assert.Equal(before.ToString(), (await EntryAsync()).ToString()); // a working copy is not shown
        await Editor.PublishAsync(
            "kept-elsewhere",
            new { correction = new { kind = "correction", text = "An earlier version was wrong." } }
        );

        var after = await EntryAsync();
        Assert.Equal(before.Element(Atom + "id")!.Value, after.Element(Atom + "id")!.Value);
        Assert.Equal(before.Element(Atom + "published")!.Value, after.Element(Atom + "published")!.Value);
        Assert.True(Instant(before.Element(Atom + "updated")!) < Instant(after.Element(Atom + "updated")!));
        Assert.Equal(
            $"{PublicNewsroom.Site}/kept-elsewhere",
            after.Elements(Atom + "link").Single(link => link.Attribute("rel")!.Value == "alternate").Attribute("href")!.Value
        );
        Assert.Equal(
            "/feeds/articles/kept-elsewhere.ninjs",
            (await newsroom.Anyone.ReadAsync($"/feeds/articles/{slug}.ninjs")).Headers.Location!.ToString()
        );
        Assert.EndsWith(
            "correction: An earlier version was wrong.",
            Text((await newsroom.Anyone.ReadAsync("/feeds/articles/kept-elsewhere.ninjs")).Json["edNote"]),
            StringComparison.Ordinal
        );
        Assert.Equal(
            "An earlier version was wrong.",
            Text((await newsroom.Anyone.ReadAsync("/feeds/articles/kept-elsewhere.jsonld")).Json["correction"]![0]!["text"])
        );
    }

    [Fact]
    public async Task What_is_withdrawn_leaves_the_feeds_and_those_that_can_tell_of_it_for_thirty_days()
    {
        var slug = await RichAsync("gone");
        var id = (await newsroom.Anyone.ReadAsync($"/content/v1/articles/{slug}")).Json["id"]!.GetValue<string>();
        var urn = $"urn:uuid:{id}";
        (await Editor.PostAsync($"/editorial/v1/articles/{slug}/withdraw", new { reason = "It was not so" })).Expect(HttpStatusCode.OK);

        foreach (var feed in new[] { "/feeds/articles", "/feeds/topics/gone-topic" })
        {
            foreach (var format in new[] { "rss", "json", "atom" })
                Assert.DoesNotContain(urn, (await ReadAsync($"{feed}.{format}?limit=100")).Stories);
            var told = (await ReadAsync($"{feed}.atom"))
                .Xml.Elements(Tombstones + "deleted-entry")
                .Single(entry => entry.Attribute("ref")!.Value == urn);
            Assert.Equal("It was not so", told.Element(Tombstones + "comment")!.Value);
            var canceled = (await ReadAsync($"{feed}.ninjs")).Answer.Json["associations"]!
                .AsArray()
                .Single(item => Text(item!["uri"]) == urn)!;
            Assert.Equal(("canceled", "It was not so"), (Text(canceled["pubStatus"]), Text(canceled["edNote"])));
        }

        Assert.Equal("withdrawn", (await newsroom.Anyone.ReadAsync($"/feeds/articles/{slug}.ninjs")).Problem(HttpStatusCode.Gone));
        await newsroom.SqlAsync($"update withdrawals set withdrawn_at = withdrawn_at - interval '30 days' where article_id = '{id}'");
        Assert.Empty((await ReadAsync("/feeds/topics/gone-topic.atom?limit=99")).Xml.Elements(Tombstones + "deleted-entry"));
        Assert.Empty((await ReadAsync("/feeds/topics/gone-topic.ninjs?limit=99")).Stories);
    }

    // No other article names its concepts.
    private async Task<string> RichAsync(string word)
    {
        await Editor.ConceptAsync("people", new { name = $"{Capital(word)} person" });
        await Editor.ConceptAsync("people", new { name = $"{Capital(word)} author" });
        await Editor.ConceptAsync(
            "places",
            new
            {
                name = $"{Capital(word)} place",
                latitude = 38.5,
                longitude = 68.75,
            }
        );
        await Editor.ConceptAsync(
            "topics",
            new { name = $"{Capital(word)} topic", code = word == "told" ? "medtop:20000639" : $"test:{word}" }
        );
        return await Editor.ArticleAsync(
            new
            {
                headline = $"{Capital(word)} story",
                standfirst = "A summary",
                body = new { format = "text", content = "The text." },
                byline = $"By {Capital(word)} Author",
                authors = new[] { $"{word}-author" },
                dateline = new { place = $"{word}-place", source = "The Gulf Observer" },
                leadImage = new
                {
                    url = "https://pictures.example/1.jpg",
                    alt = "An alt",
                    caption = "A caption",
                    credit = "A photographer",
                },
                people = new[]
                {
                    new
                    {
                        person = $"{word}-person",
                        relation = "mentions",
                        role = "Minister",
                    },
                },
                places = new[] { new { place = $"{word}-place" } },
                topics = new[] { new { topic = $"{word}-topic", relation = "about" } },
            },
            publish: true
        );
    }

    private Task<FeedDocument> ReadAsync(string path) => FeedDocument.ReadAsync(newsroom.Anyone, path);

    private static string Capital(string word) => $"{char.ToUpperInvariant(word[0])}{word[1..]}";

    private static string Text(JsonNode? node) => node!.GetValue<string>();

    private static DateTimeOffset Instant(XElement element) => DateTimeOffset.Parse(element.Value, CultureInfo.InvariantCulture);
}
