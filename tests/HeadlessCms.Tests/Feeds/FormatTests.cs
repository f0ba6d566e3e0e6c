using System.ServiceModel.Syndication;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using System.Xml;
using System.Xml.Linq;
using CodeHollow.FeedReader;
using HeadlessCms.Tests.Harness;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace HeadlessCms.Tests.Feeds;

/// <summary>All formats over 1,000 articles with hostile texts.</summary>
public sealed class HostileFormatTests(HostileNewsroom newsroom) : FormatTests(newsroom), IClassFixture<HostileNewsroom>
{
    [Fact]
    public async Task More_news_than_a_sitemap_may_hold_is_split_and_keeps_its_text()
    {
        await newsroom.Admin.ArticleAsync(new { headline = "One more" }, publish: true);
        XNamespace sitemap = "http://www.sitemaps.org/schemas/sitemap/0.9",
            news = "http://www.google.com/schemas/sitemap-news/0.9";
        async Task<List<string>> ReadAsync(string path, XName name) =>
            [.. XDocument.Parse((await newsroom.Anyone.ReadAsync(path)).Text).Descendants(name).Select(element => element.Value)];

        var pages = await ReadAsync("/sitemap-news.xml", sitemap + "loc");

        Assert.Equal([$"{PublicNewsroom.Site}/sitemaps/news-1.xml", $"{PublicNewsroom.Site}/sitemaps/news-2.xml"], pages);
        var (first, second) = (
            await ReadAsync("/sitemaps/news-1.xml", news + "title"),
            await ReadAsync("/sitemaps/news-2.xml", news + "title")
        );
        Assert.Equal((1_000, "One more"), (first.Count, first[0]));
        Assert.Equal(
            (await PublishedAsync()).Values.Select(story => story.Headline).Order(StringComparer.Ordinal),
            first.Concat(second).Order(StringComparer.Ordinal)
        );
    }
}

/// <summary>All formats over the sample newsroom.</summary>
public sealed class SampleFormatTests(SampleFormatTests.Sample newsroom) : FormatTests(newsroom), IClassFixture<SampleFormatTests.Sample>
{
    public sealed class Sample(TestCluster cluster) : Newsroom(cluster)
    {
        protected override IReadOnlyDictionary<string, string> Settings { get; } =
            new Dictionary<string, string> { ["Cms:SiteUrl"] = PublicNewsroom.Site, ["Cms:SampleContent"] = "true" };
    }
}

/// <summary>
/// The requirements on each format for any article: two readers parse it, no rule of its standard is broken, and the published text is
/// unchanged.
/// </summary>
public abstract partial class FormatTests(Newsroom newsroom)
{
    [Fact]
    public async Task Rss_keeps_its_rules_and_two_readers_read_the_text_that_was_published()
    {
        var published = await PublishedAsync();
        foreach (var (path, text) in await PagesAsync("rss"))
        {
            Assert.Empty(FeedRules.Rss(path, text));
            var items = Syndication(new Rss20FeedFormatter(), text);
            foreach (var item in items)
            {
                var story = published[item.Id];
                Assert.Equal(story.Headline, item.Title.Text);
                IsSummaryOf(story, System.Net.WebUtility.HtmlDecode(item.Summary.Text));
                Assert.Equal(
                    story.BodyHtml,
                    item.ElementExtensions.ReadElementExtensions<string>("encoded", "http://purl.org/rss/1.0/modules/content/")
                        .SingleOrDefault()
                );
                Assert.Equal(story.PublishedAt.ToUnixTimeSeconds(), item.PublishDate.ToUnixTimeSeconds());
                Assert.Equal(story.UpdatedAt.ToUnixTimeSeconds(), item.LastUpdatedTime.ToUnixTimeSeconds());
                Assert.Equal(
                    $"{PublicNewsroom.Site}/{story.Slug}",
                    item.Links.Single(link => link.RelationshipType == "alternate").Uri.ToString()
                );
            }

            Assert.Equal(items.Select(item => (item.Id, Bare(item.Title.Text))), Other(text));
        }
    }

    [Fact]
    public async Task Atom_keeps_its_rules_and_two_readers_read_the_text_that_was_published()
    {
        var published = await PublishedAsync();
        foreach (var (path, text) in await PagesAsync("atom"))
        {
            Assert.Empty(FeedRules.Atom(path, text));
            var entries = Syndication(new Atom10FeedFormatter(), text);
            foreach (var entry in entries)
            {
                var story = published[entry.Id];
                Assert.Equal(story.Headline, entry.Title.Text);
                IsSummaryOf(story, entry.Summary.Text);
                Assert.Equal(
                    story.BodyHtml ?? (story.Standfirst is null ? story.Headline : null),
                    (entry.Content as TextSyndicationContent)?.Text
                );
                Assert.Equal(
                    (story.PublishedAt.ToUnixTimeSeconds(), story.UpdatedAt.ToUnixTimeSeconds()),
                    (entry.PublishDate.ToUnixTimeSeconds(), entry.LastUpdatedTime.ToUnixTimeSeconds())
                );
            }

            Assert.Equal(entries.Select(entry => (entry.Id, Bare(entry.Title.Text))), Other(text));
        }
    }

