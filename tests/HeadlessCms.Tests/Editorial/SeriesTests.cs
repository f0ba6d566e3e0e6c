using System.Net;
using System.Text.Json.Nodes;
using HeadlessCms.Tests.Harness;

namespace HeadlessCms.Tests.Editorial;

/// <summary>Series as editors keep them, and the part that a revision is of one.</summary>
public sealed class SeriesTests(Newsroom newsroom) : IClassFixture<Newsroom>
{
    private const string Articles = "/editorial/v1/articles";

    private HttpClient Editor => newsroom.Admin;

    [Fact]
    public async Task A_part_is_in_the_revision_and_goes_where_revisions_go()
    {
        var (series, other) = (await SeriesAsync("Kept"), await SeriesAsync("Kept elsewhere"));
        var slug = await Editor.ArticleAsync(new { headline = "A kept part", series = new { series, part = 2 } });
        var article = $"{Articles}/{slug}";
        Assert.Equal((series, "Kept", 2), await PartAsync(article));

        (await Editor.PatchAsync(article, new { series = new { part = 4 } }, "\"r1\"")).Expect(HttpStatusCode.OK);
        Assert.Equal((series, "Kept", 4), await PartAsync(article));
        Assert.Equal("\"r2\"", (await Editor.PatchAsync(article, new { series = new { series, part = 4 } }, "\"r2\"")).Tag); // as it was
        (await Editor.PatchAsync(article, new { series = new { series = other, part = (int?)null } }, "\"r2\"")).Expect(HttpStatusCode.OK);
        Assert.Equal((other, "Kept elsewhere", null), await PartAsync(article));
        (await Editor.PatchAsync(article, new { series = (object?)null }, "\"r3\"")).Expect(HttpStatusCode.OK);
        Assert.Null((await Editor.ReadAsync(article)).Json["series"]);

        var diff = (await Editor.ReadAsync($"{article}/revisions/2/diff")).Expect(HttpStatusCode.OK)["members"]!;
        var member = Assert.Single(diff.AsArray())!;
        Assert.Equal(("series", 2, 4), ((string?)member["member"], (int?)member["before"]!["part"], (int?)member["after"]!["part"]));
        (await Editor.PostAsync($"{article}/revisions/1/restore")).Expect(HttpStatusCode.OK);
        Assert.Equal((series, "Kept", 2), await PartAsync(article));
        Assert.Equal((series, "Kept", 4), await PartAsync($"{article}/revisions/2"));
    }

    [Fact]
    public async Task A_part_comes_by_form_by_line_and_in_an_autosave()
    {
        var series = await SeriesAsync("Many ways");

        var form = await Editor.PostFormAsync(Articles, $"headline=By+form&series={series}&seriesPart=2");
        var line = await Editor.BulkAsync(
            $"{Articles}/bulk",
            new
            {
                headline = "By line",
                slug = "by-line",
                series = new { series },
            }
        );
        (await Editor.PutAsync($"{Articles}/by-line/autosave", new { series = new { series, part = 9 } }, "*")).Expect(HttpStatusCode.OK);

        Assert.Equal(2, (int?)form.Expect(HttpStatusCode.Created)["series"]!["part"]);
        Assert.Equal("created", (string?)line[0]["status"]);
        Assert.Equal((series, "Many ways", null), await PartAsync($"{Articles}/by-line"));
        Assert.Equal(9, (int?)(await Editor.ReadAsync($"{Articles}/by-line/autosave")).Json["article"]!["series"]!["part"]);
    }

    [Theory]
    [InlineData("""{ "series": "no-such-series" }""", "/series/series: unknown")]
    [InlineData("""{ "series": "SERIES", "part": 0 }""", "/series/part: outOfRange")]
    [InlineData("""{ "series": "SERIES", "part": 100001 }""", "/series/part: outOfRange")]
    public async Task A_part_that_cannot_be_is_refused(string part, string error)
    {
        var series = await SeriesAsync("Refusing");
        var story = new JsonObject
        {
            ["headline"] = "Refused",
            ["series"] = JsonNode.Parse(part.Replace("SERIES", series, StringComparison.Ordinal)),
        };

        Assert.Equal([error], (await Editor.PostAsync(Articles, story)).Errors(HttpStatusCode.UnprocessableEntity));
    }

    [Fact]
    public async Task A_part_has_a_series_and_no_relation()
    {
        Assert.Equal(["/series/series: required"], (await WithAsync("""{ "part": 1 }""")).Errors(HttpStatusCode.UnprocessableEntity));
        Assert.Contains(
            "/series/relation: unknownMember",
            (await WithAsync("""{ "series": "x", "relation": "about" }""")).Errors(HttpStatusCode.BadRequest)
        );

        Task<Answer> WithAsync(string part) =>
            Editor.PostAsync(Articles, new JsonObject { ["headline"] = "Refused", ["series"] = JsonNode.Parse(part) });
    }

