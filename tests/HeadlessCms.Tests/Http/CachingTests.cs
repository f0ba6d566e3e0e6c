using System.IO.Compression;
using System.Net;
using HeadlessCms.Tests.Harness;

namespace HeadlessCms.Tests.Http;

/// <summary>Cache headers, and storage and eviction in the response cache.</summary>
public sealed class CachingTests(Newsroom newsroom) : IClassFixture<Newsroom>
{
    private HttpClient Editor => newsroom.Admin;

    private HttpClient Anyone => newsroom.Anyone;

    [Fact]
    public async Task What_anyone_may_have_says_how_long_it_may_be_kept_and_what_it_tells_of()
    {
        var topic = await Editor.ConceptAsync("topics", new { name = "Tagged topic" });
        var slug = await Editor.ArticleAsync(new { headline = "Tagged", topics = new[] { new { topic } } }, publish: true);

        var item = await Anyone.ReadAsync($"/content/v1/articles/{slug}");
        var list = await Anyone.ReadAsync($"/content/v1/articles?topic={topic}");

        foreach (var answer in new[] { item, list })
        {
            Assert.Equal("max-age=15, public, s-maxage=60, stale-while-revalidate=120", Directives(answer));
            Assert.True(answer.Headers.ETag!.IsWeak);
            Assert.Equal(["Accept-Encoding", "Preview-Token"], answer.Headers.Vary);
            Assert.Equal(
                item.Json["updatedAt"]!.GetValue<DateTimeOffset>().ToUnixTimeSeconds(),
                answer.ContentHeaders.LastModified!.Value.ToUnixTimeSeconds()
            );
        }

        var topicId = item.Json["topics"]![0]!["id"];
        Assert.Equal([$"article:{item.Json["id"]}", $"concept:{topicId}"], Tags(item));
        Assert.Equal([$"concept:{topicId}", $"topic:{topic}", "tree"], Tags(list));
    }

    [Fact]
    public async Task What_the_caller_has_already_is_answered_with_304_and_the_same_headers()
    {
        var slug = await Editor.ArticleAsync(new { headline = "Known already" }, publish: true);
        var path = $"/content/v1/articles/{slug}";
        var first = await Anyone.ReadAsync(path);

        foreach (var sent in new[] { first.Tag, first.Tag[2..], $"\"other\", {first.Tag}", "*" })
        {
            var again = await IfNoneMatchAsync(path, sent);
            Assert.Equal((HttpStatusCode.NotModified, ""), (again.Status, again.Text));
            Assert.Equal((first.Tag, Directives(first)), (again.Tag, Directives(again)));
            Assert.Equal(first.Headers.Vary, again.Headers.Vary);
        }

        Assert.Equal(HttpStatusCode.OK, (await IfNoneMatchAsync(path, "\"other\"")).Status);
    }

    [Fact]
    public async Task What_was_answered_once_costs_no_statement_until_something_changes_that_it_concerns()
    {
        var person = await Editor.ConceptAsync("people", new { name = "Named in it" });
        var (a, b) = (
            await Editor.ArticleAsync(new { headline = "Kept A", people = new[] { new { person } } }, publish: true),
            await Editor.ArticleAsync(new { headline = "Kept B" }, publish: true)
        );
        string[] ofA =
        [
            $"/content/v1/articles/{a}",
            $"/content/v1/articles?person={person}",
            $"/content/v1/people/{person}",
            $"/content/v1/people/{person}/articles",
            $"/feeds/articles/{a}.ninjs",
        ];
        string[] ofB = [$"/content/v1/articles/{b}", $"/feeds/articles/{b}.jsonld"];
        foreach (var path in ofA.Concat(ofB))
            (await Anyone.ReadAsync(path)).Expect(HttpStatusCode.OK);
        foreach (var path in ofA.Concat(ofB))
            Assert.Equal(0, await newsroom.Statements.CountReadsAsync(() => Anyone.ReadAsync(path)));

        (await Editor.PatchAsync($"/editorial/v1/people/{person}", new { name = "Renamed" }, "\"v1\"")).Expect(HttpStatusCode.OK);

        foreach (var path in ofA)
            Assert.Contains("Renamed", (await Anyone.ReadAsync(path)).Text, StringComparison.Ordinal);
        foreach (var path in ofB)
            Assert.Equal(0, await newsroom.Statements.CountReadsAsync(() => Anyone.ReadAsync(path)));
    }

