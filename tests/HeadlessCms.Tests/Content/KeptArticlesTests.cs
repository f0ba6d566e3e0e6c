using System.Net;
using System.Text.Json.Nodes;
using HeadlessCms.Tests.Harness;

namespace HeadlessCms.Tests.Content;

/// <summary>
/// An article that is read again is one that the node keeps, as long as it is what the database says. The node has no cache of responses,
/// so each answer is made anew.
/// </summary>
public sealed class KeptArticlesTests(ListedArticlesTests.Uncached newsroom) : IClassFixture<ListedArticlesTests.Uncached>
{
    private HttpClient Admin => newsroom.Admin;
    private HttpClient Anyone => newsroom.Anyone;

    [Fact]
    public async Task Whatever_an_article_names_is_in_the_next_answer_as_it_is_now()
    {
        var author = await Admin.ConceptAsync("people", new { name = "Ann Author" });
        var place = await Admin.ConceptAsync("places", new { name = "Placetown", kind = "city" });
        var topic = await Admin.ConceptAsync("topics", new { name = "Old topic" });
        var (kept, merged) = (
            await Admin.ConceptAsync("people", new { name = "Kept One" }),
            await Admin.ConceptAsync("people", new { name = "Merged One" })
        );
        var slug = await Admin.ArticleAsync(
            new
            {
                headline = "All of it",
                authors = new[] { author },
                dateline = new { place },
                people = new[] { new { person = merged } },
                topics = new[] { new { topic } },
            },
            publish: true
        );
        Assert.Equal("Old topic", (string?)(await TwiceAsync(slug))["topics"]![0]!["name"]);

        for (var round = 0; round < 5; round++)
        {
            (await Admin.PatchAsync($"/editorial/v1/topics/{topic}", new { name = $"Topic {round}" }, "*")).Expect(HttpStatusCode.OK);
            Assert.Equal($"Topic {round}", (string?)(await TwiceAsync(slug))["topics"]![0]!["name"]);
        }

        await Admin.PatchAsync($"/editorial/v1/people/{author}", new { name = "Ann B. Author" }, "*");
        Assert.Equal("Ann B. Author", (string?)(await TwiceAsync(slug))["authors"]![0]!["name"]);
        await Admin.PatchAsync($"/editorial/v1/places/{place}", new { name = "Placeville" }, "*");
        Assert.Equal("Placeville", (string?)(await TwiceAsync(slug))["dateline"]!["place"]!["name"]);
        (await Admin.PostAsync($"/editorial/v1/people/{merged}/merge", new { into = kept })).Expect(HttpStatusCode.OK);
        Assert.Equal("Kept One", (string?)(await TwiceAsync(slug))["people"]![0]!["name"]);
        await Admin.PublishAsync(slug, new { correction = new { kind = "correction", text = "Put right." } });
        Assert.Equal("Put right.", (string?)(await TwiceAsync(slug))["corrections"]![0]!["text"]);
    }

    [Fact]
    public async Task What_comes_and_goes_is_in_the_next_answer()
    {
        var slug = await Admin.ArticleAsync(new { headline = "Comes and goes", language = "en" }, publish: true);
        var id = (string)(await TwiceAsync(slug))["id"]!;
        Assert.Equal((await TwiceAsync(slug)).ToJsonString(), (await TwiceAsync(id)).ToJsonString());

        var translation = await Admin.ArticleAsync(
            new
            {
                headline = "Kommt und geht",
                language = "de",
                isTranslationOf = slug,
            }
        );
        Assert.Empty((await TwiceAsync(slug))["translations"]!.AsArray());
        await Admin.PublishAsync(translation);
        Assert.Equal(translation, (string?)(await TwiceAsync(slug))["translations"]![0]!["slug"]);
        (await Admin.PostAsync($"/editorial/v1/articles/{translation}/unpublish")).Expect(HttpStatusCode.OK);
        Assert.Empty((await TwiceAsync(slug))["translations"]!.AsArray());

        var series = await Admin.ConceptAsync("series", new { name = "A series" });
        await SaveAsync(slug, new { series = new { series, part = 1 } });
        Assert.Null((await TwiceAsync(slug))["series"]!["next"]);
        await Admin.ArticleAsync(new { headline = "Goes on", series = new { series, part = 2 } }, publish: true);
        Assert.Equal("Goes on", (string?)(await TwiceAsync(slug))["series"]!["next"]!["headline"]);

        await SaveAsync(
            slug,
            new
            {
                headline = "Another name",
                slug = "another-name",
                series = (object?)null,
            }
        );
        Assert.Equal(HttpStatusCode.PermanentRedirect, (await Anyone.ReadAsync(PathOf(slug))).Status);
        Assert.Equal("Another name", (string?)(await TwiceAsync("another-name"))["headline"]);
        Assert.Equal("Another name", (string?)(await TwiceAsync(id))["headline"]);

        (await Admin.PostAsync($"/editorial/v1/articles/{id}/withdraw", new { reason = "Wrong" })).Expect(HttpStatusCode.OK);
        foreach (var name in new[] { "another-name", id })
            Assert.Equal(HttpStatusCode.Gone, (await Anyone.ReadAsync(PathOf(name))).Status);
    }

