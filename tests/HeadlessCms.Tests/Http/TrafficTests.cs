using System.Net;
using HeadlessCms.Tests.Harness;
using Npgsql;

namespace HeadlessCms.Tests.Http;

/// <summary>
/// A newsroom with limits of six requests a minute for a key and seven for an address; the harness may spend three on documents.
/// </summary>
public sealed class LimitedNewsroom(TestCluster cluster) : Newsroom(cluster)
{
    protected override IReadOnlyDictionary<string, string> Settings { get; } =
        new Dictionary<string, string> { ["Cms:RateLimits:PerAddress"] = "7", ["Cms:RateLimits:PerKey"] = "6" };
}

public sealed class RateLimitTests(LimitedNewsroom newsroom) : IClassFixture<LimitedNewsroom>
{
    [Fact]
    public async Task An_address_and_each_key_have_a_limit_of_their_own_and_each_answer_says_what_is_left()
    {
        var first = Fields(await newsroom.Anyone.ReadAsync("/content/v1/articles")).State;
        Assert.Contains(first, new[] { "\"address\";r=6", "\"address\";r=3" });
        for (var left = first[^1] - '0' - 1; left >= 0; left--)
        {
            var answer = await newsroom.Anyone.ReadAsync("/content/v1/articles");
            answer.Expect(HttpStatusCode.OK);
            Assert.Equal(("\"address\";q=7;w=60", $"\"address\";r={left}"), Fields(answer));
        }

        foreach (var path in new[] { "/content/v1/articles", "/content/v1/people", "/feeds/articles.rss", "/sitemap.xml" })
        {
            var refused = await newsroom.Anyone.ReadAsync(path);
            Assert.Equal("quotaExceeded", refused.Problem(HttpStatusCode.TooManyRequests));
            var wait = refused.Headers.RetryAfter!.Delta!.Value.TotalSeconds;
            Assert.InRange(wait, 1, 15);
            Assert.Equal(("\"address\";q=7;w=60", $"\"address\";r=0;t={wait}"), Fields(refused));
            Assert.Equal("nosniff", refused.Headers.GetValues("X-Content-Type-Options").Single());
            Assert.Equal("*", refused.Headers.GetValues("Access-Control-Allow-Origin").Single());
        }

        Assert.Equal(HttpStatusCode.TooManyRequests, (await newsroom.Anyone.ReadAsync("/openapi/feeds.json")).Status);

        // An invalid key does not bypass the limit of the address.
        using var wrong = newsroom.Client("cms_abcdefgh_0123456789abcdefghijABCDEFGHIJ01");
        Assert.Equal(HttpStatusCode.TooManyRequests, (await wrong.ReadAsync("/content/v1/articles")).Status);

        for (var left = 5; left >= 0; left--)
        {
            var answer = await newsroom.Admin.ReadAsync(left % 2 == 0 ? "/content/v1/articles" : "/editorial/v1/articles");
            answer.Expect(HttpStatusCode.OK);
            Assert.Equal(("\"key\";q=6;w=60", $"\"key\";r={left}"), Fields(answer));
        }

        Assert.Equal("quotaExceeded", (await newsroom.Admin.ReadAsync("/editorial/v1/articles")).Problem(HttpStatusCode.TooManyRequests));
        (await newsroom.Anyone.ReadAsync("/health/live")).Expect(HttpStatusCode.OK);
    }

    private static (string Policy, string State) Fields(Answer answer) =>
        (answer.Headers.GetValues("RateLimit-Policy").Single(), answer.Headers.GetValues("RateLimit").Single());
}

/// <summary>A newsroom with a concurrency limit and a queue of one request each, for readers and for editors.</summary>
public sealed class NarrowNewsroom(TestCluster cluster) : Newsroom(cluster)
{
    protected override IReadOnlyDictionary<string, string> Settings { get; } =
        new Dictionary<string, string>
        {
            ["Cms:Concurrency:Readers"] = "1",
            ["Cms:Concurrency:Editors"] = "1",
            ["Cms:Concurrency:Waiting"] = "1",
        };
}

