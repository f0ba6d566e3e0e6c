using System.Net;
using HeadlessCms.Tests.Harness;
using Npgsql;

namespace HeadlessCms.Tests.Editorial;

/// <summary>Working copies are found by their words.</summary>
public sealed class SearchTests(SearchTests.World world) : IClassFixture<SearchTests.World>
{
    private const string Articles = "/editorial/v1/articles";

    public sealed class World(TestCluster cluster) : Newsroom(cluster), IAsyncLifetime
    {
        async ValueTask IAsyncLifetime.InitializeAsync()
        {
            await InitializeAsync();
            await StoryAsync(
                "summit",
                "en",
                "Dushanbe and Tokyo pledge closer ties",
                "The leaders of both countries met on Tuesday.",
                "Tajik ministers thanked their <em>Japanese</em> hosts for <strong>profit/loss</strong> reports."
            );
            await StoryAsync(
                "volcano-erupts-again-2031",
                "en",
                "Volcano wakes",
                null,
                "Two leaders of the rescue were hurt near Mount Aso."
            );
            await StoryAsync("german", "de", "Neue Häuser für Köln", null, "Der Bürgermeister legte den Grundstein.");
            await StoryAsync("russian", "ru", "Переговоры министров в Душанбе", null, "Стороны обсудили экспорт хлопка.");
            await StoryAsync("tajik", "tg", "Ҷумҳурияти Тоҷикистон", null, "Вохӯрии сарони давлатҳо.");
            await StoryAsync("japanese", "ja", "首相がタジキスタンを訪問", null, "東京で会談した。");
            await StoryAsync("arabic", "ar", "زيارة الوزراء إلى طوكيو", null, "اجتمع القادة أمس.");
        }

        private Task<string> StoryAsync(string slug, string language, string headline, string? standfirst, string body) =>
            Admin.ArticleAsync(
                new
                {
                    slug,
                    language,
                    headline,
                    standfirst,
                    body = new { format = "html", content = $"<p>{body}</p>" },
                }
            );
    }

    private HttpClient Editor => world.Admin;

    [Theory]
    [InlineData("tajik japanese leaders", "summit")]
    [InlineData("LEADER tajik", "summit")]
    [InlineData("pledged tie", "summit")]
    [InlineData("\"closer ties\"", "summit")]
    [InlineData("\"ties closer\"", "")]
    [InlineData("leaders", "volcano-erupts-again-2031 summit")]
    [InlineData("leaders -volcano", "summit")]
    [InlineData("volcano or tokyo", "volcano-erupts-again-2031 summit")]
    [InlineData("volcano or tok", "volcano-erupts-again-2031 summit")]
    [InlineData("loss", "summit")]
    [InlineData("of both", "summit")]
    [InlineData("strong", "")]
    [InlineData("haus koeln", "german")]
    [InlineData("bürgermeistern", "german")]
    [InlineData("переговоров министра", "russian")]
    [InlineData("ҶУМҲУРИЯТИ", "tajik")]
    [InlineData("сарони", "tajik")]
    [InlineData("首", "japanese")]
    [InlineData("訪問", "japanese")]
    [InlineData("東京", "japanese")]
    [InlineData("القادة", "arabic")]
    [InlineData("وزراء", "arabic")]
    public async Task A_story_is_found_by_words_of_its_headline_standfirst_and_body_in_any_form(string q, string slugs) =>
        Assert.Equal(slugs, await FoundAsync(q));

    [Theory]
    [InlineData("tajik jap", "summit")]
    [InlineData("dush", "summit")]
    [InlineData("Bürgermei", "german")]
    [InlineData("burgermei", "german")]
    [InlineData("перего", "russian")]
    [InlineData("ҷумҳ", "tajik")]
    [InlineData("タジキ", "japanese")]
    [InlineData("close", "summit")]
    [InlineData("tokyo clos", "summit")]
    [InlineData("japa ", "")]
    [InlineData("japa tajik", "")]
    [InlineData("\"japa", "")]
    [InlineData("ja", "")]
    public async Task The_word_that_is_being_typed_may_be_the_beginning_of_one(string q, string slugs) =>
        Assert.Equal(slugs, await FoundAsync(q));

