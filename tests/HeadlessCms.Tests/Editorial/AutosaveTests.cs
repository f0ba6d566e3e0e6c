using System.Net;
using System.Text.Json.Nodes;
using HeadlessCms.Core.Access;
using HeadlessCms.Tests.Harness;
using HeadlessCms.Tests.Http;

namespace HeadlessCms.Tests.Editorial;

public sealed class AutosaveTests(JwtTests.OidcNewsroom newsroom) : IClassFixture<JwtTests.OidcNewsroom>
{
    private HttpClient Editor => newsroom.Admin;

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"headline":""}""")]
    [InlineData("""{"headline":null,"people":"not a list","language":"english!","slug":"Not A Slug"}""")]
    [InlineData("""{"body":{"format":"word","content":["a","b"],"more":1},"dateline":{"place":"nowhere"}}""")]
    [InlineData("""{"standfirst":"b","headline":"a \u0000 \u0001","note":1e400,"genre":-0.10}""")]
    public async Task What_is_not_saved_yet_is_kept_as_it_is_sent_even_where_a_save_would_refuse_it(string content)
    {
        var path = await ArticleAsync("Kept as it is");

        var stored = (await StoreAsync(Editor, path, content)).Expect(HttpStatusCode.OK);
        var read = (await Editor.ReadAsync($"{path}/autosave")).Expect(HttpStatusCode.OK);

        Assert.Equal(stored.ToJsonString(), read.ToJsonString());
        Assert.Equal(JsonNode.Parse(content)!.ToJsonString(), read["article"]!.ToJsonString());
        Assert.Equal((1, 1), (Number(read, "basedOnRevision"), Number(read, "currentRevision")));
        Assert.True((await newsroom.ClockAsync()) - read["savedAt"]!.GetValue<DateTimeOffset>() < TimeSpan.FromMinutes(5));
    }

    [Fact]
    public async Task A_headline_that_is_too_long_and_a_large_text_are_kept()
    {
        var path = await ArticleAsync("Large");
        var text = new string('ж', 500_000);
        var content = $$"""{"headline":"{{new string('x', 5_000)}}","body":{"format":"text","content":"{{text}}"} }""";

        (await StoreAsync(Editor, path, content)).Expect(HttpStatusCode.OK);

        var read = (await Editor.ReadAsync($"{path}/autosave")).Json["article"]!;
        Assert.Equal(5_000, read["headline"]!.GetValue<string>().Length);
        Assert.Equal(text, read["body"]!["content"]!.GetValue<string>());
        Assert.Equal(
            "tooLarge",
            (await StoreAsync(Editor, path, new { headline = new string('x', 1 << 20) })).Problem(HttpStatusCode.RequestEntityTooLarge)
        );
        Assert.Equal(5_000, (await Editor.ReadAsync($"{path}/autosave")).Json["article"]!["headline"]!.GetValue<string>().Length);
    }

    [Fact]
    public async Task It_makes_no_revision_no_event_and_no_other_tag()
    {
        var path = await ArticleAsync("Untouched", publish: true);
        var before = await StateAsync();

        (await StoreAsync(Editor, path, new { headline = "Not yet" })).Expect(HttpStatusCode.OK);
        (await StoreAsync(Editor, path, new { headline = "Not yet either" })).Expect(HttpStatusCode.OK);
        (await Editor.ReadAsync($"{path}/autosave")).Expect(HttpStatusCode.OK);

        Assert.Equal(before, await StateAsync());
        Assert.Equal("Untouched", Text((await newsroom.Anyone.ReadAsync(Live(path))).Expect(HttpStatusCode.OK), "headline"));

        async Task<(string, string, object?, object?)> StateAsync()
        {
            var article = await Editor.ReadAsync(path);
            return (article.Tag, article.Text, await CountAsync("changes"), await CountAsync("audit_entries"));
        }
    }

    [Fact]
    public async Task Callers_do_not_see_each_others_though_they_sign_with_one_name()
    {
        var path = await ArticleAsync("Shared desk");
        using var one = newsroom.Client(TokenOf("subject-1"));
        using var other = newsroom.Client(TokenOf("subject-2"));
        (await StoreAsync(one, path, new { headline = "By one" })).Expect(HttpStatusCode.OK);

        foreach (var client in new[] { other, Editor })
        {
            Assert.Equal("notFound", (await client.ReadAsync($"{path}/autosave")).Problem(HttpStatusCode.NotFound));
            Assert.Equal("notFound", (await client.DeleteAsync($"{path}/autosave", null)).Problem(HttpStatusCode.NotFound));
        }

        (await StoreAsync(other, path, new { headline = "By another" })).Expect(HttpStatusCode.OK);
        (await other.PatchAsync(path, new { standfirst = "Saved by another" }, "\"r1\"")).Expect(HttpStatusCode.OK);
        Assert.Equal(HttpStatusCode.NotFound, (await other.ReadAsync($"{path}/autosave")).Status);
        var kept = (await one.ReadAsync($"{path}/autosave")).Expect(HttpStatusCode.OK);
        Assert.Equal("By one", Text(kept["article"]!, "headline"));
        Assert.Equal((1, 2), (Number(kept, "basedOnRevision"), Number(kept, "currentRevision")));

        string TokenOf(string subject) =>
            newsroom.Issuer.Token(claims: claims => (claims["sub"], claims["name"], claims["cms_roles"]) = (subject, "Jane Doe", "author"));
    }

    [Theory]
    [InlineData("PUT")]
    [InlineData("PATCH")]
    [InlineData("restore")]
    [InlineData("unchanged")]
    public async Task It_is_gone_when_its_caller_saves_the_article(string how)
    {
        var path = await ArticleAsync($"Saved by {how}");
        (await Editor.PatchAsync(path, new { standfirst = "Second" }, "\"r1\"")).Expect(HttpStatusCode.OK);
        (await StoreAsync(Editor, path, new { headline = "Not saved" })).Expect(HttpStatusCode.OK);

        var saved = how switch
        {
            "PUT" => await Editor.PutAsync(path, new { headline = "Saved" }, "\"r2\""),
            "PATCH" => await Editor.PatchAsync(path, new { headline = "Saved" }, "\"r2\""),
            "restore" => await Editor.PostAsync($"{path}/revisions/1/restore"),
            _ => await Editor.PatchAsync(path, new { standfirst = "Second" }, "\"r2\""),
        };

        saved.Expect(HttpStatusCode.OK);
        Assert.Equal("notFound", (await Editor.ReadAsync($"{path}/autosave")).Problem(HttpStatusCode.NotFound));
    }

    [Fact]
    public async Task A_bulk_save_deletes_the_callers_autosaves_of_what_it_saved_and_no_others()
    {
        string[] paths = [await ArticleAsync("In bulk one"), await ArticleAsync("In bulk two"), await ArticleAsync("In bulk three")];
        using var colleague = newsroom.Client(
            newsroom.Issuer.Token(claims: claims => (claims["sub"], claims["name"], claims["cms_roles"]) = ("colleague", "Al", "author"))
        );
        foreach (var path in paths)
            (await StoreAsync(Editor, path, new { headline = "Mine" })).Expect(HttpStatusCode.OK);
        (await StoreAsync(colleague, paths[0], new { headline = "Theirs" })).Expect(HttpStatusCode.OK);

        var results = await Editor.BulkAsync(
            "/editorial/v1/articles/bulk",
            new { headline = "In bulk one, changed", slug = "in-bulk-one" },
            new { headline = "In bulk two", slug = "in-bulk-two" },
            new { headline = "", slug = "in-bulk-three" }
        );

        Assert.Equal(["updated", "unchanged", "refused"], results.Select(result => Text(result, "status")));
        Assert.Equal(
            [HttpStatusCode.NotFound, HttpStatusCode.NotFound, HttpStatusCode.OK],
            await Task.WhenAll(paths.Select(async path => (await Editor.ReadAsync($"{path}/autosave")).Status))
        );
        Assert.Equal(HttpStatusCode.OK, (await colleague.ReadAsync($"{paths[0]}/autosave")).Status);
    }

    [Fact]
    public async Task A_save_that_comes_too_late_is_told_who_saved_what_when_and_the_autosave_is_still_there()
    {
        var path = await ArticleAsync("Contended");
        (await StoreAsync(Editor, path, new { headline = "Mine" })).Expect(HttpStatusCode.OK);
        var colleague = await newsroom.AsAsync(Role.Author);
        var theirs = (await colleague.PutAsync(path, new { headline = "Theirs" }, "\"r1\"")).Expect(HttpStatusCode.OK);

        var late = await Editor.PutAsync(path, new { headline = "Mine" }, "\"r1\"");

        Assert.Equal("stale", late.Problem(HttpStatusCode.PreconditionFailed));
        var current = late.Json["current"]!;
        Assert.Equal((2, "test-author"), (Number(current, "revision"), Text(current, "savedBy")));
        Assert.Equal(Text(theirs, "savedAt"), Text(current, "savedAt"));
        var kept = (await Editor.ReadAsync($"{path}/autosave")).Expect(HttpStatusCode.OK);
        Assert.Equal("Mine", Text(kept["article"]!, "headline"));
        Assert.Equal((1, 2), (Number(kept, "basedOnRevision"), Number(kept, "currentRevision")));
    }

    [Fact]
    public async Task The_revision_that_it_is_based_on_is_the_current_one_or_the_one_that_is_named()
    {
        var path = await ArticleAsync("Based");
        (await Editor.PatchAsync(path, new { standfirst = "Second" }, "\"r1\"")).Expect(HttpStatusCode.OK);

        Assert.Equal(2, Number((await StoreAsync(Editor, path, new { })).Expect(HttpStatusCode.OK), "basedOnRevision"));
        Assert.Equal(1, Number((await StoreAsync(Editor, path, new { }, "?basedOn=1")).Expect(HttpStatusCode.OK), "basedOnRevision"));
        Assert.Equal(
            ["basedOn: unknown"],
            (await StoreAsync(Editor, path, new { }, "?basedOn=3")).Errors(HttpStatusCode.UnprocessableEntity)
        );
        Assert.Equal(["basedOn: outOfRange"], (await StoreAsync(Editor, path, new { }, "?basedOn=0")).Errors(HttpStatusCode.BadRequest));
    }

    [Fact]
    public async Task Many_at_once_on_two_nodes_are_one_state()
    {
        var path = await ArticleAsync("Clicked twice");
        using var elsewhere = newsroom.Client(Newsroom.AdminKey, newsroom.AnotherNode());

        var answers = await Task.WhenAll(
            Enumerable
                .Range(0, 40)
                .Select(number => StoreAsync(number % 2 == 0 ? Editor : elsewhere, path, new { headline = $"State {number}" }))
        );

        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.OK, answer.Status));
        Assert.Equal(1L, await newsroom.SqlAsync($"select count(*) from autosaves where article_id = '{await IdAsync(path)}'"));
        Assert.Equal((await Editor.ReadAsync($"{path}/autosave")).Text, (await elsewhere.ReadAsync($"{path}/autosave")).Text);
    }

    [Fact]
    public async Task What_is_no_object_of_an_articles_members_is_refused_and_nothing_is_lost()
    {
        var path = await ArticleAsync("Refusing");
        (await StoreAsync(Editor, path, new { headline = "Kept" })).Expect(HttpStatusCode.OK);

        var unknown = await StoreAsync(Editor, path, """{"headlin":"x","nonsense":1}""");
        Assert.Equal(["/headlin: unknownMember", "/nonsense: unknownMember"], unknown.Errors(HttpStatusCode.BadRequest));
        Assert.Equal("headline", Text(unknown.Json["errors"]![0]!, "didYouMean"));
        Assert.Equal([": wrongType"], (await StoreAsync(Editor, path, "[]")).Errors(HttpStatusCode.BadRequest));
        Assert.Equal([": malformed"], (await StoreAsync(Editor, path, "{")).Errors(HttpStatusCode.BadRequest));
        Assert.Equal([": malformed"], (await StoreAsync(Editor, path, """{"headline":"\ud800"}""")).Errors(HttpStatusCode.BadRequest));
        Assert.Equal(HttpStatusCode.BadRequest, (await StoreAsync(Editor, path, """{"headline":"a","headline":"b"}""")).Status);

        Assert.Equal("Kept", Text((await Editor.ReadAsync($"{path}/autosave")).Json["article"]!, "headline"));
    }

    [Fact]
    public async Task It_is_deleted_on_request_and_with_its_article()
    {
        var path = await ArticleAsync("To be purged");
        Assert.Equal("notFound", (await Editor.ReadAsync($"{path}/autosave")).Problem(HttpStatusCode.NotFound));
        Assert.Equal("notFound", (await StoreAsync(Editor, $"{path}-not", new { })).Problem(HttpStatusCode.NotFound));
        (await StoreAsync(Editor, path, new { })).Expect(HttpStatusCode.OK);
        (await Editor.DeleteAsync($"{path}/autosave", null)).Expect(HttpStatusCode.NoContent);
        Assert.Equal("notFound", (await Editor.DeleteAsync($"{path}/autosave", null)).Problem(HttpStatusCode.NotFound));

        (await StoreAsync(Editor, path, new { })).Expect(HttpStatusCode.OK);
        (await Editor.DeleteAsync(path, "\"r1\"")).Expect(HttpStatusCode.NoContent);
        Assert.Equal("trashed", (await StoreAsync(Editor, path, new { headline = "Late" })).Problem(HttpStatusCode.Conflict));
        (await Editor.ReadAsync($"{path}/autosave")).Expect(HttpStatusCode.OK);

        var id = await IdAsync(path);
        (await Editor.PostAsync($"{path}/purge")).Expect(HttpStatusCode.NoContent);
        Assert.Equal(0L, await newsroom.SqlAsync($"select count(*) from autosaves where article_id = '{id}'"));
    }

    [Fact]
    public async Task A_caller_has_at_most_two_hundred_and_none_is_older_than_thirty_days()
    {
        var path = await ArticleAsync("One of many");
        var id = await IdAsync(path);
        using var caller = newsroom.Client(newsroom.Issuer.TokenOf("hoarder", "author"));
        await newsroom.SqlAsync(
            $"""
            with many as (
              insert into articles (id, slug, revision_number, created_at, created_by, saved_at)
              select gen_random_uuid(), 'many-' || number, 1, now(), 'x', now() from generate_series(1, 250) number returning id, slug),
            slugs as (insert into article_slugs (slug, article_id) select slug, id from many),
            first as (
              insert into revisions (article_id, number, slug, headline, word_count, language, saved_at, saved_by)
              select id, 1, slug, slug, 0, 'en', now(), 'x' from many returning article_id, slug)
            insert into autosaves (caller, article_id, revision, content, saved_at)
            select '{newsroom.Issuer.Address} hoarder', article_id, 1, json_object(array[]::text[]),
              now() - interval '1 hour' * substr(slug, 6)::int from first
            """
        );
        await newsroom.SqlAsync(
            $"insert into autosaves values ('another', '{id}', 1, '{{}}', now() - interval '30 days 1 minute'), "
                + $"('a third', '{id}', 1, '{{}}', now() - interval '29 days')"
        );

        (await StoreAsync(caller, path, new { headline = "The newest" })).Expect(HttpStatusCode.OK);

        Assert.Equal(200L, await newsroom.SqlAsync("select count(*) from autosaves where caller like '% hoarder'"));
        Assert.Equal("The newest", Text((await caller.ReadAsync($"{path}/autosave")).Json["article"]!, "headline"));
        Assert.Equal(
            "many-199",
            await newsroom.SqlAsync(
                "select a.slug from autosaves s join articles a on a.id = s.article_id order by s.saved_at limit 1 offset 1"
            )
        );
        Assert.Equal(1L, await newsroom.SqlAsync("select count(*) from autosaves where caller in ('another', 'a third')"));
    }

    private async Task<string> ArticleAsync(string headline, bool publish = false) =>
        $"/editorial/v1/articles/{await Editor.ArticleAsync(new { headline }, publish)}";

    private async Task<string> IdAsync(string path) => Text((await Editor.ReadAsync(path)).Json, "id");

    private static Task<Answer> StoreAsync(HttpClient client, string path, object content, string query = "") =>
        client.SendAsync(HttpMethod.Put, $"{path}/autosave{query}", content);

    private static string Live(string path) => path.Replace("/editorial/", "/content/", StringComparison.Ordinal);

    private static string Text(JsonNode json, string member) => json[member]!.GetValue<string>();

    private static int Number(JsonNode json, string member) => json[member]!.GetValue<int>();

    private Task<object?> CountAsync(string table) => newsroom.SqlAsync($"select count(*) from {table}");
}
