using System.Globalization;
using System.Net;
using System.Xml.Linq;
using HeadlessCms.Tests.Harness;

namespace HeadlessCms.Tests.Feeds;

public sealed class SitemapTests(PublicNewsroom newsroom) : IClassFixture<PublicNewsroom>
{
    private static readonly XNamespace Sitemap = "http://www.sitemaps.org/schemas/sitemap/0.9";
    private static readonly XNamespace News = "http://www.google.com/schemas/sitemap-news/0.9";

    private HttpClient Editor => newsroom.Admin;

    [Fact]
    public async Task The_sitemaps_list_every_page_of_the_site_once_and_say_when_it_was_published()
    {
        var (person, place, topic) = (
            await Editor.ConceptAsync("people", new { name = "Listed Person" }),
            await Editor.ConceptAsync("places", new { name = "Listed Place", @public = true }),
            await Editor.ConceptAsync("topics", new { name = "Hidden Topic" })
        );
        var story = await Editor.ArticleAsync(new { headline = "Listed", people = new[] { new { person } } });
        await Editor.ArticleAsync(new { headline = "Not listed yet", topics = new[] { new { topic } } });
        await Editor.PublishAsync(story, new { liveFrom = "2020-02-03T04:05:06Z" });
        (await Editor.PatchAsync($"/editorial/v1/articles/{story}", new { headline = "Listed anew" }, "\"r1\"")).Expect(HttpStatusCode.OK);
        await Editor.PublishAsync(story);
        var updated = (await newsroom.Anyone.ReadAsync($"/content/v1/articles/{story}")).Json["updatedAt"]!.GetValue<string>();

        var listed = await ListedAsync();

        Assert.Equal(updated, listed[$"{PublicNewsroom.Site}/{story}"]);
        Assert.Equal("2020-02-03T04:05:06Z", listed[$"{PublicNewsroom.Site}/people/{person}"]); // its newest article
        Assert.Null(listed[$"{PublicNewsroom.Site}/places/{place}"]);
        Assert.DoesNotContain($"{PublicNewsroom.Site}/topics/{topic}", listed.Keys);
        Assert.DoesNotContain($"{PublicNewsroom.Site}/not-listed-yet", listed.Keys);
    }

    [Theory]
    [InlineData("articles-1")]
    [InlineData("articles-")]
    [InlineData("articles-00000000000000000000000000000000")]
    [InlineData("articles-01a2122000007f9a8173186b9cbd9d24")]
    [InlineData("stories")]
    [InlineData("news-0")]
    [InlineData("news-01")]
    [InlineData("news-7")]
    public async Task What_the_index_does_not_name_is_no_sitemap(string name) =>
        Assert.Equal("notFound", (await newsroom.Anyone.ReadAsync($"/sitemaps/{name}.xml")).Problem(HttpStatusCode.NotFound));

    [Fact]
    public async Task The_news_sitemap_has_what_was_first_published_within_two_days_under_the_instant_of_that()
    {
        var now = await newsroom.ClockAsync();
        async Task<string> StoryAsync(string headline, double hoursAgo)
        {
            var slug = await Editor.ArticleAsync(
                new
                {
                    headline,
                    language = "zh-Hant",
                    leadImage = new { url = "https://pictures.example/1.jpg", alt = "A picture" },
                }
            );
            await Editor.PublishAsync(slug, new { liveFrom = now.AddHours(-hoursAgo) });
            return slug;
        }

        var (old, recent, changed) = (
            await StoryAsync("Old news", 48.1),
            await StoryAsync("Recent news", 47.9),
            await StoryAsync("Changed news", 40)
        );
        (await Editor.PatchAsync($"/editorial/v1/articles/{changed}", new { headline = "Changed since" }, "\"r1\"")).Expect(
            HttpStatusCode.OK
        );
        await Editor.PublishAsync(changed);
        var gone = await StoryAsync("Gone news", 1);
        (await Editor.PostAsync($"/editorial/v1/articles/{gone}/withdraw", new { reason = "In doubt" })).Expect(HttpStatusCode.OK);
        var embargoed = await StoryAsync("Coming news", -1);

        var news = (await ReadAsync("/sitemap-news.xml"))
            .Elements(Sitemap + "url")
            .ToDictionary(
                url => url.Element(Sitemap + "loc")!.Value[(PublicNewsroom.Site.Length + 1)..],
                url => url.Element(News + "news")!
            );

        Assert.Subset(news.Keys.ToHashSet(), new HashSet<string> { recent, changed });
        foreach (var missing in new[] { old, gone, embargoed })
            Assert.DoesNotContain(missing, news.Keys);
        Assert.Equal(
            ("The Daily Example", "zh-tw", "Changed since", now.AddHours(-40).ToUnixTimeMilliseconds()),
            (
                news[changed].Descendants(News + "name").Single().Value,
                news[changed].Descendants(News + "language").Single().Value,
                news[changed].Element(News + "title")!.Value,
                DateTimeOffset
                    .Parse(news[changed].Element(News + "publication_date")!.Value, CultureInfo.InvariantCulture)
                    .ToUnixTimeMilliseconds()
            )
        );
    }

