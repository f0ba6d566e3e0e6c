using System.Net;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using HeadlessCms.Tests.Harness;

namespace HeadlessCms.Tests.Http;

/// <summary>The responses that also come as HTML pages.</summary>
public sealed class PageTests(Newsroom newsroom) : IClassFixture<Newsroom>
{
    private const string Browser = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8";
    private const string Hostile = "</title><script>alert(1)</script>\"'&amp;<img src=x onerror=alert(2)> 東京 \uFFFE";

    private HttpClient Editor => newsroom.Admin;

    [Theory]
    [InlineData(Browser, true)]
    [InlineData("text/html", true)]
    [InlineData("TEXT/HTML", true)]
    [InlineData("text/*", true)]
    [InlineData("application/json;q=0.5, text/html", true)]
    [InlineData("*/*;q=0.1, text/html;q=0.2", true)]
    [InlineData("text/html;q=0.9, application/json;q=0.1", true)]
    [InlineData("*/*", false)]
    [InlineData("", false)]
    [InlineData(null, false)]
    [InlineData("application/json", false)]
    [InlineData("text/html, application/json", false)]
    [InlineData("text/html;q=0", false)]
    [InlineData("text/html;q=0.1, */*;q=0.2", false)]
    [InlineData("text/html;q=0.5, application/*", false)]
    [InlineData("application/pdf", false)]
    [InlineData("not a media type", false)]
    public async Task The_client_gets_a_page_only_where_it_prefers_one(string? accept, bool isPage)
    {
        foreach (var (client, path) in await PathsAsync())
        {
            var answer = await ReadAsync(client, path, accept);
            var head = await ReadAsync(client, path, accept, HttpMethod.Head);

            Assert.True(answer.Status == HttpStatusCode.OK, $"{path}: {answer.Text}");
            Assert.Equal(isPage ? "text/html; charset=utf-8" : "application/json", answer.ContentHeaders.ContentType!.ToString());
            Assert.Equal((HttpStatusCode.OK, ""), (head.Status, head.Text));
            Assert.Equal(answer.ContentHeaders.ContentType, head.ContentHeaders.ContentType);
            Assert.All([answer, head], each => Assert.Contains("Accept", each.Headers.Vary));
            Assert.All([answer, head], each => Assert.True(each.Headers.CacheControl is { Private: true, NoStore: true }));
            Assert.All([answer, head], each => Assert.Null(each.Headers.ETag));
        }
    }

    [Fact]
    public async Task A_page_is_valid_html_without_scripts_under_a_strict_policy()
    {
        foreach (var (client, path) in await PathsAsync())
        {
            var answer = await ReadAsync(client, path, Browser);
            using var page = Parse(answer);

            var policy = answer.Headers.GetValues("Content-Security-Policy").Single();
            Assert.StartsWith("default-src 'none'; style-src 'sha256-", policy, StringComparison.Ordinal);
            Assert.EndsWith(
                "; img-src https:; frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
                policy,
                StringComparison.Ordinal
            );
            var style = System.Text.Encoding.UTF8.GetBytes(page.QuerySelector("style")!.TextContent);
            var hash = Convert.ToBase64String(System.Security.Cryptography.SHA256.HashData(style));
            Assert.Contains($"'sha256-{hash}'", policy, StringComparison.Ordinal);
            Assert.Equal("noindex", answer.Headers.GetValues("X-Robots-Tag").Single());
            Assert.Equal("nosniff", answer.Headers.GetValues("X-Content-Type-Options").Single());
            Assert.Equal("en", page.DocumentElement.GetAttribute("lang"));
            Assert.NotEmpty(page.Title!);
            Assert.Single(page.QuerySelectorAll("main"));
            Assert.Single(page.QuerySelectorAll("h1"));
            Assert.Empty(page.QuerySelectorAll("script, iframe, link, [style], [onerror], form"));
            Assert.Equal("width=device-width, initial-scale=1", page.QuerySelector("meta[name=viewport]")!.GetAttribute("content"));
        }
    }