    [Fact]
    public async Task The_working_copies_of_a_series_come_in_its_order_and_those_never_live_last()
    {
        var series = await SeriesAsync("In order");
        var draft = await StoryAsync(series, "Ordered draft", null);
        var live = await StoryAsync(series, "Ordered live", null, publish: true);
        var second = await StoryAsync(series, "Ordered second", 2);
        var first = await StoryAsync(series, "Ordered first", 1, publish: true);
        var another = await StoryAsync(series, "Ordered second draft", null);
        var left = await StoryAsync(series, "Ordered no more", 1);
        (await Editor.PatchAsync($"{Articles}/{left}", new { series = (object?)null }, "*")).Expect(HttpStatusCode.OK);
        var list = $"/editorial/v1/series/{series}/articles";

        Assert.Equal([first, second, live, draft, another], await Editor.SlugsAsync(list));
        Assert.Equal([first, second, live, draft, another], await Editor.SlugsAsync($"{list}?limit=2"));
        Assert.Contains(left, await Editor.SlugsAsync($"{list}?history=true"));
    }

    [Fact]
    public async Task A_series_in_use_is_not_deleted_and_the_answer_says_by_how_many_it_is()
    {
        var series = await SeriesAsync("In use");
        var path = $"/editorial/v1/series/{series}";
        var only = await StoryAsync(series, "Uses it", 1);
        await StoryAsync(series, "Uses it too", null);

        var refused = await Editor.DeleteAsync(path, "*");

        Assert.Equal("inUse", refused.Problem(HttpStatusCode.Conflict));
        Assert.StartsWith("2 articles", (string)refused.Json["detail"]!, StringComparison.Ordinal);
        Assert.Equal(2, (int?)(await Editor.ReadAsync(path)).Json["usage"]!["articles"]);
        var free = await SeriesAsync("Not in use");
        Assert.Equal(HttpStatusCode.NoContent, (await Editor.DeleteAsync($"/editorial/v1/series/{free}", "\"v1\"")).Status);
        Assert.Equal((series, "In use", 1), await PartAsync($"{Articles}/{only}"));
    }

    [Theory]
    [InlineData("update mentions set part = 2 where part = 1", "rows of mentions are immutable")]
    [InlineData(
        """
            insert into mentions (article_id, revision, concept_id, relation, position, part)
            select m.article_id, m.revision, c.id, 'about', 9, 1 from mentions m cross join concepts c
            where m.part = 1 and c.id <> m.concept_id and c.kind = 'series' limit 1
            """,
        "ix_mentions_article_id_revision"
    )]
    [InlineData(
        """
            insert into mentions (article_id, revision, concept_id, relation, position, part)
            select m.article_id, m.revision, c.id, 'about', 9, null from mentions m cross join concepts c
            where m.part = 1 and c.id <> m.concept_id and c.kind = 'series' limit 1
            """,
        "only a mention of a series has a part"
    )]
    [InlineData(
        """
            insert into mentions (article_id, revision, concept_id, relation, position, part)
            select a.id, 1, c.id, 'about', 9, 1 from articles a cross join concepts c
            where a.slug = 'guarded-elsewhere' and c.kind = 'topic' limit 1
            """,
        "only a mention of a series has a part"
    )]
    public async Task The_database_refuses_a_part_that_no_revision_may_have(string sql, string error)
    {
        await StoryAsync(await SeriesAsync("Guarded"), "Guarded", 1);
        await SeriesAsync("Guarded too");
        await Editor.PostAsync(Articles, new { headline = "Guarded elsewhere", slug = "guarded-elsewhere" });
        await Editor.ConceptAsync("topics", new { name = "Guarded" });

        var refused = await Assert.ThrowsAsync<Npgsql.PostgresException>(() => newsroom.SqlAsync(sql));

        Assert.Contains(error, refused.Message, StringComparison.Ordinal);
    }

    private Task<string> SeriesAsync(string name) => Editor.ConceptAsync("series", new { name });

    private Task<string> StoryAsync(string series, string headline, int? part, bool publish = false) =>
        Editor.ArticleAsync(new { headline, series = new { series, part } }, publish);

    private async Task<(string? Slug, string? Name, int? Part)> PartAsync(string path)
    {
        var series = (await Editor.ReadAsync(path)).Expect(HttpStatusCode.OK)["series"]!;
        return ((string?)series["slug"], (string?)series["name"], (int?)series["part"]);
    }
}
