using System.Net;
using System.Text.Json.Nodes;
using HeadlessCms.Tests.Harness;

namespace HeadlessCms.Tests.Content;

public sealed class ArticleTests(Newsroom newsroom) : IClassFixture<Newsroom>
{
    private HttpClient Editor => newsroom.Admin;

    [Fact]
    public async Task What_readers_see_changes_with_a_publication_not_with_a_save()
    {
        var slug = await Editor.ArticleAsync(new { headline = "Version one", slug = "versions" }, publish: true);
        var first = (await newsroom.Anyone.ReadAsync("/content/v1/articles/versions")).Expect(HttpStatusCode.OK);
        (await Editor.PutAsync($"/editorial/v1/articles/{slug}", new { headline = "Version two" }, "\"r1\"")).Expect(HttpStatusCode.OK);
        Assert.Equal(
            "Version one",
            (await newsroom.Anyone.ReadAsync("/content/v1/articles/versions")).Json["headline"]!.GetValue<string>()
        );
        var copy = (await Editor.ReadAsync($"/editorial/v1/articles/{slug}")).Json;
        Assert.Equal(
            ("live", 1, true),
            (copy["status"]!.GetValue<string>(), copy["liveRevision"]!.GetValue<int>(), copy["hasUnpublishedChanges"]!.GetValue<bool>())
        );

        await Editor.PublishAsync(slug);

        var second = (await newsroom.Anyone.ReadAsync("/content/v1/articles/versions")).Expect(HttpStatusCode.OK);
        Assert.Equal(("Version two", 2), (second["headline"]!.GetValue<string>(), second["revision"]!.GetValue<int>()));
        Assert.Equal(first["publishedAt"]!.GetValue<string>(), second["publishedAt"]!.GetValue<string>());
        Assert.True(Instant(second["updatedAt"]) > Instant(first["updatedAt"]));
        Assert.False((await Editor.ReadAsync($"/editorial/v1/articles/{slug}")).Json["hasUnpublishedChanges"]!.GetValue<bool>());
        var publications = (await Editor.ReadAsync($"/editorial/v1/articles/{slug}/publications")).Expect(HttpStatusCode.OK)[
            "items"
        ]!.AsArray();
        Assert.Equal(
            [(2, "live"), (1, "ended")],
            publications.Select(row => (row!["revision"]!.GetValue<int>(), row["state"]!.GetValue<string>()))
        );
    }

    [Fact]
    public async Task Unpublishing_ends_what_is_live_and_an_article_that_is_not_live_says_so()
    {
        var slug = await Editor.ArticleAsync(new { headline = "Goes offline" }, publish: true);

        Assert.Equal(
            "expired",
            (await Editor.PostAsync($"/editorial/v1/articles/{slug}/unpublish")).Expect(HttpStatusCode.OK)["status"]!.GetValue<string>()
        );

        Assert.Equal("notFound", (await newsroom.Anyone.ReadAsync($"/content/v1/articles/{slug}")).Problem(HttpStatusCode.NotFound));
        Assert.Equal("notLive", (await Editor.PostAsync($"/editorial/v1/articles/{slug}/unpublish")).Problem(HttpStatusCode.Conflict));
    }

    [Fact]
    public async Task Unpublishing_at_an_instant_ends_what_is_live_then_and_not_before()
    {
        var slug = await Editor.ArticleAsync(new { headline = "Ends later" }, publish: true);
        var path = $"/editorial/v1/articles/{slug}/unpublish";

        var article = (await Editor.PostAsync(path, new { at = "2999-01-01T00:00:00Z" })).Expect(HttpStatusCode.OK);

        Assert.Equal(
            ("live", "expires", "2999-01-01T00:00:00Z"),
            (
                article["status"]!.GetValue<string>(),
                article["next"]!["event"]!.GetValue<string>(),
                article["next"]!["at"]!.GetValue<string>()
            )
        );
        (await newsroom.Anyone.ReadAsync($"/content/v1/articles/{slug}")).Expect(HttpStatusCode.OK);
        Assert.Equal("endsEarlier", (await Editor.PostAsync(path, new { at = "2999-01-02T00:00:00Z" })).Problem(HttpStatusCode.Conflict));
        Assert.Equal("pastIsFixed", (await Editor.PostAsync(path, new { at = "2001-01-02T00:00:00Z" })).Problem(HttpStatusCode.Conflict));
        Assert.Equal(["/when: unknownMember"], (await Editor.PostAsync(path, new { when = "now" })).Errors(HttpStatusCode.BadRequest));
        Assert.Equal("expired", (await Editor.PostAsync(path, new { })).Expect(HttpStatusCode.OK)["status"]!.GetValue<string>());
    }