    [Fact]
    public async Task Atom_is_what_its_schema_lets_it_be()
    {
        var pages = (await PagesAsync("atom")).ConvertAll(page => page.Text);
        pages.Add((await newsroom.Anyone.ReadAsync("/feeds/articles.atom?limit=100&text=summary")).Text);
        pages.Add((await newsroom.Anyone.ReadAsync("/feeds/articles.atom?q=nothing-that-anybody-wrote")).Text);
        foreach (var kind in new[] { "people", "places", "topics" })
        {
            var concepts = (await newsroom.Anyone.ReadAsync($"/content/v1/{kind}?limit=5")).Json["items"]!.AsArray();
            foreach (var concept in concepts)
                pages.Add((await newsroom.Anyone.ReadAsync($"/feeds/{kind}/{concept!["slug"]}.atom")).Text);
        }

        foreach (var page in await FeedDocument.WalkAsync(newsroom.Anyone, "/feeds/articles.atom", "prev-archive"))
            pages.Add(page.Answer.Text);

        Assert.All(await AtomSchema.CheckAsync(pages), verdict => Assert.Equal("ok", verdict));
    }

    [Fact]
    public async Task The_schema_refuses_what_is_no_Atom()
    {
        var text = (await newsroom.Anyone.ReadAsync("/feeds/articles.atom?limit=1")).Text;
        string[] wrong =
        [
            Identity().Replace(text, ""), // removes the ids of the feed and its entries
            text.Replace("<updated>2", "<updated>on 2", StringComparison.Ordinal),
            text.Replace("<entry", "<item/><entry", StringComparison.Ordinal),
            text.Replace("rel=\"self\"", "relation=\"self\"", StringComparison.Ordinal),
        ];

        Assert.All(wrong, document => Assert.NotEqual(text, document));
        Assert.All(await AtomSchema.CheckAsync(wrong), verdict => Assert.NotEqual("ok", verdict));
    }

    [Fact]
    public async Task Json_feed_keeps_its_rules_and_two_readers_read_the_text_that_was_published()
    {
        var published = await PublishedAsync(xml: false);
        foreach (var (path, text) in await PagesAsync("json"))
        {
            Assert.Empty(FeedRules.Json(path, text));
            var other = JsonConvert.DeserializeObject<JObject>(
                text,
                new JsonSerializerSettings { DateParseHandling = DateParseHandling.None }
            )!;
            foreach (var (item, again) in JsonNode.Parse(text)!["items"]!.AsArray().Zip(other["items"]!))
            {
                var story = published[item!["id"]!.GetValue<string>()];
                Assert.Equal(story.Headline, item["title"]!.GetValue<string>());
                IsSummaryOf(story, item["summary"]!.GetValue<string>());
                Assert.Equal(
                    story.BodyHtml ?? story.Standfirst ?? story.Headline,
                    (item["content_html"] ?? item["content_text"])!.GetValue<string>()
                );
                Assert.Equal(
                    (story.Headline, item["summary"]!.GetValue<string>(), story.BodyHtml),
                    ((string?)again["title"], (string?)again["summary"], (string?)again["content_html"])
                );
                Assert.Equal(
                    story.PublishedAt,
                    DateTimeOffset.Parse(item["date_published"]!.GetValue<string>(), System.Globalization.CultureInfo.InvariantCulture)
                );
            }
        }
    }

    [Fact]
    public async Task Ninjs_validates_and_two_readers_read_the_text_that_was_published()
    {
        var published = await PublishedAsync(xml: false);
        var pages = await PagesAsync("ninjs");
        foreach (var (_, text) in pages)
        {
            NinjsSchema.Validates(text);
            var other = JsonConvert.DeserializeObject<JObject>(
                text,
                new JsonSerializerSettings { DateParseHandling = DateParseHandling.None }
            )!;
            foreach (var (item, again) in JsonNode.Parse(text)!["associations"]!.AsArray().Zip(other["associations"]!))
            {
                var story = published[item!["uri"]!.GetValue<string>()];
                Assert.Equal(
                    (story.Headline, story.BodyHtml),
                    (item["headlines"]![0]!["value"]!.GetValue<string>(), item["bodies"]?[0]!["value"]!.GetValue<string>())
                );
                IsSummaryOf(story, item["descriptions"]![0]!["value"]!.GetValue<string>());
                Assert.Equal(
                    (story.Headline, story.BodyHtml),
                    ((string?)again["headlines"]![0]!["value"], (string?)again["bodies"]?[0]!["value"])
                );
            }
        }

        foreach (var story in published.Values.Take(25))
        {
            var alone = (await newsroom.Anyone.ReadAsync($"/feeds/articles/{story.Slug}.ninjs")).Text;
            NinjsSchema.Validates(alone);
            Assert.Equal(story.Headline, JsonNode.Parse(alone)!["headlines"]![0]!["value"]!.GetValue<string>());
        }
    }