    [Fact]
    public async Task What_was_read_is_given_as_stale_while_the_database_does_not_answer_and_not_past_a_boundary()
    {
        var slug = await Editor.ArticleAsync(new { headline = "Read before" }, publish: true);
        var path = $"/content/v1/articles/{slug}";
        var ends = (await newsroom.ClockAsync()).AddSeconds(4);
        var ending = await Editor.ArticleAsync(new { headline = "Ends in the dark" });
        await Editor.PublishAsync(ending, new { liveUntil = ends });
        (await Anyone.ReadAsync(path)).Expect(HttpStatusCode.OK);
        (await Anyone.ReadAsync($"/content/v1/articles/{ending}")).Expect(HttpStatusCode.OK);
        await using var connection = new Npgsql.NpgsqlConnection(newsroom.ConnectionString);
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(TestContext.Current.CancellationToken);
        await using (var hold = new Npgsql.NpgsqlCommand("lock table changes, publications in access exclusive mode", connection))
            await hold.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);

        await Eventually.TrueAsync(async () => (await Anyone.ReadAsync(path)).Headers.Age is not null);
        var stale = await Anyone.ReadAsync(path);
        Assert.Equal(HttpStatusCode.OK, stale.Status);
        Assert.Contains("stale-if-error=", stale.Headers.CacheControl!.ToString(), StringComparison.Ordinal);
        await Eventually.TrueAsync(async () => await newsroom.ClockAsync() > ends);
        var ended = Anyone.ReadAsync($"/content/v1/articles/{ending}"); // asks the database, and waits for it

