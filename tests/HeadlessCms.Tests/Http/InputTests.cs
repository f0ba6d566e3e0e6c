using System.Net;
using System.Net.Sockets;
using System.Text;
using HeadlessCms.Tests.Harness;

namespace HeadlessCms.Tests.Http;

public sealed class InputTests(Newsroom newsroom) : IClassFixture<Newsroom>
{
    private const string Articles = "/editorial/v1/articles";
    private const string Forms = ", multipart/form-data, application/x-www-form-urlencoded";

    [Theory]
    [InlineData("""{"headline":"x","isAdmin":true}""", "/isAdmin: unknownMember")]
    [InlineData("""{"headline":"x","body":{"format":"html","content":"x","html":"y"}}""", "/body/html: unknownMember")]
    [InlineData("""{"Headline":"x"}""", "/Headline: unknownMember")]
    [InlineData("""{"headline":"a","headline":"b"}""", "/headline: duplicateMember")]
    [InlineData("""{"headline":7}""", "/headline: wrongType")]
    [InlineData("""{"headline":{"a":1}}""", "/headline: wrongType")]
    [InlineData("""{"headline":"x","people":{}}""", "/people: wrongType")]
    [InlineData("""{"headline":"a\u0000b"}""", "/headline: nul")]
    [InlineData("""{"headline":"x","people":[{"person":"a\u0000"}]}""", "/people/0/person: nul")]
    [InlineData("""{"headline":"x" """, ": malformed")]
    [InlineData("""{"headline":"x",}""", ": malformed")]
    [InlineData("not json", ": malformed")]
    [InlineData("[]", ": wrongType")]
    [InlineData("null", ": required")]
    [InlineData("", ": required")]
    public async Task Json_that_is_not_as_the_wire_has_it_is_refused_and_named(string body, string error) =>
        Assert.Equal([error], (await newsroom.Admin.PostAsync(Articles, body)).Errors(HttpStatusCode.BadRequest));

    [Theory]
    [InlineData("""{"headline":"x","people":[{"person":"y","relation":"ABOUT"}]}""", "/people/0/relation: unknownValue")]
    [InlineData("""{"headline":"x","body":{"format":"Html","content":""}}""", "/body/format: unknownValue")]
    [InlineData("""{"headline":"x","embargoUntil":"2025-12-23T09:30:00"}""", "/embargoUntil: invalidInstant")]
    [InlineData("""{"headline":"x","embargoUntil":"tomorrow"}""", "/embargoUntil: invalidInstant")]
    [InlineData("""{"headline":null}""", "/headline: null")]
    [InlineData("{}", "/headline: required")]
    [InlineData("""{"headline":"  "}""", "/headline: required")]
    public async Task A_value_that_is_not_valid_is_refused_and_named(string body, string error) =>
        Assert.Equal(error, (await newsroom.Admin.PostAsync(Articles, body)).Errors(HttpStatusCode.UnprocessableEntity)[0]);

    [Theory]
    [InlineData("foo=1", "foo: unknown")]
    [InlineData("LIMIT=3", "LIMIT: unknown")]
    [InlineData("where[password][$startsWith]=a", "where[password][$startsWith]: unknown")]
    [InlineData("limit=1&limit=2", "limit: repeated")]
    [InlineData("limit=abc", "limit: wrongType")]
    [InlineData("limit=0", "limit: outOfRange")]
    [InlineData("limit=101", "limit: outOfRange")]
    [InlineData("limit=-1", "limit: outOfRange")]
    [InlineData("limit=99999999999", "limit: wrongType")]
    [InlineData("count=yes", "count: wrongType")]
    [InlineData("status=Live", "status: unknownValue")]
    [InlineData("sort=id;drop table articles", "sort: unknownValue")]
    [InlineData("savedAfter=yesterday", "savedAfter: invalidInstant")]
    [InlineData("person=%00", "person: invalidText")]
    [InlineData("person=%ff%fe", ": invalidText")]
    [InlineData("foo=1&limit=0", "foo: unknown,limit: outOfRange")]
    public async Task A_query_that_the_list_does_not_know_is_refused_and_all_of_it_named(string query, string errors) =>
        Assert.Equal(errors, string.Join(',', (await newsroom.Admin.ReadAsync($"{Articles}?{query}")).Errors(HttpStatusCode.BadRequest)));

