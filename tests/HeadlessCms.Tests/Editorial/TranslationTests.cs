using System.Net;
using System.Text.Json.Nodes;
using HeadlessCms.Tests.Harness;
using Npgsql;

namespace HeadlessCms.Tests.Editorial;

/// <summary>One story in several languages: an original and its translations, and which of them are out of date.</summary>
public sealed class TranslationTests(Newsroom newsroom) : IClassFixture<Newsroom>
{
    private const string Articles = "/editorial/v1/articles";

    private HttpClient Editor => newsroom.Admin;

    [Fact]
    public async Task A_translation_says_what_it_translates_and_the_original_lists_it()
    {
        var original = await StoryAsync("Told first", "en");
        var french = await TranslationAsync(original, "Dit en français", "fr");
        await TranslationAsync(original, "قيل بالعربية", "ar", publish: true);

        var read = await ReadAsync(french);
        Assert.Equal($"{original} en 1 ", Line(read["isTranslationOf"]!));
        Assert.Empty(read["translations"]!.AsArray());
        Assert.Null((await ReadAsync(original))["isTranslationOf"]);
        Assert.Equal(
            ["ar live ", "fr draft "],
            (await ReadAsync(original))["translations"]!.AsArray().Select(one => $"{one!["language"]} {one["status"]} {one["staleSince"]}")
        );
    }

    [Fact]
    public async Task A_translation_is_stale_since_the_first_other_text_of_its_original_until_it_names_a_newer_revision()
    {
        var original = await StoryAsync("Changing", "en");
        var german = await TranslationAsync(original, "Im Wandel", "de");
        await PatchAsync(original, new { genre = "analysis" }, 1);
        Assert.Equal($"{original} en 1 ", Line((await ReadAsync(german))["isTranslationOf"]!)); // a genre is no text

        await PatchAsync(original, new { standfirst = "What changed." }, 2);
        await PatchAsync(original, new { headline = "Changing again" }, 3);
        Assert.Equal($"{original} en 1 3", Line((await ReadAsync(german))["isTranslationOf"]!));
        Assert.Equal(3, (int?)(await ReadAsync(original))["translations"]![0]!["staleSince"]);

        await PatchAsync(german, new { headline = "Noch im Wandel" }, 1);
        Assert.Equal($"{original} en 1 3", Line((await ReadAsync(german))["isTranslationOf"]!)); // a save alone translates nothing
        await PatchAsync(german, new { translatesRevision = 3 }, 2);
        Assert.Equal($"{original} en 3 4", Line((await ReadAsync(german))["isTranslationOf"]!));
        await PatchAsync(german, new { translatesRevision = 4 }, 3);
        Assert.Equal($"{original} en 4 ", Line((await ReadAsync(german))["isTranslationOf"]!));

        await PatchAsync(original, new { headline = "Changed for a moment" }, 4);
        Assert.Equal(5, (int?)(await ReadAsync(german))["isTranslationOf"]!["staleSince"]);
        (await Editor.PostAsync($"{Articles}/{original}/revisions/4/restore")).Expect(HttpStatusCode.OK);
        Assert.Null((await ReadAsync(german))["isTranslationOf"]!["staleSince"]);
    }

    [Fact]
    public async Task What_is_translated_is_content_of_the_revision_compared_restored_and_emptied_by_a_patch()
    {
        var original = await StoryAsync("Compared", "en");
        var danish = await TranslationAsync(original, "Sammenlignet", "da");
        await PatchAsync(danish, new { isTranslationOf = (string?)null }, 1);
        Assert.Null((await ReadAsync(danish))["isTranslationOf"]);
        Assert.Empty((await ReadAsync(original))["translations"]!.AsArray());

        var diff = (await Editor.ReadAsync($"{Articles}/{danish}/revisions/2/diff")).Expect(HttpStatusCode.OK)["members"]!.AsArray();
        Assert.Equal("isTranslationOf", (string?)Assert.Single(diff)!["member"]);
        (await Editor.PostAsync($"{Articles}/{danish}/revisions/1/restore")).Expect(HttpStatusCode.OK);
        Assert.Equal($"{original} en 1 ", Line((await ReadAsync(danish))["isTranslationOf"]!));

        await PatchAsync(danish, new { isTranslationOf = (string?)null }, 3);
        await TranslationAsync(original, "Sammenlignet igen", "da");
        var refused = await Editor.PostAsync($"{Articles}/{danish}/revisions/1/restore");
        Assert.Equal("languageTaken", refused.Problem(HttpStatusCode.Conflict));
        Assert.Equal("Sammenlignet igen", (string?)refused.Json["heldBy"]!["name"]);
    }