        await transaction.RollbackAsync(TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.NotFound, (await ended).Status);
        await Eventually.TrueAsync(async () => (await Anyone.ReadAsync(path)).Headers.Age is null);
    }

    [Fact]
    public async Task A_question_mark_in_a_path_is_not_answered_from_the_cache_of_a_query()
    {
        foreach (var _ in Enumerable.Range(0, 2))
            (await Anyone.ReadAsync("/content/v1/articles?limit=55")).Expect(HttpStatusCode.OK);

        Assert.Equal("notFound", (await Anyone.ReadAsync("/content/v1/articles%3Flimit=55")).Problem(HttpStatusCode.NotFound));
    }

    [Fact]
    public async Task A_tag_changes_with_the_name_of_a_person_and_comes_back_with_it()
    {
        var person = await Editor.ConceptAsync("people", new { name = "First name" });
        var slug = await Editor.ArticleAsync(new { headline = "By name", authors = new[] { person } }, publish: true);
        var path = $"/content/v1/articles/{slug}";
        var before = (await Anyone.ReadAsync(path)).Tag;

        (await Editor.PatchAsync($"/editorial/v1/people/{person}", new { name = "Second name" }, "\"v1\"")).Expect(HttpStatusCode.OK);
        var after = (await Anyone.ReadAsync(path)).Tag;
        (await Editor.PatchAsync($"/editorial/v1/people/{person}", new { name = "First name" }, "\"v2\"")).Expect(HttpStatusCode.OK);

        Assert.NotEqual(before, after);
        Assert.Equal(before, (await Anyone.ReadAsync(path)).Tag);
    }

    [Fact]
    public async Task What_a_key_or_a_preview_was_shown_reaches_nobody_else_through_any_cache()
    {
        var slug = await Editor.ArticleAsync(new { headline = "A secret of the desk" });
        var path = $"/content/v1/articles/{slug}";
        var token = (await Editor.PostAsync("/editorial/v1/previews", new { article = slug })).Expect(HttpStatusCode.Created)[
            "token"
        ]!.GetValue<string>();
        using var previewing = newsroom.Client(token);

        for (var time = 0; time < 2; time++)
        {
            foreach (var shown in new[] { await Anyone.ReadAsync($"{path}?preview={token}"), await previewing.ReadAsync(path) })
            {
                Assert.Contains("secret", shown.Text, StringComparison.Ordinal);
                Assert.Equal("no-store, private", Directives(shown));
                Assert.Null(shown.Headers.ETag);
                Assert.False(shown.Headers.Contains("Cache-Tag"));
            }

            Assert.Equal(HttpStatusCode.NotFound, await Anyone.LiveStatusAsync(slug));
        }

        await Editor.PublishAsync(slug);
        Assert.Equal("no-store, private", Directives(await Editor.ReadAsync(path)));
        Assert.StartsWith("max-age=", Directives(await Anyone.ReadAsync(path)), StringComparison.Ordinal);
        Assert.Equal("no-store, private", Directives(await Editor.ReadAsync(path)));
    }

    [Fact]
    public async Task Nothing_is_kept_past_the_instant_at_which_the_clock_changes_it()
    {
        var topic = await Editor.ConceptAsync("topics", new { name = "Clocked" });
        var ending = await Editor.ArticleAsync(new { headline = "Ending", topics = new[] { new { topic } } });
        var coming = await Editor.ArticleAsync(new { headline = "Coming", topics = new[] { new { topic } } });
        var now = (DateTime)(await newsroom.SqlAsync("select clock_timestamp()"))!;
        var at = new DateTimeOffset(now, TimeSpan.Zero).AddSeconds(6);
        await Editor.PublishAsync(ending, new { liveUntil = at });
        await Editor.PublishAsync(coming, new { liveFrom = at });
        var list = $"/content/v1/articles?topic={topic}";

        var answers = new[] { await Anyone.ReadAsync($"/content/v1/articles/{ending}"), await Anyone.ReadAsync(list) };

        foreach (var answer in answers)
        {
            Assert.InRange(answer.Headers.CacheControl!.SharedMaxAge!.Value.TotalSeconds, 1, 6);
            Assert.DoesNotContain("stale-while-revalidate=120", answer.Headers.CacheControl.ToString(), StringComparison.Ordinal);
        }

        var seen = new List<string>();
        while (true)
        {
            var before = (DateTime)(await newsroom.SqlAsync("select clock_timestamp()"))!;
            var slugs = string.Join(' ', await Anyone.SlugsAsync(list));
            var after = (DateTime)(await newsroom.SqlAsync("select clock_timestamp()"))!;
            if (after < at.UtcDateTime)
                Assert.Equal(ending, slugs);
            if (before >= at.UtcDateTime)
                Assert.Equal(coming, slugs);
            if (before >= at.UtcDateTime.AddSeconds(0.5))
                break;
        }

        Assert.Equal(
            (HttpStatusCode.NotFound, HttpStatusCode.OK),
            (await Anyone.LiveStatusAsync(ending), await Anyone.LiveStatusAsync(coming))
        );
    }

    [Theory]
    [InlineData("br")]
    [InlineData("gzip")]
    public async Task An_answer_comes_compressed_to_who_takes_it_so_and_is_the_same(string coding)
    {
        var slug = await Editor.ArticleAsync(
            new
            {
                headline = $"Compressed {coding}",
                body = new
                {
                    format = "text",
                    content = string.Concat(Enumerable.Repeat("Ten words that are said again and again, and again. ", 200)),
                },
            },
            publish: true
        );
        foreach (var path in new[] { $"/content/v1/articles/{slug}", "/feeds/articles.rss?limit=1" })
        {
            var plain = await Anyone.ReadAsync(path);
            for (var time = 0; time < 2; time++)
            {
                using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(newsroom.Address, path));
                request.Headers.TryAddWithoutValidation("Accept-Encoding", coding);
                using var client = Patience.Client();
                using var response = await client.SendAsync(request, TestContext.Current.CancellationToken);
                Assert.Equal(coding, response.Content.Headers.ContentEncoding.Single());
                await using var body = await response.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken);
                await using Stream decoded =
                    coding == "br" ? new BrotliStream(body, CompressionMode.Decompress) : new GZipStream(body, CompressionMode.Decompress);
                using var reader = new StreamReader(decoded);
                Assert.Equal(plain.Text, await reader.ReadToEndAsync(TestContext.Current.CancellationToken));
            }
        }
    }

    [Fact]
    public async Task A_feed_that_has_not_changed_is_answered_with_304_and_costs_no_statement()
    {
        await Editor.ArticleAsync(new { headline = "In the feeds" }, publish: true);
        foreach (
            var path in new[] { "/feeds/articles.rss", "/feeds/articles.atom?limit=5", "/feeds/articles.json", "/feeds/articles.ninjs" }
        )
        {
            var first = await Anyone.ReadAsync(path);
            Answer again = null!;
            Assert.Equal(0, await newsroom.Statements.CountReadsAsync(async () => again = await IfNoneMatchAsync(path, first.Tag)));
            Assert.Equal(HttpStatusCode.NotModified, again.Status);
            Assert.Equal(HttpStatusCode.NotModified, (await IfNoneMatchAsync(path, again.Tag)).Status);
        }
    }

    [Fact]
    public async Task Twenty_that_ask_for_the_same_at_once_ask_the_database_once()
    {
        var slug = await Editor.ArticleAsync(new { headline = "Asked for by all" }, publish: true);
        await Anyone.LiveStatusAsync("warm-up");

        var statements = await newsroom.Statements.CountReadsAsync(() =>
            Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Anyone.LiveStatusAsync(slug)))
        );

        Assert.Equal(1, statements);
    }

    [Fact]
    public async Task Who_reads_a_long_feed_slowly_holds_up_nobody_who_asks_for_the_same()
    {
        var text = string.Concat(Enumerable.Repeat("A long story goes on and on. ", 3_000));
        var lines = Enumerable
            .Range(1, 100)
            .Select(number => new
            {
                headline = $"Long {number}",
                genre = "long",
                body = new { format = "text", content = text },
            });
        Assert.All(await Editor.BulkAsync("/editorial/v1/articles/bulk?publish=true", lines), line =>
            Assert.Equal("created", line["status"]!.GetValue<string>())
        );
        const string feed = "/feeds/articles.rss?genre=long&limit=100";
        using var slow = new System.Net.Sockets.TcpClient();
        await slow.ConnectAsync(newsroom.Address.Host, newsroom.Address.Port, TestContext.Current.CancellationToken);
        await slow.GetStream()
            .WriteAsync(
                System.Text.Encoding.ASCII.GetBytes($"GET {feed} HTTP/1.1\r\nHost: localhost\r\n\r\n"),
                TestContext.Current.CancellationToken
            );
        // The response has begun, and the client stops reading.
        await slow.GetStream().ReadExactlyAsync(new byte[100], TestContext.Current.CancellationToken);

        var other = await Anyone.ReadAsync(feed).WaitAsync(Patience.Limit, TestContext.Current.CancellationToken);

        Assert.Equal(100, other.Text.Split("<item>").Length - 1);
    }

    [Theory]
    [InlineData("a%0d%0aSet-Cookie:%20b")]
    [InlineData("%E6%9D%B1%E4%BA%AC")]
    [InlineData("a%22b")]
    public async Task What_is_asked_for_gets_into_no_header_as_it_is(string name)
    {
        foreach (
            var path in new[]
            {
                $"/content/v1/articles?person={name}",
                $"/content/v1/articles?topic={name},other",
                $"/feeds/articles.rss?place={name}",
            }
        )
        {
            var answer = await Anyone.ReadAsync(path);
            Assert.Equal(HttpStatusCode.OK, answer.Status);
            Assert.False(answer.Headers.Contains("Set-Cookie"));
        }
    }

    private static string Directives(Answer answer) =>
        string.Join(", ", answer.Headers.CacheControl!.ToString().Split(", ").Order(StringComparer.Ordinal));

    private static List<string> Tags(Answer answer) =>
        [.. answer.Headers.GetValues("Cache-Tag").Single().Split(',').Order(StringComparer.Ordinal)];

    [Fact]
    public async Task A_change_that_one_node_makes_is_seen_on_the_other_within_a_second()
    {
        var elsewhere = newsroom.AnotherNode();
        using var other = newsroom.Client(null, elsewhere);
        using var editorThere = newsroom.Client(Newsroom.AdminKey, elsewhere);
        var person = await Editor.ConceptAsync("people", new { name = "Name 0" });
        var slug = await Editor.ArticleAsync(new { headline = "On two nodes", people = new[] { new { person } } }, publish: true);
        string[] paths =
        [
            $"/content/v1/articles/{slug}",
            $"/content/v1/articles?person={person}",
            $"/content/v1/people/{person}",
            $"/feeds/people/{person}.json",
        ];
        var waits = new List<TimeSpan>();
        for (var time = 1; time <= 4 || (time <= 20 && waits.Min() > TimeSpan.FromSeconds(1)); time++)
        {
            var (writer, reader) = time % 2 == 0 ? (Editor, other) : (editorThere, Anyone);
            foreach (var path in paths)
                await reader.ReadAsync(path);
            foreach (var path in paths)
                Assert.Equal(0, await newsroom.Statements.CountReadsAsync(() => reader.ReadAsync(path)));
            var name = $"Name {time}";

            (await writer.PatchAsync($"/editorial/v1/people/{person}", new { name }, $"\"v{time}\"")).Expect(HttpStatusCode.OK);
            var watch = System.Diagnostics.Stopwatch.StartNew();
            foreach (var path in paths)
                await Eventually.TrueAsync(async () => (await reader.ReadAsync(path)).Text.Contains(name, StringComparison.Ordinal));
            waits.Add(watch.Elapsed);
        }

        Assert.InRange(waits.Min(), TimeSpan.Zero, TimeSpan.FromSeconds(1)); // the best of all: the machine may be busy
    }

    private async Task<Answer> IfNoneMatchAsync(string path, string tags)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.TryAddWithoutValidation("If-None-Match", tags);
        return await Anyone.AnswerAsync(request);
    }
}
