using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using HeadlessCms.Core.Access;
using HeadlessCms.Tests.Harness;

namespace HeadlessCms.Tests.Editorial;

public sealed class BulkTests(Newsroom newsroom) : IClassFixture<Newsroom>
{
    private const string Bulk = "/editorial/v1/articles/bulk";
    private const string Ndjson = "application/x-ndjson";

    private HttpClient Editor => newsroom.Admin;

    [Fact]
    public async Task Lines_make_articles_or_save_what_has_their_external_id_or_slug_and_sent_again_change_nothing()
    {
        var topic = await Editor.ConceptAsync("topics", new { name = "Bulk topic" });
        await Editor.ArticleAsync(new { headline = "Was there", slug = "bulk-by-slug" });
        await Editor.ArticleAsync(
            new
            {
                headline = "Was there too",
                slug = "bulk-keeps-its-slug",
                externalId = "urn:bulk:2",
            }
        );
        object[] lines =
        [
            new
            {
                headline = "New one",
                externalId = "urn:bulk:1",
                body = new { format = "text", content = "Two words" },
                topics = new[] { new { topic, relation = "about" } },
            },
            new { headline = "Saved by its external id", externalId = "urn:bulk:2" },
            new { headline = "Saved by its slug", slug = "bulk-by-slug" },
        ];

        var first = await Editor.BulkAsync(Bulk, lines);

        Assert.Equal(["1 created new-one 1", "2 updated bulk-keeps-its-slug 2", "3 updated bulk-by-slug 2"], first.Select(Text));
        var made = (await Editor.ReadAsync($"/editorial/v1/articles/{first[0]["id"]}")).Expect(HttpStatusCode.OK);
        Assert.Equal(
            ("New one", 2, topic, "draft"),
            (Value(made["headline"]), made["wordCount"]!.GetValue<int>(), Value(made["topics"]![0]!["slug"]), Value(made["status"]))
        );
        Assert.Equal(
            ["1 unchanged new-one 1", "2 unchanged bulk-keeps-its-slug 2", "3 unchanged bulk-by-slug 2"],
            (await Editor.BulkAsync(Bulk, lines)).Select(Text)
        );
    }

    [Theory]
    [InlineData(
        "people",
        """{"name":"Bulk Person","slug":"bulk-one","title":"T","labels":{"ja":"全"}}""",
        """{"name":"Bulk Person","slug":"bulk-one","title":"Other"}"""
    )]
    [InlineData(
        "places",
        """{"name":"Bulk Place","slug":"bulk-one","kind":"city","latitude":1.5,"longitude":-2.25,"countryCode":"JP"}""",
        """{"name":"Bulk Place","slug":"bulk-one","kind":"site"}"""
    )]
    [InlineData(
        "topics",
        """{"name":"Bulk Topic","slug":"bulk-one","code":"bulk:1","aliases":["b"]}""",
        """{"name":"Bulk Topic","slug":"bulk-one"}"""
    )]
    public async Task Lines_make_concepts_of_each_kind_or_save_what_has_their_slug(string kinds, string line, string other)
    {
        var path = $"/editorial/v1/{kinds}/bulk";

        Assert.Equal(["1 created bulk-one 1"], (await Editor.BulkAsync(path, line)).Select(Text));
        Assert.Equal(["1 unchanged bulk-one 1"], (await Editor.BulkAsync(path, line)).Select(Text));
        var kept = (await Editor.ReadAsync($"/editorial/v1/{kinds}/bulk-one")).Expect(HttpStatusCode.OK);
        foreach (var (member, value) in JsonNode.Parse(line)!.AsObject())
            Assert.Equal(value!.ToJsonString(), kept[member]!.ToJsonString());
        Assert.Equal(
            ["1 updated bulk-one 2", "2 created bulk-other 1"],
            (await Editor.BulkAsync(path, other, new { name = "Bulk other" })).Select(Text)
        );
    }

