using System.Globalization;
using System.Net;
using HeadlessCms.Tests.Harness;

namespace HeadlessCms.Tests.Editorial;

public sealed class PublishingTests(Newsroom newsroom) : IClassFixture<Newsroom>
{
    private const string Articles = "/editorial/v1/articles";

    private HttpClient Editor => newsroom.Admin;

    [Fact]
    public async Task A_later_publication_takes_over_at_its_start_and_when_it_is_cancelled_the_earlier_one_goes_on()
    {
        var slug = await Editor.ArticleAsync(new { headline = "Taken over" }, publish: true);
        (await Editor.PatchAsync($"{Articles}/{slug}", new { standfirst = "Second" }, "\"r1\"")).Expect(HttpStatusCode.OK);
        var second = await Editor.PublishAsync(slug, new { liveFrom = "2998-01-01T00:00:00Z" });
        Assert.Equal("2998-01-01T00:00:00Z", (await PublicationsAsync(slug))[^1]["liveUntil"]!.GetValue<string>());

        (await Editor.DeleteAsync($"{Articles}/{slug}/publications/{second["id"]}", null)).Expect(HttpStatusCode.NoContent);

        var after = await PublicationsAsync(slug);
        Assert.Equal(["cancelled", "live"], after.Select(publication => publication["state"]!.GetValue<string>()));
        Assert.Null(after[^1]["liveUntil"]);
        (await Editor.DeleteAsync($"{Articles}/{slug}/publications/{second["id"]}", null)).Expect(HttpStatusCode.NoContent);
        Assert.Null((await Editor.ReadAsync($"{Articles}/{slug}")).Json["next"]);
    }

    [Fact]
    public async Task A_publication_that_has_begun_is_not_cancelled_and_one_that_is_not_there_is_not_found()
    {
        var slug = await Editor.ArticleAsync(new { headline = "Begun" });
        var live = await Editor.PublishAsync(slug);

        Assert.Equal(
            "begun",
            (await Editor.DeleteAsync($"{Articles}/{slug}/publications/{live["id"]}", null)).Problem(HttpStatusCode.Conflict)
        );
        foreach (var nothing in new[] { "next", "nonsense", Guid.CreateVersion7().ToString() })
            Assert.Equal(
                "notFound",
                (await Editor.DeleteAsync($"{Articles}/{slug}/publications/{nothing}", null)).Problem(HttpStatusCode.NotFound)
            );
    }

    [Fact]
    public async Task Next_names_the_publication_that_begins_next()
    {
        var slug = await Editor.ArticleAsync(new { headline = "Next" });
        await Editor.PublishAsync(slug, new { liveFrom = "2998-01-01T00:00:00Z", liveUntil = "2998-02-01T00:00:00Z" });
        await Editor.PublishAsync(slug, new { liveFrom = "2997-01-01T00:00:00Z", liveUntil = "2997-02-01T00:00:00Z" });

        (await Editor.DeleteAsync($"{Articles}/{slug}/publications/next", null)).Expect(HttpStatusCode.NoContent);

        Assert.Equal("2998-01-01T00:00:00Z", (await Editor.ReadAsync($"{Articles}/{slug}")).Json["next"]!["at"]!.GetValue<string>());
    }

    [Fact]
    public async Task An_unpublish_that_was_planned_holds_though_what_came_between_is_cancelled()
    {
        var slug = await Editor.ArticleAsync(new { headline = "Planned end" }, publish: true);
        (await Editor.PostAsync($"{Articles}/{slug}/unpublish", new { at = "2998-06-01T00:00:00Z" })).Expect(HttpStatusCode.OK);
        await Editor.PublishAsync(slug, new { liveFrom = "2998-01-01T00:00:00Z" });
        (await Editor.DeleteAsync($"{Articles}/{slug}/publications/next", null)).Expect(HttpStatusCode.NoContent);

        Assert.Equal("2998-06-01T00:00:00Z", (await PublicationsAsync(slug))[^1]["liveUntil"]!.GetValue<string>());
    }

