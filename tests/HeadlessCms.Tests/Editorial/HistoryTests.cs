using System.Net;
using System.Text.Json.Nodes;
using HeadlessCms.Core.Access;
using HeadlessCms.Tests.Harness;

namespace HeadlessCms.Tests.Editorial;

public sealed class HistoryTests(Newsroom newsroom) : IClassFixture<Newsroom>
{
    private const string Articles = "/editorial/v1/articles";
    private const string Audit = "/editorial/v1/audit";

    private HttpClient Editor => newsroom.Admin;

    [Fact]
    public async Task A_comparison_names_each_member_that_differs_and_texts_by_the_word()
    {
        var topic = await Editor.ConceptAsync("topics", new { name = "Compared" });
        var slug = await Editor.ArticleAsync(
            new
            {
                headline = "The bridge has four lanes",
                byline = "By J",
                body = new { format = "text", content = "It opens on Monday.\n\nIt is long." },
            }
        );
        await Save(
            slug,
            1,
            new
            {
                headline = "The bridge has two lanes",
                slug,
                body = new { format = "text", content = "It opens on Tuesday.\n\nIt is long." },
                topics = new[] { new { topic } },
                note = "Figures",
            }
        );

        var diff = (await Editor.ReadAsync($"{Articles}/{slug}/revisions/2/diff")).Expect(HttpStatusCode.OK);

        var members = diff["members"]!.AsArray().ToDictionary(member => member!["member"]!.GetValue<string>(), member => member!);
        Assert.Equal(["body", "byline", "headline", "topics"], members.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(["same The bridge has ", "removed four", "added two", "same  lanes"], Words(members["headline"]));
        Assert.Equal(["same It opens on ", "removed Monday", "added Tuesday", "same .\n\nIt is long."], Words(members["body"]));
        Assert.Equal(("By J", null), (members["byline"]["before"]!.GetValue<string>(), members["byline"]["after"]));
        Assert.Equal((null, topic), (members["topics"]["before"], members["topics"]["after"]![0]!["slug"]!.GetValue<string>()));

        var back = (await Editor.ReadAsync($"{Articles}/{slug}/revisions/1/diff?against=2")).Expect(HttpStatusCode.OK);
        Assert.Equal(
            ["same The bridge has ", "removed two", "added four", "same  lanes"],
            Words(back["members"]!.AsArray().Single(member => member!["member"]!.GetValue<string>() == "headline")!)
        );
        Assert.Empty(
            (await Editor.ReadAsync($"{Articles}/{slug}/revisions/2/diff?against=2")).Expect(HttpStatusCode.OK)["members"]!.AsArray()
        );
        Assert.Contains(
            "headline",
            (await Editor.ReadAsync($"{Articles}/{slug}/revisions/1/diff")).Expect(HttpStatusCode.OK)["members"]!
                .AsArray()
                .Select(member => member!["member"]!.GetValue<string>())
        );
        Assert.Equal(
            "notFound",
            (await Editor.ReadAsync($"{Articles}/{slug}/revisions/2/diff?against=7")).Problem(HttpStatusCode.NotFound)
        );
        Assert.Equal(
            "notFound",
            (await Editor.ReadAsync($"{Articles}/{slug}/revisions/7/diff?against=1")).Problem(HttpStatusCode.NotFound)
        );
        Assert.Equal(
            ["against: outOfRange"],
            (await Editor.ReadAsync($"{Articles}/{slug}/revisions/2/diff?against=-1")).Errors(HttpStatusCode.BadRequest)
        );
    }

    [Fact]
    public async Task A_restored_revision_is_a_new_one_that_says_the_same()
    {
        var slug = await Editor.ArticleAsync(new { headline = "First words", standfirst = "Once" });
        await Save(slug, 1, new { headline = "Other words", slug });

        var restored = await Editor.PostAsync($"{Articles}/{slug}/revisions/1/restore");

        var article = restored.Expect(HttpStatusCode.OK);
        Assert.Equal(
            ("First words", "Once", 3, "Restored revision 1"),
            (
                article["headline"]!.GetValue<string>(),
                article["standfirst"]!.GetValue<string>(),
                article["revision"]!.GetValue<int>(),
                article["note"]!.GetValue<string>()
            )
        );
        Assert.Equal("\"r3\"", restored.Tag);
        Assert.Equal(
            3,
            (await Editor.PostAsync($"{Articles}/{slug}/revisions/3/restore")).Expect(HttpStatusCode.OK)["revision"]!.GetValue<int>()
        );
        Assert.Equal(
            3,
            (await Editor.PostAsync($"{Articles}/{slug}/revisions/1/restore")).Expect(HttpStatusCode.OK)["revision"]!.GetValue<int>()
        );
        Assert.Equal("notFound", (await Editor.PostAsync($"{Articles}/{slug}/revisions/9/restore")).Problem(HttpStatusCode.NotFound));
    }

    [Fact]
    public async Task A_revision_whose_slug_another_article_took_is_not_restored()
    {
        var slug = await Editor.ArticleAsync(new { headline = "Had a slug" });
        await Save(slug, 1, new { headline = "Had a slug", slug = "has-another-slug" });
        await Editor.ArticleAsync(new { headline = "Took it", slug });

        Assert.Equal(
            "slugTaken",
            (await Editor.PostAsync($"{Articles}/has-another-slug/revisions/1/restore")).Problem(HttpStatusCode.Conflict)
        );
        Assert.Equal(
            "slugTaken",
            (await Editor.PostAsync($"{Articles}/has-another-slug/publications", new { revision = 1 })).Problem(HttpStatusCode.Conflict)
        );
    }

    [Fact]
    public async Task The_audit_trail_says_who_did_what_to_what_from_where_and_when()
    {
        using var boris = await newsroom.AsAsync(Role.Editor);
        var slug = await boris.ArticleAsync(new { headline = "Audited", note = "Made" });
        await Save(
            slug,
            1,
            new
            {
                headline = "Audited twice",
                slug,
                note = "Saved",
            }
        );
        await boris.PublishAsync(slug);
        (await boris.PostAsync($"{Articles}/{slug}/withdraw", new { reason = "In doubt" })).Expect(HttpStatusCode.OK);

        var entries = (await Editor.ReadAsync($"{Audit}?subject={slug}&kind=article")).Expect(HttpStatusCode.OK)["items"]!.AsArray();

        Assert.Equal(["withdrawn", "published", "saved", "created"], entries.Select(entry => entry!["action"]!.GetValue<string>()));
        Assert.Equal(["test-editor", "test-editor", "admin", "test-editor"], entries.Select(entry => entry!["by"]!.GetValue<string>()));
        Assert.Equal(["In doubt", "Saved", "Made"], [.. new[] { 0, 2, 3 }.Select(index => entries[index]!["detail"]!.GetValue<string>())]);
        Assert.All(entries, entry => Assert.Equal("127.0.0.1", entry!["address"]!.GetValue<string>()));
        Assert.Equal([2, 2, 2, 1], entries.Select(entry => entry!["revision"]!.GetValue<int>()));
        Assert.Null((await boris.ReadAsync($"{Audit}?subject={slug}")).Expect(HttpStatusCode.OK)["items"]![0]!["address"]);
    }

    [Fact]
    public async Task The_audit_trail_is_filtered_and_paged()
    {
        var person = await Editor.ConceptAsync("people", new { name = "Filtered Audit" });
        (await Editor.PatchAsync($"/editorial/v1/people/{person}", new { title = "x" }, "\"v1\"")).Expect(HttpStatusCode.OK);
        var all = (await Editor.ReadAsync($"{Audit}?subject={person}&count=true")).Expect(HttpStatusCode.OK);
        Assert.Equal(2, all["total"]!.GetValue<int>());
        var first = (await Editor.ReadAsync($"{Audit}?subject={person}&limit=1")).Json;
        var second = (await Editor.ReadAsync($"{Audit}?subject={person}&limit=1&cursor={first["nextCursor"]}")).Json;
        Assert.Equal(["saved", "created"], [.. new[] { first, second }.Select(page => page["items"]![0]!["action"]!.GetValue<string>())]);
        var at = Uri.EscapeDataString(first["items"]![0]!["at"]!.GetValue<string>());
        var id = first["items"]![0]!["subject"]!["id"]!.GetValue<string>();

        Assert.Equal(["created"], await ActionsAsync($"subject={person}&before={at}"));
        Assert.Equal(["saved", "created"], await ActionsAsync($"subject={id}"));
        Assert.Equal(["saved"], await ActionsAsync($"subject={person}&action=saved"));
        Assert.Empty(await ActionsAsync($"subject={person}&by=nobody"));
        Assert.Empty(await ActionsAsync($"subject={person}&after={at}"));
        Assert.Empty(await ActionsAsync($"subject={person}&kind=place"));
        Assert.Equal(["action: unknownValue"], (await Editor.ReadAsync($"{Audit}?action=nonsense")).Errors(HttpStatusCode.BadRequest));

        async Task<IEnumerable<string>> ActionsAsync(string query) =>
            (await Editor.ReadAsync($"{Audit}?{query}")).Expect(HttpStatusCode.OK)["items"]!
                .AsArray()
                .Select(entry => entry!["action"]!.GetValue<string>());
    }

    [Theory]
    [InlineData("update audit_entries set by = 'somebody else'")]
    [InlineData("delete from audit_entries")]
    [InlineData("truncate audit_entries")]
    public async Task The_database_refuses_to_change_the_audit_trail(string sql)
    {
        await Editor.ArticleAsync(new { headline = "Kept" });

        Assert.Equal("23001", (await Assert.ThrowsAsync<Npgsql.PostgresException>(() => newsroom.SqlAsync(sql))).SqlState);
    }

    [Fact]
    public async Task What_is_refused_leaves_no_trace()
    {
        var slug = await Editor.ArticleAsync(new { headline = "Untouched" });
        var before = await newsroom.SqlAsync("select max(id) from audit_entries");

        (await Editor.PutAsync($"{Articles}/{slug}", new { headline = "x" }, "\"r9\"")).Expect(HttpStatusCode.PreconditionFailed);
        (await Editor.PostAsync($"{Articles}/{slug}/unpublish")).Expect(HttpStatusCode.Conflict);
        (await Editor.PostAsync(Articles, new { headline = "x", slug })).Expect(HttpStatusCode.Conflict);

        Assert.Equal(
            before,
            await newsroom.SqlAsync($"select max(id) from audit_entries where subject_name in ('{slug}', 'x') or id = {before}")
        );
    }

    private async Task Save(string slug, int revision, object content) =>
        (await Editor.PutAsync($"{Articles}/{slug}", content, $"\"r{revision}\"")).Expect(HttpStatusCode.OK);

    private static IEnumerable<string> Words(JsonNode member) =>
        member["words"]!.AsArray().Select(piece => $"{piece!["kind"]} {piece["text"]}");
}