    [Fact]
    public async Task A_line_builds_on_those_before_it_in_the_same_request()
    {
        var places = await Editor.BulkAsync(
            "/editorial/v1/places/bulk",
            new { name = "Grown city", within = "grown-land" },
            new { name = "Grown land" },
            new { name = "Grown city", within = "grown-land" },
            new { name = "Grown quarter", within = "grown-city" },
            new
            {
                name = "Grown land",
                slug = "grown-land",
                countryCode = "TJ",
            }
        );
        Assert.Equal(
            [
                "1 refused /within: unknown",
                "2 created grown-land 1",
                "3 created grown-city 1",
                "4 created grown-quarter 1",
                "5 updated grown-land 2",
            ],
            places.Select(Text)
        );

        var articles = await Editor.BulkAsync(
            Bulk,
            new { headline = "Grown story", externalId = "urn:grown:1" },
            new { headline = "Grown story, told again", externalId = "urn:grown:1" },
            new { headline = "Grown story", slug = "grown-twin" },
            new { headline = "Grown story" },
            new { headline = "Grown twin", slug = "grown-twin" }
        );
        Assert.Equal(
            [
                "1 created grown-story 1",
                "2 updated grown-story 2",
                "3 created grown-twin 1",
                "4 created grown-story-2 1",
                "5 updated grown-twin 2",
            ],
            articles.Select(Text)
        );
    }

    [Fact]
    public async Task A_bad_line_harms_no_other_and_says_what_is_wrong_with_it()
    {
        await Editor.ArticleAsync(new { headline = "In the trash", slug = "bulk-trashed" });
        (await Editor.DeleteAsync("/editorial/v1/articles/bulk-trashed", "*")).Expect(HttpStatusCode.NoContent);
        await Editor.ArticleAsync(new { headline = "Holds a name", externalId = "urn:bulk:held" });
        var results = await Editor.BulkAsync(
            Bulk,
            """{"headline":"Good first"}""",
            """{"headline":""",
            "",
            """{"headline":"x","nonsense":1}""",
            """{"headline":"x","headline":"y"}""",
            "[]",
            "null",
            """{"headline":" ","language":"no language"}""",
            """{"headline":"x","topics":[{"topic":"no-such-topic"}]}""",
            """{"headline":"x","slug":"bulk-trashed"}""",
            """{"headline":"x","slug":"good-taken","externalId":"urn:bulk:held"}""",
            $$"""{"headline":"x","standfirst":"{{new string('x', 1024 * 1024)}}"}""",
            """{"headline":"x","publishedAt":"yesterday"}""",
            """{"headline":"Good taken"}""",
            """{"headline":"Good last"}"""
        );

        Assert.Equal(
            [
                "1 created good-first 1",
                "2 refused : malformed",
                "4 refused /nonsense: unknownMember",
                "5 refused /headline: duplicateMember",
                "6 refused : wrongType",
                "7 refused : wrongType",
                "8 refused /headline: required, /language: invalidForm",
                "9 refused /topics/0/topic: unknown",
                "10 refused trashed",
                "11 updated good-taken 2",
                "12 refused tooLarge",
                "13 refused /publishedAt: invalidInstant",
                "14 created good-taken-2 1",
                "15 created good-last 1",
            ],
            results.Select(Text)
        );
        Assert.All(results.Where(result => Value(result["status"]) == "refused"), result => Assert.Null(result["id"]));
        Assert.DoesNotContain("bulk-trashed-2", await Editor.SlugsAsync("/editorial/v1/articles?limit=100"));
    }

