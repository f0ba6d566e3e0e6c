using System.Net;
using HeadlessCms.Tests.Harness;

namespace HeadlessCms.Tests.Content;

/// <summary>One story in several languages as readers get it: an English original in French, Arabic and German.</summary>
public sealed class TranslationTests(PublicNewsroom newsroom) : IClassFixture<PublicNewsroom>
{
    private const string Articles = "/content/v1/articles";

    private HttpClient Editor => newsroom.Admin;

    private HttpClient Anyone => newsroom.Anyone;

    [Fact]
    public async Task An_article_names_what_is_live_of_its_story_and_no_draft()
    {
        var story = await StoryAsync("Named");
        await Editor.PublishAsync(story["en"]);
        await Editor.PublishAsync(story["ar"]);
        await Editor.PublishAsync(story["de"], new { liveFrom = "2999-01-01T00:00:00Z" });

        Assert.Equal(["ar"], await TranslationsAsync(story["en"]));
        Assert.Equal(["en"], await TranslationsAsync(story["ar"]));
        var link = (await Anyone.ReadAsync($"{Articles}/{story["en"]}")).Json["translations"]![0]!;
        var arabic = (await Anyone.ReadAsync($"{Articles}/{story["ar"]}")).Json;
        foreach (var member in new[] { "id", "slug", "url", "language", "headline" })
            Assert.Equal((string?)arabic[member], (string?)link[member]);

        await Editor.PublishAsync(story["fr"]);
        Assert.Equal(["ar", "fr"], await TranslationsAsync(story["en"]));
        Assert.Equal(["ar", "en"], await TranslationsAsync(story["fr"]));
        (await Editor.PostAsync($"/editorial/v1/articles/{story["en"]}/unpublish")).Expect(HttpStatusCode.OK);
        Assert.Equal(["ar"], await TranslationsAsync(story["fr"])); // they are of one story without the original too

        (await Editor.PatchAsync($"/editorial/v1/articles/{story["fr"]}", new { isTranslationOf = (string?)null }, "\"r1\"")).Expect(
            HttpStatusCode.OK
        );
        Assert.Equal(["fr"], await TranslationsAsync(story["ar"])); // the working copy is no matter of readers
        await Editor.PublishAsync(story["fr"]);
        Assert.Empty(await TranslationsAsync(story["ar"]));
        Assert.Empty(await TranslationsAsync(story["fr"]));
    }

    [Fact]
    public async Task Lists_have_translations_where_fields_select_them_in_the_statement_of_the_page()
    {
        var topic = await Editor.ConceptAsync("topics", new { name = "Selected translations" });
        var story = await StoryAsync("Selected", topic, publish: true);
        await Editor.ArticleAsync(
            new
            {
                headline = "Selected alone",
                language = "en",
                topics = new[] { new { topic } },
            },
            publish: true
        );

        var plain = (await Anyone.ReadAsync($"{Articles}?topic={topic}")).Expect(HttpStatusCode.OK)["items"]!.AsArray();
        Assert.All(plain, item => Assert.Null(item!["translations"]));
        Assert.Equal(
            1,
            await newsroom.Statements.CountReadsAsync(() => Anyone.ReadAsync($"{Articles}?topic={topic}&fields=slug,translations.slug"))
        );
        var items = (await Anyone.ReadAsync($"{Articles}?topic={topic}&fields=slug,translations.slug")).Json["items"]!.AsArray();
        Assert.Null(items[0]!["translations"]);
        Assert.Equal(
            new[] { story["ar"], story["de"], story["fr"] },
            items.Single(item => (string?)item!["slug"] == story["en"])!["translations"]!
                .AsArray()
                .Select(one => one!["slug"]!.GetValue<string>())
        );
        foreach (var language in new[] { "", "?language=he,ar" })
            Assert.Equal(1, await newsroom.Statements.CountReadsAsync(() => Anyone.ReadAsync($"{Articles}/{story["de"]}{language}")));
    }