    [Fact]
    public async Task Opml_has_the_feed_of_each_concept_that_has_stories()
    {
        var (country, city) = (
            await Editor.ConceptAsync("places", new { name = "Opml country", @public = true }),
            await Editor.ConceptAsync("places", new { name = "Opml city", within = "opml-country" })
        );
        var (author, empty) = (
            await Editor.ConceptAsync("people", new { name = "Opml author" }),
            await Editor.ConceptAsync("topics", new { name = "Opml empty", @public = true })
        );
        await Editor.ArticleAsync(
            new
            {
                headline = "In the city",
                authors = new[] { author },
                places = new[] { new { place = city } },
            },
            publish: true
        );

        var outlines = (await ReadAsync("/feeds/opml")).Element("body")!.Elements("outline").ToList();

        Assert.All(outlines, outline => Assert.Equal("rss", outline.Attribute("type")!.Value));
        Assert.Equal($"{PublicNewsroom.Site}/feeds/articles.rss", outlines[0].Attribute("xmlUrl")!.Value);
        Assert.Equal(
            ("Opml city", $"{PublicNewsroom.Site}/places/{city}"),
            outlines
                .Where(outline => outline.Attribute("xmlUrl")!.Value.EndsWith($"/feeds/places/{city}.rss", StringComparison.Ordinal))
                .Select(outline => (outline.Attribute("text")!.Value, outline.Attribute("htmlUrl")!.Value))
                .Single()
        );
        Assert.Single(outlines, outline => outline.Attribute("text")!.Value == "Opml country"); // through its city
        Assert.DoesNotContain(outlines, outline => outline.Attribute("text")!.Value == "Opml empty");
        Assert.Equal(
            $"{PublicNewsroom.Site}/feeds/authors/{author}.rss",
            Assert.Single(outlines, outline => outline.Attribute("text")!.Value == "Opml author").Attribute("xmlUrl")!.Value
        );
        Assert.All(outlines, outline => Assert.EndsWith(".rss", outline.Attribute("xmlUrl")!.Value, StringComparison.Ordinal));
        foreach (var feed in outlines.Select(outline => outline.Attribute("xmlUrl")!.Value[PublicNewsroom.Site.Length..]))
            Assert.NotEmpty((await FeedDocument.ReadAsync(newsroom.Anyone, feed)).Stories);
        Assert.Equal(HttpStatusCode.OK, (await newsroom.Anyone.ReadAsync($"/content/v1/topics/{empty}")).Status);
    }

    private async Task<Dictionary<string, string?>> ListedAsync()
    {
        var index = (await ReadAsync("/sitemap.xml"))
            .Elements(Sitemap + "sitemap")
            .Select(sitemap => sitemap.Element(Sitemap + "loc")!.Value)
            .ToList();
        var listed = new Dictionary<string, string?>();
        foreach (var sitemap in index)
        foreach (var url in (await ReadAsync(sitemap[PublicNewsroom.Site.Length..])).Elements(Sitemap + "url"))
            listed.Add(url.Element(Sitemap + "loc")!.Value, url.Element(Sitemap + "lastmod")?.Value);
        return listed;
    }

    private async Task<XElement> ReadAsync(string path)
    {
        var answer = await newsroom.Anyone.ReadAsync(path);
        Assert.True(answer.Status == HttpStatusCode.OK, $"{path}: {answer.Text}");
        return XDocument.Parse(answer.Text).Root!;
    }
}
