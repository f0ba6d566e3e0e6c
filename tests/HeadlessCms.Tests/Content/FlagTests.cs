using System.Net;
using System.Text.Json.Nodes;
using AngleSharp.Dom;
using CsCheck;
using HeadlessCms.Api.Content.Articles;
using HeadlessCms.Core.Articles;
using HeadlessCms.Tests.Feeds;
using HeadlessCms.Tests.Harness;
using Npgsql;

namespace HeadlessCms.Tests.Content;

/// <summary>Who may read a story, and what may be done with it: each door obeys what a simple model says.</summary>
public sealed class FlagTests(PublicNewsroom newsroom) : IClassFixture<PublicNewsroom>
{
    private const int TeaserWords = 60; // the setting's default

    private HttpClient Editor => newsroom.Admin;

    [Fact]
    public async Task Every_flag_is_kept_with_the_revision_compared_and_shown_to_readers()
    {
        var flags = JsonNode
            .Parse(
                """
                {"access":"registered","sensitive":true,"noIndex":true,"noSyndication":true,"urgency":2,"usageTerms":"Not for resale",
                 "copyrightHolder":"The Wire","aiUse":"assisted","reviewedBy":"Jane Doe","commentsUntil":"2030-01-01T00:00:00Z"}
                """
            )!
            .AsObject();
        var request = flags.DeepClone().AsObject();
        request["headline"] = "With every flag";
        var slug = await Editor.ArticleAsync(request, publish: true);

        foreach (var path in new[] { $"/editorial/v1/articles/{slug}", $"/content/v1/articles/{slug}" })
        {
            var read = (await newsroom.Admin.ReadAsync(path)).Expect(HttpStatusCode.OK);
            foreach (var (member, value) in flags)
                Assert.Equal(value!.ToJsonString(), read[member]!.ToJsonString());
        }

        (await Editor.PatchAsync($"/editorial/v1/articles/{slug}", flags.DeepClone(), "\"r1\"")).Expect(HttpStatusCode.OK);
        Assert.Equal(1, (int?)(await Editor.ReadAsync($"/editorial/v1/articles/{slug}")).Json["revision"]);
        var freed = new
        {
            access = "free",
            aiUse = "none",
            reviewedBy = (string?)null,
        };
        (await Editor.PatchAsync($"/editorial/v1/articles/{slug}", freed, "\"r1\"")).Expect(HttpStatusCode.OK);
        var diff = (await Editor.ReadAsync($"/editorial/v1/articles/{slug}/revisions/2/diff?against=1")).Expect(HttpStatusCode.OK);
        Assert.Equal(["access", "aiUse", "reviewedBy"], diff["members"]!.AsArray().Select(member => member!["member"]!.GetValue<string>()));
        Assert.Equal("registered", (string?)(await newsroom.Anyone.ReadAsync($"/content/v1/articles/{slug}")).Json["access"]);
        Assert.Equal(
            ["access", "sensitive", "usageTerms"],
            (await newsroom.Anyone.ReadAsync($"/content/v1/articles/{slug}?fields=usageTerms,access,sensitive"))
                .Json.AsObject()
                .Select(member => member.Key)
                .Order(StringComparer.Ordinal)
        );
    }

    [Fact]
    public async Task What_is_no_flag_is_refused_and_the_database_refuses_it_too()
    {
        Assert.Equal(["/reviewedBy: outOfRange", "/urgency: outOfRange", "/usageTerms: tooLong"], (
                await Editor.PostAsync(
                    "/editorial/v1/articles",
                    new
                    {
                        headline = "X",
                        urgency = 10,
                        reviewedBy = "Nobody",
                        usageTerms = new string('x', 2_001),
                    }
                )
            ).Errors(HttpStatusCode.UnprocessableEntity).Order(StringComparer.Ordinal));
        Assert.Equal(
            ["/access: unknownValue"],
            (await Editor.PostAsync("/editorial/v1/articles", new { headline = "X", access = "paid" })).Errors(
                HttpStatusCode.UnprocessableEntity
            )
        );
        foreach (
            var (column, value, constraint) in new[]
            {
                ("access", "'paid'", "ck_revisions_access"),
                ("ai_use", "'much'", "ck_revisions_ai_use"),
                ("urgency", "0", "ck_revisions_urgency"),
                ("reviewed_by", "'Somebody'", "ck_revisions_reviewed_by"),
            }
        )
        {
            var refused = await Assert.ThrowsAsync<PostgresException>(() =>
                newsroom.SqlAsync(
                    $"""
                    insert into revisions (article_id, number, slug, headline, word_count, language, saved_at, saved_by, {column})
                    values (gen_random_uuid(), 1, 'x', 'X', 0, 'en', now(), 'test', {value})
                    """
                )
            );
            Assert.Equal(constraint, refused.ConstraintName);
        }
    }