    [Fact]
    public async Task A_chain_of_languages_gives_of_each_story_the_first_that_is_live()
    {
        var topic = await ChainAsync();
        foreach (
            var (chain, expected) in new[]
            {
                ("fr,en", "a fr, b en, e en"),
                ("EN,fr", "a en, b en, e en"),
                ("ar,fr,de,en", "a ar, b de, c ar, e en"),
                ("he,ar", "a ar, c ar"),
                ("he,it", ""),
                ("en", "a en, b en, e en"),
                ("fr", "a fr"),
                ("pt,de-AT", ""),
                ("de,en-GB", "a de, b de, e en"),
            }
        )
        {
            foreach (
                var list in new[]
                {
                    $"{Articles}?topic={topic}",
                    $"/content/v1/topics/{topic}/articles?",
                    $"{Articles}?q=chained&topic={topic}",
                    $"/content/v1/search?q=chained&topic={topic}",
                    $"/content/v1/search?q=chained&sort=-publishedAt&topic={topic}",
                }
            )
            {
                Assert.Equal(expected, await KeysAsync($"{list}&limit=2&language={chain}"));
                Assert.Equal(
                    expected.Split(", ", StringSplitOptions.RemoveEmptyEntries).Length,
                    (int?)(await Anyone.ReadAsync($"{list}&limit=1&count=true&language={chain}")).Json["total"]
                );
            }

            var feed = (await Anyone.ReadAsync($"/feeds/topics/{topic}.json?language={chain}")).Expect(HttpStatusCode.OK)["items"]!;
            Assert.Equal(expected, Keys(feed.AsArray().Select(item => (string)item!["title"]!)));
        }
    }

    [Fact]
    public async Task An_article_is_given_in_the_first_language_of_a_chain_that_is_live_or_as_it_was_asked_for()
    {
        var story = await StoryAsync("Preferred");
        foreach (var language in new[] { "en", "fr", "ar" })
            await Editor.PublishAsync(story[language]);
        var id = (string)(await Anyone.ReadAsync($"{Articles}/{story["ar"]}")).Json["id"]!;

        foreach (
            var (asked, chain, given) in new[]
            {
                (story["en"], "fr,en", "fr"),
                (story["fr"], "de,ar", "ar"),
                (id, "de,EN", "en"),
                (id, "he,de", "ar"),
                (story["fr"], "fr", "fr"),
                (story["fr"], "", "fr"),
            }
        )
        {
            var answer = await Anyone.ReadAsync($"{Articles}/{asked}?fields=slug,language&language={chain}");
            Assert.Equal(given, (string?)answer.Expect(HttpStatusCode.OK)["language"]);
            var isOther = asked != story[given] && !(asked == id && given == "ar");
            Assert.Equal(
                isOther ? $"{Articles}/{story[given]}?fields=slug,language" : null,
                answer.ContentHeaders.ContentLocation?.ToString()
            );
        }

        Assert.Equal(HttpStatusCode.NotFound, await Anyone.LiveStatusAsync(story["de"], "?language=en"));
        Assert.Equal(
            "tooMany",
            (await Anyone.ReadAsync($"{Articles}/{story["en"]}?language=a,b,c,d,e,f,g,h,i,j,k")).Json["errors"]![0]![
                "code"
            ]!.GetValue<string>()
        );
    }

    [Fact]
    public async Task What_happens_to_one_article_evicts_the_answers_of_the_others_and_changes_their_tags()
    {
        var topic = await Editor.ConceptAsync("topics", new { name = "Evicted" });
        var story = await StoryAsync("Evicted", topic, publish: true);
        var other = await Editor.ArticleAsync(new { headline = "Evicted never" }, publish: true);
        await Editor.ArticleAsync(
            new
            {
                headline = "Evicted Italian",
                language = "it",
                isTranslationOf = story["en"],
            },
            publish: true
        );
        string[] paths =
        [
            $"{Articles}/{story["en"]}",
            $"{Articles}/{story["fr"]}",
            $"{Articles}/{story["fr"]}?language=it,de",
            $"{Articles}?topic={topic}&fields=slug,translations",
            $"/feeds/topics/{topic}.atom",
            $"/feeds/articles/{story["ar"]}.jsonld",
        ];

        foreach (
            var change in new Func<Task>[]
            {
                async () =>
                {
                    (
                        await Editor.PatchAsync($"/editorial/v1/articles/evicted-italian", new { slug = "evicted-in-italian" }, "\"r1\"")
                    ).Expect(HttpStatusCode.OK);
                    await Editor.PublishAsync("evicted-in-italian");
                },
                () => Editor.PostAsync("/editorial/v1/articles/evicted-in-italian/unpublish"),
            }
        )
        {
            var before = new Dictionary<string, string>();
            foreach (var path in paths)
                before[path] = (await Anyone.ReadAsync(path)).Tag;
            (await Anyone.ReadAsync($"{Articles}/{other}")).Expect(HttpStatusCode.OK);
            foreach (var path in paths)
                Assert.Equal(0, await newsroom.Statements.CountReadsAsync(() => Anyone.ReadAsync(path)));

            await change();

            foreach (var path in paths)
                if (!path.EndsWith(".jsonld", StringComparison.Ordinal)) // it names its original alone
                    Assert.NotEqual(before[path], (await Anyone.ReadAsync(path)).Tag);
            Assert.Equal(0, await newsroom.Statements.CountReadsAsync(() => Anyone.ReadAsync($"{Articles}/{other}")));
        }
    }

