using System.Net;
using HeadlessCms.Core.Access;
using HeadlessCms.Tests.Harness;

namespace HeadlessCms.Tests.Http;

public sealed class IdempotencyTests(Newsroom newsroom) : IClassFixture<Newsroom>
{
    private const string Articles = "/editorial/v1/articles";

    [Fact]
    public async Task The_same_key_and_body_get_the_same_answer_and_do_nothing_more()
    {
        var first = await SendAsync("k-1", new { headline = "Once only" });
        var again = await SendAsync("\"k-1\"", new { headline = "Once only" });

        Assert.Equal(first.Expect(HttpStatusCode.Created).ToJsonString(), again.Expect(HttpStatusCode.Created).ToJsonString());
        Assert.Equal((first.Tag, first.Headers.Location), (again.Tag, again.Headers.Location));
        Assert.False(first.Headers.Contains("Idempotent-Replayed"));
        Assert.Equal("true", again.Headers.GetValues("Idempotent-Replayed").Single());
        Assert.Equal(1L, await newsroom.SqlAsync("select count(*) from revisions where headline = 'Once only'"));
        Assert.Equal(1L, await newsroom.SqlAsync("select count(*) from audit_entries where subject_name like 'once-only%'"));
    }

    [Fact]
    public async Task Another_body_under_the_same_key_is_refused()
    {
        (await SendAsync("k-2", new { headline = "One thing" })).Expect(HttpStatusCode.Created);

        Assert.Equal(
            "idempotencyKeyReused",
            (await SendAsync("k-2", new { headline = "Another thing" })).Problem(HttpStatusCode.UnprocessableEntity)
        );
    }

    [Fact]
    public async Task An_error_is_answered_again_too_though_what_was_in_the_way_is_gone()
    {
        await newsroom.Admin.ArticleAsync(new { headline = "In the way" });
        Assert.Equal("slugTaken", (await SendAsync("k-3", new { headline = "x", slug = "in-the-way" })).Problem(HttpStatusCode.Conflict));
        (await newsroom.Admin.DeleteAsync($"{Articles}/in-the-way", "*")).Expect(HttpStatusCode.NoContent);
        (await newsroom.Admin.PostAsync($"{Articles}/in-the-way/purge")).Expect(HttpStatusCode.NoContent);

        Assert.Equal("slugTaken", (await SendAsync("k-3", new { headline = "x", slug = "in-the-way" })).Problem(HttpStatusCode.Conflict));
        (await SendAsync("k-3b", new { headline = "x", slug = "in-the-way" })).Expect(HttpStatusCode.Created);
    }

    [Fact]
    public async Task Invalid_input_may_be_put_right_under_the_same_key()
    {
        (await SendAsync("k-4", new { headline = "" })).Expect(HttpStatusCode.UnprocessableEntity);

        (await SendAsync("k-4", new { headline = "Put right" })).Expect(HttpStatusCode.Created);
    }