    [Fact]
    public async Task What_does_not_fit_a_story_is_refused_and_says_what_is_in_the_way()
    {
        var original = await StoryAsync("Fitting", "en");
        var french = await TranslationAsync(original, "Convenable", "fr");
        Answer answer;

        answer = await Editor.PostAsync(Articles, Translation(original, "Encore", "FR"));
        Assert.Equal("languageTaken", answer.Problem(HttpStatusCode.Conflict));
        Assert.Equal(("Convenable", "draft"), ((string?)answer.Json["heldBy"]!["name"], (string?)answer.Json["heldBy"]!["status"]));
        answer = await Editor.PostAsync(Articles, Translation(original, "Again", "en"));
        Assert.Equal("languageTaken", answer.Problem(HttpStatusCode.Conflict));
        answer = await Editor.PatchAsync($"{Articles}/{original}", new { language = "fr" }, "\"r1\"");
        Assert.Equal("languageTaken", answer.Problem(HttpStatusCode.Conflict));
        answer = await Editor.PostAsync(Articles, Translation(french, "Zweiter Stufe", "de"));
        Assert.Equal("translationOfTranslation", answer.Problem(HttpStatusCode.Conflict));
        var other = await StoryAsync("Another", "es");
        answer = await Editor.PatchAsync($"{Articles}/{original}", new { isTranslationOf = other }, "\"r1\"");
        Assert.Equal("hasTranslations", answer.Problem(HttpStatusCode.Conflict));
        answer = await Editor.PatchAsync($"{Articles}/{other}", new { isTranslationOf = other }, "\"r1\"");
        Assert.Equal("ownTranslation", answer.Problem(HttpStatusCode.Conflict));

        Assert.Equal(
            ["/isTranslationOf: unknown"],
            (await Editor.PostAsync(Articles, Translation("no-such-story", "X", "de"))).Errors(HttpStatusCode.UnprocessableEntity)
        );
        Assert.Equal(
            ["/isTranslationOf: required"],
            (await Editor.PostAsync(Articles, new { headline = "X", translatesRevision = 1 })).Errors(HttpStatusCode.UnprocessableEntity)
        );
        foreach (var revision in new[] { 0, 2 })
            Assert.Equal(
                ["/translatesRevision: outOfRange"],
                (
                    await Editor.PostAsync(
                        Articles,
                        new
                        {
                            headline = "X",
                            language = "de",
                            isTranslationOf = original,
                            translatesRevision = revision,
                        }
                    )
                ).Errors(HttpStatusCode.UnprocessableEntity)
            );
        Assert.Equal(1, (int?)(await ReadAsync(original))["revision"]);
    }

    [Fact]
    public async Task What_is_in_the_trash_holds_no_language_and_comes_back_only_where_it_is_free()
    {
        var original = await StoryAsync("Kept original", "en");
        var first = await TranslationAsync(original, "Primero", "es");
        (await Editor.DeleteAsync($"{Articles}/{first}", "*")).Expect(HttpStatusCode.NoContent);
        Assert.Empty((await ReadAsync(original))["translations"]!.AsArray());
        var second = await TranslationAsync(original, "Segundo", "es");

        Assert.Equal("languageTaken", (await Editor.PostAsync($"{Articles}/{first}/restore")).Problem(HttpStatusCode.Conflict));
        (await Editor.DeleteAsync($"{Articles}/{second}", "*")).Expect(HttpStatusCode.NoContent);
        (await Editor.PostAsync($"{Articles}/{first}/restore")).Expect(HttpStatusCode.OK);

        (await Editor.DeleteAsync($"{Articles}/{original}", "*")).Expect(HttpStatusCode.NoContent);
        Assert.Equal("inUse", (await Editor.PostAsync($"{Articles}/{original}/purge")).Problem(HttpStatusCode.Conflict));
        foreach (var translation in new[] { first, second })
        {
            if (translation == first)
                (await Editor.DeleteAsync($"{Articles}/{translation}", "*")).Expect(HttpStatusCode.NoContent);
            (await Editor.PostAsync($"{Articles}/{translation}/purge")).Expect(HttpStatusCode.NoContent);
        }

        (await Editor.PostAsync($"{Articles}/{original}/purge")).Expect(HttpStatusCode.NoContent);
    }