    [Fact]
    public async Task A_line_that_the_database_refuses_harms_no_other()
    {
        await Editor.ConceptAsync("topics", new { name = "Has the code", code = "bulk:taken" });
        var results = await Editor.BulkAsync(
            "/editorial/v1/topics/bulk",
            new { name = "Around before" },
            new { name = "Wants the code", code = "bulk:taken" },
            new { name = "Around after" }
        );

        Assert.Equal(["1 created around-before 1", "2 refused codeTaken", "3 created around-after 1"], results.Select(Text));
        Assert.Equal(0L, await newsroom.SqlAsync("select count(*) from concept_slugs where slug = 'wants-the-code'"));
        Assert.Equal(0L, await newsroom.SqlAsync("select count(*) from audit_entries where subject_name = 'wants-the-code'"));
    }

    [Fact]
    public async Task Published_lines_are_live_from_their_own_instants()
    {
        object[] lines =
        [
            new { headline = "Bulk of old", publishedAt = "1987-02-26T15:01:01Z" },
            new { headline = "Bulk of today" },
            new
            {
                headline = "Bulk to come",
                slug = "bulk-to-come",
                publishedAt = "2998-01-01T00:00:00Z",
            },
            new { headline = "Bulk embargoed", embargoUntil = "2998-01-01T00:00:00Z" },
        ];

        var results = await Editor.BulkAsync($"{Bulk}?publish=true", lines);

        Assert.Equal(
            ["1 created bulk-of-old 1", "2 created bulk-of-today 1", "3 created bulk-to-come 1", "4 refused embargoed"],
            results.Select(Text)
        );
        Assert.Equal(
            "1987-02-26T15:01:01Z",
            Value((await newsroom.Anyone.ReadAsync("/content/v1/articles/bulk-of-old")).Expect(HttpStatusCode.OK)["publishedAt"])
        );
        Assert.Equal(HttpStatusCode.OK, await newsroom.Anyone.LiveStatusAsync("bulk-of-today"));
        Assert.Equal(HttpStatusCode.NotFound, await newsroom.Anyone.LiveStatusAsync("bulk-to-come"));
        Assert.Equal("scheduled", Value((await Editor.ReadAsync("/editorial/v1/articles/bulk-to-come")).Json["status"]));
        Assert.Equal("notFound", (await Editor.ReadAsync("/editorial/v1/articles/bulk-embargoed")).Problem(HttpStatusCode.NotFound));

        object[] changed =
        [
            new
            {
                headline = "Bulk of old",
                slug = "bulk-of-old",
                standfirst = "Put right",
                publishedAt = "1987-02-26T15:01:01Z",
            },
        ];
        Assert.Equal(["1 updated bulk-of-old 2"], (await Editor.BulkAsync($"{Bulk}?publish=true", changed)).Select(Text));
        Assert.Equal(["1 unchanged bulk-of-old 2"], (await Editor.BulkAsync($"{Bulk}?publish=true", changed)).Select(Text));
        var live = (await newsroom.Anyone.ReadAsync("/content/v1/articles/bulk-of-old")).Expect(HttpStatusCode.OK);
        Assert.Equal(("Put right", "1987-02-26T15:01:01Z"), (Value(live["standfirst"]), Value(live["publishedAt"])));
        Assert.True(string.CompareOrdinal(Value(live["updatedAt"]), "2000") > 0);
        Assert.Equal(2, (await Editor.ReadAsync("/editorial/v1/articles/bulk-of-old/publications")).Json["items"]!.AsArray().Count);
    }

    [Fact]
    public async Task An_author_saves_lines_and_an_editor_publishes_them()
    {
        using var reader = await newsroom.AsAsync(Role.Reader);
        using var author = await newsroom.AsAsync(Role.Author);
        using var editor = await newsroom.AsAsync(Role.Editor);
        const string line = """{"headline":"Whose line"}""";

        Assert.Equal("forbidden", (await SendAsync(reader, Bulk, line)).Problem(HttpStatusCode.Forbidden));
        Assert.Equal("forbidden", (await SendAsync(author, $"{Bulk}?publish=true", line)).Problem(HttpStatusCode.Forbidden));
        Assert.Equal(["1 created whose-line 1"], (await author.BulkAsync(Bulk, line)).Select(Text));
        Assert.Equal(["1 created whose-line-2 1"], (await editor.BulkAsync($"{Bulk}?publish=true", line)).Select(Text));
        Assert.Equal(
            [HttpStatusCode.NotFound, HttpStatusCode.OK],
            [await newsroom.Anyone.LiveStatusAsync("whose-line"), await newsroom.Anyone.LiveStatusAsync("whose-line-2")]
        );
    }