    [Fact]
    public async Task A_story_for_search_engines_says_what_was_published_and_can_end_no_script()
    {
        foreach (var story in (await PublishedAsync(xml: false)).Values.Take(100))
        {
            var text = (await newsroom.Anyone.ReadAsync($"/feeds/articles/{story.Slug}.jsonld")).Text;
            Assert.DoesNotContain('<', text);
            var json = JsonNode.Parse(text)!;
            Assert.Equal(
                ("NewsArticle", story.Headline, $"{PublicNewsroom.Site}/{story.Slug}"),
                (json["@type"]!.GetValue<string>(), json["headline"]!.GetValue<string>(), json["url"]!.GetValue<string>())
            );
            IsSummaryOf(story, json["description"]!.GetValue<string>());
            Assert.Equal(story.Headline, (string?)JObject.Parse(text)["headline"]);
        }
    }

    [Theory]
    [InlineData("rss", "feedparser")]
    [InlineData("rss", "feedsmith")]
    [InlineData("atom", "feedparser")]
    [InlineData("atom", "feedsmith")]
    [InlineData("json", "feedsmith")]
    [InlineData("json", "extractor")]
    public async Task Readers_of_others_find_title_dates_summary_authors_categories_and_picture(string format, string reader)
    {
        var path = $"/feeds/articles.{format}?limit=100";
        var stories = new Dictionary<string, JsonNode>();
        for (var (page, next) = (0, "/content/v1/articles?limit=100"); page < 2 && next is not null; page++)
        {
            var answer = await newsroom.Anyone.ReadAsync(next);
            foreach (var story in answer.Json["items"]!.AsArray())
                stories.Add($"urn:uuid:{story!["id"]}", story);
            next = answer.Json["nextCursor"] is { } cursor ? $"/content/v1/articles?limit=100&cursor={cursor}" : null;
        }

        var pages = (await FeedDocument.WalkAsync(newsroom.Anyone, path, "next")).Take(2).Select(document => document.Answer.Text).ToList();
        var read = await FeedReaders.ReadAsync(reader, pages);

        Assert.Equal(stories.Keys, read.SelectMany(feed => feed.Items).Select(item => item.Id));
        Assert.All(read.SelectMany(feed => feed.Items), item =>
        {
            var story = stories[item.Id];
            Assert.Equal(Told(story["headline"]), FeedReaders.Letters(item.Title));
            Assert.Equal((story["url"]!.GetValue<string>(), Instant(story, "publishedAt")), (item.Link, item.Published));
            if (item.HasUpdated)
                Assert.Equal(Instant(story, "updatedAt"), item.Updated);
            if (story["standfirst"] is { } standfirst)
                // A description of RSS is HTML.
                Assert.Equal(
                    Told(standfirst),
                    FeedReaders.Letters(format == "rss" ? System.Net.WebUtility.HtmlDecode(item.Summary) : item.Summary)
                );
            else
                Assert.NotEqual("", item.Summary.Trim());
            Assert.Equal(AuthorsOf(story).Select(Told), item.Authors.Select(FeedReaders.Letters));
            // Of a category of Atom, this reader gives the term.
            Assert.Superset(
                NamesOf(story, (format, reader) == ("atom", "feedparser") ? "slug" : "name"),
                item.Categories.Select(FeedReaders.Letters).ToHashSet()
            );
            Assert.Equal(item.Categories.Count, item.Categories.Distinct().Count());
            Assert.Equal(
                story["leadImage"] is { } image ? new Uri(image["url"]!.GetValue<string>()).AbsolutePath : null,
                item.Picture?.AbsolutePath
            );
        });

        static string Told(object? text) => FeedReaders.Letters(text!.ToString()!);

        static DateTimeOffset Instant(JsonNode story, string member) =>
            DateTimeOffset.FromUnixTimeSeconds(story[member]!.GetValue<DateTimeOffset>().ToUnixTimeSeconds());

        static IEnumerable<object?> AuthorsOf(JsonNode story) =>
            story["authors"]!.AsArray() is { Count: > 0 } authors ? authors.Select(author => author!["name"])
            : story["byline"] is { } byline ? [byline]
            : [];

        static HashSet<string> NamesOf(JsonNode story, string member) =>
            new[] { "people", "places", "topics" }
                .SelectMany(kind => story[kind]!.AsArray().Select(mention => Told(mention![member])))
                .ToHashSet();
    }

