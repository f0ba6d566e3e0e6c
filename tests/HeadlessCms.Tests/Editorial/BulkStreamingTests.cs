using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using HeadlessCms.Tests.Harness;

namespace HeadlessCms.Tests.Editorial;

/// <summary>Results of bulk requests arrive while lines are still being sent.</summary>
public sealed class BulkStreamingTests(Newsroom newsroom) : IClassFixture<Newsroom>
{
    private const string Bulk = "/editorial/v1/articles/bulk";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Results_arrive_before_the_last_line_is_sent_and_what_they_tell_is_saved()
    {
        using var sender = await BulkSender.ConnectAsync(newsroom, null);
        await sender.SendAsync(Lines("arrives", 0, 150));

        var first = await sender.ReadLineAsync();

        Assert.Equal("created", first["status"]!.GetValue<string>());
        (await newsroom.Admin.ReadAsync($"/editorial/v1/articles/{first["id"]}")).Expect(HttpStatusCode.OK);
        await sender.SendAsync(Lines("arrives", 150, 50));
        await sender.EndAsync();
        for (var number = 2; number <= 200; number++)
            Assert.Equal(number, (await sender.ReadLineAsync())["line"]!.GetValue<int>());
    }

    [Fact]
    public async Task With_an_idempotency_key_results_arrive_while_others_are_made_and_are_replayed()
    {
        var lines = Lines("keyed", 0, 2_000);
        using var sender = await BulkSender.ConnectAsync(newsroom, "keyed-1");
        await sender.SendAsync(lines);
        await sender.EndAsync();

        var results = new List<string> { (await sender.ReadLineAsync()).ToJsonString() };

        Assert.InRange((long)(await newsroom.SqlAsync("select count(*) from articles where external_id like 'urn:keyed:%'"))!, 100, 1_900);
        while (results.Count < 2_000)
            results.Add((await sender.ReadLineAsync()).ToJsonString());
        await Eventually.TrueAsync(async () => (long)(await newsroom.SqlAsync("select count(*) from idempotency_records"))! == 1);
        var again = await newsroom.Admin.SendAsync(
            HttpMethod.Post,
            Bulk,
            lines,
            mediaType: "application/x-ndjson",
            idempotencyKey: "keyed-1"
        );
        Assert.Equal("true", again.Headers.GetValues("Idempotent-Replayed").Single());
        Assert.Equal(results, again.Text.TrimEnd().Split('\n'));
    }

    [Fact]
    public async Task When_the_sender_goes_away_what_was_committed_stays_and_nothing_more_is_read()
    {
        using (var sender = await BulkSender.ConnectAsync(newsroom, null))
        {
            await sender.SendAsync(Lines("cut", 0, 120));
            await sender.ReadLineAsync();
        }

        await Eventually.TrueAsync(async () =>
            (long)(await newsroom.SqlAsync("select count(*) from pg_stat_activity where state = 'idle in transaction'"))! == 0
        );
        Assert.Equal(100L, await newsroom.SqlAsync("select count(*) from articles where external_id like 'urn:cut:%'"));
        var again = await newsroom.Admin.BulkAsync(Bulk, Lines("cut", 0, 120).TrimEnd());
        var statuses = again.Select(result => result["status"]!.GetValue<string>());
        Assert.Equal(Enumerable.Repeat("unchanged", 100).Concat(Enumerable.Repeat("created", 20)), statuses);
    }

    [Fact]
    public async Task A_defect_that_one_line_meets_refuses_that_line_alone()
    {
        await FailAsync("urn:defect:7", "raise exception 'a defect'");

        var results = await newsroom.Admin.BulkAsync(Bulk, Lines("defect", 0, 20).TrimEnd());

        Assert.Equal(20, results.Count);
        foreach (var result in results)
            Assert.Equal(result["line"]!.GetValue<int>() == 8 ? "refused" : "created", result["status"]!.GetValue<string>());
        Assert.Equal(500, results[7]["problem"]!["status"]!.GetValue<int>());
        Assert.DoesNotContain("a defect", results[7].ToJsonString(), StringComparison.Ordinal);
        Assert.Equal(19L, await newsroom.SqlAsync("select count(*) from articles where external_id like 'urn:defect:%'"));
    }

    [Fact]
    public async Task Where_the_database_goes_away_after_results_were_sent_the_last_line_says_from_where_on_nothing_is_saved()
    {
        await FailAsync("urn:gone:150", "perform pg_terminate_backend(pg_backend_pid())");

        var results = await newsroom.Admin.BulkAsync(Bulk, Lines("gone", 0, 300).TrimEnd());

        Assert.Equal(101, results.Count);
        Assert.All(results.Take(100), result => Assert.Equal("created", result["status"]!.GetValue<string>()));
        Assert.Equal((101, 503), (results[100]["line"]!.GetValue<int>(), results[100]["problem"]!["status"]!.GetValue<int>()));
        Assert.Equal(100L, await newsroom.SqlAsync("select count(*) from articles where external_id like 'urn:gone:%'"));
    }

