using System.Net;
using HeadlessCms.Tests.Harness;

namespace HeadlessCms.Tests.Editorial;

public sealed class PreviewTests(Newsroom newsroom) : IClassFixture<Newsroom>
{
    private const string Previews = "/editorial/v1/previews";

    private HttpClient Editor => newsroom.Admin;

    [Fact]
    public async Task A_working_copy_is_shown_to_who_has_its_token_and_to_nobody_else()
    {
        var person = await Editor.ConceptAsync("people", new { name = "Hidden Person" });
        var slug = await Editor.ArticleAsync(
            new
            {
                headline = "A draft to look at",
                body = new { format = "text", content = "Its text" },
                people = new[] { new { person } },
            }
        );
        var other = await Editor.ArticleAsync(new { headline = "Another draft" });
        var made = (await Editor.PostAsync(Previews, new { article = slug })).Expect(HttpStatusCode.Created);
        var token = made["token"]!.GetValue<string>();

        var shown = await newsroom.Anyone.ReadAsync(made["href"]!.GetValue<string>());

        Assert.Equal("A draft to look at", shown.Expect(HttpStatusCode.OK)["headline"]!.GetValue<string>());
        Assert.Equal("<p>Its text</p>", shown.Json["bodyHtml"]!.GetValue<string>());
        Assert.Equal("Hidden Person", shown.Json["people"]![0]!["name"]!.GetValue<string>());
        Assert.True(shown.Headers.CacheControl is { Private: true, NoStore: true });
        using var bearer = newsroom.Client(token);
        Assert.Equal(HttpStatusCode.OK, await bearer.LiveStatusAsync(slug));
        Assert.Equal(HttpStatusCode.NotFound, await newsroom.Anyone.LiveStatusAsync(slug));
        Assert.Equal(HttpStatusCode.NotFound, await newsroom.Anyone.LiveStatusAsync(other, $"?preview={token}"));
        Assert.Equal(HttpStatusCode.NotFound, (await newsroom.Anyone.ReadAsync($"/content/v1/people/{person}?preview={token}")).Status);
        Assert.DoesNotContain(slug, await newsroom.Anyone.SlugsAsync($"/content/v1/articles?preview={token}"));
        Assert.Equal("unauthenticated", (await bearer.ReadAsync($"/editorial/v1/articles/{slug}")).Problem(HttpStatusCode.Unauthorized));
    }

    [Fact]
    public async Task A_working_copy_ahead_of_what_is_live_keeps_its_first_instant_and_its_corrections()
    {
        var slug = await Editor.ArticleAsync(new { headline = "Live first" }, publish: true);
        await Editor.PublishAsync(slug, new { correction = new { kind = "update", text = "Said more." } });
        (await Editor.PatchAsync($"/editorial/v1/articles/{slug}", new { headline = "Ahead" }, "\"r1\"")).Expect(HttpStatusCode.OK);
        var live = (await newsroom.Anyone.ReadAsync($"/content/v1/articles/{slug}")).Json;
        var token = await TokenAsync(new { article = slug });

        var ahead = (await newsroom.Anyone.ReadAsync($"/content/v1/articles/{slug}?preview={token}")).Expect(HttpStatusCode.OK);

        Assert.Equal(("Ahead", "Live first"), (ahead["headline"]!.GetValue<string>(), live["headline"]!.GetValue<string>()));
        Assert.Equal(live["publishedAt"]!.GetValue<string>(), ahead["publishedAt"]!.GetValue<string>());
        Assert.Equal(live["corrections"]!.ToJsonString(), ahead["corrections"]!.ToJsonString());
    }

    [Fact]
    public async Task The_whole_site_is_shown_as_it_was_and_as_it_will_be()
    {
        var topic = await Editor.ConceptAsync("topics", new { name = "Elections to come" });
        var old = await Editor.ArticleAsync(new { headline = "Old front page" });
        await Editor.PublishAsync(old, new { liveFrom = "1999-01-01T00:00:00Z" });
        (await Editor.PostAsync($"/editorial/v1/articles/{old}/unpublish", new { })).Expect(HttpStatusCode.OK);
        var next = await Editor.ArticleAsync(new { headline = "Next front page", topics = new[] { new { topic } } });
        await Editor.PublishAsync(next, new { liveFrom = "2998-01-01T00:00:00Z", liveUntil = "2998-02-01T00:00:00Z" });
        var token = await TokenAsync(new { expiresIn = 600 });

        string At(string instant) => $"asOf={instant}&preview={token}";
        Assert.Equal([old], await newsroom.Anyone.SlugsAsync($"/content/v1/articles?{At("2000-01-01T00:00:00Z")}"));
        Assert.Contains(next, await newsroom.Anyone.SlugsAsync($"/content/v1/articles?{At("2998-01-01T00:00:00Z")}"));
        Assert.Equal([next], await newsroom.Anyone.SlugsAsync($"/content/v1/topics/{topic}/articles?{At("2998-01-15T00:00:00Z")}"));
        Assert.Equal(
            HttpStatusCode.NotFound,
            (await newsroom.Anyone.ReadAsync($"/content/v1/topics/{topic}?{At("2997-12-31T23:59:59Z")}")).Status
        );
        Assert.Equal(
            HttpStatusCode.OK,
            (await newsroom.Anyone.ReadAsync($"/content/v1/topics/{topic}?{At("2998-01-01T00:00:00Z")}")).Status
        );
        Assert.Equal(HttpStatusCode.NotFound, await newsroom.Anyone.LiveStatusAsync(next, $"?{At("2998-02-01T00:00:00Z")}"));
        Assert.DoesNotContain(next, await newsroom.Anyone.SlugsAsync("/content/v1/articles"));
        Assert.True((await newsroom.Anyone.ReadAsync($"/content/v1/articles?{At("2998-01-15T00:00:00Z")}")).Headers.CacheControl!.NoStore);
    }

