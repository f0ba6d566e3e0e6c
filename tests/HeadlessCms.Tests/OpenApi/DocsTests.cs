using System.Net;
using System.Text.RegularExpressions;
using HeadlessCms.Tests.Harness;

namespace HeadlessCms.Tests.OpenApi;

public sealed partial class DocsTests(QuietNewsroom newsroom) : IClassFixture<QuietNewsroom>
{
    [Fact]
    public async Task Switched_off_the_docs_and_the_documents_are_not_found()
    {
        using var caller = newsroom.Client(Newsroom.AdminKey, newsroom.AnotherNode(("Cms:Docs", "false")));
        string[] paths =
        [
            "/",
            "/docs",
            "/docs/index.html",
            "/docs/page/1/main.js",
            "/docs/swagger-ui.css",
            "/docs/key",
            "/openapi/content.json",
        ];

        foreach (var path in paths)
            Assert.Equal("notFound", (await caller.ReadAsync(path)).Problem(HttpStatusCode.NotFound));
    }

    [Fact]
    public async Task The_page_has_no_inline_script_or_style_and_its_policy_allows_none()
    {
        using var browser = Patience.Client(newsroom.Address);
        var page = await browser.ReadAsync("/docs/index.html");

        Assert.DoesNotContain(
            "unsafe",
            Assert.Single(page.Headers.GetValues("Content-Security-Policy")),
            StringComparison.OrdinalIgnoreCase
        );
        Assert.DoesNotMatch(Inline(), page.Text);
    }

    [Fact]
    public async Task A_page_that_is_opened_from_the_docs_as_a_blob_may_show_what_it_shows_on_its_own()
    {
        using var browser = Patience.Client(newsroom.Address);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/editorial/v1/overview");
        request.Headers.Add("Accept", "text/html");
        var own = PolicyOf(await newsroom.Admin.AnswerAsync(request));
        var docs = PolicyOf(await browser.ReadAsync("/docs/index.html"));

        // A blob has the policy of the page that opens it.
        foreach (var directive in new[] { "img-src", "style-src" })
            Assert.Subset(docs[directive].ToHashSet(), own[directive].ToHashSet());
    }

    [Fact]
    public async Task What_the_page_is_made_of_is_compressed_and_asked_for_again_only_when_it_changed()
    {
        using var browser = Patience.Client(newsroom.Address);
        var page = await browser.ReadAsync("/docs/index.html");
        var own = OwnFile().Matches(page.Text).Select(file => file.Value).Distinct().ToList();
        Assert.Contains(own, file => file.EndsWith("/main.js", StringComparison.Ordinal));
        Assert.Contains(own, file => file.EndsWith("/page.css", StringComparison.Ordinal));
        Assert.Contains(
            "<link rel=\"preload\" as=\"fetch\" crossorigin href=\"/openapi/page/editorial.json\">",
            page.Text,
            StringComparison.Ordinal
        );

        foreach (var path in own.Concat(["/docs/swagger-ui-bundle.js", "/docs/swagger-ui-standalone-preset.js", "/openapi/editorial.json"]))
        {
            var first = await AskAsync(browser, path);
            Assert.True(first.Status == HttpStatusCode.OK, path);
            Assert.True(first.ContentHeaders.ContentEncoding.Count == 1 || first.ContentHeaders.ContentLength < 1_000, path);
            Assert.NotNull(first.Headers.CacheControl);
            Assert.Equal(HttpStatusCode.NotModified, (await AskAsync(browser, path, first.Headers.ETag!.ToString())).Status);
            if (own.Contains(path))
                Assert.Equal("public, max-age=31536000, immutable", first.Headers.CacheControl!.ToString());
        }

        // A page that was opened before an update asks for what it knows.
        var former = await AskAsync(browser, "/docs/page/0123456789ab/main.js");
        Assert.Equal((HttpStatusCode.OK, true), (former.Status, former.Headers.CacheControl!.NoCache));
        Assert.Equal(HttpStatusCode.NotFound, (await AskAsync(browser, "/docs/page/0123456789ab/other.js")).Status);
    }

    [Fact]
    public async Task Outside_development_there_is_no_key_to_get() =>
        Assert.Equal(HttpStatusCode.NoContent, (await newsroom.Anyone.PostAsync("/docs/key")).Status);

    [Fact]
    public async Task The_printed_url_gives_the_development_key_once_and_only_on_this_machine()
    {
        using var data = new TemporaryDirectory();
        using var app = await AppProcess.StartAsync(data.Path, "--Cms:Proxies=127.0.0.1");
        await Eventually.TrueAsync(() => Task.FromResult(PrintedUrl().IsMatch(app.Output)));
        var url = PrintedUrl().Match(app.Output);
        var token = url.Groups["token"].Value;
        Assert.Equal(app.Address, new Uri(url.Groups["address"].Value));
        Assert.Equal(43, token.Length); // 32 bytes in Base64url

        Assert.Null(await KeyAsync(app, token: null));
        Assert.Null(await KeyAsync(app, token[1..] + "A"));
        Assert.Null(await KeyAsync(app, token, host: "news.example"));
        Assert.Null(await KeyAsync(app, token, forwardedFor: "203.0.113.7"));
        Assert.Equal(
            (await File.ReadAllTextAsync(Path.Combine(data.Path, "admin.key"), TestContext.Current.CancellationToken)).Trim(),
            await KeyAsync(app, token)
        );
        Assert.Null(await KeyAsync(app, token));
        await app.StopAsync();
    }

    [Fact]
    public async Task In_development_a_document_names_the_address_on_which_the_app_listens()
    {
        using var data = new TemporaryDirectory();
        using var app = await AppProcess.StartAsync(data.Path);
        using var anyone = Patience.Client(app.Address);

        var server = (await anyone.ReadAsync("/openapi/content.json")).Json["servers"]![0]!["url"]!.GetValue<string>();

        Assert.Equal(app.Address, new Uri(server));
        await app.StopAsync();
    }

    private static async Task<string?> KeyAsync(AppProcess app, string? token, string? host = null, string? forwardedFor = null)
    {
        using var browser = Patience.Client(app.Address);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/docs/key");
        request.Headers.Host = host;
        if (token is not null)
            request.Headers.Add("Docs-Token", token);
        if (forwardedFor is not null)
            request.Headers.Add("X-Forwarded-For", forwardedFor);
        var answer = await browser.AnswerAsync(request);
        Assert.Equal(answer.Text.Length > 0 ? HttpStatusCode.OK : HttpStatusCode.NoContent, answer.Status);
        return answer.Text.Length > 0 ? answer.Text : null;
    }

    private static Dictionary<string, string[]> PolicyOf(Answer answer) =>
        answer
            .Headers.GetValues("Content-Security-Policy")
            .Single()
            .Split("; ")
            .Select(directive => directive.Split(' '))
            .ToDictionary(directive => directive[0], directive => directive[1..]);

    private static Task<Answer> AskAsync(HttpClient browser, string path, string? tag = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Add("Accept-Encoding", "gzip, br");
        if (tag is not null)
            request.Headers.Add("If-None-Match", tag);
        return browser.AnswerAsync(request);
    }

    [GeneratedRegex(@"/docs/page/[0-9a-f]{12}/[\w.-]+")]
    private static partial Regex OwnFile();

    [GeneratedRegex(@"<script(?![^>]*\bsrc=)|<style|\bstyle=|\son\w+=|javascript:", RegexOptions.IgnoreCase)]
    private static partial Regex Inline();

    [GeneratedRegex(@"(?<address>http://\S+)/docs#token=(?<token>[\w-]+)")]
    internal static partial Regex PrintedUrl();
}