    [Fact]
    public async Task Of_many_who_translate_into_one_language_at_once_one_succeeds()
    {
        var original = await StoryAsync("Raced", "en");

        var answers = await Task.WhenAll(
            Enumerable.Range(0, 6).Select(at => Editor.PostAsync(Articles, Translation(original, $"In gara {at}", "it")))
        );

        Assert.Single(answers, answer => answer.Status == HttpStatusCode.Created);
        Assert.All(answers.Where(answer => answer.Status != HttpStatusCode.Created), answer =>
            Assert.Equal("languageTaken", answer.Problem(HttpStatusCode.Conflict))
        );
        Assert.Single((await ReadAsync(original))["translations"]!.AsArray());
    }

    [Fact]
    public async Task The_database_refuses_a_translation_of_itself_and_a_second_level_from_any_writer()
    {
        var original = await StoryAsync("Guarded", "en");
        var polish = await TranslationAsync(original, "Strzeżony", "pl");
        var free = await StoryAsync("Free", "cs");

        Assert.Equal("ck_revisions_original", await RefusedAsync(original, original));
        Assert.Equal("ck_articles_one_level", await RefusedAsync(free, polish));
        Assert.Equal("ck_articles_one_level", await RefusedAsync(original, free));
    }

    [Fact]
    public async Task Lines_of_a_bulk_request_may_translate_an_earlier_line()
    {
        var results = await Editor.BulkAsync(
            "/editorial/v1/articles/bulk",
            new
            {
                headline = "Bulk original",
                slug = "bulk-original",
                language = "en",
            },
            Translation("bulk-original", "Bulk på svenska", "sv"),
            Translation("bulk-original", "Bulk på svenska igen", "sv"),
            Translation("bulk-original", "Bulk suomeksi", "fi")
        );

        Assert.Equal(["created", "created", "refused", "created"], results.Select(result => (string?)result["status"]));
        Assert.EndsWith(":languageTaken", (string?)results[2]["problem"]!["type"], StringComparison.Ordinal);
        Assert.Equal(
            ["fi", "sv"],
            (await ReadAsync("bulk-original"))["translations"]!.AsArray().Select(translation => (string?)translation!["language"])
        );
    }

    private async Task<string?> RefusedAsync(string article, string original) =>
        (
            await Assert.ThrowsAsync<PostgresException>(() =>
                newsroom.SqlAsync(
                    $"""
                    insert into revisions (article_id, number, slug, headline, word_count, language, saved_at, saved_by, original_id,
                      original_revision)
                    select a.id, a.revision_number + 1, a.slug, 'X', 0, 'tlh', now(), 'X', o.id, 1
                    from articles a, articles o where a.slug = '{article}' and o.slug = '{original}';
                    update articles set revision_number = revision_number + 1 where slug = '{article}'
                    """
                )
            )
        ).ConstraintName;

    private async Task<string> StoryAsync(string headline, string language) =>
        await Editor.ArticleAsync(
            new
            {
                headline,
                language,
                body = new { format = "text", content = headline },
            }
        );

    private async Task<string> TranslationAsync(string original, string headline, string language, bool publish = false) =>
        await Editor.ArticleAsync(Translation(original, headline, language), publish);

    private static object Translation(string original, string headline, string language) =>
        new
        {
            headline,
            language,
            isTranslationOf = original,
        };

    private async Task PatchAsync(string article, object change, int revision) =>
        (await Editor.PatchAsync($"{Articles}/{article}", change, $"\"r{revision}\"")).Expect(HttpStatusCode.OK);

    private async Task<JsonNode> ReadAsync(string article) => (await Editor.ReadAsync($"{Articles}/{article}")).Expect(HttpStatusCode.OK);

    private static string Line(JsonNode original) =>
        $"{original["slug"]} {original["language"]} {original["revision"]} {original["staleSince"]}";
}
