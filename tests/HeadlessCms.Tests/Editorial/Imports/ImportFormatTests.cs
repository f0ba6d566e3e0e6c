using System.Net;
using System.Text.Json;
using HeadlessCms.Tests.Harness;

namespace HeadlessCms.Tests.Editorial.Imports;

/// <summary>Each format, with what it says of a story.</summary>
public sealed class ImportFormatTests(Newsroom newsroom) : IClassFixture<Newsroom>
{
    [Fact]
    public async Task A_WordPress_export_keeps_authors_tags_categories_pictures_dates_and_urls()
    {
        const string File = """
            <?xml version="1.0" encoding="UTF-8"?>
            <rss version="2.0" xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/"
              xmlns:content="http://purl.org/rss/1.0/modules/content/"
              xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:wp="http://wordpress.org/export/1.2/">
            <channel>
              <title>The Old Paper</title><link>https://old-paper.example</link><language>en-GB</language>
              <wp:wxr_version>1.2</wp:wxr_version>
              <wp:author><wp:author_id>2</wp:author_id><wp:author_login>mlee</wp:author_login>
                <wp:author_display_name><![CDATA[Mina Lee]]></wp:author_display_name></wp:author>
              <item>
                <title>Harbour wall repaired</title>
                <link>https://old-paper.example/2019/05/harbour-wall/</link>
                <pubDate>Fri, 03 May 2019 09:30:00 +0000</pubDate>
                <dc:creator><![CDATA[mlee]]></dc:creator>
                <guid isPermaLink="false">https://old-paper.example/?p=17</guid>
                <content:encoded><![CDATA[The wall stands again.

            It took <strong>two</strong> years.

            [caption id="x" align="left"]<img src="https://old-paper.example/wall.jpg" alt="The wall"> The wall today[/caption]

            [gallery ids="1,2"]]]></content:encoded>
                <excerpt:encoded><![CDATA[Two years of work.]]></excerpt:encoded>
                <wp:post_id>17</wp:post_id>
                <wp:post_date_gmt>2019-05-03 09:30:00</wp:post_date_gmt>
                <wp:post_name>harbour-wall-repaired</wp:post_name>
                <wp:status>publish</wp:status>
                <wp:post_type>post</wp:post_type>
                <category domain="category" nicename="local-harbour"><![CDATA[Local Harbour]]></category>
                <category domain="post_tag" nicename="sea-walls"><![CDATA[Sea Walls]]></category>
                <wp:postmeta><wp:meta_key>_thumbnail_id</wp:meta_key><wp:meta_value>18</wp:meta_value></wp:postmeta>
                <wp:postmeta><wp:meta_key>subtitle_colour</wp:meta_key><wp:meta_value>red</wp:meta_value></wp:postmeta>
                <wp:comment><wp:comment_content>First!</wp:comment_content></wp:comment>
              </item>
              <item>
                <title>wall</title><guid isPermaLink="false">https://old-paper.example/wall.jpg</guid>
                <excerpt:encoded><![CDATA[The wall in May.]]></excerpt:encoded>
                <wp:post_id>18</wp:post_id><wp:status>inherit</wp:status><wp:post_type>attachment</wp:post_type>
                <wp:attachment_url>http://old-paper.example/wall.jpg</wp:attachment_url>
                <wp:postmeta><wp:meta_key>_wp_attachment_image_alt</wp:meta_key><wp:meta_value>A sea wall</wp:meta_value></wp:postmeta>
              </item>
              <item>
                <title>An unfinished story</title><guid>https://old-paper.example/?p=19</guid>
                <wp:post_id>19</wp:post_id><wp:status>draft</wp:status><wp:post_type>post</wp:post_type>
              </item>
            </channel></rss>
            """;

        var report = await newsroom.Admin.ImportAsync("wxr", File);

        Assert.Equal((2, 1, 0), (report.Count("created"), report.Count("skipped"), report.Count("refused")));
        var notes = report.Notes("https://old-paper.example/?p=17");
        Assert.Contains("1 comments", notes, StringComparison.Ordinal);
        Assert.Contains("subtitle_colour", notes, StringComparison.Ordinal);
        Assert.Contains("[gallery]", notes, StringComparison.Ordinal);
        Assert.Contains("https: http://old-paper.example/wall.jpg", notes, StringComparison.Ordinal);
        Assert.Contains("attachment", report.Notes("https://old-paper.example/wall.jpg"), StringComparison.Ordinal);
        foreach (
            var url in new[]
            {
                "https://old-paper.example/2019/05/harbour-wall/",
                "http://OLD-paper.example/2019/05/harbour-wall",
                "/2019/05/harbour-wall/",
                "https://old-paper.example/?p=17",
            }
        )
        {
            var story = await newsroom.Anyone.WasAtAsync(url);
            Assert.Equal(
                ("Harbour wall repaired", "harbour-wall-repaired", "2019-05-03T09:30:00Z"),
                (story["headline"]!.GetValue<string>(), story["slug"]!.GetValue<string>(), story["publishedAt"]!.GetValue<string>())
            );
        }

        var whole = (await newsroom.Anyone.ReadAsync("/content/v1/articles/harbour-wall-repaired")).Expect(HttpStatusCode.OK);
        Assert.Equal(["Mina Lee"], whole.Names("authors"));
        Assert.Equal(["Local Harbour", "Sea Walls"], whole.Names("topics"));
        Assert.Equal(["local-harbour", "sea-walls"], whole["topics"]!.AsArray().Select(topic => topic!["slug"]!.GetValue<string>()));
        Assert.Equal("Two years of work.", whole["standfirst"]!.GetValue<string>());
        Assert.Equal("en-GB", whole["language"]!.GetValue<string>());
        Assert.Equal("https://old-paper.example/wall.jpg", whole["leadImage"]!["url"]!.GetValue<string>());
        Assert.Equal("A sea wall", whole["leadImage"]!["alt"]!.GetValue<string>());
        var html = whole["bodyHtml"]!.GetValue<string>();
        Assert.Contains("<p>The wall stands again.</p>", html, StringComparison.Ordinal);
        Assert.Contains("<strong>two</strong>", html, StringComparison.Ordinal);
        Assert.Contains("<figcaption>", html, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, await newsroom.Anyone.LiveStatusAsync("an-unfinished-story"));
        Assert.Equal(
            (0, 0, 2),
            await newsroom.Admin.ImportAsync("wxr", File) is var again
                ? (again.Count("created"), again.Count("updated"), again.Count("unchanged"))
                : default
        );
    }