    [Fact]
    public async Task The_diff_shows_what_was_added_and_removed()
    {
        var person = await Editor.ConceptAsync("people", new { name = "Ann Example" });
        var slug = await Editor.ArticleAsync(
            new
            {
                headline = "The old bridge",
                language = "en",
                body = new { format = "text", content = "One and two." },
            }
        );
        (
            await Editor.PatchAsync(
                $"/editorial/v1/articles/{slug}",
                new
                {
                    headline = "The new bridge",
                    body = new { format = "text", content = "One, two and three." },
                    people = new[] { new { person, role = "Mayor" } },
                },
                "\"r1\""
            )
        ).Expect(HttpStatusCode.OK);

        using var page = Parse(await ReadAsync(Editor, $"/editorial/v1/articles/{slug}/revisions/2/diff", Browser));

        var members = page.QuerySelectorAll("section").ToDictionary(section => section.QuerySelector("h2")!.TextContent);
        Assert.Equal(("old", "new"), (Text("headline", "del").Trim(), Text("headline", "ins").Trim()));
        Assert.Equal("en", members["headline"].QuerySelector(".text")!.GetAttribute("lang"));
        Assert.Contains("three", Text("body", "ins"), StringComparison.Ordinal);
        Assert.Contains("Ann Example", Text("people", "ins"), StringComparison.Ordinal);
        Assert.Contains("Mayor", Text("people", "ins"), StringComparison.Ordinal);
        Assert.Matches("ins\\{[^}]*text-decoration:underline", page.QuerySelector("style")!.TextContent);
        Assert.Matches("del\\{[^}]*text-decoration:line-through", page.QuerySelector("style")!.TextContent);

        string Text(string member, string change) =>
            string.Concat(members[member].QuerySelectorAll(change).Select(element => element.TextContent));
    }