    [Fact]
    public async Task The_audit_trail_and_the_change_log_tell_of_each_line()
    {
        using var editor = await newsroom.AsAsync(Role.Editor);
        await editor.BulkAsync(
            $"{Bulk}?publish=true",
            new { headline = "Told one", note = "From the wire" },
            new { headline = "Told two" }
        );
        await editor.BulkAsync(Bulk, new { headline = "Told one, again", slug = "told-one" });

        var audit = (await Editor.ReadAsync("/editorial/v1/audit?by=test-editor&subject=told-one")).Expect(HttpStatusCode.OK)[
            "items"
        ]!.AsArray();
        Assert.Equal(["saved", "published", "created"], audit.Select(entry => Value(entry!["action"])));
        Assert.Equal(("From the wire", "127.0.0.1"), (Value(audit[2]!["detail"]), Value(audit[2]!["address"])));
        Assert.Equal(
            "published",
            await newsroom.SqlAsync(
                "select string_agg(type, ',' order by position) from changes c join articles a on a.id = c.article_id where "
                    + "a.slug = 'told-one'"
            )
        );
    }

    [Fact]
    public async Task Ten_thousand_lines_are_read_and_no_more()
    {
        var results = await Editor.BulkAsync(Bulk, Enumerable.Repeat("x", 10_002));

        Assert.Equal(Enumerable.Range(1, 10_001), results.Select(result => result["line"]!.GetValue<int>()));
        Assert.All(results, result => Assert.Equal("refused", Value(result["status"])));
        Assert.Equal(["10000 refused : malformed", "10001 refused tooMany"], results.TakeLast(2).Select(Text));
    }

    [Fact]
    public async Task What_is_larger_than_64_MiB_is_refused()
    {
        foreach (var isDeclared in new[] { true, false })
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, Bulk) { Content = new TooMuch(isDeclared) };
            request.Headers.ExpectContinue = true;
            using var response = await Editor.SendAsync(request, TestContext.Current.CancellationToken);

