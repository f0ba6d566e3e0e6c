using System.Net;
using HeadlessCms.Tests.Harness;

namespace HeadlessCms.Tests.Editorial;

public sealed class ArticleTests(Newsroom newsroom) : IClassFixture<Newsroom>
{
    private HttpClient Editor => newsroom.Admin;

    [Fact]
    public async Task A_headline_alone_makes_an_article()
    {
        var made = await Editor.PostAsync("/editorial/v1/articles", new { headline = "Only a headline" });

        var article = made.Expect(HttpStatusCode.Created);
        Assert.Equal("/editorial/v1/articles/only-a-headline", made.Headers.Location!.ToString());
        Assert.Equal("\"r1\"", made.Tag);
        Assert.Equal("draft", article["status"]!.GetValue<string>());
        Assert.Equal(1, article["revision"]!.GetValue<int>());
        Assert.Equal("en", article["language"]!.GetValue<string>());
        Assert.Equal(article.ToJsonString(), (await Editor.ReadAsync("/editorial/v1/articles/only-a-headline")).Json.ToJsonString());
        Assert.Equal(article.ToJsonString(), (await Editor.ReadAsync($"/editorial/v1/articles/{article["id"]}")).Json.ToJsonString());
    }

    [Theory]
    [InlineData("Тоҷикистон ва Ҷопон", "tojikiston-va-jopon")]
    [InlineData("  Süße Grüße – aus Köln!  ", "susse-grusse-aus-koln")]
    [InlineData("Japan’s “new” plan", "japans-new-plan")]
    [InlineData("سوق القاهرة", "swq-alqahrh")]
    [InlineData("أخبار إيران", "akhbar-iyran")]
    [InlineData("علي", "aly")]
    [InlineData("אילת", "aylt")]
    [InlineData("東京でサッカー、ニュース 2026", "sakka-nyusu-2026")]
    [InlineData("さくら", "sakura")]
    [InlineData("ジャパン・キャンプ", "japan-kyanpu")]
    [InlineData("北京新闻", "beijingxinwen")]
    [InlineData("서울 뉴스", "seoul-nyuseu")]
    [InlineData("???", "article")]
    public async Task A_slug_is_made_of_a_headline_in_any_script(string headline, string slug) =>
        Assert.Equal(slug, await Editor.ArticleAsync(new { headline }));

    [Fact]
    public async Task A_made_slug_that_is_taken_gets_a_number_and_one_that_was_asked_for_is_refused()
    {
        Assert.Equal("twice", await Editor.ArticleAsync(new { headline = "Twice" }));
        Assert.Equal("twice-2", await Editor.ArticleAsync(new { headline = "Twice" }));
        Assert.Equal("twice-3", await Editor.ArticleAsync(new { headline = "Twice" }));
        Assert.Equal(
            "slugTaken",
            (await Editor.PostAsync("/editorial/v1/articles", new { headline = "Other", slug = "twice" })).Problem(HttpStatusCode.Conflict)
        );
    }