    [Fact]
    public async Task A_Ghost_export_keeps_tags_in_order_authors_visibility_and_urls()
    {
        var file = JsonSerializer.Serialize(
            new
            {
                db = new[]
                {
                    new
                    {
                        meta = new { exported_on = 1_616_560_573_131, version = "5.80.0" },
                        data = new
                        {
                            posts = new object[]
                            {
                                new
                                {
                                    id = "605ac141a2d5a6aa9e101e01",
                                    uuid = "0c1f0c0e-5f0e-4d6e-8c39-7f9f3f0b7a01",
                                    title = "Ghost post of the bees",
                                    slug = "bees",
                                    html = "<p>Bees at <a href=\"__GHOST_URL__/about/\">home</a>.</p>",
                                    feature_image = "__GHOST_URL__/content/images/bees.jpg",
                                    type = "post",
                                    status = "published",
                                    visibility = "members",
                                    custom_excerpt = "On bees.",
                                    published_at = "2021-03-24T04:34:10.000Z",
                                },
                                new
                                {
                                    id = "2",
                                    title = "About",
                                    slug = "about",
                                    type = "page",
                                    status = "published",
                                },
                                new
                                {
                                    id = "3",
                                    uuid = "draft-3",
                                    title = "Ghost draft of the bees",
                                    slug = "bees-2",
                                    lexical = "{}",
                                    type = "post",
                                    status = "draft",
                                },
                            },
                            posts_authors = new[]
                            {
                                new
                                {
                                    post_id = "605ac141a2d5a6aa9e101e01",
                                    author_id = "u1",
                                    sort_order = 0,
                                },
                            },
                            posts_meta = new[] { new { post_id = "605ac141a2d5a6aa9e101e01", feature_image_alt = "Two bees" } },
                            posts_tags = new[]
                            {
                                new
                                {
                                    post_id = "605ac141a2d5a6aa9e101e01",
                                    tag_id = "t2",
                                    sort_order = 1,
                                },
                                new
                                {
                                    post_id = "605ac141a2d5a6aa9e101e01",
                                    tag_id = "t1",
                                    sort_order = 0,
                                },
                                new
                                {
                                    post_id = "605ac141a2d5a6aa9e101e01",
                                    tag_id = "t3",
                                    sort_order = 2,
                                },
                            },
                            tags = new[]
                            {
                                new
                                {
                                    id = "t1",
                                    name = "Bee keeping",
                                    slug = "bee-keeping",
                                    visibility = "public",
                                },
                                new
                                {
                                    id = "t2",
                                    name = "Hive news",
                                    slug = "hive-news",
                                    visibility = "public",
                                },
                                new
                                {
                                    id = "t3",
                                    name = "#internal",
                                    slug = "hash-internal",
                                    visibility = "internal",
                                },
                            },
                            users = new[]
                            {
                                new
                                {
                                    id = "u1",
                                    name = "Ola Bee",
                                    slug = "ola",
                                },
                            },
                        },
                    },
                },
            }
        );

        var report = await newsroom.Admin.ImportAsync("ghost", file, "&publish=true&site=https://bees.example/");

        Assert.Equal((2, 1), (report.Count("created"), report.Count("skipped")));
        Assert.Contains("#internal", report.Notes("0c1f0c0e-5f0e-4d6e-8c39-7f9f3f0b7a01"), StringComparison.Ordinal);
        Assert.Contains("html", report.Notes("draft-3"), StringComparison.Ordinal);
        var story = await newsroom.Anyone.WasAtAsync("https://bees.example/bees/");
        Assert.Equal(["Ola Bee"], story.Names("authors"));
        Assert.Equal(["Bee keeping", "Hive news"], story.Names("topics"));
        Assert.Equal("registered", story["access"]!.GetValue<string>());
        Assert.Equal("2021-03-24T04:34:10Z", story["publishedAt"]!.GetValue<string>());
        Assert.Equal("https://bees.example/content/images/bees.jpg", story["leadImage"]!["url"]!.GetValue<string>());
        Assert.Equal("Two bees", story["leadImage"]!["alt"]!.GetValue<string>());
    }

