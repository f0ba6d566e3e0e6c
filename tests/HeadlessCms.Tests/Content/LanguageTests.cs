using System.Net;
using HeadlessCms.Core;
using HeadlessCms.Tests.Harness;

namespace HeadlessCms.Tests.Content;

/// <summary>Language tags by BCP 47: canonical case when stored, matched without case, and <c>en</c> takes in <c>en-GB</c>.</summary>
public sealed class LanguageTests(Newsroom newsroom) : IClassFixture<Newsroom>
{
    private HttpClient Editor => newsroom.Admin;

    [Theory]
    [InlineData("EN", "en")]
    [InlineData("en-gb", "en-GB")]
    [InlineData("ZH-HANT-tw", "zh-Hant-TW")]
    [InlineData("sr-latn-rs", "sr-Latn-RS")]
    [InlineData("es-419", "es-419")]
    [InlineData("DE-CH-1996", "de-CH-1996")]
    [InlineData("sl-ROZAJ-biske", "sl-rozaj-biske")]
    [InlineData("en-X-GB-Sub", "en-x-gb-sub")]
    [InlineData("de-A-EXTEND-u-CO-phonebk", "de-a-extend-u-co-phonebk")]
    [InlineData("X-Whatever", "x-whatever")]
    [InlineData("TLH", "tlh")]
    public async Task A_tag_is_stored_in_canonical_case(string sent, string stored)
    {
        var made = await Editor.PostAsync("/editorial/v1/articles", new { headline = "In a language", language = sent });
        Assert.Equal(stored, (string?)made.Expect(HttpStatusCode.Created)["language"]);
        Assert.Equal(stored, LanguageTag.Canonical(stored));
    }

    [Theory]
    [InlineData("english!")]
    [InlineData("en_GB")]
    [InlineData("en-")]
    [InlineData("-en")]
    [InlineData("e")]
    [InlineData("en--GB")]
    [InlineData("en-a")]
    [InlineData("en-abcdefghi")]
    [InlineData("12")]
    [InlineData("en\n")]
    [InlineData("日本語")]
    public async Task What_is_no_tag_is_refused(string sent) =>
        Assert.Equal(
            ["/language: invalidForm"],
            (await Editor.PostAsync("/editorial/v1/articles", new { headline = "x", language = sent })).Errors(
                HttpStatusCode.UnprocessableEntity
            )
        );

    [Fact]
    public async Task The_database_refuses_what_is_no_tag_too() =>
        Assert.Equal(
            "23514",
            (
                await Assert.ThrowsAsync<Npgsql.PostgresException>(async () =>
                {
                    await Editor.ArticleAsync(new { headline = "Guarded language" });
                    await newsroom.SqlAsync("set session_replication_role = replica; update revisions set language = 'EN'");
                })
            ).SqlState
        );

    [Fact]
    public async Task A_language_takes_in_its_regions_in_every_filter()
    {
        await Editor.ConceptAsync("topics", new { name = "Ranges" });
        foreach (var language in new[] { "en", "en-GB", "en-gb-oxendict", "eng", "zh-Hant-TW", "fr" })
            await Editor.ArticleAsync(
                new
                {
                    headline = $"Ranged {language}",
                    language,
                    topics = new[] { new { topic = "ranges" } },
                },
                publish: true
            );
        foreach (
            var (range, count) in new[]
            {
                ("en", 3),
                ("EN", 3),
                ("en-gb", 2),
                ("en-GB", 2),
                ("EN-GB-OXENDICT", 1),
                ("eng", 1),
                ("zh", 1),
                ("zh-hant", 1),
                ("zh-TW", 0),
                ("e", 0),
                ("en-", 0),
                ("%25", 0),
                ("en_GB", 0),
            }
        )
        {
            Assert.Equal(count, (await Editor.SlugsAsync($"/content/v1/articles?topic=ranges&language={range}")).Count);
            Assert.Equal(count, (await Editor.SlugsAsync($"/editorial/v1/articles?topic=ranges&language={range}")).Count);
            Assert.Equal(
                count,
                (await newsroom.Anyone.ReadAsync($"/feeds/topics/ranges.json?language={range}")).Json["items"]!.AsArray().Count
            );
            Assert.Equal(count, (await Editor.SlugsAsync($"/content/v1/articles?q=ranged&language={range}&topic=ranges")).Count);
        }
    }