    [Fact]
    public async Task Twenty_of_one_key_at_once_do_it_once_and_the_rest_get_the_same_or_are_told_to_wait()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => SendAsync("k-5", new { headline = "Double click" })));

        Assert.All(answers, answer => Assert.Contains(answer.Status, new[] { HttpStatusCode.Created, HttpStatusCode.Conflict }));
        Assert.Single(answers.Where(answer => answer.Status == HttpStatusCode.Created).Select(answer => answer.Text).Distinct());
        Assert.All(answers.Where(answer => answer.Status == HttpStatusCode.Conflict), answer =>
            Assert.Equal("idempotencyKeyInUse", answer.Problem(HttpStatusCode.Conflict))
        );
        Assert.Equal(1L, await newsroom.SqlAsync("select count(*) from revisions where headline = 'Double click'"));
    }

    [Fact]
    public async Task A_key_is_its_callers_and_its_paths_own()
    {
        using var author = await newsroom.AsAsync(Role.Author);
        (await SendAsync("k-6", new { headline = "Mine" })).Expect(HttpStatusCode.Created);

        var theirs = await author.SendAsync(HttpMethod.Post, Articles, new { headline = "Theirs" }, idempotencyKey: "k-6");
        Assert.Equal("Theirs", theirs.Expect(HttpStatusCode.Created)["headline"]!.GetValue<string>());
        (await newsroom.Admin.SendAsync(HttpMethod.Post, "/editorial/v1/topics", new { name = "Mine too" }, idempotencyKey: "k-6")).Expect(
            HttpStatusCode.Created
        );
    }

    [Fact]
    public async Task A_save_whose_response_was_lost_is_not_told_that_it_is_stale()
    {
        var slug = await newsroom.Admin.ArticleAsync(new { headline = "Not yet saved" });
        foreach (var method in new[] { HttpMethod.Put, HttpMethod.Patch, HttpMethod.Delete })
        {
            object? body = method == HttpMethod.Delete ? null : new { headline = $"Saved by {method}" };
            var tag = (await newsroom.Admin.ReadAsync($"{Articles}/{slug}")).Tag;
            var first = await SendAsync(method, body, tag);
            var again = await SendAsync(method, body, tag);

            Assert.True((int)first.Status < 300, first.Text);
            Assert.Equal((first.Status, first.Text, first.Headers.ETag), (again.Status, again.Text, again.Headers.ETag));
            Assert.Equal("true", again.Headers.GetValues("Idempotent-Replayed").Single());
            Assert.Equal(
                "idempotencyKeyReused",
                (await SendAsync(method, body, "\"r999\"")).Problem(HttpStatusCode.UnprocessableEntity) // another condition
            );
        }

        Task<Answer> SendAsync(HttpMethod method, object? body, string? tag) =>
            newsroom.Admin.SendAsync(
                method,
                $"{Articles}/{slug}",
                body,
                tag,
                method == HttpMethod.Patch ? "application/merge-patch+json" : "application/json",
                idempotencyKey: "k-10"
            );
    }

    [Fact]
    public async Task A_key_that_is_none_is_refused()
    {
        foreach (var wrong in new[] { new string('x', 256), "a\"b", "a\\b" })
            Assert.Equal(
                ["Idempotency-Key: invalidForm"],
                (await SendAsync(wrong, new { headline = "x" })).Errors(HttpStatusCode.BadRequest)
            );
    }

    [Fact]
    public async Task A_secret_that_was_answered_once_is_answered_again_and_is_not_kept_in_the_clear()
    {
        var first = await newsroom.Admin.SendAsync(
            HttpMethod.Post,
            "/editorial/v1/keys",
            new { name = "idempotent", role = "reader" },
            idempotencyKey: "k-7"
        );
        var again = await newsroom.Admin.SendAsync(
            HttpMethod.Post,
            "/editorial/v1/keys",
            new { name = "idempotent", role = "reader" },
            idempotencyKey: "k-7"
        );

        var key = first.Expect(HttpStatusCode.Created)["key"]!.GetValue<string>();
        Assert.Equal(key, again.Expect(HttpStatusCode.Created)["key"]!.GetValue<string>());
        Assert.Equal(
            0L,
            await newsroom.SqlAsync($"select count(*) from idempotency_records where position('{key[13..]}'::bytea in response) > 0")
        );
    }

    [Fact]
    public async Task After_a_day_a_key_is_forgotten()
    {
        (await SendAsync("k-8", new { headline = "Yesterday" })).Expect(HttpStatusCode.Created);
        await newsroom.SqlAsync(
            "update idempotency_records set created_at = created_at - interval '25 hours' where created_at > now() - interval '1 hour'"
        );

        Assert.Equal(
            "yesterday-2",
            (await SendAsync("k-8", new { headline = "Yesterday" })).Expect(HttpStatusCode.Created)["slug"]!.GetValue<string>()
        );
        Assert.Equal(
            0L,
            await newsroom.SqlAsync(
                "select count(*) from idempotency_records where created_at < now() - interval '1 day' and route = 'POST "
                    + "/editorial/v1/articles' and by = 'nobody'"
            )
        );
    }

    [Fact]
    public async Task Every_kind_of_post_takes_a_key()
    {
        var slug = await newsroom.Admin.ArticleAsync(new { headline = "Commanded" });
        foreach (
            var (path, body) in new (string, object?)[]
            {
                ($"{Articles}/{slug}/publications", new { }),
                ($"{Articles}/{slug}/unpublish", null),
                ($"{Articles}/{slug}/withdraw", new { reason = "x" }),
                ($"{Articles}/{slug}/restore", null),
                ($"{Articles}/{slug}/revisions/1/restore", null),
                ("/editorial/v1/previews", new { article = slug }),
            }
        )
        {
            var first = await newsroom.Admin.SendAsync(HttpMethod.Post, path, body, idempotencyKey: "k-9");
            var again = await newsroom.Admin.SendAsync(HttpMethod.Post, path, body, idempotencyKey: "k-9");
            Assert.True((int)first.Status < 300, first.Text);
            Assert.Equal((first.Status, first.Text), (again.Status, again.Text));
        }

        var lines = "{\"headline\":\"In bulk\"}\n";
        var bulk = await newsroom.Admin.SendAsync(
            HttpMethod.Post,
            $"{Articles}/bulk",
            lines,
            mediaType: "application/x-ndjson",
            idempotencyKey: "k-9"
        );
        var bulkAgain = await newsroom.Admin.SendAsync(
            HttpMethod.Post,
            $"{Articles}/bulk",
            lines,
            mediaType: "application/x-ndjson",
            idempotencyKey: "k-9"
        );
        Assert.Equal((HttpStatusCode.OK, bulk.Text), (bulkAgain.Status, bulkAgain.Text));
        Assert.Contains("created", bulk.Text, StringComparison.Ordinal);
    }

    private Task<Answer> SendAsync(string key, object body) =>
        newsroom.Admin.SendAsync(HttpMethod.Post, Articles, body, idempotencyKey: key);
}
