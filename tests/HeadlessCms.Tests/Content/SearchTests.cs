using System.Net;
using HeadlessCms.Core.Storage;
using HeadlessCms.Tests.Harness;
using Npgsql;

namespace HeadlessCms.Tests.Content;

/// <summary>Search over live articles, in any inflected form of their language.</summary>
public sealed class SearchTests(SearchTests.World world) : IClassFixture<SearchTests.World>
{
    public sealed class World(TestCluster cluster) : Newsroom(cluster), IAsyncLifetime
    {
        async ValueTask IAsyncLifetime.InitializeAsync()
        {
            await InitializeAsync();
            await Admin.ConceptAsync("topics", new { name = "Sport" });
            await StoryAsync(
                "body",
                1,
                new { headline = "Weather tomorrow", body = Text("Clouds, and later a marathon of rain over the “old” harbour.") }
            );
            await StoryAsync("standfirst", 2, new { headline = "City closes roads", standfirst = "It makes way for the marathon." });
            await StoryAsync(
                "headline",
                3,
                new
                {
                    headline = "Marathon won in record time",
                    body = Text("She was running through cities & villages; it’s a first."),
                    topics = new[] { new { topic = "sport" } },
                }
            );
            await StoryAsync(
                "often",
                4,
                new
                {
                    headline = "Training plans",
                    body = Text("Eat before a marathon. Sleep before a marathon. Never start a marathon without shoes."),
                }
            );
            await StoryAsync("newer-body", 5, new { headline = "Old harbour reopens", body = Text("There was a marathon too.") });
            await StoryAsync(
                "german",
                6,
                new
                {
                    language = "de",
                    headline = "Neue Häuser an der Hauptstraße",
                    body = Text("Die Bürgermeisterin eröffnet sie."),
                }
            );
            await StoryAsync(
                "french",
                7,
                new
                {
                    language = "fr-CA",
                    headline = "L’élection est « reportée »",
                    body = Text("Les électeurs attendront l'été."),
                }
            );
            await StoryAsync(
                "russian",
                8,
                new
                {
                    language = "ru",
                    headline = "Выборы в Душанбе",
                    body = Text("«Газпром» — и ёлки."),
                }
            );
            await StoryAsync(
                "japanese",
                9,
                new
                {
                    language = "ja",
                    headline = "東京で選挙",
                    body = Text("明日、選挙は東京で。"),
                }
            );
            await StoryAsync("tajik", 10, new { language = "tg", headline = "Эмомалӣ Раҳмон ба Токио рафт" });
        }

        public async Task StoryAsync(string slug, int day, object content)
        {
            var story = System.Text.Json.JsonSerializer.SerializeToNode(content)!.AsObject();
            story["slug"] = slug;
            await Admin.ArticleAsync(story);
            await Admin.PublishAsync(slug, new { liveFrom = $"2025-01-{day:D2}T00:00:00Z" });
        }
    }

    [Theory]
    [InlineData("marathons", "headline standfirst often newer-body body")]
    [InlineData("MARATHON harbour", "newer-body body")]
    [InlineData("run", "headline")]
    [InlineData("city", "standfirst headline")]
    [InlineData("\"old harbour\"", "newer-body body")]
    [InlineData("“old harbour”", "newer-body body")]
    [InlineData("\"harbour old\"", "")]
    [InlineData("marathon -harbour", "headline standfirst often")]
    [InlineData("rain or shoes", "body often")]
    [InlineData("haus", "german")]
    [InlineData("burgermeisterin", "german")]
    [InlineData("Hauptstrasse", "german")]
    [InlineData("elections", "french")]
    [InlineData("été", "french")]
    [InlineData("выборов", "russian")]
    [InlineData("газпром елка", "russian")]
    [InlineData("選挙", "japanese")]
    [InlineData("東選", "")]
    [InlineData("рахмон", "")]
    [InlineData("раҳмон", "tajik")]
    [InlineData("it's", "standfirst headline")]
    [InlineData("\"over the old\"", "body")]
    [InlineData("villages & cities", "headline")]
    public async Task Words_find_what_has_them_in_any_form_and_what_is_about_them_comes_first(string query, string slugs)
    {
        var expected = slugs.Split(' ', StringSplitOptions.RemoveEmptyEntries);

        Assert.Equal(expected, await world.Anyone.SlugsAsync($"/content/v1/articles?sort=relevance&q={Uri.EscapeDataString(query)}"));
        Assert.Equal(
            expected.Order(),
            (await world.Anyone.SlugsAsync($"/content/v1/articles?limit=1&q={Uri.EscapeDataString(query)}")).Order()
        );
    }