    [Theory]
    [InlineData("volcano-erupts-again-2031")]
    [InlineData("erupts-again")]
    [InlineData("erupts-aga")]
    [InlineData("again-2031")]
    [InlineData("Erupts volcano 2031")]
    public async Task A_story_is_found_by_its_slug_or_words_of_it(string q) =>
        Assert.Equal("volcano-erupts-again-2031", await FoundAsync(q));

    [Fact]
    public async Task A_story_is_found_by_its_id_its_external_id_and_a_former_slug()
    {
        var created = (
            await Editor.PostAsync(
                Articles,
                new
                {
                    headline = "Named",
                    slug = "the",
                    externalId = "wire/55:a",
                }
            )
        ).Expect(HttpStatusCode.Created);
        (await Editor.PatchAsync($"{Articles}/the", new { slug = "renamed" }, "\"r1\"")).Expect(HttpStatusCode.OK);

        foreach (var q in new[] { $"{created["id"]}", "wire/55:a", "the", "renamed", " renamed " })
            Assert.Contains("renamed", await FoundAsync(q), StringComparison.Ordinal);
        Assert.Equal("", await FoundAsync("wire/55:b"));
        Assert.Equal("", await FoundAsync($"{Guid.CreateVersion7()}"));
    }

    [Fact]
    public async Task The_words_are_those_of_the_working_copy_and_not_of_what_is_live()
    {
        var slug = await Editor.ArticleAsync(
            new
            {
                headline = "Pelicans return",
                slug = "birds",
                language = "en",
            },
            publish: true
        );
        (await Editor.PatchAsync($"{Articles}/{slug}", new { headline = "Cormorants return" }, "\"r1\"")).Expect(HttpStatusCode.OK);

        Assert.Equal(("birds", ""), (await FoundAsync("cormorant"), await FoundAsync("pelican")));
        Assert.Equal([slug], await world.Anyone.SlugsAsync("/content/v1/search?q=pelican"));
        Assert.Empty(await world.Anyone.SlugsAsync("/content/v1/search?q=cormorant"));

        (await Editor.PatchAsync($"{Articles}/{slug}", new { language = "de", slug = "vogelwelt" }, "\"r2\"")).Expect(HttpStatusCode.OK);
        Assert.Equal(("vogelwelt", "vogelwelt"), (await FoundAsync("cormorants"), await FoundAsync("vogelwe")));
    }

    [Fact]
    public async Task Words_and_the_other_filters_hold_together_and_the_trash_is_searched_where_it_is_asked_for()
    {
        var (live, trashed, withdrawn) = ("otter-live", "otter-trashed", "otter-withdrawn");
        foreach (var slug in new[] { live, trashed, withdrawn })
            await Editor.ArticleAsync(
                new
                {
                    headline = "Otters at play",
                    slug,
                    language = "en-GB",
                },
                publish: true
            );
        (await Editor.DeleteAsync($"{Articles}/{trashed}", "\"r1\"")).Expect(HttpStatusCode.NoContent);
        (await Editor.PostAsync($"{Articles}/{withdrawn}/withdraw", new { reason = "x" })).Expect(HttpStatusCode.OK);

        Assert.Equal($"{withdrawn} {live}", await FoundAsync("otter"));
        Assert.Equal($"{live} {withdrawn}", await FoundAsync("otter", "&sort=savedAt&limit=1"));
        Assert.Equal(trashed, await FoundAsync("otter", "&status=trashed"));
        Assert.Equal(withdrawn, await FoundAsync("otter", "&status=withdrawn"));
        Assert.Equal($"{withdrawn} {live}", await FoundAsync("otter", "&language=en"));
        Assert.Equal("", await FoundAsync("otter", "&language=de"));
        var counted = await Editor.ReadAsync($"{Articles}?q=otter&count=true&limit=1");
        Assert.Equal(2, counted.Expect(HttpStatusCode.OK)["total"]!.GetValue<int>());
        (await Editor.PostAsync($"{Articles}/{trashed}/purge")).Expect(HttpStatusCode.NoContent);
        Assert.Equal("", await FoundAsync("otter", "&status=trashed"));
    }

