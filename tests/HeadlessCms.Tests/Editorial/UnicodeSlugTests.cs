using System.Net;
using HeadlessCms.Core;
using HeadlessCms.Tests.Harness;

namespace HeadlessCms.Tests.Editorial;

public sealed class UnicodeNewsroom(TestCluster cluster) : Newsroom(cluster)
{
    protected override IReadOnlyDictionary<string, string> Settings { get; } =
        new Dictionary<string, string> { ["Cms:Slugs"] = "unicode", ["Cms:SiteUrl"] = "https://news.example" };
}

/// <summary>With <c>Cms:Slugs=unicode</c> slugs keep their script, and URLs are percent-encoded.</summary>
public sealed class UnicodeSlugTests(UnicodeNewsroom newsroom) : IClassFixture<UnicodeNewsroom>
{
    private HttpClient Editor => newsroom.Admin;

    [Theory]
    [InlineData("東京で会談", "東京で会談")]
    [InlineData("Тоҷикистон ва Ҷопон", "тоҷикистон-ва-ҷопон")]
    [InlineData("سوق القاهرة", "سوق-القاهرة")]
    [InlineData("हिन्दी समाचार", "हिन्दी-समाचार")]
    [InlineData("Cafe\u0301 «noir»", "café-noir")]
    [InlineData("Ａ１ Ⅷ", "a1-viii")]
    [InlineData("İstanbul", "istanbul")]
    [InlineData("𐐀𐐁 Deseret", "𐐨𐐩-deseret")]
    [InlineData("Plain ASCII", "plain-ascii")]
    [InlineData("!!!", "article")]
    public async Task A_slug_keeps_the_letters_of_a_headline(string headline, string slug)
    {
        var made = await Editor.PostAsync("/editorial/v1/articles", new { headline });
        Assert.Equal(slug, (string?)made.Expect(HttpStatusCode.Created)["slug"]);
        var location = made.Headers.Location!.OriginalString;
        Assert.True(System.Text.Ascii.IsValid(location), location);
        Assert.Equal(headline, (string?)(await Editor.ReadAsync(location)).Expect(HttpStatusCode.OK)["headline"]);
    }

    [Theory]
    [InlineData("東京 会談")]
    [InlineData("Tōkyō")]
    [InlineData("cafe\u0301")]
    [InlineData("a--b")]
    [InlineData("-a")]
    [InlineData("a/b")]
    [InlineData("a\u200bb")]
    [InlineData("½")]
    public async Task Spaces_capitals_signs_and_decomposed_letters_are_no_slug(string slug) =>
        Assert.Equal(
            ["/slug: invalidForm"],
            (await Editor.PostAsync("/editorial/v1/articles", new { headline = "x", slug })).Errors(HttpStatusCode.UnprocessableEntity)
        );