    [Fact]
    public async Task No_publication_begins_before_the_embargo_of_its_revision_however_it_is_asked_for()
    {
        var slug = await Editor.ArticleAsync(new { headline = "Embargoed", embargoUntil = "2998-01-01T00:00:00Z" });

        Assert.Equal("embargoed", (await Editor.PostAsync($"{Articles}/{slug}/publications", new { })).Problem(HttpStatusCode.Conflict));
        Assert.Equal(
            "embargoed",
            (await Editor.PostAsync($"{Articles}/{slug}/publications", new { liveFrom = "2997-12-31T23:59:59Z" })).Problem(
                HttpStatusCode.Conflict
            )
        );
        await Editor.PublishAsync(slug, new { liveFrom = "2998-01-01T00:00:00Z" });
        var refused = await Assert.ThrowsAsync<Npgsql.PostgresException>(() =>
            newsroom.SqlAsync("update publications set live_from = now() where slug = 'embargoed'")
        );
        Assert.Equal("ck_publications_embargo", refused.ConstraintName);
        var bulk = await Editor.BulkAsync(
            $"{Articles}/bulk?publish=true",
            new { headline = "Embargoed too", embargoUntil = "2998-01-01T00:00:00Z" }
        );
        Assert.EndsWith(":embargoed", bulk[0]["problem"]!["type"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_withdrawn_answers_410_with_the_reason_and_keeps_answering_so()
    {
        const string reason = "A source was not who they said they were.";
        var slug = await Editor.ArticleAsync(new { headline = "Withdrawn story" }, publish: true);
        var id = (await Editor.ReadAsync($"{Articles}/{slug}")).Json["id"]!.GetValue<string>();
        (await Editor.PatchAsync($"{Articles}/{slug}", new { slug = "withdrawn-renamed" }, "\"r1\"")).Expect(HttpStatusCode.OK);
        await Editor.PublishAsync("withdrawn-renamed");
        await Editor.PublishAsync(slug, new { liveFrom = "2998-01-01T00:00:00Z" });

        var withdrawn = (await Editor.PostAsync($"{Articles}/{slug}/withdraw", new { reason })).Expect(HttpStatusCode.OK);

        Assert.Equal(("withdrawn", null, null), (withdrawn["status"]!.GetValue<string>(), withdrawn["liveRevision"], withdrawn["next"]));
        foreach (var name in new[] { slug, "withdrawn-renamed", id })
        {
            var gone = await newsroom.Anyone.ReadAsync($"/content/v1/articles/{name}");
            Assert.Equal("withdrawn", gone.Problem(HttpStatusCode.Gone));
            Assert.Equal(reason, gone.Json["reason"]!.GetValue<string>());
        }

        (await Editor.PatchAsync($"{Articles}/{slug}", new { standfirst = "Put right" }, "\"r2\"")).Expect(HttpStatusCode.OK);
        Assert.Equal("withdrawn", (await Editor.PostAsync($"{Articles}/{slug}/publications", new { })).Problem(HttpStatusCode.Conflict));
        Assert.Equal("withdrawn", (await Editor.PostAsync($"{Articles}/{slug}/withdraw", new { reason })).Problem(HttpStatusCode.Conflict));
        Assert.Equal(HttpStatusCode.Gone, await newsroom.Anyone.LiveStatusAsync(slug));
        (await Editor.DeleteAsync($"{Articles}/{slug}", "\"r3\"")).Expect(HttpStatusCode.NoContent);
        Assert.Equal(HttpStatusCode.Gone, await newsroom.Anyone.LiveStatusAsync(slug));
        Assert.Contains(
            slug,
            (await newsroom.SqlAsync("select string_agg(subject_name, ' ') from audit_entries where action = 'withdrawn'"))!
                .ToString()!
                .Replace("withdrawn-renamed", slug, StringComparison.Ordinal),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_withdrawal_can_be_lifted_and_the_article_published_again()
    {
        var slug = await Editor.ArticleAsync(new { headline = "Cleared" }, publish: true);
        (await Editor.PostAsync($"{Articles}/{slug}/withdraw", new { reason = "In doubt" })).Expect(HttpStatusCode.OK);

        Assert.Equal(
            "expired",
            (await Editor.PostAsync($"{Articles}/{slug}/restore")).Expect(HttpStatusCode.OK)["status"]!.GetValue<string>()
        );

        Assert.Equal(HttpStatusCode.NotFound, await newsroom.Anyone.LiveStatusAsync(slug));
        await Editor.PublishAsync(slug);
        Assert.Equal(HttpStatusCode.OK, await newsroom.Anyone.LiveStatusAsync(slug));
    }

    [Fact]
    public async Task What_readers_never_saw_is_not_withdrawn_and_a_reason_is_required()
    {
        var slug = await Editor.ArticleAsync(new { headline = "Never seen" });

        Assert.Equal(
            "neverLive",
            (await Editor.PostAsync($"{Articles}/{slug}/withdraw", new { reason = "x" })).Problem(HttpStatusCode.Conflict)
        );
        Assert.Equal(
            ["/reason: required"],
            (await Editor.PostAsync($"{Articles}/{slug}/withdraw", new { reason = " " })).Errors(HttpStatusCode.UnprocessableEntity)
        );
        Assert.Equal(
            ["/reason: required"],
            (await Editor.PostAsync($"{Articles}/{slug}/withdraw", new { })).Errors(HttpStatusCode.UnprocessableEntity)
        );
        Assert.Equal(HttpStatusCode.NotFound, await newsroom.Anyone.LiveStatusAsync(slug));
    }

    [Fact]
    public async Task Corrections_are_listed_newest_first_and_move_updatedAt_but_never_publishedAt()
    {
        var slug = await Editor.ArticleAsync(new { headline = "Corrected" }, publish: true);
        var before = (await newsroom.Anyone.ReadAsync($"/content/v1/articles/{slug}")).Expect(HttpStatusCode.OK);
        var first = await Editor.PublishAsync(
            slug,
            new { correction = new { kind = "correction", text = "The bridge has two lanes, not four." } }
        );
        var second = await Editor.PublishAsync(slug, new { correction = new { kind = "clarification", text = "Both are for cars." } });
        await Editor.PublishAsync(
            slug,
            new { liveFrom = "2998-01-01T00:00:00Z", correction = new { kind = "update", text = "Not to be seen yet." } }
        );

        var after = (await newsroom.Anyone.ReadAsync($"/content/v1/articles/{slug}")).Expect(HttpStatusCode.OK);

        Assert.Equal(["clarification", "correction"], after["corrections"]!.AsArray().Select(note => note!["kind"]!.GetValue<string>()));
        Assert.Equal(
            [Instant(second["liveFrom"]!), Instant(first["liveFrom"]!)],
            after["corrections"]!.AsArray().Select(note => Instant(note!["at"]!))
        );
        Assert.Equal(before["publishedAt"]!.GetValue<string>(), after["publishedAt"]!.GetValue<string>());
        Assert.Equal(Instant(second["liveFrom"]!), Instant(after["updatedAt"]!));
        Assert.Equal("The bridge has two lanes, not four.", (await PublicationsAsync(slug))[2]["correction"]!["text"]!.GetValue<string>());
        Assert.Equal(
            ["/correction/text: required"],
            (await Editor.PostAsync($"{Articles}/{slug}/publications", new { correction = new { kind = "update", text = "" } })).Errors(
                HttpStatusCode.UnprocessableEntity
            )
        );
        Assert.Equal(
            ["/correction/kind: unknownValue"],
            (await Editor.PostAsync($"{Articles}/{slug}/publications", new { correction = new { kind = "oops", text = "x" } })).Errors(
                HttpStatusCode.UnprocessableEntity
            )
        );
    }

    [Fact]
    public async Task A_purge_is_for_what_is_in_the_trash_and_frees_the_slug()
    {
        var slug = await Editor.ArticleAsync(new { headline = "To be purged" }, publish: true);
        var id = (await Editor.ReadAsync($"{Articles}/{slug}")).Json["id"]!.GetValue<string>();
        Assert.Equal("notTrashed", (await Editor.PostAsync($"{Articles}/{slug}/purge")).Problem(HttpStatusCode.Conflict));
        (await Editor.DeleteAsync($"{Articles}/{slug}", "*")).Expect(HttpStatusCode.NoContent);

        (await Editor.PostAsync($"{Articles}/{slug}/purge")).Expect(HttpStatusCode.NoContent);

        Assert.Equal("notFound", (await Editor.ReadAsync($"{Articles}/{id}")).Problem(HttpStatusCode.NotFound));
        Assert.Equal(slug, await Editor.ArticleAsync(new { headline = "Another", slug }));
        Assert.Equal(
            "created,published,trashed,purged",
            await newsroom.SqlAsync($"select string_agg(action, ',' order by id) from audit_entries where subject_id = '{id}'")
        );
        Assert.Equal(
            "published,unpublished,purged",
            await newsroom.SqlAsync($"select string_agg(type, ',' order by position) from changes where article_id = '{id}'")
        );
    }

    private async Task<IReadOnlyList<System.Text.Json.Nodes.JsonNode>> PublicationsAsync(string slug) =>
        [
            .. (await Editor.ReadAsync($"{Articles}/{slug}/publications")).Expect(HttpStatusCode.OK)["items"]!
                .AsArray()
                .Select(item => item!),
        ];

    private static DateTimeOffset Instant(System.Text.Json.Nodes.JsonNode value) =>
        DateTimeOffset.Parse(value.GetValue<string>(), CultureInfo.InvariantCulture);
}
