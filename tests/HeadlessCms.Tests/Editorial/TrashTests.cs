using System.Net;
using System.Text.Json.Nodes;
using HeadlessCms.Core.Access;
using HeadlessCms.Tests.Harness;

namespace HeadlessCms.Tests.Editorial;

public sealed class TrashTests(Newsroom newsroom) : IClassFixture<Newsroom>
{
    private const string Articles = "/editorial/v1/articles";

    private HttpClient Editor => newsroom.Admin;

    [Fact]
    public async Task Deleting_a_story_for_good_breaks_no_other()
    {
        var content = await SharedContentAsync("kept");
        var kept = await Editor.ArticleAsync(content("Kept story"), publish: true);
        var gone = await Editor.ArticleAsync(content("Gone story"), publish: true);
        await Editor.PublishAsync(gone, new { correction = new { kind = "update", text = "Said more." } });
        (await Editor.PatchAsync($"{Articles}/{gone}", new { slug = "gone-renamed" }, "\"r1\"")).Expect(HttpStatusCode.OK);
        (await Editor.PostAsync($"{Articles}/{gone}/withdraw", new { reason = "In doubt" })).Expect(HttpStatusCode.OK);
        string[] views =
        [
            $"/content/v1/articles/{kept}",
            $"{Articles}/{kept}",
            $"{Articles}/{kept}/revisions",
            $"{Articles}/{kept}/publications",
            "/content/v1/people/kept-person",
            "/content/v1/places/kept-place/articles",
            "/content/v1/topics/kept-topic",
        ];
        var before = await ReadAsync(views);

        (await Editor.DeleteAsync($"{Articles}/{gone}", "\"r2\"")).Expect(HttpStatusCode.NoContent);
        Assert.Equal(before, await ReadAsync(views));
        (await Editor.PostAsync($"{Articles}/{gone}/purge")).Expect(HttpStatusCode.NoContent);

        Assert.Equal(before, await ReadAsync(views));
        foreach (var name in new[] { gone, "gone-renamed" })
        {
            Assert.Equal("notFound", (await Editor.ReadAsync($"{Articles}/{name}")).Problem(HttpStatusCode.NotFound));
            Assert.Equal(HttpStatusCode.NotFound, await newsroom.Anyone.LiveStatusAsync(name));
        }

        Assert.Equal(
            0L,
            await newsroom.SqlAsync(
                "select (select count(*) from withdrawals) + (select count(*) from article_slugs where slug like 'gone-%') + "
                    + "(select count(*) from revisions where slug like 'gone-%')"
            )
        );
    }

    [Fact]
    public async Task A_concept_that_only_a_deleted_story_named_can_be_deleted_and_while_that_is_in_the_trash_it_can_not()
    {
        var content = await SharedContentAsync("trashed");
        var story = await Editor.ArticleAsync(content("In the trash for now"));
        (await Editor.DeleteAsync($"{Articles}/{story}", "*")).Expect(HttpStatusCode.NoContent);
        foreach (var path in new[] { "people/trashed-person", "places/trashed-place", "topics/trashed-topic" })
        {
            var refused = await Editor.DeleteAsync($"/editorial/v1/{path}", "*");
            Assert.Equal("inUse", refused.Problem(HttpStatusCode.Conflict));
            Assert.Equal([story], await Editor.SlugsAsync(refused.Json["href"]!.GetValue<string>()));
        }

        Assert.Equal(
            "trashed-person",
            (await Editor.PostAsync($"{Articles}/{story}/restore")).Expect(HttpStatusCode.OK)["people"]![0]!["slug"]!.GetValue<string>()
        );
        (await Editor.DeleteAsync($"{Articles}/{story}", "*")).Expect(HttpStatusCode.NoContent);
        (await Editor.PostAsync($"{Articles}/{story}/purge")).Expect(HttpStatusCode.NoContent);

        foreach (var path in new[] { "people/trashed-person", "places/trashed-place", "topics/trashed-topic" })
            (await Editor.DeleteAsync($"/editorial/v1/{path}", "*")).Expect(HttpStatusCode.NoContent);
    }

