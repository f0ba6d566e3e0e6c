using System.Net;
using System.Text.Json.Nodes;
using System.Xml.Linq;
using HeadlessCms.Tests.Harness;

namespace HeadlessCms.Tests.Feeds;

/// <summary>
/// How feeds, sitemaps and JSON-LD name the same story in other languages: an English original in French and Arabic; its German
/// translation is a draft.
/// </summary>
public sealed class TranslationTests(PublicNewsroom newsroom) : IClassFixture<PublicNewsroom>
{
    private static readonly XNamespace Atom = "http://www.w3.org/2005/Atom";
    private static readonly XNamespace Sitemap = "http://www.sitemaps.org/schemas/sitemap/0.9";
    private static readonly XNamespace Xhtml = "http://www.w3.org/1999/xhtml";

    private HttpClient Editor => newsroom.Admin;

    [Fact]
    public async Task Feeds_link_each_article_to_the_others_of_its_story_by_language()
    {
        var topic = await Editor.ConceptAsync("topics", new { name = "Linked" });
        await StoryAsync("linked", topic);
        await Editor.ArticleAsync(new { headline = "Linked to none", topics = new[] { new { topic } } }, publish: true);
        foreach (var (format, check) in new[] { ("atom", FeedRules.Atom), ("rss", (Func<string, string, List<string>>)FeedRules.Rss) })
        {
            var path = $"/feeds/topics/{topic}.{format}";
            var text = (await newsroom.Anyone.ReadAsync(path)).Text;
            Assert.Empty(check(path, text));
            Assert.DoesNotContain("linked-de", text, StringComparison.Ordinal);
            var root = XDocument.Parse(text).Root!;
            var links = root.Descendants(format == "atom" ? Atom + "entry" : "item")
                .ToDictionary(
                    entry => (entry.Element(Atom + "title") ?? entry.Element("title"))!.Value,
                    entry =>
                        entry
                            .Elements(Atom + "link")
                            .Where(link => link.Attribute("rel")!.Value == "alternate" && link.Attribute("hreflang") is not null)
                            .Select(link => $"{link.Attribute("hreflang")!.Value} {link.Attribute("href")!.Value}")
                );
            Assert.Equal([$"ar {Url("linked-ar")}", $"fr {Url("linked-fr")}"], links["linked en"]);
            Assert.Equal([$"en {Url("linked-en")}", $"fr {Url("linked-fr")}"], links["linked ar"]);
            Assert.Equal([$"ar {Url("linked-ar")}", $"en {Url("linked-en")}"], links["linked fr"]);
            Assert.Empty(links["Linked to none"]);
        }
    }