    [Fact]
    public async Task The_same_story_in_another_language_is_not_related_to_it()
    {
        var topic = await Editor.ConceptAsync("topics", new { name = "Rarely named" });
        var story = await StoryAsync("Unrelated", topic, publish: true);
        var other = await Editor.ArticleAsync(
            new
            {
                headline = "Related indeed",
                language = "fr",
                topics = new[] { new { topic } },
            },
            publish: true
        );

        foreach (var language in new[] { "en", "ar" })
            Assert.Equal([other], await Anyone.SlugsAsync($"{Articles}/{story[language]}/related"));
        Assert.Equal(
            story.Values.Order(StringComparer.Ordinal),
            (await Anyone.SlugsAsync($"{Articles}/{other}/related")).Order(StringComparer.Ordinal)
        );
    }

    [Fact]
    public async Task An_answer_is_kept_until_the_next_translation_begins_or_ends()
    {
        var story = await StoryAsync("Bounded");
        await Editor.PublishAsync(story["en"]);
        var begins = (await newsroom.ClockAsync()).AddSeconds(4);
        await Editor.PublishAsync(story["fr"], new { liveFrom = begins, liveUntil = begins.AddSeconds(3) });
        var path = $"{Articles}/{story["en"]}";

        Assert.Empty(await TranslationsAsync(story["en"]));
        Assert.True((await Anyone.ReadAsync(path)).Headers.CacheControl!.SharedMaxAge < TimeSpan.FromSeconds(5));
        await Eventually.TrueAsync(async () => await newsroom.ClockAsync() > begins);
        Assert.Equal(["fr"], await TranslationsAsync(story["en"]));
        await Eventually.TrueAsync(async () => await newsroom.ClockAsync() > begins.AddSeconds(3));
        Assert.Empty(await TranslationsAsync(story["en"]));
        Assert.Equal(TimeSpan.FromSeconds(60), (await Anyone.ReadAsync(path)).Headers.CacheControl!.SharedMaxAge);
    }

    // a: all four; b: English and German; c: an Arabic translation alone, whose English original is a draft; e: English alone, of Britain.
    private async Task<string> ChainAsync()
    {
        var topic = await Editor.ConceptAsync("topics", new { name = "Chained languages" });
        async Task<string> ArticleAsync(string key, string language, string? original, bool publish = true) =>
            await Editor.ArticleAsync(
                new
                {
                    headline = $"{key} chained {language}",
                    language,
                    isTranslationOf = original,
                    topics = new[] { new { topic } },
                    body = new { format = "text", content = "chained" },
                },
                publish
            );
        var a = await ArticleAsync("a", "en", null);
        foreach (var language in new[] { "fr", "ar", "de" })
            await ArticleAsync("a", language, a);
        var b = await ArticleAsync("b", "en", null);
        await ArticleAsync("b", "de", b);
        await ArticleAsync("b", "fr", b, publish: false);
        await ArticleAsync("c", "ar", await ArticleAsync("c", "en", null, publish: false));
        await ArticleAsync("e", "en-GB", null);
        return topic;
    }

    private async Task<string> KeysAsync(string list)
    {
        var headlines = new List<string>();
        string? cursor = "";
        while (cursor is not null)
        {
            var page = (await Anyone.ReadAsync($"{list}{(cursor == "" ? "" : $"&cursor={cursor}")}")).Expect(HttpStatusCode.OK);
            headlines.AddRange(page["items"]!.AsArray().Select(item => (string)item!["headline"]!));
            cursor = (string?)page["nextCursor"];
        }

        return Keys(headlines);
    }

    private static string Keys(IEnumerable<string> headlines) =>
        string.Join(", ", headlines.Select(headline => $"{headline[0]} {headline.Split(' ')[2][..2]}").Order(StringComparer.Ordinal));

    private async Task<Dictionary<string, string>> StoryAsync(string name, string? topic = null, bool publish = false)
    {
        object[] topics = topic is null ? [] : [new { topic }];
        var slugs = new Dictionary<string, string>();
        foreach (var language in new[] { "en", "fr", "ar", "de" })
            slugs[language] = await Editor.ArticleAsync(
                new
                {
                    headline = $"{name} {(language == "ar" ? "بالعربية" : language)}",
                    slug = $"{name.ToLowerInvariant()}-{language}",
                    language,
                    topics,
                    isTranslationOf = slugs.GetValueOrDefault("en"),
                },
                publish
            );
        return slugs;
    }

    private async Task<IEnumerable<string>> TranslationsAsync(string article) =>
        (await Anyone.ReadAsync($"{Articles}/{article}")).Expect(HttpStatusCode.OK)["translations"]!
            .AsArray()
            .Select(translation => (string)translation!["language"]!);
}
