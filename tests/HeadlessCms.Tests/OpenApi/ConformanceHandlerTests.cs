using System.Net;
using System.Text;

namespace HeadlessCms.Tests.OpenApi;

public class ConformanceHandlerTests
{
    private const string Notes = "/sample/v1/notes";
    private const string Note = """{"id":"01981f2e-7c00-7000-8000-000000000001","text":"x","by":null}""";
    private const string Problem = """{"type":"about:blank","title":"No","status":404}""";

    [Theory]
    [InlineData("GET", Notes, 200, "application/json; charset=utf-8", $"[{Note}]")]
    [InlineData("GET", Notes, 200, "application/rss+xml", "<rss/>")]
    [InlineData("GET", Notes, 304, null, "")]
    [InlineData("HEAD", Notes, 200, "application/json", "")]
    [InlineData("DELETE", Notes + "/1", 204, null, "")]
    [InlineData("GET", Notes, 404, "application/problem+json", Problem)]
    [InlineData("GET", "/nowhere", 404, "application/problem+json", Problem)]
    [InlineData("GET", "/", 200, "text/html", "<p>")]
    [InlineData("GET", "/docs/editorial", 200, "text/html", "<p>")]
    [InlineData("GET", "/health/ready", 503, "text/plain", "Unhealthy")]
    public async Task An_answer_as_declared_passes_and_stays_readable(string method, string path, int status, string? type, string body)
    {
        using var response = await SendAsync(method, path, status, type, body, "\"v1\"");

        Assert.Equal(body, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("GET", "/sample/v1/other", 200, "application/json", "{}", "no document has this operation")]
    [InlineData("GET", "/docsy", 200, "text/html", "<p>", "no document has this operation")]
    [InlineData("GET", Notes, 202, "application/json", "[]", "listNotes declares no 202, only 200, 304, 4XX")]
    [InlineData(
        "GET",
        Notes,
        200,
        "text/plain",
        "[]",
        "is text/plain, and listNotes declares application/json, application/rss+xml for 200"
    )]
    [InlineData("GET", Notes, 200, null, "[]", "has a body without Content-Type")]
    [InlineData("GET", Notes, 200, "application/json", "", "has no body, and one is declared")]
    [InlineData("GET", Notes, 200, "application/json", "[{}]", "/0: lacks id, text, by")]
    [InlineData("GET", Notes, 200, "application/json", """[{"a":1,"a":2}]""", "the body is not JSON: ")]
    [InlineData("GET", Notes, 304, "application/json", "[]", "has a body of 2 bytes, and may have none")]
    [InlineData("HEAD", Notes, 200, "application/json", "[]", "has a body of 2 bytes, and may have none")]
    [InlineData("HEAD", Notes, 200, "text/html", "", "is text/html, and listNotes declares application/json, application/rss+xml for 200")]
    [InlineData("DELETE", Notes + "/1", 204, null, "x", "has a body of 1 bytes, and may have none")]
    [InlineData("GET", "/nowhere", 404, "text/plain", "no", "is an error of type text/plain, not application/problem+json")]
    [InlineData("GET", "/nowhere", 405, null, "", "is an error of type (none), not application/problem+json")]
    [InlineData("GET", "/docs/nothing", 404, "text/html", "no", "is an error of type text/html, not application/problem+json")]
    [InlineData("GET", Notes, 400, "application/problem+json", Problem, "/status: says 404, and the answer is 400")]
    public async Task An_answer_that_is_not_declared_throws(string method, string path, int status, string? type, string body, string error)
    {
        var thrown = await Assert.ThrowsAsync<ConformanceException>(() => SendAsync(method, path, status, type, body, "\"v1\""));

        Assert.StartsWith($"{method} {path} answered {status} ", thrown.Message, StringComparison.Ordinal);
        Assert.Contains(thrown.Errors, e => e.StartsWith(error, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(null, "lacks the header ETag")]
    [InlineData("v1", "header ETag (root): \"v1\" does not match ^\".+\"$")]
    public async Task A_declared_header_is_there_and_keeps_its_schema(string? etag, string error)
    {
        var thrown = await Assert.ThrowsAsync<ConformanceException>(() => SendAsync("GET", Notes, 200, "application/json", "[]", etag));

        Assert.Equal([error], thrown.Errors.Select(e => e.Replace("\\u0022", "\"", StringComparison.Ordinal)));
    }

    private static async Task<HttpResponseMessage> SendAsync(
        string method,
        string path,
        int status,
        string? type,
        string body,
        string? etag
    )
    {
        using var client = new HttpClient(
            new ConformanceHandler(SampleDocument.Load()) { InnerHandler = new Canned(status, type, body, etag) }
        );
        using var request = new HttpRequestMessage(new HttpMethod(method), "https://cms.test" + path);
        return await client.SendAsync(request, TestContext.Current.CancellationToken);
    }

    private sealed class Canned(int status, string? type, string body, string? etag) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var response = new HttpResponseMessage((HttpStatusCode)status) { Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body)) };
            if (type is not null)
                response.Content.Headers.TryAddWithoutValidation("Content-Type", type);
            if (etag is not null)
                response.Headers.TryAddWithoutValidation("ETag", etag);
            return Task.FromResult(response);
        }
    }
}