    [Fact]
    public async Task News_items_of_NewsML_G2_are_read_with_their_concepts_and_pictures_are_not_stories()
    {
        const string File = """
            <newsMessage xmlns="http://iptc.org/std/nar/2006-10-01/"><itemSet>
            <newsItem guid="tag:wire.example,2026:g2-1" version="3" standard="NewsML-G2" standardversion="2.34"
              conformance="power" xml:lang="en">
              <catalogRef href="http://www.iptc.org/std/catalog/catalog.IPTC-G2-Standards_40.xml"/>
              <rightsInfo><copyrightHolder literal="Wire Example"/><usageTerms>Not for archives.</usageTerms></rightsInfo>
              <itemMeta><itemClass qcode="ninat:text"/><provider literal="Wire Example"/>
                <versionCreated>2026-11-20T12:00:00+01:00</versionCreated><firstCreated>2026-11-20T09:00:00Z</firstCreated>
                <pubStatus qcode="stat:usable"/></itemMeta>
              <contentMeta><urgency>3</urgency>
                <located type="cpnat:geoArea"><name>Wirehaven</name></located>
                <creator literal="Ann Wire"><name>Ann Wire</name></creator>
                <subject type="cpnat:abstract" qcode="medtop:20000538"><name>leisure wire</name></subject>
                <subject type="cpnat:person" uri="http://www.wikidata.org/entity/Q4200001"><name>Bo Named</name></subject>
                <subject type="cpnat:organisation" literal="x"><name>Wire Union</name></subject>
                <headline>Wirehaven opens its park</headline><by>By Ann Wire</by>
                <description role="drol:summary">A park for all.</description>
                <audience qcode="aud:1"/>
              </contentMeta>
              <contentSet><inlineXML contenttype="application/xhtml+xml"><html xmlns="http://www.w3.org/1999/xhtml">
                <head><title>x</title></head>
                <body><p>The <em>park</em> is open.</p></body></html></inlineXML></contentSet>
            </newsItem>
            <newsItem guid="tag:wire.example,2026:g2-2" version="1" standard="NewsML-G2" standardversion="2.34">
              <itemMeta><itemClass qcode="ninat:picture"/></itemMeta></newsItem>
            <newsItem guid="tag:wire.example,2026:g2-3" version="1" standard="NewsML-G2" standardversion="2.34">
              <itemMeta><itemClass qcode="ninat:text"/><pubStatus qcode="stat:canceled"/></itemMeta></newsItem>
            </itemSet></newsMessage>
            """;

        var report = await newsroom.Admin.ImportAsync("newsml-g2", File);

        Assert.Equal((1, 2), (report.Count("created"), report.Count("skipped")));
        Assert.Contains("audience", report.Notes("tag:wire.example,2026:g2-1"), StringComparison.Ordinal);
        Assert.Contains("picture", report.Notes("tag:wire.example,2026:g2-2"), StringComparison.Ordinal);
        Assert.Contains("canceled", report.Notes("tag:wire.example,2026:g2-3"), StringComparison.Ordinal);
        var story = (await newsroom.Anyone.ReadAsync("/content/v1/articles/wirehaven-opens-its-park")).Expect(HttpStatusCode.OK);
        Assert.Equal(["leisure wire"], story.Names("topics"));
        Assert.Equal(["Bo Named"], story.Names("people"));
        Assert.Equal(["Wire Union"], story.Names("organisations"));
        Assert.Equal(["Ann Wire"], story.Names("authors"));
        Assert.Equal(
            ("Wirehaven", "Wire Example", "A park for all.", "2026-11-20T09:00:00Z", "2026-11-20T11:00:00Z"),
            (
                story["dateline"]!["place"]!["name"]!.GetValue<string>(),
                story["dateline"]!["source"]!.GetValue<string>(),
                story["standfirst"]!.GetValue<string>(),
                story["publishedAt"]!.GetValue<string>(),
                story["updatedAt"]!.GetValue<string>()
            )
        );
        Assert.Equal("<p>The <em>park</em> is open.</p>", story["bodyHtml"]!.GetValue<string>().Trim());
        Assert.Equal("medtop:20000538", await newsroom.SqlAsync("select code from concepts where name = 'leisure wire'"));
        Assert.Equal(
            "https://www.wikidata.org/entity/Q4200001",
            await newsroom.SqlAsync("select same_as[1] from concepts where name = 'Bo Named'")
        );
    }