    [Fact]
    public async Task A_token_for_one_instant_shows_that_one_alone()
    {
        var slug = await Editor.ArticleAsync(new { headline = "Friday" });
        await Editor.PublishAsync(slug, new { liveFrom = "2998-01-02T00:00:00Z" });
        var token = await TokenAsync(new { asOf = "2998-01-03T00:00:00Z" });

        Assert.Equal(HttpStatusCode.OK, await newsroom.Anyone.LiveStatusAsync(slug, $"?preview={token}"));
        Assert.Equal(HttpStatusCode.OK, await newsroom.Anyone.LiveStatusAsync(slug, $"?preview={token}&asOf=2998-01-03T00:00:00Z"));
        Assert.Equal(
            ["asOf: notPreviewed"],
            (await newsroom.Anyone.ReadAsync($"/content/v1/articles?preview={token}&asOf=2998-01-04T00:00:00Z")).Errors(
                HttpStatusCode.BadRequest
            )
        );
    }

    [Fact]
    public async Task Without_a_token_or_with_one_that_is_not_ours_nothing_is_previewed()
    {
        var slug = await Editor.ArticleAsync(new { headline = "Not for you" });
        var token = await TokenAsync(new { article = slug });
        var parts = token.Split('.');
        string[] wrong =
        [
            "?asOf=2998-01-01T00:00:00Z",
            "?preview=nonsense",
            $"?preview={token}x",
            $"?preview={parts[0]}.{parts[1]}.",
            $"?preview={parts[0]}.{parts[1]}.{parts[2][..^2]}AA",
            $"?preview=eyJhbGciOiJub25lIiwidHlwIjoiSldUIn0.{parts[1]}.",
        ];
        foreach (var query in wrong)
            Assert.Equal(
                "previewRefused",
                (await newsroom.Anyone.ReadAsync($"/content/v1/articles/{slug}{query}")).Problem(HttpStatusCode.Unauthorized)
            );
        Assert.Equal(
            "previewRefused",
            (await Editor.ReadAsync("/content/v1/articles?asOf=2998-01-01T00:00:00Z")).Problem(HttpStatusCode.Unauthorized)
        );
    }

    [Fact]
    public async Task A_token_is_over_when_it_says_so()
    {
        var slug = await Editor.ArticleAsync(new { headline = "Soon over" });
        var token = await TokenAsync(new { article = slug, expiresIn = 5 });
        Assert.Equal(HttpStatusCode.OK, await newsroom.Anyone.LiveStatusAsync(slug, $"?preview={token}"));

        await Task.Delay(5_100, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.Unauthorized, await newsroom.Anyone.LiveStatusAsync(slug, $"?preview={token}"));
    }

    [Fact]
    public async Task What_is_wrong_with_a_preview_that_is_asked_for_is_named_and_what_is_given_out_is_in_the_audit_trail()
    {
        var slug = await Editor.ArticleAsync(new { headline = "Asked for" });
        Assert.Equal(["/asOf: notBoth", "/expiresIn: outOfRange"], (
                await Editor.PostAsync(
                    Previews,
                    new
                    {
                        article = slug,
                        asOf = "2998-01-01T00:00:00Z",
                        expiresIn = 86_401,
                    }
                )
            ).Errors(HttpStatusCode.UnprocessableEntity).Order(StringComparer.Ordinal));
        Assert.Equal(
            ["/article: unknown"],
            (await Editor.PostAsync(Previews, new { article = "no-such-thing" })).Errors(HttpStatusCode.UnprocessableEntity)
        );

        await TokenAsync(new { article = slug });

        var entry = (await Editor.ReadAsync($"/editorial/v1/audit?action=previewed&subject={slug}")).Expect(HttpStatusCode.OK)["items"]!
            .AsArray()
            .Single()!;
        Assert.Equal("article", entry["subject"]!["kind"]!.GetValue<string>());
    }

    private async Task<string> TokenAsync(object request) =>
        (await Editor.PostAsync(Previews, request)).Expect(HttpStatusCode.Created)["token"]!.GetValue<string>();
}