    [Fact]
    public async Task A_facet_counts_as_the_filter_does()
    {
        await Editor.ConceptAsync("topics", new { name = "Counted languages" });
        foreach (var language in new[] { "en-GB", "en-US", "en-GB", "pt-BR", "en-x-secret-1" })
            await Editor.ArticleAsync(
                new
                {
                    headline = $"Counted {language}",
                    language,
                    topics = new[] { new { topic = "counted-languages" } },
                },
                publish: true
            );
        var page = (await newsroom.Anyone.ReadAsync("/content/v1/articles?topic=counted-languages&facets=language")).Expect(
            HttpStatusCode.OK
        );
        var facet = page["facets"]!["language"]!.AsArray().ToDictionary(row => (string)row!["value"]!, row => (int)row!["count"]!);
        Assert.Equal(4, facet["en"]);
        Assert.Equal(2, facet["en-GB"]);
        Assert.Equal(1, facet["pt"]);
        Assert.DoesNotContain("en-x", facet.Keys);
        foreach (var (range, count) in facet)
            Assert.Equal(count, (await Editor.SlugsAsync($"/content/v1/articles?topic=counted-languages&language={range}")).Count);
    }

    [Fact]
    public async Task A_partners_key_takes_in_the_regions_of_its_languages()
    {
        foreach (var language in new[] { "da", "da-DK", "daa" })
            await Editor.ArticleAsync(new { headline = $"For partners {language}", language }, publish: true);
        var key = (
            await Editor.PostAsync(
                "/editorial/v1/keys",
                new
                {
                    name = "danish-partner",
                    role = "reader",
                    feeds = new { languages = new[] { "DA", "da" } },
                }
            )
        ).Expect(HttpStatusCode.Created);
        using var partner = newsroom.Client((string)key["key"]!);
        var items = (await partner.ReadAsync("/feeds/articles.json")).Json["items"]!.AsArray();
        Assert.Equal(["da", "da-DK"], items.Select(item => (string)item!["language"]!).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Labels_are_kept_by_canonical_tags_and_one_alone_may_have_a_tag()
    {
        var made = await Editor.PostAsync(
            "/editorial/v1/people",
            new { name = "Labelled", labels = new Dictionary<string, string> { ["ZH-hant"] = "標", ["tg"] = "Н" } }
        );
        Assert.Equal(["tg", "zh-Hant"], made.Expect(HttpStatusCode.Created)["labels"]!.AsObject().Select(label => label.Key));
        var twice = new { name = "Labelled twice", labels = new Dictionary<string, string> { ["EN"] = "a", ["en"] = "b" } };
        Assert.Equal(
            ["/labels/en: duplicateMember"],
            (await Editor.PostAsync("/editorial/v1/people", twice)).Errors(HttpStatusCode.UnprocessableEntity)
        );
    }

    [Fact]
    public async Task A_webhook_takes_in_the_regions_of_its_languages()
    {
        var made = await Editor.PostAsync(
            "/editorial/v1/webhooks",
            new
            {
                name = "in-portuguese",
                url = "https://hooks.example/in",
                events = new[] { "article.published" },
                languages = new[] { "PT" },
            }
        );
        Assert.Equal("pt", (string?)made.Expect(HttpStatusCode.Created)["details"]!["languages"]![0]);
        foreach (var language in new[] { "pt-BR", "ptt" })
            await Editor.ArticleAsync(new { headline = $"Hooked {language}", language }, publish: true);
        Assert.Equal(
            1L,
            await newsroom.SqlAsync(
                """
                select count(*) from webhook_matches m join webhooks w on w.id = m.webhook_id
                join articles a on a.id = m.subject_id where w.name = 'in-portuguese' and a.slug like 'hooked-%'
                """
            )
        );
    }
}