public sealed class CrowdTests(NarrowNewsroom newsroom) : IClassFixture<NarrowNewsroom>
{
    [Fact]
    public async Task A_rush_of_readers_is_told_to_come_again_and_keeps_no_editor_out()
    {
        var slug = await newsroom.Admin.ArticleAsync(new { headline = "In demand" }, publish: true);
        await using var connection = new NpgsqlConnection(newsroom.ConnectionString);
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(TestContext.Current.CancellationToken);
        await using (var hold = new NpgsqlCommand("lock table publications in access exclusive mode", connection))
            await hold.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);

        var rush = Enumerable.Range(0, 6).Select(number => newsroom.Anyone.ReadAsync($"/content/v1/articles?limit={number + 1}")).ToList();
        await Eventually.TrueAsync(() => Task.FromResult(rush.Count(request => request.IsCompleted) == 4));

        foreach (var refused in rush.Where(request => request.IsCompleted))
        {
            Assert.Equal("unavailable", (await refused).Problem(HttpStatusCode.ServiceUnavailable));
            Assert.NotNull((await refused).Headers.RetryAfter);
        }

        (await newsroom.Admin.ReadAsync("/editorial/v1/keys")).Expect(HttpStatusCode.OK);
        (await newsroom.Anyone.ReadAsync("/health/live")).Expect(HttpStatusCode.OK);
        await transaction.RollbackAsync(TestContext.Current.CancellationToken);
        Assert.Equal(2, (await Task.WhenAll(rush)).Count(answer => answer.Status == HttpStatusCode.OK));
        (await newsroom.Anyone.ReadAsync($"/content/v1/articles/{slug}")).Expect(HttpStatusCode.OK);
    }
}

/// <summary>A newsroom whose reads end soon, with a share of one request for an address.</summary>
public sealed class ImpatientNewsroom(TestCluster cluster) : Newsroom(cluster)
{
    protected override IReadOnlyDictionary<string, string> Settings { get; } =
        new Dictionary<string, string>
        {
            ["Cms:Concurrency:PerAddress"] = "1",
            ["Cms:Concurrency:Waiting"] = "0",
            ["Cms:Concurrency:ReadTimeout"] = "00:00:08",
        };
}

public sealed class BoundTests(ImpatientNewsroom newsroom) : IClassFixture<ImpatientNewsroom>
{
    [Fact]
    public async Task A_read_that_takes_too_long_ends_and_an_address_takes_its_share_alone()
    {
        await using var connection = new NpgsqlConnection(newsroom.ConnectionString);
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(TestContext.Current.CancellationToken);
        await using (var hold = new NpgsqlCommand("lock table publications in access exclusive mode", connection))
            await hold.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);

        using var neighbour = newsroom.ClientFrom("127.0.0.2");
        var answers = new List<Answer>();
        var reads = await newsroom.Statements.CountReadsAsync(async () =>
        {
            var rush = Enumerable.Range(1, 6).Select(limit => newsroom.Anyone.ReadAsync($"/content/v1/articles?limit={limit}")).ToList();
            answers.Add(await neighbour.ReadAsync("/content/v1/articles?limit=99"));
            answers.AddRange(await Task.WhenAll(rush));
        });

        Assert.All(answers, answer =>
        {
            Assert.Equal("unavailable", answer.Problem(HttpStatusCode.ServiceUnavailable));
            Assert.NotNull(answer.Headers.RetryAfter);
        });
        Assert.Equal(2, reads); // one of each address
        await transaction.RollbackAsync(TestContext.Current.CancellationToken);
        (await neighbour.ReadAsync("/content/v1/articles?limit=99")).Expect(HttpStatusCode.OK);
    }
}

/// <summary>A newsroom that works on one costly request at a time, and lets none wait.</summary>
public sealed class CarefulNewsroom(TestCluster cluster) : Newsroom(cluster)
{
    protected override IReadOnlyDictionary<string, string> Settings { get; } =
        new Dictionary<string, string> { ["Cms:Concurrency:Costly"] = "1", ["Cms:Concurrency:Waiting"] = "0" };

    /// <summary>Lets readers wait until the connection is closed.</summary>
    public async Task<NpgsqlConnection> HoldReadersAsync()
    {
        var connection = new NpgsqlConnection(ConnectionString);
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var hold = new NpgsqlCommand("begin; lock table publications in access exclusive mode", connection);
        await hold.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        return connection;
    }

    /// <summary>Waits until so many readers wait for a lock.</summary>
    public Task WaitingAsync(int count) =>
        Eventually.TrueAsync(async () =>
            (long)
                (
                    await SqlAsync(
                        "select count(*) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock' "
                            + "and application_name like '%-live'"
                    )
                )! >= count
        );
}