    [Theory]
    [InlineData("%_\\")]
    [InlineData("' or 1=1 --")]
    [InlineData("a & | !b <-> c")]
    [InlineData("((((")]
    [InlineData(":*")]
    [InlineData("\"")]
    [InlineData("-")]
    [InlineData("- -")]
    [InlineData("or or or")]
    [InlineData("-leaders")]
    [InlineData("😀")]
    [InlineData("\u202Etxet")]
    [InlineData("''''''")]
    [InlineData("zzz:* <1> \\'x")]
    public async Task Hostile_words_are_words_or_none(string q) => Assert.Equal("", await FoundAsync(q));

    [Theory]
    [InlineData("", "q: required")]
    [InlineData("%20%09", "q: required")]
    [InlineData("a%00b", "q: invalidText")]
    [InlineData("a&q=b", "q: repeated")]
    public async Task Words_have_bounds(string q, string error)
    {
        Assert.Equal([error], (await Editor.ReadAsync($"{Articles}?q={q}")).Errors(HttpStatusCode.BadRequest));
        Assert.Equal(["q: tooLong"], (await Editor.ReadAsync($"{Articles}?q={new string('a', 201)}")).Errors(HttpStatusCode.BadRequest));
        Assert.Equal("", await FoundAsync(string.Concat(Enumerable.Repeat("-a or ", 33))));
    }

    [Fact]
    public async Task Words_take_no_further_statement_and_are_looked_up_in_their_index()
    {
        var without = await world.Statements.CountAsync(() => Editor.ReadAsync($"{Articles}?limit=5"));
        Assert.Equal(without, await world.Statements.CountAsync(() => Editor.ReadAsync($"{Articles}?limit=5&q=leaders")));

        await using var source = NpgsqlDataSource.Create(world.ConnectionString);
        await using var connection = await source.OpenConnectionAsync(TestContext.Current.CancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(TestContext.Current.CancellationToken);
        await using var explain = new NpgsqlCommand(
            """
            set local session_replication_role = replica;
            insert into working_copy_texts (article_id, revision, configuration, words)
            select gen_random_uuid(), 1, 'english', to_tsvector('simple', 'hay ' || n) from generate_series(1, 5000) n;
            insert into publication_texts (publication_id, article_id, revision, first_live_from, live_from, configuration, length, words)
            select gen_random_uuid(), gen_random_uuid(), 1, now(), now(), 'english', 2, to_tsvector('simple', 'hay ' || n)
            from generate_series(1, 5000) n;
            select gin_clean_pending_list('ix_working_copy_texts_words'), gin_clean_pending_list('ix_publication_texts_words');
            analyze working_copy_texts, publication_texts;
            explain select w.id from working_copies w
            where exists (select from working_copy_matches('leaders') m where m.article_id = w.id and m.revision = w.revision)
            order by w.saved_at desc, w.id desc limit 20
            """,
            connection,
            transaction
        );
        var plan = new List<string>();
        await using var reader = await explain.ExecuteReaderAsync(TestContext.Current.CancellationToken);
        await reader.NextResultAsync(TestContext.Current.CancellationToken); // what was taken in
        while (await reader.ReadAsync(TestContext.Current.CancellationToken))
            plan.Add(reader.GetString(0));

        foreach (var texts in new[] { "working_copy_texts", "publication_texts" })
        {
            Assert.Contains(plan, line => line.Contains($"Bitmap Index Scan on ix_{texts}_words", StringComparison.Ordinal));
            Assert.DoesNotContain(plan, line => line.Contains($"Seq Scan on {texts}", StringComparison.Ordinal));
        }
    }

    private async Task<string> FoundAsync(string q, string more = "") =>
        string.Join(' ', await Editor.SlugsAsync($"{Articles}?q={Uri.EscapeDataString(q)}{more}"));
}