    [Fact]
    public async Task Each_format_tells_of_them_in_its_own_way()
    {
        var slug = await Editor.ArticleAsync(
            new
            {
                headline = "Told with its rights",
                body = new { format = "text", content = string.Join(' ', Enumerable.Repeat("word", TeaserWords + 1)) },
                access = "subscriber",
                sensitive = true,
                urgency = 1,
                usageTerms = "Not for resale",
                copyrightHolder = "The Wire & Co",
                aiUse = "generated",
                reviewedBy = "Jane Doe",
            },
            publish: true
        );

        var rss = await FeedDocument.ReadAsync(newsroom.Anyone, "/feeds/articles.rss");
        var item = rss.Xml.Descendants("item").Single(one => one.Element("title")!.Value == "Told with its rights");
        Assert.Equal("© The Wire & Co. Not for resale", item.Elements().Single(one => one.Name.LocalName == "rights").Value);
        Assert.Equal("adult", item.Elements().Single(one => one.Name.LocalName == "rating").Value);
        var atom = await FeedDocument.ReadAsync(newsroom.Anyone, "/feeds/articles.atom");
        Assert.Contains(atom.Xml.Descendants(), one => one.Name.LocalName == "rights" && one.Value == "© The Wire & Co. Not for resale");
        var ninjs = await newsroom.Anyone.ReadAsync($"/feeds/articles/{slug}.ninjs");
        NinjsSchema.Validates(ninjs.Text);
        Assert.Equal(
            (1, "Not for resale", "The Wire & Co", "partial", "http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia"),
            (
                (int)ninjs.Json["urgency"]!,
                (string?)ninjs.Json["usageTerms"],
                (string?)ninjs.Json["copyrightHolder"],
                (string?)ninjs.Json["representationType"],
                (string?)ninjs.Json["digitalSourceType"]!["uri"]
            )
        );
        var linked = (await newsroom.Anyone.ReadAsync($"/feeds/articles/{slug}.jsonld")).Expect(HttpStatusCode.OK);
        Assert.Equal((false, false), ((bool)linked["isAccessibleForFree"]!, (bool)linked["isFamilyFriendly"]!));
        Assert.Equal((false, ".paywall"), ((bool)linked["hasPart"]!["isAccessibleForFree"]!, (string?)linked["hasPart"]!["cssSelector"]));
        Assert.Equal(
            ("The Wire & Co", "Not for resale", "https://schema.org/TrainedAlgorithmicMediaDigitalSource", "Jane Doe"),
            (
                (string?)linked["copyrightHolder"]!["name"],
                (string?)linked["usageInfo"]!["text"],
                (string?)linked["digitalSourceType"],
                (string?)linked["editor"]!["name"]
            )
        );
    }

    [Fact]
    public async Task No_door_shows_a_body_a_story_or_a_picture_to_a_caller_who_may_not_have_it()
    {
        var stories = await TellAsync();
        var callers = await CallersAsync();
        string[] doors =
        [
            "/content/v1/articles/{slug}",
            "/content/v1/articles/{slug}?fields=bodyHtml,embeds",
            "/content/v1/articles?ids={slug}&fields=slug,bodyHtml,embeds",
            "/content/v1/articles?q={word}&sort=relevance&fields=slug,bodyHtml",
            "/content/v1/search?q={word}",
            "/content/v1/articles/{slug}/related",
            "/feeds/articles.rss?limit=100",
            "/feeds/articles.atom?limit=100",
            "/feeds/articles.json?limit=100",
            "/feeds/articles.ninjs?limit=100",
            "/feeds/articles.atom?limit=100&text=summary",
            "/feeds/articles.rss?sort=-updatedAt&limit=100",
            "/feeds/articles.json?q={word}",
            "/feeds/articles/{slug}.ninjs",
            "/feeds/articles/{slug}.jsonld",
            "/sitemap.xml",
            "/sitemap-news.xml",
            "/sitemaps/articles.xml",
        ];
        var asked = Gen.Select(
            Gen.Int[0, callers.Count - 1].Select(index => callers[index]),
            Gen.Int[0, doors.Length - 1].Select(index => doors[index]),
            Gen.Int[0, stories.Count - 1].Select(index => stories[index])
        ).List[60];

        await asked.SampleAsync(
            async questions =>
            {
                foreach (var (caller, door, story) in questions)
                    await AskAsync(caller, door, story, stories);
            },
            iter: 12,
            threads: 2
        );
    }