    [Theory]
    [InlineData("q=marathon", "newer-body often headline standfirst body")]
    [InlineData("q=marathon&sort=publishedAt", "body standfirst headline often newer-body")]
    [InlineData("q=marathon&sort=relevance&topic=sport", "headline")]
    [InlineData("q=marathon&sort=relevance&publishedAfter=2025-01-02T00:00:00Z", "headline often newer-body")]
    [InlineData("q=elections&language=fr-CA", "french")]
    [InlineData("q=elections&language=fr", "french")]
    [InlineData("q=elections&language=en", "")]
    public async Task Words_go_with_every_other_filter_and_sort(string query, string slugs)
    {
        var expected = slugs.Split(' ', StringSplitOptions.RemoveEmptyEntries);

        foreach (var limit in new[] { 1, 2, 100 })
            Assert.Equal(expected, await world.Anyone.SlugsAsync($"/content/v1/articles?{query}&limit={limit}"));
        Assert.Equal(
            expected.Length,
            (await world.Anyone.ReadAsync($"/content/v1/articles?{query}&count=true")).Json["total"]!.GetValue<int>()
        );
        if (!query.Contains("sort", StringComparison.Ordinal))
            Assert.Equal(
                expected,
                (await world.Anyone.ReadAsync($"/feeds/articles.json?{query}")).Json["items"]!
                    .AsArray()
                    .Select(item => item!["title"]!.GetValue<string>())
                    .Select(SlugOf)
            );
    }

    [Theory]
    [InlineData("the of and")]
    [InlineData("-marathon")]
    [InlineData("':*&|!<->()\\ \"")]
    [InlineData("or")]
    [InlineData("!!!")]
    [InlineData("😀")]
    [InlineData("%")]
    [InlineData("marathon or -harbour")]
    public async Task A_query_that_names_nothing_to_look_for_finds_nothing(string query)
    {
        foreach (var sort in new[] { "", "&sort=relevance" })
        {
            var found = (await world.Anyone.ReadAsync($"/content/v1/articles?q={Uri.EscapeDataString(query)}{sort}&count=true")).Expect(
                HttpStatusCode.OK
            );
            Assert.Empty(found["items"]!.AsArray());
            Assert.Equal(0, found["total"]!.GetValue<int>());
        }
    }

    [Theory]
    [InlineData("q=", "q: required")]
    [InlineData("q=%20%09", "q: required")]
    [InlineData("q=a%00b", "q: invalidText")]
    [InlineData("q=a&q=b", "q: repeated")]
    [InlineData("sort=relevance", "sort: unknownValue")]
    public async Task A_query_that_cant_be_read_is_refused_by_name(string query, string error) =>
        Assert.Equal([error], (await world.Anyone.ReadAsync($"/content/v1/articles?{query}")).Errors(HttpStatusCode.BadRequest));

    [Fact]
    public async Task A_query_has_200_characters_at_most()
    {
        Assert.Equal(HttpStatusCode.OK, (await world.Anyone.ReadAsync($"/content/v1/articles?q={new string('a', 200)}")).Status);
        Assert.Equal(
            ["q: tooLong"],
            (await world.Anyone.ReadAsync($"/content/v1/articles?q={new string('a', 201)}")).Errors(HttpStatusCode.BadRequest)
        );
    }

    [Fact]
    public async Task Only_what_is_live_is_found_at_whatever_instant_it_is_asked_for()
    {
        var editor = world.Admin;
        await editor.ArticleAsync(new { headline = "Zebrafish draft", slug = "zebra-draft" });
        await editor.ArticleAsync(new { headline = "Zebrafish planned", slug = "zebra-planned" });
        await editor.PublishAsync("zebra-planned", new { liveFrom = "2999-01-01T00:00:00Z", liveUntil = "2999-02-01T00:00:00Z" });
        await editor.ArticleAsync(new { headline = "Zebrafish was", slug = "zebra-was" });
        await editor.PublishAsync("zebra-was", new { liveFrom = "2020-01-01T00:00:00Z" });
        (await editor.PostAsync("/editorial/v1/articles/zebra-was/unpublish")).Expect(HttpStatusCode.OK);
        await editor.ArticleAsync(new { headline = "Zebrafish withdrawn", slug = "zebra-withdrawn" }, publish: true);
        await editor.ArticleAsync(new { headline = "Changed later", slug = "zebra-ahead" }, publish: true);
        (await editor.PatchAsync("/editorial/v1/articles/zebra-ahead", new { headline = "Zebrafish ahead" }, "\"r1\"")).Expect(
            HttpStatusCode.OK
        );
        Assert.Equal(["zebra-withdrawn"], await FoundAsync());

        (await editor.PostAsync("/editorial/v1/articles/zebra-withdrawn/withdraw", new { reason = "Wrong." })).Expect(HttpStatusCode.OK);
        Assert.Empty(await FoundAsync());
        Assert.Equal(
            0,
            (await world.Anyone.ReadAsync("/content/v1/articles?q=zebrafish&count=true&language=en")).Json["total"]!.GetValue<int>()
        );

        async Task<List<string>> AsOfAsync(string instant) =>
            await FoundAsync(
                "&preview="
                    + (await editor.PostAsync("/editorial/v1/previews", new { asOf = instant })).Expect(HttpStatusCode.Created)["token"]
            );
        Assert.Equal(["zebra-was"], await AsOfAsync("2020-01-15T00:00:00Z"));
        Assert.Empty(await AsOfAsync("2019-12-31T00:00:00Z"));
        Assert.Equal(["zebra-planned"], await AsOfAsync("2999-01-01T00:00:00Z"));
        Assert.Empty(await AsOfAsync("2999-02-01T00:00:00Z"));

        // Each live revision is searched on its own.
        await editor.PublishAsync("zebra-ahead");
        Assert.Equal(["zebra-ahead"], await FoundAsync());
        Assert.Empty(await world.Anyone.SlugsAsync("/content/v1/articles?q=%22changed+later%22"));
        Task<List<string>> FoundAsync(string more = "") =>
            world.Anyone.SlugsAsync($"/content/v1/articles?q=zebrafish&sort=relevance{more}");
    }

