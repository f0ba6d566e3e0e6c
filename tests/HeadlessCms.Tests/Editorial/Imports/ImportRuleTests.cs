using System.Net;
using System.Text.Json.Nodes;
using HeadlessCms.Core.Access;
using HeadlessCms.Tests.Harness;

namespace HeadlessCms.Tests.Editorial.Imports;

/// <summary>What holds for imports of every format.</summary>
public sealed class ImportRuleTests(Newsroom newsroom) : IClassFixture<Newsroom>
{
    [Fact]
    public async Task A_dry_run_says_what_an_import_does_and_saves_nothing()
    {
        const string File =
            "id,headline,text,tags,published\ndry-1,Dry run one,x,Dry Topic,2019-01-01\ndry-2,Dry run two,y,Dry Topic,2019-01-02\n";

        var dry = await newsroom.Admin.ImportAsync("csv", File, "&publish=true&dryRun=true");

        Assert.True(dry["dryRun"]!.GetValue<bool>());
        Assert.Equal(2, dry.Count("created"));
        Assert.Equal(["topics/dry-topic"], dry["concepts"]!.AsArray().Select(concept => concept!.GetValue<string>()));
        Assert.Equal(
            0L,
            await newsroom.SqlAsync(
                """
                select (select count(*) from articles where external_id like 'dry-%')
                  + (select count(*) from concepts where name = 'Dry Topic')
                """
            )
        );

        var real = await newsroom.Admin.ImportAsync("csv", File);

        dry["dryRun"] = false;
        Assert.True(JsonNode.DeepEquals(dry["concepts"], real["concepts"]));
        Assert.Equal(dry.Count("created"), real.Count("created"));
        Assert.Equal(1L, await newsroom.SqlAsync("select count(*) from concepts where name = 'Dry Topic'"));
    }