    [Theory]
    [InlineData("<p>one two three</p>", 3, "<p>one two three</p>")]
    [InlineData("<p>one two three</p>", 2, "<p>one two …</p>")]
    [InlineData("<p>one two</p><p>three</p><figure><img src=\"x\"></figure>", 2, "<p>one two</p>")]
    [InlineData("<p>one <b>two <i>three</i></b> four</p><ul><li>five</li></ul>", 2, "<p>one <b>two </b></p>")]
    [InlineData("<p><img src=\"a\">one two</p><p>three</p>", 1, "<p><img src=\"a\">one …</p>")]
    [InlineData("<p>会談は東京で</p>", 3, "<p>会談は …</p>")]
    [InlineData("<p>one</p>", 0, "")]
    [InlineData("", 5, "")]
    public void A_teaser_ends_with_its_last_word_and_has_nothing_of_what_follows(string html, int words, string teaser) =>
        Assert.Equal(teaser, Teaser.Of(html, words));

    [Fact]
    public void A_teaser_has_no_more_words_than_it_may_whatever_the_body()
    {
        var texts = Gen.OneOf("one", " ", "two-three", "会談", "…", "&amp;", "x’s");
        var elements = Gen.OneOf("p", "b", "ul", "li", "figure", "table", "td");
        Gen.Select(Gen.Select(elements, texts.List[0, 4], texts.List[0, 2]).List[0, 6], Gen.Int[0, 8])
            .Sample(
                (parts, words) =>
                {
                    var html = string.Concat(
                        parts.Select(part => $"<{part.Item1}>{string.Concat(part.Item2)}</{part.Item1}>{string.Concat(part.Item3)}")
                    );
                    var (whole, cut) = (Words(html), Words(Teaser.Of(html, words)));
                    return cut.SequenceEqual(whole.Take(words));
                },
                iter: 2_000
            );

        static List<string> Words(string html) =>
            [
                .. new AngleSharp.Html.Parser.HtmlParser()
                    .ParseDocument(html)
                    .Body!.Descendants()
                    .OfType<IText>()
                    .SelectMany(text => BodyWords.In(text.Data))
                    .Select(word => word.Value),
            ];
    }

    private static async Task AskAsync(Caller caller, string door, Story story, IReadOnlyList<Story> stories)
    {
        var path = door.Replace("{slug}", story.Slug, StringComparison.Ordinal).Replace("{word}", story.Common, StringComparison.Ordinal);
        var answer = await caller.Client.ReadAsync(path);
        if (caller.IsPartner && path.StartsWith("/content", StringComparison.Ordinal))
        {
            Assert.Equal(HttpStatusCode.Forbidden, answer.Status);
            return;
        }

        // JSON-LD is for the site's own pages; to a partner it is one more feed.
        var isFeed =
            path.StartsWith("/feeds", StringComparison.Ordinal)
            && (caller.IsPartner || !path.EndsWith(".jsonld", StringComparison.Ordinal));
        if (isFeed && door.StartsWith("/feeds/articles/{slug}", StringComparison.Ordinal) && story.NoSyndication)
        {
            Assert.Equal(HttpStatusCode.NotFound, answer.Status);
            return;
        }

        Assert.Equal(HttpStatusCode.OK, answer.Status);
        foreach (var other in stories)
        {
            var says = $"{caller.Name} ({caller.Tier}) at {path}, of {other.Slug} ({other.Access})";
            var showsHidden = answer.Text.Contains(other.Hidden, StringComparison.Ordinal);
            Assert.True(!showsHidden || other.Access <= caller.Tier, $"It shows the end of a body to {says}");
            if (isFeed)
                Assert.False(
                    other.NoSyndication && answer.Text.Contains(other.Headline, StringComparison.Ordinal),
                    $"It syndicates to {says}"
                );
            if (path.StartsWith("/sitemap", StringComparison.Ordinal))
                Assert.False(other.NoIndex && answer.Text.Contains(other.Slug, StringComparison.Ordinal), $"It is in a sitemap: {says}");
        }

        // What a caller may have is there.
        if (door.StartsWith("/content/v1/articles/{slug}", StringComparison.Ordinal) && !door.EndsWith("related", StringComparison.Ordinal))
        {
            var body = answer.Json["bodyHtml"]!.GetValue<string>();
            Assert.Equal(story.Access <= caller.Tier, body.Contains(story.Hidden, StringComparison.Ordinal));
            Assert.Contains(story.Shown, body, StringComparison.Ordinal);
        }

        if (door == "/feeds/articles.json?limit=100")
            foreach (var other in stories.Where(other => !other.NoSyndication && other.Access <= caller.Tier))
                Assert.Contains(other.Hidden, answer.Text, StringComparison.Ordinal);
    }