    [Fact]
    public async Task Every_url_with_such_a_slug_is_percent_encoded_and_leads_there()
    {
        var person = await Editor.ConceptAsync("people", new { name = "麻生太郎", @public = true });
        Assert.Equal("麻生太郎", person);
        var slug = await Editor.ArticleAsync(
            new
            {
                headline = "会談",
                authors = new[] { person },
                people = new[] { new { person } },
            },
            publish: true
        );
        const string encoded = "https://news.example/%E4%BC%9A%E8%AB%87";
        Assert.Equal(encoded, (string?)(await newsroom.Anyone.ReadAsync($"/content/v1/articles/{slug}")).Json["url"]);
        foreach (
            var path in new[]
            {
                "/content/v1/articles",
                "/content/v1/search?q=会談",
                "/feeds/articles.rss",
                "/feeds/articles.atom",
                "/feeds/articles.json",
                $"/feeds/people/{person}.rss",
                $"/feeds/articles/{slug}.jsonld",
                "/sitemap-news.xml",
            }
        )
        {
            var text = (await newsroom.Anyone.GetStringAsync(path, TestContext.Current.CancellationToken)).Replace(
                "\\/",
                "/",
                StringComparison.Ordinal
            );
            Assert.Contains(encoded, text, StringComparison.Ordinal);
            Assert.DoesNotContain("news.example/会談", text, StringComparison.Ordinal);
            Assert.DoesNotContain("people/麻生太郎", text, StringComparison.Ordinal);
        }

        var moved = await Editor.ReadAsync($"/editorial/v1/articles/{slug}");
        (await Editor.PatchAsync($"/editorial/v1/articles/{slug}", new { slug = "新会談" }, moved.Tag)).Expect(HttpStatusCode.OK);
        await Editor.PublishAsync("新会談");
        var redirect = await newsroom.Anyone.ReadAsync($"/content/v1/articles/{slug}");
        Assert.Equal(HttpStatusCode.PermanentRedirect, redirect.Status);
        Assert.Equal("/content/v1/articles/%E6%96%B0%E4%BC%9A%E8%AB%87", redirect.Headers.Location!.OriginalString);
        (await newsroom.Anyone.ReadAsync(redirect.Headers.Location!.OriginalString)).Expect(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_kept_list_of_such_a_slug_goes_when_a_story_joins_it()
    {
        var topic = await Editor.ConceptAsync("topics", new { name = "経済", @public = true });
        var list = $"/content/v1/articles?topic={Uri.EscapeDataString(topic)}";
        var first = await newsroom.Anyone.ReadAsync(list);
        Assert.Empty(first.Expect(HttpStatusCode.OK)["items"]!.AsArray());
        Assert.Contains("topic:%E7%B5%8C%E6%B8%88", first.Headers.GetValues("Cache-Tag").Single(), StringComparison.Ordinal);
        await Editor.ArticleAsync(new { headline = "景気", topics = new[] { new { topic } } }, publish: true);
        await Eventually.TrueAsync(async () => (await newsroom.Anyone.SlugsAsync(list)).Count == 1);
    }

    [Fact]
    public async Task The_description_has_the_pattern_of_such_slugs()
    {
        var schemas = (await newsroom.Anyone.ReadAsync("/openapi/editorial.json")).Json["components"]!["schemas"]!;
        Assert.Equal(Slug.UnicodePattern, (string?)schemas["ArticleRequest"]!["properties"]!["slug"]!["pattern"]);
        Assert.Equal(Slug.Pattern, (string?)schemas["WebhookRequest"]!["properties"]!["name"]!["pattern"]);
    }

    [Fact]
    public async Task A_long_slug_is_never_cut_within_a_letter()
    {
        var headline = "a" + string.Concat(Enumerable.Repeat("𐐨", 80));
        foreach (var number in new[] { 1, 2, 3 })
        {
            var slug = await Editor.ArticleAsync(new { headline });
            Assert.True(Slug.IsValid(slug, SlugScript.Unicode), $"{number}: {slug}");
        }
    }

    [Fact]
    public async Task Lines_of_a_bulk_request_name_each_other_by_such_slugs()
    {
        var results = await Editor.BulkAsync(
            "/editorial/v1/places/bulk",
            new { name = "日本", kind = "country" },
            new
            {
                name = "東京",
                kind = "city",
                within = "日本",
            }
        );
        Assert.All(results, line => Assert.Equal("created", (string?)line["status"]));
    }

    [Theory]
    [InlineData("abc-1", SlugScript.Ascii, true)]
    [InlineData("東京", SlugScript.Ascii, false)]
    [InlineData("東京", SlugScript.Unicode, true)]
    [InlineData("\ud801\udc28", SlugScript.Unicode, true)]
    [InlineData("\ud801", SlugScript.Unicode, false)]
    [InlineData("\udc28\ud801", SlugScript.Unicode, false)]
    [InlineData("a\n", SlugScript.Unicode, false)]
    [InlineData("", SlugScript.Unicode, false)]
    public void The_rule_knows_slugs(string text, SlugScript script, bool isSlug) => Assert.Equal(isSlug, Slug.IsValid(text, script));
}