    [Fact]
    public async Task The_short_form_keeps_the_rules_too()
    {
        foreach (var format in new[] { "rss", "atom", "json" })
        {
            var path = $"/feeds/articles.{format}?limit=100&text=summary";
            var text = (await newsroom.Anyone.ReadAsync(path)).Text;
            Assert.Empty(
                format switch
                {
                    "rss" => FeedRules.Rss(path, text),
                    "atom" => FeedRules.Atom(path, text),
                    _ => FeedRules.Json(path, text),
                }
            );
            Assert.DoesNotContain("content_html", text, StringComparison.Ordinal);
            Assert.DoesNotContain("content:encoded>", text, StringComparison.Ordinal);
        }

        NinjsSchema.Validates((await newsroom.Anyone.ReadAsync("/feeds/articles.ninjs?limit=100&text=summary")).Text);
    }

    // Without a standfirst the summary is an excerpt of the body, and without both the headline.
    private protected static void IsSummaryOf(Story story, string summary)
    {
        if (story.Standfirst is not null)
        {
            Assert.Equal(story.Standfirst, summary);
        }
        else if (story.BodyHtml is null)
        {
            Assert.Equal(story.Headline, summary);
        }
        else
        {
            using var body = new AngleSharp.Html.Parser.HtmlParser().ParseDocument(story.BodyHtml);
            Assert.InRange(summary.Length, 1, 301);
            Assert.StartsWith(Letters(summary.TrimEnd('…')), Letters(body.Body!.TextContent), StringComparison.Ordinal);
        }
    }

    private static string Letters(string text) => string.Concat(text.Where(character => !char.IsWhiteSpace(character)));

    private static List<SyndicationItem> Syndication(SyndicationFeedFormatter formatter, string text)
    {
        using var reader = XmlReader.Create(new StringReader(text));
        formatter.ReadFrom(reader);
        return [.. formatter.Feed.Items];
    }

    private static IEnumerable<(string, string)> Other(string text) =>
        FeedReader.ReadFromString(text).Items.Select(item => (item.Id, Bare(item.Title)));

    // The second reader trims titles and drops byte-order marks.
    private static string Bare(string title) => title.Replace("\uFEFF", "", StringComparison.Ordinal).Trim();

    private async Task<List<(string Path, string Text)>> PagesAsync(string format)
    {
        var pages = await FeedDocument.WalkAsync(newsroom.Anyone, $"/feeds/articles.{format}?limit=100", "next");
        Assert.Equal(
            (await PublishedAsync()).Count,
            pages.Sum(page => page.Stories.Count(story => story.StartsWith("urn:", StringComparison.Ordinal)))
        );
        return [.. pages.Select(page => (page.Path, page.Answer.Text))];
    }

    private protected async Task<Dictionary<string, Story>> PublishedAsync(bool xml = true)
    {
        var rows = (string)
            (
                await newsroom.SqlAsync(
                    """
                    select json_agg(json_build_object('id', id, 'slug', slug, 'headline', headline, 'standfirst', standfirst, 'bodyHtml',
                      body_html, 'publishedAt', published_at, 'updatedAt', updated_at))::text from live.articles
                    """
                )
            )!;
        var stories = System.Text.Json.JsonSerializer.Deserialize<List<Story>>(rows, System.Text.Json.JsonSerializerOptions.Web)!;
        Assert.NotEmpty(stories);
        return stories.ToDictionary(
            story => $"urn:uuid:{story.Id}",
            story =>
                xml
                    ? story with
                    {
                        Headline = Clean(story.Headline)!,
                        Standfirst = Clean(story.Standfirst),
                        BodyHtml = Clean(story.BodyHtml),
                    }
                    : story
        );
    }

    [GeneratedRegex("<id>[^<]*</id>")]
    private static partial Regex Identity();

    // XML 1.0 does not allow these characters.
    private static string? Clean(string? text) => text is null ? null : NoXml().Replace(text, "");

    [GeneratedRegex(@"[\x00-\x08\x0B\x0C\x0E-\x1F\uFFFE\uFFFF]")]
    private static partial Regex NoXml();

    private protected sealed record Story(
        Guid Id,
        string Slug,
        string Headline,
        string? Standfirst,
        string? BodyHtml,
        DateTimeOffset PublishedAt,
        DateTimeOffset UpdatedAt
    );
}