    [Fact]
    public async Task A_story_of_NITF_is_read_with_what_is_marked_in_its_text()
    {
        const string File = """
            <?xml version="1.0"?>
            <!DOCTYPE nitf SYSTEM "nitf-3-6.dtd">
            <nitf><head><title>Ignored</title><tobject><tobject.subject tobject.subject.refnum="04000000"
              tobject.subject.type="Nitf economy"/></tobject>
              <docdata><doc-id id-string="nitf-2007-1"/><urgency ed-urg="2"/><date.issue norm="20070601T101500Z"/>
                <doc.copyright holder="Nitf Press" year="2007"/>
                <identified-content><org idsrc="NYSE" value="NTF">Nitf Works</org></identified-content>
                <fixture fix-id="x"/></docdata></head>
            <body><body.head><hedline><hl1>Nitf mill closes</hl1><hl2>After a century</hl2></hedline>
              <byline>By <person>Carla Nitf</person></byline>
              <dateline><location>Nitfham</location>, <story.date norm="20070601"/></dateline></body.head>
            <body.content><p>The mill of <org>Nitf Works</org> in <location>Nitfham<state>NF</state></location> closed, said
              <person>Dan Nitf<function>manager</function></person>.</p>
              <media media-type="image"><media-reference source="https://nitf.example/mill.jpg" alternate-text="A mill"/>
                <media-caption>The mill</media-caption></media>
              <hl2>Next</hl2><p>Nothing &amp; more.</p><sidebar>x</sidebar></body.content></body></nitf>
            """;

        var report = await newsroom.Admin.ImportAsync("nitf", File);

        Assert.Equal(1, report.Count("created"));
        Assert.Contains("sidebar", report.Notes("nitf-2007-1"), StringComparison.Ordinal);
        Assert.Contains("fixture", report.Notes("nitf-2007-1"), StringComparison.Ordinal);
        var story = (await newsroom.Anyone.ReadAsync("/content/v1/articles/nitf-mill-closes")).Expect(HttpStatusCode.OK);
        Assert.Equal(
            ("After a century", "2007-06-01T10:15:00Z", "Nitfham", "A mill"),
            (
                story["standfirst"]!.GetValue<string>(),
                story["publishedAt"]!.GetValue<string>(),
                story["dateline"]!["place"]!["name"]!.GetValue<string>(),
                story["leadImage"]!["alt"]!.GetValue<string>()
            )
        );
        Assert.Equal(["Carla Nitf"], story.Names("authors"));
        Assert.Equal(["Dan Nitf"], story.Names("people"));
        Assert.Equal("manager", story["people"]![0]!["role"]!.GetValue<string>());
        Assert.Contains("<h2>Next</h2>", story["bodyHtml"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Contains("Nothing &amp; more.", story["bodyHtml"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Feeds_of_RSS_and_Atom_are_read_with_their_modules()
    {
        const string Rss = """
            <rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:content="http://purl.org/rss/1.0/modules/content/"
              xmlns:media="http://search.yahoo.com/mrss/" xmlns:x="https://x.example/ns">
              <channel><title>R</title><link>https://rss.example</link>
              <description>d</description><language>de</language>
              <item><title>Rss &amp; Brücke</title><link>https://rss.example/a/bruecke</link><guid isPermaLink="false">rss-1</guid>
                <pubDate>Tue, 10 Mar 2020 08:00:00 +0100</pubDate><dc:creator>Eva Rss</dc:creator><category>Rss Brücken</category>
                <description>Kurz.</description><content:encoded><![CDATA[<p>Lang.</p>]]></content:encoded>
                <media:content url="https://rss.example/b.jpg" medium="image"><media:credit>F. Oto</media:credit></media:content>
                <x:mood>glad</x:mood></item></channel></rss>
            """;
        const string Atom = """
            <feed xmlns="http://www.w3.org/2005/Atom" xml:lang="fr"><title>A</title><id>urn:a</id><updated>2020-01-01T00:00:00Z</updated>
              <entry><id>tag:atom.example,2020:1</id><title>Atom le pont</title><updated>2020-04-02T10:00:00Z</updated>
                <published>2020-04-01T10:00:00Z</published><author><name>Guy Atom</name></author><category term="ponts" label="Atom Ponts"/>
                <link rel="alternate" href="https://atom.example/pont"/><summary>Bref.</summary>
                <content type="html">&lt;p&gt;Long.&lt;/p&gt;</content></entry></feed>
            """;

        var rss = await newsroom.Admin.ImportAsync("rss", Rss);
        var atom = await newsroom.Admin.ImportAsync("atom", Atom);

        Assert.Contains("mood", rss.Notes("rss-1"), StringComparison.Ordinal);
        Assert.Equal((1, 1), (rss.Count("created"), atom.Count("created")));
        var german = await newsroom.Anyone.WasAtAsync("https://rss.example/a/bruecke");
        Assert.Equal(
            ("Rss & Brücke", "de", "2020-03-10T07:00:00Z", "Kurz.", "F. Oto"),
            (
                german["headline"]!.GetValue<string>(),
                german["language"]!.GetValue<string>(),
                german["publishedAt"]!.GetValue<string>(),
                german["standfirst"]!.GetValue<string>(),
                german["leadImage"]!["credit"]!.GetValue<string>()
            )
        );
        Assert.Equal(["Eva Rss"], german.Names("authors"));
        var french = await newsroom.Anyone.WasAtAsync("https://atom.example/pont");
        Assert.Equal(
            ("fr", "2020-04-01T10:00:00Z", "2020-04-02T10:00:00Z"),
            (french["language"]!.GetValue<string>(), french["publishedAt"]!.GetValue<string>(), french["updatedAt"]!.GetValue<string>())
        );
        Assert.Equal(["Atom Ponts"], french.Names("topics"));
    }

    [Fact]
    public async Task A_CSV_file_is_read_by_the_names_of_its_columns_and_a_map_gives_others()
    {
        await newsroom.Admin.PostAsync("/editorial/v1/places", new { name = "Csvstadt", slug = "csvstadt" });
        const string File =
            "id;Titel;body;author;tags;publishedAt;url;mood\n"
            + "csv-1;\"Csv; a story\";\"<p>One\nTwo</p>\";Ada Csv|Bob Csv;"
            + "Csvstadt|Csv Misc|Csv Topic;2018-02-03;https://csv.example/one;glad\n"
            + "csv-2;;x;;;;;\n";
        var map = Uri.EscapeDataString("""{"columns":{"Titel":"headline"},"tags":{"csvstadt":"places/csvstadt","Csv Misc":null}}""");

        var report = await newsroom.Admin.ImportAsync("csv", File, $"&publish=true&map={map}");

        Assert.Equal((1, 1), (report.Count("created"), report.Count("skipped")));
        Assert.Contains("mood", report.Notes("csv-1"), StringComparison.Ordinal);
        Assert.Contains("Csv Misc", report.Notes("csv-1"), StringComparison.Ordinal);
        Assert.Contains("headline", report.Notes("csv-2"), StringComparison.Ordinal);
        var story = await newsroom.Anyone.WasAtAsync("https://csv.example/one");
        Assert.Equal("Csv; a story", story["headline"]!.GetValue<string>());
        Assert.Equal(["Ada Csv", "Bob Csv"], story.Names("authors"));
        Assert.Equal(["Csv Topic"], story.Names("topics"));
        Assert.Equal(["Csvstadt"], story.Names("places"));
    }

    [Fact]
    public async Task Items_of_older_ninjs_are_read_too()
    {
        const string File = """
            [{ "uri": "http://wire.example/ninjs1", "type": "text", "versioncreated": "2015-06-01T10:00:00+02:00", "pubstatus": "usable",
               "headline": "Old ninjs speaks", "description_text": "Short.", "body_html": "<p>Body.</p>",
               "byline": "Ned Ninjs", "language": "en",
               "subject": [{ "name": "Old ninjs topic", "rel": "about", "code": "x" }],
               "person": [{ "name": "Pia Ninjs", "rel": "mentions" }],
               "associations": { "main": { "type": "picture", "renditions": { "original": { "href": "https://wire.example/p.jpg" } } } },
               "slugline": "Old-Ninjs", "wordcount": 3 },
             { "uri": "http://wire.example/ninjs2", "type": "video", "headline": "A film" }]
            """;

        var report = await newsroom.Admin.ImportAsync("ninjs", File);

        Assert.Equal((1, 1), (report.Count("created"), report.Count("skipped")));
        Assert.Contains("wordcount", report.Notes("http://wire.example/ninjs1"), StringComparison.Ordinal);
        var story = (await newsroom.Anyone.ReadAsync("/content/v1/articles/old-ninjs")).Expect(HttpStatusCode.OK);
        Assert.Equal(
            ("Old ninjs speaks", "Short.", "Ned Ninjs", "2015-06-01T08:00:00Z", "https://wire.example/p.jpg"),
            (
                story["headline"]!.GetValue<string>(),
                story["standfirst"]!.GetValue<string>(),
                story["byline"]!.GetValue<string>(),
                story["publishedAt"]!.GetValue<string>(),
                story["leadImage"]!["url"]!.GetValue<string>()
            )
        );
        Assert.Equal(["Old ninjs topic"], story.Names("topics"));
        Assert.Equal(["Pia Ninjs"], story.Names("people"));
    }
}