public sealed class CostlyRequestTests(CarefulNewsroom newsroom) : IClassFixture<CarefulNewsroom>
{
    [Fact]
    public async Task Costly_requests_take_turns_and_leave_room_for_what_is_usual()
    {
        await using var connection = await newsroom.HoldReadersAsync();

        var costly = newsroom.Anyone.ReadAsync("/content/v1/articles?facets=language");
        await newsroom.WaitingAsync(1);
        foreach (
            var path in new[]
            {
                "/content/v1/articles?facets=topics&limit=5",
                $"/content/v1/articles?ids={string.Join(',', Enumerable.Range(1, 13))}",
                $"/content/v1/search?q={string.Join('+', Enumerable.Range(1, 13))}",
                "/feeds/articles.rss?topic=a,b,c,d,e,f,g&person=h,i,j,k,l,m",
            }
        )
            Assert.Equal("unavailable", (await newsroom.Anyone.ReadAsync(path)).Problem(HttpStatusCode.ServiceUnavailable));
        Assert.Equal("unavailable", (await RefusedAsync(words: 8_000)).Problem(HttpStatusCode.ServiceUnavailable));
        Assert.Equal("invalid", (await RefusedAsync(words: 800)).Problem(HttpStatusCode.UnprocessableEntity));
        var usual = newsroom.Anyone.ReadAsync("/content/v1/articles?limit=3");
        await newsroom.WaitingAsync(2);

        await connection.CloseAsync();
        (await costly).Expect(HttpStatusCode.OK);
        (await usual).Expect(HttpStatusCode.OK);
        await Eventually.TrueAsync(async () => (await RefusedAsync(words: 8_000)).Status == HttpStatusCode.UnprocessableEntity);
    }

    private Task<Answer> RefusedAsync(int words) =>
        newsroom.Admin.PostAsync("/editorial/v1/articles", new { headline = string.Join(' ', Enumerable.Range(1, words)) });
}

public sealed class RestTests(CarefulNewsroom newsroom) : IClassFixture<CarefulNewsroom>
{
    [Fact]
    public async Task After_a_costly_request_others_of_its_kind_wait_as_long_as_it_took()
    {
        await using var connection = await newsroom.HoldReadersAsync();

        var costly = newsroom.Anyone.ReadAsync("/content/v1/articles?facets=topics");
        await newsroom.WaitingAsync(1);
        await Task.Delay(TimeSpan.FromSeconds(1), TestContext.Current.CancellationToken); // the longest rest
        await connection.CloseAsync();
        (await costly).Expect(HttpStatusCode.OK);

        var next = await newsroom.Anyone.ReadAsync("/content/v1/articles?facets=people");
        Assert.Equal("unavailable", next.Problem(HttpStatusCode.ServiceUnavailable));
        (await newsroom.Anyone.ReadAsync("/content/v1/articles?limit=4")).Expect(HttpStatusCode.OK);
        await Eventually.TrueAsync(async () =>
            (await newsroom.Anyone.ReadAsync("/content/v1/articles?facets=people")).Status == HttpStatusCode.OK
        );
    }
}

/// <summary>A newsroom where an address may have four open requests.</summary>
public sealed class SparingNewsroom(TestCluster cluster) : Newsroom(cluster)
{
    protected override IReadOnlyDictionary<string, string> Settings { get; } =
        new Dictionary<string, string> { ["Cms:Concurrency:OpenPerAddress"] = "4" };
}