    [Fact]
    public async Task A_sender_that_reads_nothing_until_it_has_sent_everything_is_served()
    {
        using var sender = await BulkSender.ConnectAsync(newsroom, null);
        var wrong = string.Concat(Enumerable.Repeat($"{{\"headline\":\"x\",\"authors\":[{Authors(150)}]}}\n", 2_000));
        await sender.SendAsync(wrong);
        await sender.EndAsync();

        for (var number = 1; number <= 2_000; number++)
            Assert.Equal(number, (await sender.ReadLineAsync())["line"]!.GetValue<int>());
    }

    [Fact]
    public async Task A_text_that_cannot_be_rendered_is_one_refused_line_and_the_others_are_saved_with_it_in_one_batch()
    {
        object Line(string name, string content) => new { headline = name, body = new { format = "markdown", content } };
        var statements = 0;
        IReadOnlyList<JsonNode> results = [];
        statements = await newsroom.Statements.CountAsync(async () =>
            results = await newsroom.Admin.BulkAsync(
                Bulk,
                Line("Before the deep", "a"),
                Line("The deep", string.Concat(Enumerable.Repeat("> ", 20_000)) + "a"),
                Line("After the deep", "b")
            )
        );

        Assert.Equal(["created", "refused", "created"], results.Select(result => result["status"]!.GetValue<string>()));
        Assert.Equal("/body/content", results[1]["problem"]!["errors"]![0]!["pointer"]!.GetValue<string>());
        Assert.InRange(statements, 1, 14);
        Assert.Equal(0L, await newsroom.SqlAsync("select count(*) from article_slugs where slug = 'the-deep'"));
    }

    private static string Authors(int count) => string.Join(',', Enumerable.Range(0, count).Select(number => $"\"no-one-{number}\""));

    /// <summary>Makes the database fail when an article with this external id is inserted.</summary>
    private async Task FailAsync(string externalId, string statement)
    {
        var name = externalId.Replace(':', '_');
        await newsroom.SqlAsync(
            $"""
            create function {name}() returns trigger language plpgsql as $$ begin {statement}; return new; end $$;
            create trigger {name} before insert on articles for each row when (new.external_id = '{externalId}') execute function {name}();
            """
        );
    }

    private static string Lines(string name, int from, int count) =>
        string.Concat(
            Enumerable.Range(from, count).Select(number => $"{{\"headline\":\"{name} {number}\",\"externalId\":\"urn:{name}:{number}\"}}\n")
        );

    /// <summary>A request in HTTP/1.1 whose body is sent in chunks, and whose response is read meanwhile.</summary>
    private sealed class BulkSender(TcpClient connection) : IDisposable
    {
        private readonly NetworkStream _stream = connection.GetStream();
        private readonly StringBuilder _body = new();
        private bool _isInBody;

        public static async Task<BulkSender> ConnectAsync(Newsroom newsroom, string? idempotencyKey)
        {
            var connection = new TcpClient();
            await connection.ConnectAsync(newsroom.Address.Host, newsroom.Address.Port, Cancellation);
            var sender = new BulkSender(connection);
            await sender.WriteAsync(
                $"POST {Bulk} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-ndjson\r\nTransfer-Encoding: chunked\r\n"
                    + $"Authorization: Bearer {Newsroom.AdminKey}\r\n"
                    + (idempotencyKey is null ? "" : $"Idempotency-Key: {idempotencyKey}\r\n")
                    + "\r\n"
            );
            return sender;
        }

        public Task SendAsync(string lines) => WriteAsync($"{Encoding.UTF8.GetByteCount(lines):x}\r\n{lines}\r\n");

        public Task EndAsync() => WriteAsync("0\r\n\r\n");

        /// <summary>The next line of the response's body.</summary>
        public async Task<JsonNode> ReadLineAsync()
        {
            if (!_isInBody)
            {
                Assert.Equal("HTTP/1.1 200 OK", await ReadHeadLineAsync());
                while (await ReadHeadLineAsync() is { Length: > 0 }) { }
                _isInBody = true;
            }

            int end;
            while ((end = _body.ToString().IndexOf('\n', StringComparison.Ordinal)) < 0)
            {
                var size = int.Parse(await ReadHeadLineAsync(), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
                Assert.True(size > 0, "The response has ended.");
                var chunk = new byte[size + 2];
                await _stream.ReadExactlyAsync(chunk, Cancellation);
                _body.Append(Encoding.UTF8.GetString(chunk, 0, size));
            }

            var line = _body.ToString(0, end);
            _body.Remove(0, end + 1);
            return JsonNode.Parse(line)!;
        }

        public void Dispose()
        {
            connection.Client.LingerState = new LingerOption(true, 0); // a reset, as when a machine goes away
            connection.Dispose();
        }

        private async Task<string> ReadHeadLineAsync()
        {
            var line = new StringBuilder();
            var next = new byte[1];
            while (line is not { Length: >= 2 } || line[^1] != '\n')
            {
                await _stream.ReadExactlyAsync(next, Cancellation);
                line.Append((char)next[0]);
            }

            return line.ToString(0, line.Length - 2);
        }

        private async Task WriteAsync(string text) => await _stream.WriteAsync(Encoding.UTF8.GetBytes(text), Cancellation);
    }
}