    [Fact]
    public async Task Each_caller_reads_what_her_tier_opens_and_each_instant_what_was_live()
    {
        var slug = await Admin.ArticleAsync(
            new
            {
                headline = "For some",
                access = "subscriber",
                body = new { format = "html", content = $"<p>{string.Join(' ', Enumerable.Repeat("word", 500))} end</p>" },
            },
            publish: true
        );
        for (var round = 0; round < 3; round++)
        {
            var (some, all) = (await Anyone.ReadAsync(PathOf(slug)), await Admin.ReadAsync(PathOf(slug)));
            Assert.True((bool?)some.Json["bodyTruncated"]);
            Assert.DoesNotContain("end</p>", (string?)some.Json["bodyHtml"], StringComparison.Ordinal);
            Assert.StartsWith("<p>word word", (string?)some.Json["bodyHtml"], StringComparison.Ordinal);
            Assert.False((bool?)all.Json["bodyTruncated"]);
            Assert.Contains("end</p>", (string?)all.Json["bodyHtml"], StringComparison.Ordinal);
            Assert.Equal("application/json", some.ContentHeaders.ContentType!.ToString());
        }

        (await Admin.PatchAsync($"/editorial/v1/articles/{slug}", new { headline = "Later" }, "*")).Expect(HttpStatusCode.OK);
        await Admin.PublishAsync(slug, new { liveFrom = "2899-01-01T00:00:00Z" });
        var token = (string)
            (await Admin.PostAsync("/editorial/v1/previews", new { asOf = "2900-01-01T00:00:00Z" })).Expect(HttpStatusCode.Created)[
                "token"
            ]!;
        for (var round = 0; round < 3; round++)
        {
            Assert.Equal("For some", (string?)(await TwiceAsync(slug))["headline"]);
            var later = await Anyone.ReadAsync($"{PathOf(slug)}?asOf=2900-01-01T00:00:00Z&preview={token}");
            Assert.Equal("Later", (string?)later.Expect(HttpStatusCode.OK)["headline"]);
        }
    }

    [Fact]
    public async Task An_article_takes_one_statement_the_first_time_and_later()
    {
        var slug = await Admin.ArticleAsync(new { headline = "Few statements" }, publish: true);
        for (var round = 0; round < 3; round++)
            Assert.Equal(1, await newsroom.Statements.CountReadsAsync(() => Anyone.ReadAsync(PathOf(slug))));
        var statements = await newsroom.Statements.RecordReadsAsync(() => Anyone.ReadAsync(PathOf(slug)));
        Assert.DoesNotContain("body_html", Assert.Single(statements).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Readers_never_see_an_older_text_or_name_than_one_they_have_seen()
    {
        var topic = await Admin.ConceptAsync("topics", new { name = "0" });
        var slug = await Admin.ArticleAsync(
            new
            {
                headline = "0",
                slug = "busy-story",
                topics = new[] { new { topic } },
            },
            publish: true
        );
        var (acknowledged, done) = (0, false);
        var readers = Enumerable
            .Range(0, 4)
            .Select(async _ =>
            {
                while (!Volatile.Read(ref done))
                {
                    var least = Volatile.Read(ref acknowledged);
                    var article = (await Anyone.ReadAsync(PathOf(slug))).Expect(HttpStatusCode.OK);
                    Assert.InRange(int.Parse((string)article["headline"]!, null), least, int.MaxValue);
                    Assert.InRange(int.Parse((string)article["topics"]![0]!["name"]!, null), least, int.MaxValue);
                }
            })
            .ToList();
        for (var number = 1; number <= 25; number++)
        {
            (await Admin.PatchAsync($"/editorial/v1/topics/{topic}", new { name = $"{number}" }, "*")).Expect(HttpStatusCode.OK);
            await SaveAsync(slug, new { headline = $"{number}" });
            Volatile.Write(ref acknowledged, number);
        }

        Volatile.Write(ref done, true);
        await Task.WhenAll(readers);
    }

    private static string PathOf(string article) => $"/content/v1/articles/{article}";

    private async Task SaveAsync(string article, object members)
    {
        (await Admin.PatchAsync($"/editorial/v1/articles/{article}", members, "*")).Expect(HttpStatusCode.OK);
        await Admin.PublishAsync(article);
    }

    private async Task<JsonNode> TwiceAsync(string article)
    {
        var first = await Anyone.ReadAsync(PathOf(article));
        var second = await Anyone.ReadAsync(PathOf(article));
        Assert.Equal((first.Text, first.Tag), (second.Text, second.Tag));
        return second.Expect(HttpStatusCode.OK);
    }
}