    [Fact]
    public async Task A_scheduled_article_appears_and_an_expiring_one_goes_by_the_clock()
    {
        var slug = await Editor.ArticleAsync(new { headline = "By the clock" });
        var now = (DateTimeOffset)new DateTimeOffset((DateTime)(await newsroom.SqlAsync("select clock_timestamp()"))!);
        await Editor.PublishAsync(slug, new { liveFrom = now.AddSeconds(1.5), liveUntil = now.AddSeconds(6) });
        Assert.Equal(HttpStatusCode.NotFound, (await newsroom.Anyone.ReadAsync($"/content/v1/articles/{slug}")).Status);
        var copy = (await Editor.ReadAsync($"/editorial/v1/articles/{slug}")).Json;
        Assert.Equal(("scheduled", "goesLive"), (copy["status"]!.GetValue<string>(), copy["next"]!["event"]!.GetValue<string>()));

        await UntilAsync(HttpStatusCode.OK, slug);
        await UntilAsync(HttpStatusCode.NotFound, slug);
        Assert.Equal("expired", (await Editor.ReadAsync($"/editorial/v1/articles/{slug}")).Json["status"]!.GetValue<string>());
    }

    [Fact]
    public async Task An_embargo_holds_however_a_publication_is_asked_for()
    {
        var slug = await Editor.ArticleAsync(new { headline = "Embargoed", embargoUntil = "2998-01-01T00:00:00Z" });

        Assert.Equal(
            "embargoed",
            (await Editor.PostAsync($"/editorial/v1/articles/{slug}/publications", new { })).Problem(HttpStatusCode.Conflict)
        );
        Assert.Equal(
            "embargoed",
            (await Editor.PostAsync($"/editorial/v1/articles/{slug}/publications", new { liveFrom = "2997-12-31T23:59:59Z" })).Problem(
                HttpStatusCode.Conflict
            )
        );
        await Editor.PublishAsync(slug, new { liveFrom = "2998-01-01T00:00:00Z" });
        var refused = await Assert.ThrowsAsync<Npgsql.PostgresException>(() =>
            newsroom.SqlAsync($"update publications set live_from = now() where slug = '{slug}'")
        );
        Assert.Equal("ck_publications_embargo", refused.ConstraintName);
    }

    [Fact]
    public async Task A_first_publication_may_lie_in_the_past_and_what_readers_saw_stays_as_it_was()
    {
        var slug = await Editor.ArticleAsync(new { headline = "Old story" });
        await Editor.PublishAsync(slug, new { liveFrom = "2001-02-03T04:05:06Z" });

        Assert.Equal(
            "2001-02-03T04:05:06Z",
            (await newsroom.Anyone.ReadAsync($"/content/v1/articles/{slug}")).Json["publishedAt"]!.GetValue<string>()
        );
        Assert.Equal(
            "pastIsFixed",
            (await Editor.PostAsync($"/editorial/v1/articles/{slug}/publications", new { liveFrom = "2002-01-01T00:00:00Z" })).Problem(
                HttpStatusCode.Conflict
            )
        );
        Assert.Equal(
            ["/liveUntil: outOfRange"],
            (
                await Editor.PostAsync(
                    $"/editorial/v1/articles/{slug}/publications",
                    new { liveFrom = "2031-01-02T00:00:00Z", liveUntil = "2031-01-01T00:00:00Z" }
                )
            ).Errors(HttpStatusCode.UnprocessableEntity)
        );
        Assert.Equal(
            ["/revision: unknown"],
            (await Editor.PostAsync($"/editorial/v1/articles/{slug}/publications", new { revision = 9 })).Errors(
                HttpStatusCode.UnprocessableEntity
            )
        );
    }