    [Theory]
    [InlineData("quokka", 200)]
    [InlineData("quokka seen", 0)]
    public async Task Pages_by_relevance_are_the_whole_list_also_beyond_what_is_ranked_and_while_stories_appear(string query, int ranked)
    {
        var run = ranked > 0 ? "one" : "two";
        var word = query.Replace("quokka", $"quokka{run}", StringComparison.Ordinal);
        await world.Admin.BulkAsync(
            "/editorial/v1/articles/bulk?publish=true",
            Enumerable
                .Range(0, 310)
                .Select(number => new
                {
                    headline = number % 3 == 0 ? $"Quokka{run} seen" : "Seen",
                    standfirst = number % 3 == 1 ? $"A quokka{run}." : null,
                    body = Text(number % 3 == 2 ? $"It was a quokka{run}, says {number}." : "Nothing."),
                    slug = $"quokka-{run}-{number}",
                    externalId = $"urn:quokka:{run}:{number}",
                    publishedAt = $"{2004 + number % 20}-{1 + number % 12:D2}-{1 + number % 28:D2}T00:00:00Z",
                })
        );
        var list = $"/content/v1/articles?sort=relevance&q={Uri.EscapeDataString(word)}";
        var whole = await world.Anyone.SlugsAsync($"{list}&limit=100");
        Assert.Equal(310, whole.Count);
        Assert.Equal(310, whole.Distinct().Count());

        var newest = await world.Anyone.SlugsAsync($"/content/v1/articles?limit=100&q={Uri.EscapeDataString(word)}");
        if (ranked > 0)
        {
            Assert.Equal(newest[..ranked].Order(), whole[..ranked].Order());
            Assert.Equal(newest[ranked..], whole[ranked..]);
        }

        var headlines = newest[..(ranked > 0 ? ranked : 310)].Where(slug => NumberOf(slug) % 3 == 0).ToList();
        Assert.Equal(headlines, whole[..headlines.Count]);

        var first = (await world.Anyone.ReadAsync($"{list}&limit=7")).Json;
        await world.Admin.ArticleAsync(new { headline = $"Quokka{run} seen", slug = $"quokka-{run}-news" }, publish: true);
        var paged = first["items"]!.AsArray().Select(item => item!["slug"]!.GetValue<string>()).ToList();
        for (var cursor = first["nextCursor"]; cursor is not null; )
        {
            var page = (await world.Anyone.ReadAsync($"{list}&limit=37&cursor={cursor}")).Json;
            paged.AddRange(page["items"]!.AsArray().Select(item => item!["slug"]!.GetValue<string>()));
            cursor = page["nextCursor"];
        }

        Assert.Equal(whole, paged);

        // A filter that matches everything does not change the order.
        foreach (var limit in new[] { 7, 100 })
            Assert.Equal(
                whole,
                await world.Anyone.SlugsAsync(
                    $"{list}&limit={limit}&publishedAfter=1900-01-01T00:00:00Z&publishedBefore=2025-06-01T00:00:00Z"
                )
            );
        Assert.Equal(
            $"quokka-{run}-news",
            (await world.Anyone.ReadAsync($"{list}&limit=1")).Json["items"]![0]!["slug"]!.GetValue<string>()
        );
        static int NumberOf(string slug) => int.Parse(slug.Split('-')[2], System.Globalization.CultureInfo.InvariantCulture);
    }

