using System.Diagnostics;
using System.Net;
using HeadlessCms.Tests.Harness;

namespace HeadlessCms.Tests.Editorial;

/// <summary>Two nodes on one database without any background worker.</summary>
public sealed class ClockTests(QuietNewsroom newsroom) : IClassFixture<QuietNewsroom>
{
    private HttpClient Editor => newsroom.Admin;

    [Fact]
    public async Task With_every_worker_disabled_a_scheduled_story_appears_and_an_expiring_one_goes_on_two_nodes_at_once()
    {
        using var second = newsroom.Client(null, newsroom.AnotherNode());
        HttpClient[] nodes = [newsroom.Anyone, second];
        var topic = await Editor.ConceptAsync("topics", new { name = "By the clock" });
        object[] topics = [new { topic }];
        var (coming, going, changing) = (
            await Editor.ArticleAsync(new { headline = "Appears by the clock", topics }),
            await Editor.ArticleAsync(new { headline = "Goes by the clock" }, publish: true),
            await Editor.ArticleAsync(new { headline = "Changes by the clock" }, publish: true)
        );
        (await Editor.PatchAsync($"/editorial/v1/articles/{changing}", new { headline = "Changed by the clock" }, "\"r1\"")).Expect(
            HttpStatusCode.OK
        );
        foreach (var node in nodes)
            await node.ReadAsync("/content/v1/articles"); // warm-up
        var rehearsed = Stopwatch.StartNew();
        await Task.WhenAll(nodes.Select(SeenAsync));

        var instant = (await newsroom.ClockAsync()).AddSeconds(2) + 4 * rehearsed.Elapsed;
        await Editor.PublishAsync(coming, new { liveFrom = instant });
        await Editor.PublishAsync(changing, new { liveFrom = instant });
        (await Editor.PostAsync($"/editorial/v1/articles/{going}/unpublish", new { at = instant })).Expect(HttpStatusCode.OK);
        var before = await Task.WhenAll(nodes.Select(SeenAsync));
        Assert.True(await newsroom.ClockAsync() < instant, "The machine was too slow to look before the instant.");

        await Eventually.TrueAsync(async () => await newsroom.ClockAsync() >= instant);
        var after = await Task.WhenAll(nodes.Select(SeenAsync));

        Assert.All(before, seen => Assert.Equal("NotFound OK Changes by the clock NotFound", seen));
        Assert.All(after, seen => Assert.Equal("OK NotFound Changed by the clock OK", seen));
        Assert.Equal(0L, await newsroom.SqlAsync($"select count(*) from changes where at >= '{instant:O}'")); // no worker has logged it

        async Task<string> SeenAsync(HttpClient node)
        {
            var changed = (await node.ReadAsync($"/content/v1/articles/{changing}")).Expect(HttpStatusCode.OK)["headline"];
            var shown = (await node.ReadAsync($"/content/v1/topics/{topic}")).Status;
            return $"{await node.LiveStatusAsync(coming)} {await node.LiveStatusAsync(going)} {changed} {shown}";
        }
    }

    [Fact]
    public async Task What_an_editor_does_on_one_node_readers_of_the_other_see_at_once()
    {
        using var second = newsroom.Client(null, newsroom.AnotherNode());
        var slug = await Editor.ArticleAsync(new { headline = "Seen elsewhere" }, publish: true);
        Assert.Equal(HttpStatusCode.OK, await second.LiveStatusAsync(slug));

        (await Editor.PostAsync($"/editorial/v1/articles/{slug}/withdraw", new { reason = "In doubt" })).Expect(HttpStatusCode.OK);

        Assert.Equal(HttpStatusCode.Gone, await second.LiveStatusAsync(slug));
    }

    [Theory]
    [InlineData(
        "insert into publications (id, article_id, revision, slug, live_from, first_live_from, created_at, created_by, "
            + "start_logged, end_logged) select gen_random_uuid(), id, 1, slug, now(), now(), now(), 'x', true, false from articles "
            + "where slug = '{0}'"
    )]
    [InlineData("update publications set live_from = '2997-12-31T23:59:59.999999Z' where slug = '{0}'")]
    public async Task An_embargo_is_a_constraint_of_the_database(string sql)
    {
        var slug = await Editor.ArticleAsync(new { headline = "Under embargo", embargoUntil = "2998-01-01T00:00:00Z" });
        await Editor.PublishAsync(slug, new { liveFrom = "2998-01-01T00:00:00Z" });

        var refused = await Assert.ThrowsAsync<Npgsql.PostgresException>(() => newsroom.SqlAsync(string.Format(null, sql, slug)));

        Assert.Equal(("23514", "ck_publications_embargo"), (refused.SqlState, refused.ConstraintName));
    }

    [Fact]
    public async Task An_embargo_that_was_saved_stays_with_its_revision_and_a_later_one_can_be_without()
    {
        var slug = await Editor.ArticleAsync(new { headline = "No way round", embargoUntil = "2998-01-01T00:00:00Z" });
        Assert.Equal(
            "23001",
            (
                await Assert.ThrowsAsync<Npgsql.PostgresException>(() =>
                    newsroom.SqlAsync($"update revisions set embargo_until = null where slug = '{slug}'")
                )
            ).SqlState
        );
        (await Editor.PatchAsync($"/editorial/v1/articles/{slug}", new { embargoUntil = (string?)null }, "\"r1\"")).Expect(
            HttpStatusCode.OK
        );

        Assert.Equal(
            "embargoed",
            (await Editor.PostAsync($"/editorial/v1/articles/{slug}/publications", new { revision = 1 })).Problem(HttpStatusCode.Conflict)
        );
        await Editor.PublishAsync(slug);
    }
}