    [Fact]
    public async Task A_changed_slug_reaches_readers_with_its_publication_and_leaves_a_redirect_behind()
    {
        var slug = await Editor.ArticleAsync(new { headline = "Moving", slug = "moving-old" }, publish: true);
        (await Editor.PatchAsync($"/editorial/v1/articles/{slug}", new { slug = "moving-new" }, "\"r1\"")).Expect(HttpStatusCode.OK);
        Assert.Equal(HttpStatusCode.NotFound, (await newsroom.Anyone.ReadAsync("/content/v1/articles/moving-new")).Status);
        Assert.Equal(HttpStatusCode.OK, (await newsroom.Anyone.ReadAsync("/content/v1/articles/moving-old")).Status);

        await Editor.PublishAsync("moving-new");

        Assert.Equal(HttpStatusCode.OK, (await newsroom.Anyone.ReadAsync("/content/v1/articles/moving-new")).Status);
        var moved = await newsroom.Anyone.ReadAsync("/content/v1/articles/moving-old");
        Assert.Equal(
            (HttpStatusCode.PermanentRedirect, "/content/v1/articles/moving-new"),
            (moved.Status, moved.Headers.Location!.ToString())
        );
        (await Editor.ReadAsync("/editorial/v1/articles/moving-old")).Expect(HttpStatusCode.OK);

        (await Editor.PostAsync("/editorial/v1/articles/moving-new/unpublish")).Expect(HttpStatusCode.OK);
        await Editor.ArticleAsync(new { headline = "Takes the freed slug", slug = "moving-old" }, publish: true);
        Assert.Equal(
            "Takes the freed slug",
            (await newsroom.Anyone.ReadAsync("/content/v1/articles/moving-old")).Expect(HttpStatusCode.OK)["headline"]!.GetValue<string>()
        );
    }

    [Fact]
    public async Task An_article_is_one_statement_and_a_list_of_twenty_with_everything_expanded_at_most_two()
    {
        var people = await Task.WhenAll(
            Enumerable.Range(0, 5).Select(number => Editor.ConceptAsync("people", new { name = $"Counted person {number}" }))
        );
        var place = await Editor.ConceptAsync("places", new { name = "Counted place" });
        var topic = await Editor.ConceptAsync("topics", new { name = "Counted topic" });
        string slug = "";
        for (var number = 0; number < 20; number++)
        {
            slug = await Editor.ArticleAsync(
                new
                {
                    headline = $"Counted {number}",
                    authors = people[..2],
                    dateline = new { place },
                    people = people.Select(person => new { person }),
                    places = new[] { new { place } },
                    topics = new[] { new { topic } },
                },
                publish: true
            );
        }

        JsonNode? page = null;
        Assert.Equal(1, await newsroom.Statements.CountAsync(() => newsroom.Anyone.ReadAsync($"/content/v1/articles/{slug}")));
        Assert.Equal(
            1,
            await newsroom.Statements.CountAsync(async () =>
                page = (await newsroom.Anyone.ReadAsync($"/content/v1/articles?topic={topic}&place={place}&person={people[0]}")).Json
            )
        );
        Assert.Equal(
            2,
            await newsroom.Statements.CountAsync(() => newsroom.Anyone.ReadAsync($"/content/v1/articles?topic={topic}&count=true"))
        );
        Assert.Equal(2, await newsroom.Statements.CountAsync(() => newsroom.Anyone.ReadAsync($"/content/v1/topics/{topic}/articles")));
        Assert.Equal(1, await newsroom.Statements.CountAsync(() => newsroom.Anyone.ReadAsync("/content/v1/people")));
        Assert.Equal(20, page!["items"]!.AsArray().Count);
        Assert.All(page["items"]!.AsArray(), item =>
            Assert.Equal(
                (2, 5, 1, 1),
                (
                    item!["authors"]!.AsArray().Count,
                    item["people"]!.AsArray().Count,
                    item["places"]!.AsArray().Count,
                    item["topics"]!.AsArray().Count
                )
            )
        );
        Assert.All(page["items"]!.AsArray(), item => Assert.False(item!.AsObject().ContainsKey("bodyHtml")));
    }

    private Task UntilAsync(HttpStatusCode status, string slug) =>
        Eventually.TrueAsync(async () => await newsroom.Anyone.LiveStatusAsync(slug) == status);

    private static DateTimeOffset Instant(JsonNode? node) =>
        DateTimeOffset.Parse(node!.GetValue<string>(), System.Globalization.CultureInfo.InvariantCulture);
}
