using System.Net;
using System.Text.Json.Nodes;
using HeadlessCms.Core.Access;
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
        var token = await TokenAsync(new { article = slug });
        Assert.Equal(HttpStatusCode.OK, await newsroom.Anyone.LiveStatusAsync(slug, $"?preview={token}"));

        await newsroom.SqlAsync($"update preview_tokens set expires_at = now() where article_id = ({ArticleId(slug)})");

        Assert.Equal(HttpStatusCode.Unauthorized, await newsroom.Anyone.LiveStatusAsync(slug, $"?preview={token}"));
    }

    [Fact]
    public async Task A_token_is_accepted_in_a_header()
    {
        var slug = await Editor.ArticleAsync(new { headline = "By its header" });

        var shown = await ReadAsync($"/content/v1/articles/{slug}", await TokenAsync(new { article = slug }));

        Assert.Equal("By its header", shown.Expect(HttpStatusCode.OK)["headline"]!.GetValue<string>());
        Assert.True(shown.Headers.CacheControl is { Private: true, NoStore: true });
    }

    [Fact]
    public async Task A_wrong_token_in_a_header_is_refused() =>
        Assert.Equal("previewRefused", (await ReadAsync("/content/v1/articles", "nonsense")).Problem(HttpStatusCode.Unauthorized));

    [Fact]
    public async Task A_preview_by_header_is_neither_read_from_the_cache_nor_kept_in_it()
    {
        var slug = await Editor.ArticleAsync(new { headline = "For readers" }, publish: true);
        (await Editor.PatchAsync($"/editorial/v1/articles/{slug}", new { headline = "For colleagues" }, "\"r1\"")).Expect(
            HttpStatusCode.OK
        );
        var (path, token) = ($"/content/v1/articles/{slug}", await TokenAsync(new { article = slug }));

        string[] headlines =
        [
            Headline(await newsroom.Anyone.ReadAsync(path)),
            Headline(await ReadAsync(path, token)),
            Headline(await newsroom.Anyone.ReadAsync(path)),
        ];

        Assert.Equal(["For readers", "For colleagues", "For readers"], headlines);

        static string Headline(Answer answer) => answer.Expect(HttpStatusCode.OK)["headline"]!.GetValue<string>();
    }

    [Fact]
    public async Task A_revoked_token_shows_nothing()
    {
        var slug = await Editor.ArticleAsync(new { headline = "Shown no more" });
        var (id, token) = await CreateAsync(Editor, new { article = slug });
        Assert.Equal(HttpStatusCode.OK, await newsroom.Anyone.LiveStatusAsync(slug, $"?preview={token}"));

        (await Editor.DeleteAsync($"{Previews}/{id}", null)).Expect(HttpStatusCode.NoContent);

        Assert.Equal(HttpStatusCode.Unauthorized, await newsroom.Anyone.LiveStatusAsync(slug, $"?preview={token}"));
        Assert.DoesNotContain(id, await ListedAsync(Editor));
    }

    [Fact]
    public async Task A_token_is_revoked_with_the_key_that_created_it()
    {
        var slug = await Editor.ArticleAsync(new { headline = "Of a former colleague" });
        using var colleague = newsroom.Client(await NewKeyAsync("former-colleague"));
        var (id, token) = await CreateAsync(colleague, new { article = slug });
        Assert.Equal(HttpStatusCode.OK, await newsroom.Anyone.LiveStatusAsync(slug, $"?preview={token}"));

        (await Editor.DeleteAsync("/editorial/v1/keys/former-colleague", null)).Expect(HttpStatusCode.NoContent);

        Assert.Equal(HttpStatusCode.Unauthorized, await newsroom.Anyone.LiveStatusAsync(slug, $"?preview={token}"));
        Assert.DoesNotContain(id, await ListedAsync(Editor));
    }

    [Fact]
    public async Task A_token_lives_as_long_as_a_key_that_was_rotated_since()
    {
        var slug = await Editor.ArticleAsync(new { headline = "Of a rotated key" });
        using var former = newsroom.Client(await NewKeyAsync("rotated-later"));
        var (_, token) = await CreateAsync(former, new { article = slug });

        (await Editor.PostAsync("/editorial/v1/keys/rotated-later/rotate")).Expect(HttpStatusCode.Created);
        Assert.Equal(HttpStatusCode.OK, await newsroom.Anyone.LiveStatusAsync(slug, $"?preview={token}"));

        await newsroom.SqlAsync("update api_keys set expires_at = now() where name = 'rotated-later' and replaced_at is not null");
        Assert.Equal(HttpStatusCode.Unauthorized, await newsroom.Anyone.LiveStatusAsync(slug, $"?preview={token}"));
    }

    [Fact]
    public async Task An_author_sees_their_own_tokens_and_an_editor_sees_all()
    {
        using var author = newsroom.Client(await NewKeyAsync("author-of-previews"));
        var (ofAuthor, _) = await CreateAsync(author, new { });
        var (ofAdmin, _) = await CreateAsync(Editor, new { });

        Assert.Equal([ofAuthor], await ListedAsync(author));
        var all = await ListedAsync(await newsroom.AsAsync(Role.Editor));
        Assert.True(all.IndexOf(ofAdmin) < all.IndexOf(ofAuthor) && all.Contains(ofAdmin), "The newest is not first.");
    }

    [Fact]
    public async Task A_listed_token_says_what_it_shows_and_who_created_it()
    {
        var slug = await Editor.ArticleAsync(new { headline = "Listed" });
        using var author = newsroom.Client(await NewKeyAsync("lister"));
        var (_, token) = await CreateAsync(author, new { article = slug });
        await newsroom.Anyone.LiveStatusAsync(slug, $"?preview={token}");

        var answer = await author.ReadAsync(Previews);

        var item = Assert.Single(answer.Expect(HttpStatusCode.OK)["items"]!.AsArray())!;
        Assert.Equal((slug, "lister"), (item["article"]!.GetValue<string>(), item["createdBy"]!.GetValue<string>()));
        Assert.NotNull(item["lastUsedAt"]);
        Assert.DoesNotContain(token, answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_author_may_revoke_their_own_tokens_alone()
    {
        using var author = newsroom.Client(await NewKeyAsync("revoker"));
        using var colleague = newsroom.Client(await NewKeyAsync("not-the-revoker"));
        var (id, _) = await CreateAsync(author, new { });

        Assert.Equal("notFound", (await colleague.DeleteAsync($"{Previews}/{id}", null)).Problem(HttpStatusCode.NotFound));
        (await author.DeleteAsync($"{Previews}/{id}", null)).Expect(HttpStatusCode.NoContent);
        Assert.Empty(await ListedAsync(author));
    }

    [Fact]
    public async Task An_editor_may_revoke_the_tokens_of_others()
    {
        using var author = newsroom.Client(await NewKeyAsync("revoked-by-another"));
        var (id, _) = await CreateAsync(author, new { });

        (await (await newsroom.AsAsync(Role.Editor)).DeleteAsync($"{Previews}/{id}", null)).Expect(HttpStatusCode.NoContent);

        Assert.Empty(await ListedAsync(author));
    }

    [Fact]
    public async Task The_latest_token_of_the_caller_can_be_revoked_by_that_name()
    {
        using var author = newsroom.Client(await NewKeyAsync("latest-of-two"));
        var (first, _) = await CreateAsync(author, new { });
        await CreateAsync(author, new { });
        await CreateAsync(Editor, new { });

        (await author.DeleteAsync($"{Previews}/latest", null)).Expect(HttpStatusCode.NoContent);

        Assert.Equal([first], await ListedAsync(author));
    }

    [Fact]
    public async Task Uses_of_a_token_are_in_the_audit_trail_at_most_once_a_minute()
    {
        var slug = await Editor.ArticleAsync(new { headline = "Often looked at" });
        var (id, token) = await CreateAsync(Editor, new { article = slug });

        // By the header, because requests of one URL would wait for each other.
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => ReadAsync($"/content/v1/articles/{slug}", token)));
        var entry = Assert.Single(await AuditAsync("previewUsed", slug))!;
        Assert.Equal(
            ($"preview {id}, created by admin", "127.0.0.1", "anonymous"),
            (entry["detail"]!.GetValue<string>(), entry["address"]!.GetValue<string>(), entry["by"]!.GetValue<string>())
        );

        await newsroom.SqlAsync($"update preview_tokens set last_used_at = last_used_at - interval '61 s' where id = '{id}'");
        await newsroom.Anyone.LiveStatusAsync(slug, $"?preview={token}");
        Assert.Equal(2, (await AuditAsync("previewUsed", slug)).Count);
    }

    [Fact]
    public async Task A_revocation_is_in_the_audit_trail()
    {
        var slug = await Editor.ArticleAsync(new { headline = "Revoked on the record" });
        var (id, _) = await CreateAsync(Editor, new { article = slug });

        for (var time = 0; time < 2; time++)
            (await Editor.DeleteAsync($"{Previews}/{id}", null)).Expect(HttpStatusCode.NoContent);

        var entry = Assert.Single(await AuditAsync("previewRevoked", slug))!;
        Assert.Equal($"preview {id}, created by admin", entry["detail"]!.GetValue<string>());
    }

    [Fact]
    public async Task Tokens_that_expired_more_than_a_day_ago_are_deleted_when_one_is_created()
    {
        var (kept, _) = await CreateAsync(Editor, new { });
        var (old, _) = await CreateAsync(Editor, new { });
        foreach (var (id, hours) in new[] { (kept, 23), (old, 25) })
            await newsroom.SqlAsync(
                "update preview_tokens set created_at = now() - interval '2 days', "
                    + $"expires_at = now() - interval '{hours} h' where id = '{id}'"
            );

        await CreateAsync(Editor, new { });

        Assert.Equal(
            kept,
            await newsroom.SqlAsync($"select string_agg(id::text, ' ') from preview_tokens where id in ('{kept}', '{old}')")
        );
    }

    [Fact]
    public async Task A_purged_article_takes_its_tokens_with_it()
    {
        var slug = await Editor.ArticleAsync(new { headline = "Purged with its preview" });
        var (id, _) = await CreateAsync(Editor, new { article = slug });
        (await Editor.DeleteAsync($"/editorial/v1/articles/{slug}", "*")).Expect(HttpStatusCode.NoContent);

        (await Editor.PostAsync($"/editorial/v1/articles/{slug}/purge")).Expect(HttpStatusCode.NoContent);

        Assert.Equal(0L, await newsroom.SqlAsync($"select count(*) from preview_tokens where id = '{id}'"));
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

    private static string ArticleId(string slug) => $"select id from articles where slug = '{slug}'";

    private async Task<string> TokenAsync(object request) => (await CreateAsync(Editor, request)).Token;

    private static async Task<(string Id, string Token)> CreateAsync(HttpClient caller, object request)
    {
        var created = (await caller.PostAsync(Previews, request)).Expect(HttpStatusCode.Created);
        return (created["id"]!.GetValue<string>(), created["token"]!.GetValue<string>());
    }

    private async Task<Answer> ReadAsync(string path, string token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Add("Preview-Token", token);
        return await newsroom.Anyone.AnswerAsync(request);
    }

    private static async Task<List<string>> ListedAsync(HttpClient caller) =>
        [
            .. (await caller.ReadAsync($"{Previews}?limit=100")).Expect(HttpStatusCode.OK)["items"]!
                .AsArray()
                .Select(item => item!["id"]!.GetValue<string>()),
        ];

    private async Task<JsonArray> AuditAsync(string action, string article) =>
        (await Editor.ReadAsync($"/editorial/v1/audit?action={action}&subject={article}")).Expect(HttpStatusCode.OK)["items"]!.AsArray();

    private async Task<string> NewKeyAsync(string name) =>
        (await Editor.PostAsync("/editorial/v1/keys", new { name, role = "author" })).Expect(HttpStatusCode.Created)[
            "key"
        ]!.GetValue<string>();
}

/// <summary>Without background work, whose statements would be counted.</summary>
public sealed class PreviewCostTests(QuietNewsroom newsroom) : IClassFixture<QuietNewsroom>
{
    [Fact]
    public async Task A_token_costs_one_statement_once_its_use_is_recorded()
    {
        var token = (await newsroom.Admin.PostAsync("/editorial/v1/previews", new { })).Expect(HttpStatusCode.Created)["token"];
        var preview = $"/content/v1/articles?preview={token}";
        (await newsroom.Anyone.ReadAsync(preview)).Expect(HttpStatusCode.OK);

        var without = await newsroom.Statements.CountAsync(() => newsroom.Anyone.ReadAsync("/content/v1/articles"));
        var with = await newsroom.Statements.CountAsync(() => newsroom.Anyone.ReadAsync(preview));

        Assert.Equal(without + 1, with);
    }
}