    [Fact]
    public async Task A_search_can_be_sorted_newest_first_over_all_its_pages()
    {
        var newest = await world.Anyone.SlugsAsync("/content/v1/articles?q=marathon");

        foreach (var limit in new[] { 1, 2, 100 })
            Assert.Equal(newest, await world.Anyone.SlugsAsync($"/content/v1/search?q=marathon&sort=-publishedAt&limit={limit}"));
        Assert.NotEqual(newest, await world.Anyone.SlugsAsync("/content/v1/search?q=marathon"));
        Assert.Equal(
            await world.Anyone.SlugsAsync("/content/v1/search?q=marathon"),
            await world.Anyone.SlugsAsync("/content/v1/search?q=marathon&sort=relevance")
        );
    }

    [Fact]
    public async Task Rare_words_count_more_than_common_ones_and_a_phrase_in_a_headline_comes_first()
    {
        await world.Admin.BulkAsync(
            "/editorial/v1/articles/bulk?publish=true",
            Enumerable
                .Range(0, 60)
                .Select(number => new
                {
                    headline = number == 0 ? "The council votes on okapis" : $"Story {number}",
                    body = Text(
                        number switch
                        {
                            0 => "Nothing more.",
                            1 => "An okapi, and another okapi. The council will think of an answer in its own time, as it always has.",
                            2 => "The council met. The council talked. Council over, an okapi passed, and no one thought much of it again.",
                            _ => "The council met, and the council talked.",
                        }
                    ),
                    slug = $"okapi-{number}",
                    externalId = $"urn:okapi:{number}",
                    publishedAt = $"2024-01-{1 + number % 28:D2}T00:00:00Z",
                })
        );

        Assert.Equal(
            ["okapi-0", "okapi-1", "okapi-2"],
            await world.Anyone.SlugsAsync("/content/v1/articles?sort=relevance&q=council+okapi")
        );
        Assert.Equal("okapi-0", (await world.Anyone.SlugsAsync("/content/v1/articles?sort=relevance&q=council+votes+on+okapis"))[0]);
    }

    [Fact]
    public async Task A_page_of_what_words_find_is_one_statement_also_where_it_is_narrowed()
    {
        Assert.Equal(1, await world.Statements.CountReadsAsync(() => world.Anyone.ReadAsync("/content/v1/articles?q=marathon&limit=3")));
        Assert.Equal(
            1,
            await world.Statements.CountReadsAsync(() => world.Anyone.ReadAsync("/content/v1/articles?q=marathon&sort=relevance&limit=2"))
        );
        Assert.Equal(
            1,
            await world.Statements.CountReadsAsync(() => world.Anyone.ReadAsync("/content/v1/articles?q=marathon&sort=relevance&limit=4"))
        );
        Assert.Equal(
            1,
            await world.Statements.CountReadsAsync(() =>
                world.Anyone.ReadAsync("/content/v1/articles?q=marathon&sort=relevance&limit=4&publishedAfter=2000-01-01T00:00:00Z")
            )
        );
    }

    [Theory]
    [InlineData("matches('marathon', null)")]
    public async Task Words_are_looked_up_in_their_index(string matches)
    {
        await using var source = NpgsqlDataSource.Create(StorageOptions.ForLive(world.ConnectionString, withRole: true));
        await using var connection = await source.OpenConnectionAsync(TestContext.Current.CancellationToken);
        // A sequential scan is fastest for so few rows; without it, PostgreSQL must use the index.
        await using (var settings = new NpgsqlCommand("set enable_seqscan = off", connection))
            await settings.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        await using var explain = new NpgsqlCommand(
            $"explain select publication_id from live.{matches} order by published_at desc, article_id desc limit 200",
            connection
        );
        var plan = new List<string>();
        await using (var reader = await explain.ExecuteReaderAsync(TestContext.Current.CancellationToken))
            while (await reader.ReadAsync(TestContext.Current.CancellationToken))
                plan.Add(reader.GetString(0));

        Assert.Contains(plan, line => line.Contains("Bitmap Index Scan on ix_publication_texts_words", StringComparison.Ordinal));
        Assert.DoesNotContain(plan, line =>
            line.Contains("Seq Scan", StringComparison.Ordinal)
            || line.Contains("Function Scan on texts_of_age", StringComparison.Ordinal)
            || line.Contains("revisions", StringComparison.Ordinal)
            || line.Contains("on articles", StringComparison.Ordinal)
        );
    }

    private static object Text(string content) => new { format = "text", content };

    private static string SlugOf(string headline) =>
        headline switch
        {
            "Weather tomorrow" => "body",
            "City closes roads" => "standfirst",
            "Training plans" => "often",
            "Old harbour reopens" => "newer-body",
            _ => headline.StartsWith("Marathon", StringComparison.Ordinal) ? "headline" : "french",
        };
}