    [Theory]
    [InlineData("'")]
    [InlineData("%27%20or%201=1--")]
    [InlineData("%22;drop%20table%20articles;--")]
    [InlineData("%25_%5C")]
    [InlineData("$1")]
    [InlineData("{0}")]
    public async Task A_filters_text_never_becomes_sql(string value)
    {
        foreach (var parameter in new[] { "person", "place", "topic", "author", "language" })
        {
            foreach (var list in new[] { "/content/v1/articles", Articles })
                Assert.Empty(
                    (await (list == Articles ? newsroom.Admin : newsroom.Anyone).ReadAsync($"{list}?{parameter}={value}")).Expect(
                        HttpStatusCode.OK
                    )["items"]!.AsArray()
                );
        }
    }

    [Fact]
    public async Task A_body_is_at_most_one_mebibyte()
    {
        var fits = new { headline = "Fits", body = new { format = "text", content = new string('a', 1_000_000) } };
        (await newsroom.Admin.PostAsync(Articles, fits)).Expect(HttpStatusCode.Created);
        Assert.Equal(
            "tooLarge",
            (
                await newsroom.Admin.PostAsync(
                    Articles,
                    new { headline = "Does not", body = new { format = "text", content = new string('a', 1_048_600) } }
                )
            ).Problem(HttpStatusCode.RequestEntityTooLarge)
        );
    }

    [Theory]
    [InlineData("POST", Articles, "text/plain", "Accept-Post", "application/json" + Forms)]
    [InlineData("POST", Articles, "application/merge-patch+json", "Accept-Post", "application/json" + Forms)]
    [InlineData("POST", Articles, "multipart/form-data; boundary=x; charset=utf-16", "Accept-Post", "application/json" + Forms)]
    [InlineData("POST", Articles + "/bulk", "multipart/form-data; boundary=x", "Accept-Post", "application/x-ndjson")]
    [InlineData("PUT", Articles + "/x", "application/xml", "Accept-Post", "application/json" + Forms)]
    [InlineData("PATCH", Articles + "/x", "application/json", "Accept-Patch", "application/merge-patch+json" + Forms)]
    public async Task A_media_type_that_is_not_taken_is_refused_with_those_that_are(
        string method,
        string path,
        string type,
        string header,
        string takes
    )
    {
        var refused = await newsroom.Admin.SendAsync(new HttpMethod(method), path, "{}", ifMatch: "\"r1\"", mediaType: type);

        Assert.Equal("unsupportedMediaType", refused.Problem(HttpStatusCode.UnsupportedMediaType));
        Assert.Equal(takes, refused.Headers.TryGetValues(header, out var values) ? string.Join(", ", values) : "");
    }

    [Theory]
    [InlineData("GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n")]
    [InlineData("GET / HTTP/1.1\r\n\r\n")]
    [InlineData("POST /editorial/v1/articles HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nContent-Length: 4\r\n\r\nabc")]
    [InlineData("POST /editorial/v1/articles HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n1;x\n\r\na\r\n0\r\n\r\n")]
    public async Task A_request_that_two_servers_could_read_in_two_ways_is_refused(string request)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(newsroom.Address.Host, newsroom.Address.Port, TestContext.Current.CancellationToken);
        await using var stream = client.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(request), TestContext.Current.CancellationToken);
        var answer = new byte[64];
        var length = await stream.ReadAtLeastAsync(answer, 12, throwOnEndOfStream: false, TestContext.Current.CancellationToken);

        var status = Encoding.ASCII.GetString(answer, 0, length);
        Assert.True(
            status.StartsWith("HTTP/1.1 400", StringComparison.Ordinal)
                || status.StartsWith("HTTP/1.1 401", StringComparison.Ordinal) && request.Contains("chunked", StringComparison.Ordinal),
            status
        );
    }

    [Theory]
    [MemberData(nameof(Kinds.Plurals), MemberType = typeof(Kinds))]
    [InlineData("articles")]
    [InlineData("keys")]
    public async Task A_body_that_is_missing_or_null_is_asked_for(string kinds)
    {
        foreach (var nothing in new[] { "", "null" })
            Assert.Equal(
                [": required"],
                (await newsroom.Admin.PostAsync($"/editorial/v1/{kinds}", nothing)).Errors(HttpStatusCode.BadRequest)
            );
    }
}