public sealed class OpenRequestTests(SparingNewsroom newsroom) : IClassFixture<SparingNewsroom>
{
    [Fact]
    public async Task An_address_that_holds_its_share_of_open_requests_gets_no_more_and_takes_nothing_from_others()
    {
        using var hoarder = newsroom.ClientFrom("127.0.0.3");
        var streams = new List<HttpResponseMessage>();
        while (streams.Count < 4)
            streams.Add(
                await hoarder.GetAsync(
                    new Uri("/content/v1/changes/stream", UriKind.Relative),
                    HttpCompletionOption.ResponseHeadersRead,
                    TestContext.Current.CancellationToken
                )
            );
        Assert.All(streams, stream => Assert.Equal(HttpStatusCode.OK, stream.StatusCode));

        (await newsroom.Anyone.ReadAsync("/content/v1/articles")).Expect(HttpStatusCode.OK);
        foreach (var path in new[] { "/content/v1/articles", "/content/v1/changes/stream", "/feeds/articles.rss", "/openapi/content.json" })
        {
            var refused = await hoarder.ReadAsync(path);
            Assert.Equal("tooManyOpenRequests", refused.Problem(HttpStatusCode.TooManyRequests));
            Assert.NotNull(refused.Headers.RetryAfter);
        }

        streams.ForEach(stream => stream.Dispose());
        await Eventually.TrueAsync(async () => (await hoarder.ReadAsync("/content/v1/articles")).Status == HttpStatusCode.OK);
    }
}

public sealed class CrossOriginTests(Newsroom newsroom) : IClassFixture<Newsroom>
{
    [Theory]
    [InlineData("/content/v1/articles", null)]
    [InlineData("/content/v1/articles", "https://news.example")]
    [InlineData("/content/v1/articles", "null")]
    [InlineData("/content/v1/articles", "https://n.example.evil.com")]
    [InlineData("/content/v1/articles/none", "https://news.example")]
    [InlineData("/content/v1/articles?limit=x", "https://news.example")]
    [InlineData("/content/v1/nothing", "https://news.example")]
    [InlineData("/feeds/articles.json", "https://news.example")]
    [InlineData("/feeds/articles.rss", null)]
    public async Task Scripts_of_any_origin_may_read_what_anyone_may_and_never_with_the_credentials_of_a_browser(
        string path,
        string? origin
    )
    {
        for (var time = 0; time < 2; time++)
        {
            var answer = await SendAsync(HttpMethod.Get, path, origin);
            Assert.Equal("*", answer.Headers.GetValues("Access-Control-Allow-Origin").Single());
            Assert.Contains("ETag", answer.Headers.GetValues("Access-Control-Expose-Headers").Single(), StringComparison.Ordinal);
            Assert.False(answer.Headers.Contains("Access-Control-Allow-Credentials"));
            Assert.DoesNotContain("Origin", answer.Headers.Vary);
        }
    }

    [Theory]
    [InlineData("/content/v1/articles")]
    [InlineData("/content/v1/people/somebody")]
    [InlineData("/content/v1/changes/stream")]
    [InlineData("/feeds/articles.atom")]
    public async Task A_browser_that_asks_first_is_told_what_it_may_send(string path)
    {
        var answer = await SendAsync(
            HttpMethod.Options,
            path,
            "https://news.example",
            ("Access-Control-Request-Method", "GET"),
            ("Access-Control-Request-Headers", "authorization, if-none-match, preview-token")
        );

        Assert.Equal(HttpStatusCode.NoContent, answer.Status);
        Assert.Equal("*", answer.Headers.GetValues("Access-Control-Allow-Origin").Single());
        Assert.Contains("GET", answer.Headers.GetValues("Access-Control-Allow-Methods").Single(), StringComparison.Ordinal);
        foreach (var header in new[] { "Authorization", "Preview-Token" })
            Assert.Contains(header, answer.Headers.GetValues("Access-Control-Allow-Headers").Single(), StringComparison.OrdinalIgnoreCase);
        Assert.Equal("86400", answer.Headers.GetValues("Access-Control-Max-Age").Single());
        Assert.False(answer.Headers.Contains("Access-Control-Allow-Credentials"));
    }

    [Theory]
    [InlineData("/editorial/v1/articles")]
    [InlineData("/health/live")]
    [InlineData("/docs/key")]
    public async Task No_script_of_another_origin_reads_what_is_not_for_anyone(string path)
    {
        Assert.False((await SendAsync(HttpMethod.Get, path, "https://news.example")).Headers.Contains("Access-Control-Allow-Origin"));
        var asked = await SendAsync(HttpMethod.Options, path, "https://news.example", ("Access-Control-Request-Method", "POST"));
        Assert.False(asked.Headers.Contains("Access-Control-Allow-Origin"));
    }

    private async Task<Answer> SendAsync(HttpMethod method, string path, string? origin, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, path);
        if (origin is not null)
            request.Headers.TryAddWithoutValidation("Origin", origin);
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        return await newsroom.Anyone.AnswerAsync(request);
    }
}