    private async Task<List<Story>> TellAsync()
    {
        var stories = new List<Story>();
        foreach (var access in Enum.GetValues<AccessTier>())
            for (var number = 0; number < 8; number++)
            {
                var story = new Story($"{access}-{number}".ToLowerInvariant(), access, (number & 1) > 0, (number & 2) > 0);
                var filler = string.Join(' ', Enumerable.Repeat("word", TeaserWords - 1));
                await Editor.ArticleAsync(
                    new
                    {
                        headline = story.Headline,
                        slug = story.Slug,
                        standfirst = (number & 4) > 0 ? "A standfirst" : null,
                        access = access.ToString().ToLowerInvariant(),
                        noSyndication = story.NoSyndication,
                        noIndex = story.NoIndex,
                        topics = new[] { new { topic = await TopicAsync() } },
                        body = new
                        {
                            format = "html",
                            content = $"""
                            <p>{story.Shown} {filler}</p><p>{story.Common} {story.Hidden}</p>
                            <figure><img src="https://images.example.com/{story.Hidden}.jpg" alt="x"></figure>
                            <iframe src="https://www.youtube.com/embed/{story.Hidden[..11]}"></iframe>
                            """,
                        },
                    },
                    publish: true
                );
                stories.Add(story);
            }

        return stories;
    }

    private async Task<string> TopicAsync()
    {
        var answer = await Editor.PostAsync("/editorial/v1/topics", new { name = "Flagged", slug = "flagged" });
        return answer.Status == HttpStatusCode.Created ? "flagged"
            : answer.Expect(HttpStatusCode.Conflict) is not null ? "flagged"
            : "";
    }

    private async Task<List<Caller>> CallersAsync()
    {
        var callers = new List<Caller>
        {
            new("anyone", newsroom.Anyone, AccessTier.Free),
            new("editor", newsroom.Admin, AccessTier.Subscriber),
        };
        foreach (var access in new AccessTier?[] { null, AccessTier.Free, AccessTier.Registered, AccessTier.Subscriber })
        {
            var key = new JsonObject { ["name"] = $"flag-{access}".ToLowerInvariant().TrimEnd('-'), ["role"] = "reader" };
            if (access is not null)
                key["access"] = access.ToString()!.ToLowerInvariant();
            var answer = (await Editor.PostAsync("/editorial/v1/keys", key)).Expect(HttpStatusCode.Created);
            Assert.Equal((access ?? AccessTier.Subscriber).ToString().ToLowerInvariant(), (string?)answer["details"]!["access"]);
            callers.Add(new($"key {access}", newsroom.Client((string?)answer["key"]), access ?? AccessTier.Subscriber));
        }

        foreach (var access in new[] { AccessTier.Free, AccessTier.Subscriber })
        {
            var key = new JsonObject
            {
                ["name"] = $"flag-partner-{access}".ToLowerInvariant(),
                ["role"] = "reader",
                ["feeds"] = new JsonObject(),
            };
            if (access != AccessTier.Free) // the default
                key["access"] = "subscriber";
            var answer = (await Editor.PostAsync("/editorial/v1/keys", key)).Expect(HttpStatusCode.Created);
            callers.Add(new($"partner {access}", newsroom.Client((string?)answer["key"]), access) { IsPartner = true });
        }

        return callers;
    }

    private sealed record Caller(string Name, HttpClient Client, AccessTier Tier)
    {
        public bool IsPartner { get; init; }
    }

    private sealed record Story(string Slug, AccessTier Access, bool NoSyndication, bool NoIndex)
    {
        public string Headline => $"Headline of {Slug}.";

        public string Shown => $"begins{Slug.Replace("-", "", StringComparison.Ordinal)}x";

        /// <summary>A word of the part that is not for everyone; search finds the story by it, and does not show it.</summary>
        public string Common => "flaggedcommon";

        public string Hidden => $"secret{Slug.Replace("-", "", StringComparison.Ordinal)}zz";
    }
}