    [Fact]
    public async Task What_is_in_the_trash_keeps_its_slug_and_its_external_id()
    {
        var slug = await Editor.ArticleAsync(new { headline = "Keeps its names", externalId = "urn:trash:1" });
        (await Editor.DeleteAsync($"{Articles}/{slug}", "*")).Expect(HttpStatusCode.NoContent);

        Assert.Equal("slugTaken", (await Editor.PostAsync(Articles, new { headline = "x", slug })).Problem(HttpStatusCode.Conflict));
        Assert.Equal(
            "externalIdTaken",
            (await Editor.PostAsync(Articles, new { headline = "x", externalId = "urn:trash:1" })).Problem(HttpStatusCode.Conflict)
        );

        (await Editor.PostAsync($"{Articles}/{slug}/purge")).Expect(HttpStatusCode.NoContent);
        Assert.Equal(
            slug,
            await Editor.ArticleAsync(
                new
                {
                    headline = "x",
                    slug,
                    externalId = "urn:trash:1",
                }
            )
        );
    }

    [Fact]
    public async Task What_was_scheduled_does_not_come_back_with_what_is_restored_and_history_does()
    {
        var slug = await Editor.ArticleAsync(new { headline = "Scheduled and trashed" }, publish: true);
        (await Editor.PatchAsync($"{Articles}/{slug}", new { standfirst = "Second" }, "\"r1\"")).Expect(HttpStatusCode.OK);
        await Editor.PublishAsync(slug, new { liveFrom = "2998-01-01T00:00:00Z" });

        (await Editor.DeleteAsync($"{Articles}/{slug}", "\"r2\"")).Expect(HttpStatusCode.NoContent);
        var restored = (await Editor.PostAsync($"{Articles}/{slug}/restore")).Expect(HttpStatusCode.OK);

        Assert.Equal(
            ("expired", 2, null, null),
            (restored["status"]!.GetValue<string>(), restored["revision"]!.GetValue<int>(), restored["next"], restored["liveRevision"])
        );
        Assert.Equal(
            ["cancelled", "ended"],
            (await Editor.ReadAsync($"{Articles}/{slug}/publications")).Json["items"]!
                .AsArray()
                .Select(item => item!["state"]!.GetValue<string>())
        );
        Assert.Equal(
            "restored,trashed",
            await newsroom.SqlAsync(
                $"select string_agg(action, ',' order by id desc) from audit_entries where subject_name = '{slug}' and action "
                    + "in ('trashed', 'restored')"
            )
        );
    }

    [Fact]
    public async Task Only_an_admin_deletes_for_good_and_the_trash_needs_the_tag_of_what_was_read()
    {
        using var editor = await newsroom.AsAsync(Role.Editor);
        var slug = await Editor.ArticleAsync(new { headline = "Guarded trash" });

        Assert.Equal("ifMatchRequired", (await editor.DeleteAsync($"{Articles}/{slug}", null)).Problem((HttpStatusCode)428));
        Assert.Equal("stale", (await editor.DeleteAsync($"{Articles}/{slug}", "\"r2\"")).Problem(HttpStatusCode.PreconditionFailed));
        (await editor.DeleteAsync($"{Articles}/{slug}", "\"r1\"")).Expect(HttpStatusCode.NoContent);
        (await editor.DeleteAsync($"{Articles}/{slug}", "\"r1\"")).Expect(HttpStatusCode.NoContent);
        Assert.Equal("forbidden", (await editor.PostAsync($"{Articles}/{slug}/purge")).Problem(HttpStatusCode.Forbidden));
    }

    private async Task<Func<string, object>> SharedContentAsync(string name)
    {
        var person = await Editor.ConceptAsync("people", new { name = $"{name} person" });
        var place = await Editor.ConceptAsync("places", new { name = $"{name} place" });
        var topic = await Editor.ConceptAsync("topics", new { name = $"{name} topic" });
        return headline => new
        {
            headline,
            authors = new[] { person },
            people = new[] { new { person, role = "Witness" } },
            places = new[] { new { place } },
            topics = new[] { new { topic } },
            dateline = new { place },
        };
    }

    // Usage is a count, so it may change; no other member may.
    private async Task<IReadOnlyList<string>> ReadAsync(IEnumerable<string> paths)
    {
        var answers = new List<string>();
        foreach (var path in paths)
        {
            var answer = (await (path.StartsWith("/content", StringComparison.Ordinal) ? newsroom.Anyone : Editor).ReadAsync(path)).Expect(
                HttpStatusCode.OK
            );
            (answer as JsonObject)?.Remove("usage");
            answers.Add(answer.ToJsonString());
        }

        return answers;
    }
}