    [Fact]
    public async Task A_sitemap_names_every_version_of_a_story_at_each_of_them_and_the_original_as_the_default()
    {
        var topic = await Editor.ConceptAsync("topics", new { name = "Mapped" });
        await StoryAsync("mapped", topic);
        await Editor.ArticleAsync(new { headline = "Mapped alone" }, publish: true);

        var urls = XDocument
            .Parse((await newsroom.Anyone.ReadAsync("/sitemaps/articles.xml")).Text)
            .Root!.Elements(Sitemap + "url")
            .ToDictionary(
                url => url.Element(Sitemap + "loc")!.Value,
                url =>
                    url.Elements(Xhtml + "link")
                        .Select(link =>
                            $"{link.Attribute("rel")!.Value} {link.Attribute("hreflang")!.Value} {link.Attribute("href")!.Value}"
                        )
                        .ToList()
            );

        string[] versions =
        [
            $"alternate ar {Url("mapped-ar")}",
            $"alternate en {Url("mapped-en")}",
            $"alternate fr {Url("mapped-fr")}",
            $"alternate x-default {Url("mapped-en")}",
        ];
        foreach (var language in new[] { "ar", "en", "fr" })
            Assert.Equal(versions, urls[Url($"mapped-{language}")]);
        Assert.Empty(urls[Url("mapped-alone")]);
        Assert.DoesNotContain(Url("mapped-de"), urls.Keys);

        // What search engines must leave out is not in the sitemap and named by nothing that is.
        (await Editor.PatchAsync("/editorial/v1/articles/mapped-ar", new { noIndex = true }, "*")).Expect(HttpStatusCode.OK);
        await Editor.PublishAsync("mapped-ar");
        Assert.DoesNotContain("mapped-ar", (await newsroom.Anyone.ReadAsync("/sitemaps/articles.xml")).Text, StringComparison.Ordinal);

        (await Editor.PostAsync("/editorial/v1/articles/mapped-en/unpublish")).Expect(HttpStatusCode.OK);
        var text = (await newsroom.Anyone.ReadAsync("/sitemaps/articles.xml")).Text;
        Assert.DoesNotContain("mapped-en", text, StringComparison.Ordinal);
        Assert.Contains(Url("mapped-fr"), text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Json_ld_relates_a_translation_to_its_original_and_that_to_its_translations()
    {
        var topic = await Editor.ConceptAsync("topics", new { name = "Related" });
        await StoryAsync("related", topic);

        var original = await ReadAsync("related-en");
        Assert.Equal(["ar related-ar", "fr related-fr"], Works(original["workTranslation"]));
        Assert.Null(original["translationOfWork"]);
        var translation = await ReadAsync("related-ar");
        Assert.Equal(["en related-en"], Works(translation["translationOfWork"]));
        Assert.Null(translation["workTranslation"]);
        Assert.Equal((string?)original["@id"], (string?)translation["translationOfWork"]![0]!["@id"]);

        (await Editor.PostAsync("/editorial/v1/articles/related-en/unpublish")).Expect(HttpStatusCode.OK);
        Assert.Null((await ReadAsync("related-ar"))["translationOfWork"]);
    }

    [Fact]
    public async Task Ninjs_associates_the_other_articles_of_a_story()
    {
        var topic = await Editor.ConceptAsync("topics", new { name = "Associated" });
        await StoryAsync("associated", topic);
        foreach (
            var (article, expected) in new[]
            {
                ("associated-fr", "translation ar associated ar, translationOf en associated en"),
                ("associated-en", "translation ar associated ar, translation fr associated fr"),
            }
        )
        {
            var text = (await newsroom.Anyone.ReadAsync($"/feeds/articles/{article}.ninjs")).Text;
            NinjsSchema.Validates(text);
            Assert.Equal(expected, Associations(JsonNode.Parse(text)!));
        }
    }

    [Fact]
    public async Task A_partners_limited_key_learns_of_translations_within_its_languages_alone()
    {
        var topic = await Editor.ConceptAsync("topics", new { name = "Scoped" });
        await StoryAsync("scoped", topic);
        foreach (
            var (name, limits, expected) in new (string, object, string)[]
            {
                ("latin", new { languages = new[] { "en", "fr" } }, "translation fr scoped fr"),
                ("english", new { languages = new[] { "en" } }, ""),
                ("topical", new { topics = new[] { topic } }, ""),
                ("ninjs", new { formats = new[] { "ninjs" } }, "translation ar scoped ar, translation fr scoped fr"),
            }
        )
        {
            var key = await Editor.PostAsync(
                "/editorial/v1/keys",
                new
                {
                    name = $"scoped-{name}",
                    role = "reader",
                    feeds = limits,
                }
            );
            using var partner = newsroom.Client((string)key.Expect(HttpStatusCode.Created)["key"]!);
            var one = (await partner.ReadAsync("/feeds/articles/scoped-en.ninjs")).Expect(HttpStatusCode.OK);
            Assert.Equal(expected, Associations(one));
            var page = (await partner.ReadAsync($"/feeds/topics/{topic}.ninjs")).Expect(HttpStatusCode.OK)["associations"]!.AsArray();
            Assert.Equal(expected, Associations(page.Single(item => (string?)item!["language"] == "en")!));
        }
    }

    private static string Associations(JsonNode story) =>
        string.Join(", ", (story["associations"]?.AsArray() ?? []).Select(one => $"{one!["rel"]} {one["language"]} {one["name"]}"));

    [Fact]
    public async Task A_feed_of_one_article_is_modified_when_a_translation_begins_or_ends()
    {
        var topic = await Editor.ConceptAsync("topics", new { name = "Modified" });
        await StoryAsync("modified", topic);
        foreach (var path in new[] { "/feeds/articles/modified-en.jsonld", $"/feeds/topics/{topic}.atom" })
        {
            var before = (await newsroom.Anyone.ReadAsync(path)).ContentHeaders.LastModified;
            await Task.Delay(TimeSpan.FromSeconds(1.1), TestContext.Current.CancellationToken); // Last-Modified counts seconds
            (
                path.EndsWith("jsonld", StringComparison.Ordinal)
                    ? await Editor.PostAsync("/editorial/v1/articles/modified-fr/unpublish")
                    : await Editor.PostAsync("/editorial/v1/articles/modified-ar/unpublish")
            ).Expect(HttpStatusCode.OK);
            var after = (await newsroom.Anyone.ReadAsync(path)).ContentHeaders.LastModified;
            Assert.True(after > before, $"{path}: {before} {after}");
        }
    }

    private async Task StoryAsync(string name, string topic)
    {
        foreach (var language in new[] { "en", "fr", "ar", "de" })
            await Editor.ArticleAsync(
                new
                {
                    headline = $"{name} {language}",
                    language,
                    topics = new[] { new { topic } },
                    body = new { format = "text", content = language == "ar" ? "نص عربي" : "A text" },
                    isTranslationOf = language == "en" ? null : $"{name}-en",
                },
                publish: language != "de"
            );
    }

    private async Task<JsonNode> ReadAsync(string article) =>
        (await newsroom.Anyone.ReadAsync($"/feeds/articles/{article}.jsonld")).Expect(HttpStatusCode.OK);

    private static IEnumerable<string> Works(JsonNode? works) =>
        works!
            .AsArray()
            .Select(work => $"{work!["inLanguage"]} {((string)work["url"]!)[(PublicNewsroom.Site.Length + 1)..]}")
            .Order(StringComparer.Ordinal);

    private static string Url(string slug) => $"{PublicNewsroom.Site}/{slug}";
}