            Assert.Equal(HttpStatusCode.RequestEntityTooLarge, response.StatusCode);
            Assert.Contains(
                ":tooLarge",
                await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken),
                StringComparison.Ordinal
            );
        }
    }

    [Fact]
    public async Task Lines_are_sent_as_ndjson_and_may_be_blank_and_end_as_they_like()
    {
        var wrong = await SendAsync(Editor, Bulk, "{}", "application/json");
        Assert.Equal("unsupportedMediaType", wrong.Problem(HttpStatusCode.UnsupportedMediaType));
        Assert.Equal(Ndjson, wrong.Headers.GetValues("Accept-Post").Single());
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, (await SendAsync(Editor, Bulk, "{}", "text/plain")).Status);

        var unended = await SendAsync(Editor, "/editorial/v1/topics/bulk", "\n \r\n{\"name\":\"Crlf one\"}\r\n{\"name\":\"Crlf two\"}");
        Assert.Equal(Ndjson, unended.ContentHeaders.ContentType!.MediaType);
        Assert.Equal(
            ["3 created crlf-one 1", "4 created crlf-two 1"],
            unended.Text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => Text(JsonNode.Parse(line)!))
        );
    }

    [Fact]
    public async Task With_an_idempotency_key_lines_are_saved_once_and_answered_alike()
    {
        const string lines = "{\"headline\":\"Once in bulk\"}\n{\"headline\":\"\"}\n";
        var first = await Editor.SendAsync(HttpMethod.Post, Bulk, lines, mediaType: Ndjson, idempotencyKey: "bulk-1");
        var again = await Editor.SendAsync(HttpMethod.Post, Bulk, lines, mediaType: Ndjson, idempotencyKey: "bulk-1");
        var other = await Editor.SendAsync(
            HttpMethod.Post,
            Bulk,
            "{\"headline\":\"Another\"}\n",
            mediaType: Ndjson,
            idempotencyKey: "bulk-1"
        );

        Assert.Equal((HttpStatusCode.OK, first.Text), (again.Status, again.Text));
        Assert.Equal("idempotencyKeyReused", other.Problem(HttpStatusCode.UnprocessableEntity));
        Assert.Equal(1L, await newsroom.SqlAsync("select count(*) from revisions where headline = 'Once in bulk'"));
    }

    [Fact]
    public async Task Four_requests_at_once_with_the_same_lines_make_each_thing_once()
    {
        var lines = Enumerable
            .Range(0, 150)
            .Select(number => (object)new { headline = $"Raced line {number}", externalId = $"urn:raced:{number}" })
            .ToArray();

        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Editor.BulkAsync(Bulk, lines)));

        Assert.Equal(150L, await newsroom.SqlAsync("select count(*) from articles where external_id like 'urn:raced:%'"));
        Assert.Equal(150L, await newsroom.SqlAsync("select count(*) from revisions where external_id like 'urn:raced:%'"));
        var statuses = answers.SelectMany(answer => answer).Select(Text).Select(text => text.Split(' ')[1]).ToList();
        Assert.Equal(150, statuses.Count(status => status == "created"));
        Assert.All(statuses, status => Assert.Contains(status, new[] { "created", "unchanged", "refused" }));
    }

    [Fact]
    public async Task A_batch_of_a_hundred_lines_takes_few_statements()
    {
        await Editor.BulkAsync(Bulk, new { headline = "Warm" });
        var lines = Enumerable
            .Range(0, 100)
            .Select(number => (object)new { headline = $"Counted {number}", slug = $"counted-{number}" })
            .ToArray();
        var concepts = Enumerable
            .Range(0, 100)
            .Select(number => (object)new { name = $"Counted {number}", slug = $"counted-{number}" })
            .ToArray();

        Assert.InRange(await newsroom.Statements.CountAsync(() => Editor.BulkAsync($"{Bulk}?publish=true", lines)), 1, 12);
        Assert.InRange(await newsroom.Statements.CountAsync(() => Editor.BulkAsync("/editorial/v1/topics/bulk", concepts)), 1, 12);
    }

    private static Task<Answer> SendAsync(HttpClient client, string path, string lines, string mediaType = Ndjson) =>
        client.SendAsync(HttpMethod.Post, path, lines, mediaType: mediaType);

    private static string Text(JsonNode result)
    {
        var outcome =
            result["problem"] is not { } problem ? $"{result["slug"]} {result["revision"]}"
            : problem["errors"] is JsonArray errors ? string.Join(", ", errors.Select(error => $"{error!["pointer"]}: {error["code"]}"))
            : Value(problem["type"]).Split(':')[^1];
        return $"{result["line"]} {result["status"]} {outcome}";
    }

    private static string Value(JsonNode? value) => value!.GetValue<string>();

    /// <summary>65 MiB of lines, each of which is too long.</summary>
    private sealed class TooMuch : HttpContent
    {
        private const int Mebibyte = 1024 * 1024;
        private const int Size = 65;
        private readonly bool _isDeclared;

        public TooMuch(bool isDeclared)
        {
            _isDeclared = isDeclared;
            Headers.ContentType = new MediaTypeHeaderValue(Ndjson);
        }

        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            var piece = Encoding.ASCII.GetBytes(new string('x', Mebibyte));
            for (var number = 0; number < Size; number++)
                await stream.WriteAsync(piece);
        }

        protected override bool TryComputeLength(out long length)
        {
            length = Size * (long)Mebibyte;
            return _isDeclared;
        }
    }
}