    [Fact]
    public async Task A_preview_link_opens_as_an_article_with_a_banner()
    {
        var slug = await Editor.ArticleAsync(
            new
            {
                headline = "Not yet",
                standfirst = "A summary",
                language = "ar",
                byline = "By Jane Doe",
                dateline = new { source = "A wire" },
                body = new { format = "html", content = "<p>Its <em>text</em></p><script>alert(1)</script>" },
                leadImage = new
                {
                    url = "https://images.example/a.jpg?a=1&b=2",
                    alt = "A \"quoted\" alternative",
                    caption = "A caption",
                },
            }
        );
        var made = await PreviewAsync(new { article = slug });

        using var page = Parse(await ReadAsync(newsroom.Anyone, made.Href, Browser));

        Assert.Equal("Preview: Not yet", page.Title);
        var banner = page.QuerySelector(".banner")!;
        Assert.Contains("Preview: not published", banner.TextContent, StringComparison.Ordinal);
        Assert.Equal(made.ExpiresAt, banner.QuerySelectorAll("time")[^1].GetAttribute("datetime"));
        var article = page.QuerySelector("article")!;
        Assert.Equal(("ar", "auto"), (article.GetAttribute("lang"), article.GetAttribute("dir")));
        Assert.Equal("Not yet", article.QuerySelector("h1")!.TextContent);
        Assert.Equal("text", article.QuerySelector("em")!.TextContent);
        Assert.Equal(["By Jane Doe", "A wire"], article.QuerySelectorAll("header .meta").Select(line => line.TextContent));
        var image = article.QuerySelector("img")!;
        Assert.Equal("https://images.example/a.jpg?a=1&b=2", image.GetAttribute("src"));
        Assert.Equal("A \"quoted\" alternative", image.GetAttribute("alt"));
        Assert.DoesNotContain(made.Token, page.DocumentElement.OuterHtml, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_preview_of_an_instant_says_which()
    {
        var slug = await Editor.ArticleAsync(new { headline = "Next year" });
        await Editor.PublishAsync(slug, new { liveFrom = "2998-01-01T00:00:00Z" });
        var (token, _, expiresAt) = await PreviewAsync(new { asOf = "2998-01-02T03:04:05Z" });

        using var page = Parse(await ReadAsync(newsroom.Anyone, $"/content/v1/articles/{slug}?preview={token}", Browser));

        Assert.Equal(
            ["2998-01-02T03:04:05Z", expiresAt],
            page.QuerySelectorAll(".banner time").Select(time => time.GetAttribute("datetime")!)
        );
    }

    [Fact]
    public async Task A_preview_link_of_the_site_opens_as_a_list_whose_links_lead_to_previews_of_the_same_instant_and_back()
    {
        string[] slugs =
        [
            await Editor.ArticleAsync(new { headline = "Far future one", standfirst = "A summary" }),
            await Editor.ArticleAsync(new { headline = "Far future two" }),
        ];
        foreach (var slug in slugs)
            await Editor.PublishAsync(slug, new { liveFrom = "2999-06-01T00:00:00Z" });
        var made = await PreviewAsync(new { asOf = "2999-06-02T00:00:00Z" });

        using var list = Parse(await ReadAsync(newsroom.Anyone, $"{made.Href}&limit=1", Browser));
        var link = Assert.Single(list.QuerySelectorAll("li a"));
        using var article = Parse(await ReadAsync(newsroom.Anyone, link.GetAttribute("href")!, Browser));
        var next = list.QuerySelector("a[rel=next]")!.GetAttribute("href")!;
        using var older = Parse(await ReadAsync(newsroom.Anyone, next, Browser));
        var back = article.QuerySelector(".banner a")!.GetAttribute("href")!;

        Assert.Equal("2999-06-02T00:00:00Z", list.QuerySelector(".banner time")!.GetAttribute("datetime"));
        Assert.Equal("2999-06-02T00:00:00Z", article.QuerySelector(".banner time")!.GetAttribute("datetime"));
        Assert.Equal(link.TextContent, article.QuerySelector("h1")!.TextContent);
        Assert.Equal(
            ["Far future one", "Far future two"],
            new[] { list, older }.Select(page => page.QuerySelector("li a")!.TextContent).Order()
        );
        Assert.Contains("Far future one", (await ReadAsync(newsroom.Anyone, back, Browser)).Text, StringComparison.Ordinal);

        // A token in a header is not written into the page, and readers without a token get JSON.
        using var request = new HttpRequestMessage(HttpMethod.Get, "/content/v1/articles?asOf=2999-06-02T00:00:00Z");
        request.Headers.Add("Preview-Token", made.Token);
        request.Headers.Add("Accept", "text/html");
        var byHeader = await newsroom.Anyone.AnswerAsync(request);
        Assert.Equal("text/html", byHeader.ContentHeaders.ContentType!.MediaType);
        Assert.DoesNotContain(made.Token, byHeader.Text, StringComparison.Ordinal);
        Assert.Equal(
            "application/json",
            (await ReadAsync(newsroom.Anyone, "/content/v1/articles", Browser)).ContentHeaders.ContentType!.MediaType
        );
    }

    [Fact]
    public async Task Names_and_texts_that_look_like_markup_stay_text()
    {
        var person = await Editor.ConceptAsync("people", new { name = Hostile });
        var topic = await Editor.ConceptAsync("topics", new { name = Hostile });
        var content = new
        {
            headline = Hostile,
            standfirst = Hostile,
            byline = Hostile,
            genre = "</p><script>",
            note = Hostile,
            dateline = new { source = Hostile },
            body = new { format = "text", content = Hostile },
            leadImage = new
            {
                url = "https://images.example/a.jpg",
                alt = Hostile,
                credit = Hostile,
            },
            people = new[] { new { person, role = Hostile } },
            topics = new[] { new { topic } },
        };
        var slug = await Editor.ArticleAsync(content, publish: true);
        await Editor.PublishAsync(slug, new { correction = new { kind = "update", text = Hostile } });
        (await Editor.PatchAsync($"/editorial/v1/articles/{slug}", new { genre = "news" }, "\"r1\"")).Expect(HttpStatusCode.OK);
        var preview = await PreviewAsync(new { article = slug });
        (HttpClient, string)[] paths =
        [
            (Editor, "/editorial/v1/overview"),
            (Editor, $"/editorial/v1/articles/{slug}/revisions/1/diff"),
            (Editor, $"/editorial/v1/articles/{slug}/revisions/2/diff"),
            (newsroom.Anyone, preview.Href),
            (newsroom.Anyone, (await PreviewAsync(new { })).Href),
        ];

        foreach (var (client, path) in paths)
        {
            using var page = Parse(await ReadAsync(client, path, Browser));
            Assert.Empty(page.QuerySelectorAll("script, [onerror], [src=x]"));
            Assert.Contains("<script>alert(1)</script>", page.Body!.TextContent, StringComparison.Ordinal);
            Assert.Contains("東京", page.Body.TextContent, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task What_readers_see_stays_json_and_no_cache_mixes_the_two()
    {
        var slug = await Editor.ArticleAsync(new { headline = "For readers" }, publish: true);
        var path = $"/content/v1/articles/{slug}";
        var preview = await PreviewAsync(new { article = slug });

        foreach (var accept in new[] { Browser, "application/json", Browser })
        {
            var live = await ReadAsync(newsroom.Anyone, path, accept);
            Assert.Equal("application/json", live.ContentHeaders.ContentType!.ToString());
            Assert.DoesNotContain("Accept", live.Headers.Vary);
            Assert.NotNull(live.Headers.ETag);
        }

        var mixed = await Task.WhenAll(
            Enumerable
                .Range(0, 20)
                .Select(async number =>
                    (
                        IsPage: number % 2 == 0,
                        Answer: await ReadAsync(newsroom.Anyone, preview.Href, number % 2 == 0 ? Browser : "application/json")
                    )
                )
        );
        Assert.All(mixed, each => Assert.Equal(each.IsPage, each.Answer.ContentHeaders.ContentType!.MediaType == "text/html"));
        var selected = await ReadAsync(newsroom.Anyone, $"{preview.Href}&fields=headline", Browser);
        Assert.Equal("""{"headline":"For readers"}""", selected.Text);
    }

    [Theory]
    [InlineData("/editorial/v1/articles/no-such-thing/revisions/1/diff", HttpStatusCode.NotFound)]
    [InlineData("/editorial/v1/overview?nonsense=1", HttpStatusCode.BadRequest)]
    [InlineData("/content/v1/articles/no-such-thing?preview=x.y.z", HttpStatusCode.Unauthorized)]
    public async Task Problems_stay_json(string path, HttpStatusCode status)
    {
        var answer = await ReadAsync(path.StartsWith("/content", StringComparison.Ordinal) ? newsroom.Anyone : Editor, path, Browser);

        Assert.Equal(status, answer.Status);
        Assert.Equal("application/problem+json", answer.ContentHeaders.ContentType!.MediaType);
    }

    private async Task<(HttpClient Client, string Path)[]> PathsAsync()
    {
        var slug = await Editor.ArticleAsync(
            new
            {
                headline = "Two ways to read",
                standfirst = "As a page or as data",
                body = new { format = "markdown", content = "# A\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n- one\n- two\n\n> Quoted" },
            }
        );
        (await Editor.PatchAsync($"/editorial/v1/articles/{slug}", new { standfirst = "A page", language = "de" }, "\"r1\"")).Expect(
            HttpStatusCode.OK
        );
        return
        [
            (Editor, "/editorial/v1/overview"),
            (Editor, $"/editorial/v1/articles/{slug}/revisions/2/diff"),
            (Editor, $"/editorial/v1/articles/{slug}/revisions/1/diff?against=1"),
            (newsroom.Anyone, (await PreviewAsync(new { article = slug })).Href),
            (newsroom.Anyone, (await PreviewAsync(new { asOf = "2990-01-01T00:00:00Z" })).Href),
        ];
    }

    private async Task<(string Token, string Href, string ExpiresAt)> PreviewAsync(object request)
    {
        var made = (await Editor.PostAsync("/editorial/v1/previews", request)).Expect(HttpStatusCode.Created);
        var expiresAt = made["expiresAt"]!.GetValue<DateTimeOffset>();
        return (
            made["token"]!.GetValue<string>(),
            made["href"]!.GetValue<string>(),
            expiresAt.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", null)
        );
    }

    private static async Task<Answer> ReadAsync(HttpClient client, string path, string? accept, HttpMethod? method = null)
    {
        using var request = new HttpRequestMessage(method ?? HttpMethod.Get, path);
        if (accept is not null)
            request.Headers.TryAddWithoutValidation("Accept", accept);
        return await client.AnswerAsync(request);
    }

    // A parse error is an exception.
    private static IHtmlDocument Parse(Answer answer)
    {
        Assert.True(answer.Status == HttpStatusCode.OK, answer.Text);
        return new HtmlParser(new HtmlParserOptions { IsStrictMode = true }).ParseDocument(answer.Text);
    }
}