    [Fact]
    public async Task Twenty_articles_of_one_headline_at_once_get_twenty_slugs()
    {
        var slugs = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Editor.ArticleAsync(new { headline = "At once" })));

        Assert.Equal(20, slugs.Distinct().Count());
        Assert.Equal(
            ["at-once", .. Enumerable.Range(2, 19).Select(number => $"at-once-{number}")],
            slugs.OrderBy(slug => slug.Length).ThenBy(slug => slug)
        );
    }

    [Fact]
    public async Task A_save_is_a_new_revision_and_what_is_already_there_makes_none()
    {
        var slug = await Editor.ArticleAsync(new { headline = "First", standfirst = "One" });
        var saved = await Editor.PutAsync(
            $"/editorial/v1/articles/{slug}",
            new
            {
                headline = "First",
                standfirst = "Two",
                note = "Better",
            },
            "\"r1\""
        );
        Assert.Equal("\"r2\"", saved.Tag);
        Assert.Equal("Better", saved.Expect(HttpStatusCode.OK)["note"]!.GetValue<string>());

        var again = await Editor.PutAsync(
            $"/editorial/v1/articles/{slug}",
            new
            {
                headline = "First",
                standfirst = "Two",
                note = "The same",
            },
            "\"r2\""
        );
        Assert.Equal("\"r2\"", again.Tag);

        var revisions = (await Editor.ReadAsync($"/editorial/v1/articles/{slug}/revisions")).Expect(HttpStatusCode.OK)["items"]!.AsArray();
        Assert.Equal([2, 1], revisions.Select(revision => revision!["revision"]!.GetValue<int>()));
        Assert.Equal(
            "One",
            (await Editor.ReadAsync($"/editorial/v1/articles/{slug}/revisions/1")).Expect(HttpStatusCode.OK)[
                "standfirst"
            ]!.GetValue<string>()
        );
        Assert.Equal("notFound", (await Editor.ReadAsync($"/editorial/v1/articles/{slug}/revisions/3")).Problem(HttpStatusCode.NotFound));
    }

    [Fact]
    public async Task A_save_needs_the_tag_of_what_was_read()
    {
        var slug = await Editor.ArticleAsync(new { headline = "Guarded" });
        var path = $"/editorial/v1/articles/{slug}";

        Assert.Equal(
            "ifMatchRequired",
            (await Editor.SendAsync(HttpMethod.Put, path, new { headline = "New" })).Problem((HttpStatusCode)428)
        );
        foreach (var wrong in new[] { "\"r2\"", "W/\"r1\"", "\"R1\"" })
        {
            var stale = await Editor.PutAsync(path, new { headline = "New" }, wrong);
            Assert.Equal("stale", stale.Problem(HttpStatusCode.PreconditionFailed));
            Assert.Equal(1, stale.Json["currentVersion"]!.GetValue<int>());
        }

        (await Editor.PutAsync(path, new { headline = "New" }, "\"r7\", \"r1\"")).Expect(HttpStatusCode.OK);
        (await Editor.PutAsync(path, new { headline = "Newer" }, "*")).Expect(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_merge_patch_changes_what_it_names_and_null_empties()
    {
        var person = await Editor.ConceptAsync("people", new { name = "Patched Person" });
        var slug = await Editor.ArticleAsync(
            new
            {
                headline = "To be patched",
                standfirst = "Stays",
                byline = "Goes",
                dateline = new { source = "A wire" },
                people = new[]
                {
                    new
                    {
                        person,
                        relation = "about",
                        role = "Then",
                    },
                },
            }
        );

        var patched = (
            await Editor.PatchAsync(
                $"/editorial/v1/articles/{slug}",
                """{"headline":"Patched","byline":null,"body":{"format":"text","content":"One two"}}""",
                "\"r1\""
            )
        ).Expect(HttpStatusCode.OK);

        Assert.Equal(
            ("Patched", "Stays", null, slug),
            (
                patched["headline"]!.GetValue<string>(),
                patched["standfirst"]!.GetValue<string>(),
                patched["byline"],
                patched["slug"]!.GetValue<string>()
            )
        );
        Assert.Equal("Then", patched["people"]![0]!["role"]!.GetValue<string>());
        Assert.Equal(2, patched["wordCount"]!.GetValue<int>());
        Assert.Empty(
            (await Editor.PatchAsync($"/editorial/v1/articles/{slug}", """{"people":[]}""", "\"r2\"")).Expect(HttpStatusCode.OK)[
                "people"
            ]!.AsArray()
        );
        Assert.Equal(
            ["/headline: required"],
            (await Editor.PatchAsync($"/editorial/v1/articles/{slug}", """{"headline":null}""", "\"r3\"")).Errors(
                HttpStatusCode.UnprocessableEntity
            )
        );
        Assert.Equal(
            ["/nonsense: unknownMember"],
            (await Editor.PatchAsync($"/editorial/v1/articles/{slug}", """{"nonsense":1}""", "\"r3\"")).Errors(HttpStatusCode.BadRequest)
        );
    }

    [Fact]
    public async Task Two_hundred_saves_at_once_are_one_success_and_a_clear_412_for_the_rest()
    {
        var slug = await Editor.ArticleAsync(new { headline = "Contended" });

        var answers = await Task.WhenAll(
            Enumerable
                .Range(0, 200)
                .Select(number => Editor.PutAsync($"/editorial/v1/articles/{slug}", new { headline = $"Contended {number}" }, "\"r1\""))
        );

        Assert.Single(answers, answer => answer.Status == HttpStatusCode.OK);
        Assert.Equal(199, answers.Count(answer => answer.Status == HttpStatusCode.PreconditionFailed));
        var revisions = (await Editor.ReadAsync($"/editorial/v1/articles/{slug}/revisions")).Json["items"]!.AsArray();
        Assert.Equal([2, 1], revisions.Select(revision => revision!["revision"]!.GetValue<int>()));
    }

    [Fact]
    public async Task The_trash_takes_an_article_offline_and_gives_it_back_as_it_was()
    {
        var slug = await Editor.ArticleAsync(new { headline = "To the trash" }, publish: true);
        var path = $"/editorial/v1/articles/{slug}";

        (await Editor.DeleteAsync(path, "\"r1\"")).Expect(HttpStatusCode.NoContent);

        Assert.Equal("notFound", (await newsroom.Anyone.ReadAsync($"/content/v1/articles/{slug}")).Problem(HttpStatusCode.NotFound));
        Assert.Equal("trashed", (await Editor.ReadAsync(path)).Expect(HttpStatusCode.OK)["status"]!.GetValue<string>());
        Assert.DoesNotContain(slug, await Editor.SlugsAsync("/editorial/v1/articles?limit=100"));
        Assert.Contains(slug, await Editor.SlugsAsync("/editorial/v1/articles?status=trashed"));
        Assert.Equal("trashed", (await Editor.PutAsync(path, new { headline = "New" }, "\"r1\"")).Problem(HttpStatusCode.Conflict));
        Assert.Equal("trashed", (await Editor.PostAsync($"{path}/publications", new { })).Problem(HttpStatusCode.Conflict));

        Assert.Equal("expired", (await Editor.PostAsync($"{path}/restore")).Expect(HttpStatusCode.OK)["status"]!.GetValue<string>());
        Assert.Equal("notTrashed", (await Editor.PostAsync($"{path}/restore")).Problem(HttpStatusCode.Conflict));
        await Editor.PublishAsync(slug);
        (await newsroom.Anyone.ReadAsync($"/content/v1/articles/{slug}")).Expect(HttpStatusCode.OK);
    }

    [Fact]
    public async Task All_that_is_wrong_is_told_at_once_with_json_pointers()
    {
        var refused = await Editor.PostAsync(
            "/editorial/v1/articles",
            new
            {
                headline = new string('x', 301),
                slug = "Not A Slug",
                language = "english!",
                authors = new[] { "nobody" },
                leadImage = new { url = "http://insecure.example/x.jpg" },
                people = new object[] { new { person = "no-one", role = new string('r', 201) } },
                dateline = new { place = "nowhere" },
            }
        );

        Assert.Equal(
            [
                "/authors/0: unknown",
                "/dateline/place: unknown",
                "/headline: tooLong",
                "/language: invalidForm",
                "/leadImage/url: invalidForm",
                "/people/0/person: unknown",
                "/people/0/role: tooLong",
                "/slug: invalidForm",
            ],
            refused.Errors(HttpStatusCode.UnprocessableEntity).Order(StringComparer.Ordinal)
        );
    }

    [Fact]
    public async Task A_concept_stands_once_in_a_list_and_has_the_right_kind()
    {
        var person = await Editor.ConceptAsync("people", new { name = "Stands Once" });
        var id = (await Editor.ReadAsync($"/editorial/v1/people/{person}")).Json["id"]!.GetValue<string>();

        var twice = await Editor.PostAsync(
            "/editorial/v1/articles",
            new { headline = "Twice", people = new[] { new { person }, new { person = id } } }
        );
        Assert.Equal(["/people/1/person: duplicate"], twice.Errors(HttpStatusCode.UnprocessableEntity));
        var wrong = await Editor.PostAsync(
            "/editorial/v1/articles",
            new { headline = "Wrong kind", places = new[] { new { place = id } } }
        );
        Assert.Equal(["/places/0/place: unknown"], wrong.Errors(HttpStatusCode.UnprocessableEntity));
    }

    [Theory]
    [InlineData("articles", """{"headline":"x","people":[null]}""", "/people/0: null")]
    [InlineData("articles", """{"headline":"x","authors":["jane-doe",null]}""", "/authors/1: null")]
    [InlineData("articles", """{"headline":"x","people":[{"relation":"about"}]}""", "/people/0/person: required")]
    [InlineData("articles", """{"headline":"x","people":[{"person":null}]}""", "/people/0/person: null")]
    [InlineData("articles", """{"headline":"x","places":null}""", "/places: null")]
    [InlineData("articles", """{"headline":"x","body":{"format":"html"}}""", "/body/content: required")]
    [InlineData("people", """{"name":"x","aliases":[null]}""", "/aliases/0: null")]
    [InlineData("people", """{"name":"x","labels":{"ja":null}}""", "/labels/ja: null")]
    public async Task A_null_where_something_must_be_is_refused_and_named(string things, string sent, string error) =>
        Assert.Equal(error, (await Editor.PostAsync($"/editorial/v1/{things}", sent)).Errors(HttpStatusCode.UnprocessableEntity)[0]);

    [Fact]
    public async Task A_query_string_that_is_not_utf8_is_refused() =>
        Assert.Equal([": invalidText"], (await Editor.ReadAsync("/editorial/v1/articles?language=%ff")).Errors(HttpStatusCode.BadRequest));

    [Fact]
    public async Task An_external_id_is_one_articles_alone()
    {
        await Editor.ArticleAsync(new { headline = "From elsewhere", externalId = "urn:x:1" });

        Assert.Equal(
            "externalIdTaken",
            (await Editor.PostAsync("/editorial/v1/articles", new { headline = "Also", externalId = "urn:x:1" })).Problem(
                HttpStatusCode.Conflict
            )
        );
    }

    [Fact]
    public async Task The_list_is_filtered_by_status_author_concept_language_and_time()
    {
        var author = await Editor.ConceptAsync("people", new { name = "Filter Author" });
        var place = await Editor.ConceptAsync("places", new { name = "Filter Place" });
        var topic = await Editor.ConceptAsync("topics", new { name = "Filter Topic" });
        var before = (await Editor.ReadAsync($"/editorial/v1/articles/{await Editor.ArticleAsync(new { headline = "Before" })}")).Json[
            "savedAt"
        ]!.GetValue<string>();
        var one = await Editor.ArticleAsync(
            new
            {
                headline = "Filtered one",
                language = "tg",
                authors = new[] { author },
                places = new[] { new { place } },
            },
            publish: true
        );
        var two = await Editor.ArticleAsync(
            new
            {
                headline = "Filtered two",
                language = "tg",
                people = new[] { new { person = author } },
                topics = new[] { new { topic } },
            }
        );
        const string list = "/editorial/v1/articles";

        Assert.Equal([two, one], await Editor.SlugsAsync($"{list}?language=tg&savedAfter={before}&limit=1"));
        Assert.Equal([one, two], await Editor.SlugsAsync($"{list}?language=tg&sort=savedAt&limit=1"));
        Assert.Equal([one], await Editor.SlugsAsync($"{list}?language=tg&status=live"));
        Assert.Equal([two], await Editor.SlugsAsync($"{list}?language=tg&status=draft"));
        Assert.Equal([one], await Editor.SlugsAsync($"{list}?author={author}"));
        Assert.Equal([two], await Editor.SlugsAsync($"{list}?person={author}"));
        Assert.Equal([one], await Editor.SlugsAsync($"{list}?place={place}"));
        Assert.Equal([two], await Editor.SlugsAsync($"{list}?topic={topic}"));
        Assert.Equal([two], await Editor.SlugsAsync($"/editorial/v1/topics/{topic}/articles"));
        Assert.Equal([two, one], await Editor.SlugsAsync($"{list}?q=fILTERED"));
        Assert.Equal([one], await Editor.SlugsAsync($"{list}?q=filtered-one"));
        Assert.Empty(await Editor.SlugsAsync($"{list}?q=%25_%5C"));
        Assert.DoesNotContain(one, await Editor.SlugsAsync($"{list}?savedBefore={before}"));
        Assert.Equal(2, (await Editor.ReadAsync($"{list}?language=tg&count=true&limit=1")).Json["total"]!.GetValue<int>());
    }

    [Theory]
    [InlineData("日本首相会談", "ja")]
    [InlineData("日本の首相と会う", "en")]
    [InlineData("東京", "ja-JP")]
    [InlineData("々〆", "JA")]
    public async Task Kanji_of_a_Japanese_headline_are_not_read_as_Mandarin(string headline, string language) =>
        Assert.Matches("^article(-[0-9]+)?$", await Editor.ArticleAsync(new { headline, language }));

    [Fact]
    public async Task An_article_with_five_mentions_is_made_by_seven_statements()
    {
        var topics = await Task.WhenAll(
            Enumerable.Range(0, 5).Select(number => Editor.ConceptAsync("topics", new { name = $"Counted topic {number}" }))
        );
        object Story(int number) => new { headline = $"Counted story {number}", topics = topics.Select(topic => new { topic }) };
        await Editor.ArticleAsync(Story(0)); // updates the last use of the key

        // The key, the concepts, the gate of upgrades, the clock, the slug, the writes and the response.
        Assert.Equal(7, await newsroom.Statements.CountAsync(() => Editor.ArticleAsync(Story(1))));
    }

    [Fact]
    public async Task A_cursor_serves_the_list_that_gave_it_out_alone()
    {
        await Editor.ArticleAsync(new { headline = "Cursor one" });
        await Editor.ArticleAsync(new { headline = "Cursor two" });
        var first = await Editor.ReadAsync("/editorial/v1/articles?limit=1");
        var cursor = first.Json["nextCursor"]!.GetValue<string>();

        Assert.Equal($"</editorial/v1/articles?limit=1&cursor={cursor}>; rel=\"next\"", first.Headers.GetValues("Link").Single());
        (await Editor.ReadAsync($"/editorial/v1/articles?limit=5&cursor={cursor}")).Expect(HttpStatusCode.OK);
        foreach (
            var wrong in new[]
            {
                $"limit=1&status=live&cursor={cursor}",
                $"cursor={cursor}A",
                $"cursor={cursor[..^1]}",
                "cursor=x",
                "cursor=",
            }
        )
            Assert.Equal(
                ["cursor: invalidCursor"],
                (await Editor.ReadAsync($"/editorial/v1/articles?{wrong}")).Errors(HttpStatusCode.BadRequest)
            );
    }
}