    [Fact]
    public async Task A_story_that_changed_in_its_source_gets_a_revision_and_keeps_its_first_date()
    {
        await newsroom.Admin.ImportAsync("csv", "id,headline,text,published\nagain-1,Again,first,2019-01-01\n");
        var unchanged = await newsroom.Admin.ImportAsync("csv", "id,headline,text,published\nagain-1,Again,first,2019-01-01\n");
        var updated = await newsroom.Admin.ImportAsync("csv", "id,headline,text,published\nagain-1,Again,second,2019-01-01\n");

        Assert.Equal((0, 1), (unchanged.Count("updated"), unchanged.Count("unchanged")));
        Assert.Equal(1, updated.Count("updated"));
        var story = (await newsroom.Anyone.ReadAsync("/content/v1/articles/again")).Expect(HttpStatusCode.OK);
        Assert.Equal("2019-01-01T00:00:00Z", story["publishedAt"]!.GetValue<string>());
        Assert.Contains("second", story["bodyHtml"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_publish_stories_are_drafts_and_the_report_says_so()
    {
        var report = await newsroom.Admin.ImportAsync("csv", "id,headline,published\nunpublished-1,Kept back,2019-01-01\n", "");

        Assert.Contains("draft", report.Notes("unpublished-1"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, await newsroom.Anyone.LiveStatusAsync("kept-back"));
    }

    [Fact]
    public async Task A_slug_that_is_taken_becomes_another_and_the_report_says_so()
    {
        await newsroom.Admin.PostAsync("/editorial/v1/articles", new { headline = "Here first", slug = "claimed-slug" });

        var report = await newsroom.Admin.ImportAsync("csv", "id,headline,slug\nclaim-1,Here second,claimed-slug\n");

        Assert.Contains("claimed-slug became claimed-slug-2", report.Notes("claim-1"), StringComparison.Ordinal);
        Assert.Equal(
            "Here first",
            await newsroom.SqlAsync(
                "select r.headline from articles a join revisions r on r.article_id = a.id where a.slug = 'claimed-slug'"
            )
        );
    }

    [Fact]
    public async Task Concepts_are_found_by_name_whatever_its_case_and_none_is_made_twice()
    {
        await newsroom.Admin.PostAsync(
            "/editorial/v1/topics",
            new
            {
                name = "Found Topic",
                slug = "found-it",
                aliases = new[] { "Also Found" },
            }
        );
        await newsroom.Admin.ImportAsync(
            "csv",
            """
            id,headline,tags,published
            find-1,Find one,found topic,2019-01-01
            find-2,Find two,ALSO FOUND|Found New,2019-01-01
            find-3,Find three,Found new,2019-01-01
            """
        );

        Assert.Equal(2L, await newsroom.SqlAsync("select count(*) from concepts where slug in ('found-it', 'found-new')"));
        foreach (var (slug, topics) in new[] { ("find-one", "found-it"), ("find-two", "found-it,found-new"), ("find-three", "found-new") })
            Assert.Equal(
                topics,
                string.Join(
                    ',',
                    (await newsroom.Anyone.ReadAsync($"/content/v1/articles/{slug}")).Expect(HttpStatusCode.OK)["topics"]!
                        .AsArray()
                        .Select(topic => topic!["slug"]!.GetValue<string>())
                )
            );
    }

    [Fact]
    public async Task A_bad_story_is_refused_alone()
    {
        var report = await newsroom.Admin.ImportAsync(
            "csv",
            $"id,headline,published\nbad-1,{new string('x', 400)},2019-01-01\nbad-2,Good beside bad,2019-01-01\n"
        );

        Assert.Equal((1, 1), (report.Count("created"), report.Count("refused")));
        var refused = Assert.Single(report["items"]!.AsArray(), item => item!["status"]!.GetValue<string>() == "refused")!;
        Assert.Equal("bad-1", refused["sourceId"]!.GetValue<string>());
        Assert.Equal("/headline", refused["problem"]!["errors"]![0]!["pointer"]!.GetValue<string>());
    }

    [Theory]
    [InlineData(
        "rss",
        """<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]><rss><channel><item><title>&x;</title></item></channel></rss>""",
        "document type"
    )]
    [InlineData(
        "wxr",
        """<!DOCTYPE l [<!ENTITY a "lol"><!ENTITY b "&a;&a;&a;">]><rss><channel><item><title>&b;</title></item></channel></rss>""",
        "document type"
    )]
    [InlineData(
        "nitf",
        """
            <!DOCTYPE nitf [<!ENTITY x SYSTEM "file:///etc/passwd">]>
            <nitf><body><body.head><hedline><hl1>&x;</hl1></hedline></body.head></body></nitf>
            """,
        "not well-formed"
    )]
    [InlineData("newsml-g2", "<newsItem><itemMeta>", "not well-formed")]
    [InlineData("newsml-g2", "<other/>", "no item")]
    [InlineData("ninjs", """{ "uri": "x", "headline": """, "not valid JSON")]
    [InlineData("ninjs", "[1, 2,, 3]", "not valid JSON")]
    [InlineData("ghost", """{ "db": [] }""", "no posts")]
    [InlineData("csv", "a,b\n1,2\n", "headline")]
    public async Task A_file_that_cannot_be_read_is_refused_with_the_reason(string format, string file, string reason)
    {
        var report = await newsroom.Admin.ImportAsync(format, file);

        Assert.Equal((0, 1), (report.Count("created"), report.Count("refused")));
        Assert.Contains(reason, report["items"]![0]!["problem"]!["errors"]![0]!["detail"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nesting_and_gigantic_fields_are_refused_before_they_are_held()
    {
        var deepXml = $"<rss><channel><item>{string.Concat(Enumerable.Repeat("<a>", 5_000))}";
        var deepJson = $"[{string.Concat(Enumerable.Repeat("""{"a":[""", 5_000))}";
        var hugeXml = $"<rss><channel><item><title>{new string('x', 17 << 20)}</title></item></channel></rss>";
        var hugeJson = $$"""[{"headline":"{{new string('x', 17 << 20)}}"}]""";
        var hugeCsv = $"headline\n\"{new string('x', 17 << 20)}\"\n";
        foreach (
            var (format, file) in new[] { ("rss", deepXml), ("ninjs", deepJson), ("rss", hugeXml), ("ninjs", hugeJson), ("csv", hugeCsv) }
        )
        {
            var report = await newsroom.Admin.ImportAsync(format, file);
            Assert.Equal((0, 1), (report.Count("created"), report.Count("refused")));
        }
    }

    [Fact]
    public async Task What_was_read_before_a_broken_place_is_imported()
    {
        var report = await newsroom.Admin.ImportAsync(
            "rss",
            "<rss><channel><item><title>Before the break</title><guid>break-1</guid></item><item><title>Broken"
        );

        Assert.Equal((1, 1), (report.Count("created"), report.Count("refused")));
    }

    [Fact]
    public async Task Only_an_editor_imports_and_the_format_and_the_map_are_checked()
    {
        var author = await newsroom.AsAsync(Role.Author);
        Assert.Equal(HttpStatusCode.Forbidden, (await author.SendFileAsync("csv", "headline\nx\n")).Status);
        Assert.Equal(["format: unknown"], (await newsroom.Admin.SendFileAsync("doc", "x")).Errors(HttpStatusCode.BadRequest).Select(Known));
        Assert.Equal(
            ["map: invalidForm"],
            (await newsroom.Admin.SendFileAsync("csv", "headline\nx\n", "&map=nonsense")).Errors(HttpStatusCode.UnprocessableEntity)
        );

        static string Known(string error) => error.StartsWith("format: ", StringComparison.Ordinal) ? "format: unknown" : error;
    }
}
