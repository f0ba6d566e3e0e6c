using System.Net;
using CsCheck;
using HeadlessCms.Tests.Harness;

namespace HeadlessCms.Tests.Feeds;

/// <summary>A client that walks back through a feed reaches its first article, even while others are published.</summary>
public sealed class ArchiveTests(PublicNewsroom newsroom) : IClassFixture<PublicNewsroom>
{
    private static readonly Gen<Walk> Walks = Gen.Select(
        Gen.Int[0, 130],
        Gen.Int[1, 40],
        Gen.OneOf("rss", "atom", "json", "ninjs"),
        Gen.OneOf("next", "prev-archive"),
        Gen.Bool,
        (stories, limit, format, relation, ofTopic) => new Walk(stories, limit, format, relation, ofTopic)
    );

    private static int s_walks;

    private HttpClient Editor => newsroom.Admin;

    private sealed record Walk(int Stories, int Limit, string Format, string Relation, bool OfTopic);

    [Fact]
    public Task Who_walks_back_reads_every_story_once_while_others_are_published_and_some_go() =>
        Walks.SampleAsync(
            async walk =>
            {
                var name = $"walk-{Interlocked.Increment(ref s_walks)}";
                await Editor.ConceptAsync(
                    "topics",
                    new
                    {
                        name,
                        slug = name,
                        @public = true,
                    }
                );
                var stories = await PublishAsync(name, walk.Stories);
                var feed = walk.OfTopic ? $"/feeds/topics/{name}.{walk.Format}" : $"/feeds/articles.{walk.Format}?topic={name}";
                List<string> gone = [];

                var walked = await FeedDocument.WalkAsync(
                    newsroom.Anyone,
                    $"{feed}{(walk.OfTopic ? '?' : '&')}limit={walk.Limit}",
                    walk.Relation,
                    async () =>
                    {
                        await PublishAsync(name, 2);
                        if (gone.Count > 2 || walk.Stories < 8)
                            return;
                        var one = stories[stories.Count * (gone.Count + 1) / 4];
                        (await Editor.PostAsync($"/editorial/v1/articles/{one["urn:uuid:".Length..]}/unpublish")).Expect(HttpStatusCode.OK);
                        gone.Add(one);
                    }
                );

                var read = walked.SelectMany(document => document.Stories).ToList();
                Assert.Equal(read.Count, read.Distinct().Count());
                Assert.Empty(stories.Except(gone).Except(read));
                Assert.Empty(read.Except(stories));
                Assert.All(walked, document =>
                    Assert.InRange(document.Stories.Count, 0, document == walked[0] || walk.Relation == "next" ? walk.Limit : 100)
                );
            },
            iter: 8,
            threads: 2
        );

    [Fact]
    public async Task The_archive_is_the_same_for_all_and_stays_so_and_can_be_walked_forward()
    {
        var stories = await PublishAsync("same-for-all", 1_000);
        const string feed = "/feeds/articles.atom?genre=same-for-all";
        var one = await FeedDocument.WalkAsync(newsroom.Anyone, $"{feed}&limit=7", "prev-archive");
        var other = await FeedDocument.WalkAsync(newsroom.Anyone, $"{feed}&limit=90", "prev-archive");
        Assert.Equal(stories.Order(StringComparer.Ordinal), one.SelectMany(document => document.Stories).Order(StringComparer.Ordinal));

        var shared = one.Select(document => document.Path).Intersect(other.Select(document => document.Path)).ToList();
        Assert.True(shared.Count > 5, "The walks share no documents.");
        Assert.Equal(shared, other.Select(document => document.Path).TakeLast(shared.Count)); // they stay together once they meet

        await PublishAsync("same-for-all", 50);
        // A document ends with a story that marks its end, one in 32, and at 100 stories at the latest. Where the mark is its only story,
        // or where it has none, the document goes on when a story goes.
        var (first, last) = (other.TakeLast(shared.Count).First(document => document.Stories.Count is > 1 and < 100), other[^1]);
        var forward = await FeedDocument.WalkAsync(newsroom.Anyone, last.Path, "next-archive");
        Assert.Equal(shared, forward.Take(shared.Count).Select(document => document.Path).Reverse());
        Assert.Equal(
            other.TakeLast(shared.Count).SelectMany(document => document.Stories),
            forward.Take(shared.Count).Reverse().SelectMany(document => document.Stories)
        );

        var (goes, changed) = (first.Stories[0], Assert.Single(forward, document => document.Path == first.Path));
        (await Editor.PostAsync($"/editorial/v1/articles/{goes["urn:uuid:".Length..]}/withdraw", new { reason = "In doubt" })).Expect(
            HttpStatusCode.OK
        );
        Assert.Equal(changed.Stories.Skip(1), (await FeedDocument.ReadAsync(newsroom.Anyone, first.Path)).Stories);
        Assert.Equal(last.Answer.Text, (await newsroom.Anyone.ReadAsync(last.Path)).Text);
    }

    [Theory]
    [InlineData("rss")]
    [InlineData("atom")]
    public async Task Documents_say_in_themselves_what_their_headers_say(string format)
    {
        var genre = $"said-{format}";
        await PublishAsync(genre, 200);
        var walked = await FeedDocument.WalkAsync(newsroom.Anyone, $"/feeds/articles.{format}?genre={genre}&limit=9", "prev-archive");

        Assert.Equal([false, .. walked.Skip(1).Select(_ => true)], walked.Select(document => document.IsArchive));
        Assert.All(walked, document =>
        {
            Assert.Equal(PublicNewsroom.Site + document.Path, document.Links["self"]);
            foreach (var relation in new[] { "next", "current", "prev-archive", "next-archive" })
                Assert.Equal(
                    document.To(relation) is { } path ? PublicNewsroom.Site + path : null,
                    document.Links.GetValueOrDefault(relation)
                );
        });
        Assert.All(walked.Skip(1), document => Assert.Equal($"/feeds/articles.{format}?genre={genre}", document.To("current")));
        Assert.Single(
            walked
                .Select(document => document.Xml.Descendants().First(element => element.Name.LocalName is "id" or "title").Value)
                .Distinct()
        );
    }

    [Fact]
    public async Task Json_feed_goes_on_in_its_own_way()
    {
        var stories = await PublishAsync("json-pages", 25);
        List<string> read = [];
        for (var next = "/feeds/articles.json?genre=json-pages&limit=10"; next is not null; )
        {
            var document = await FeedDocument.ReadAsync(newsroom.Anyone, next);
            read.AddRange(document.Stories);
            next = document.Links.TryGetValue("next", out var url) ? url[PublicNewsroom.Site.Length..] : null;
        }

        Assert.Equal(stories.Order(StringComparer.Ordinal), read.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task What_is_no_document_of_the_archive_is_refused()
    {
        await PublishAsync("refused", 3);
        var feed = await FeedDocument.ReadAsync(newsroom.Anyone, "/feeds/articles.atom?genre=refused&limit=1");
        var archive = feed.To("prev-archive")!;

        foreach (var path in new[] { $"{archive}&limit=5", $"{archive}&cursor=x" })
            Assert.Equal(["archive: notTogether"], (await newsroom.Anyone.ReadAsync(path)).Errors(HttpStatusCode.BadRequest));
        foreach (
            var path in new[]
            {
                $"{archive}x",
                archive.Replace("refused", "other", StringComparison.Ordinal),
                "/feeds/articles.rss?archive=2026-11",
            }
        )
            Assert.Equal(["archive: invalidCursor"], (await newsroom.Anyone.ReadAsync(path)).Errors(HttpStatusCode.BadRequest));
    }

    private async Task<List<string>> PublishAsync(string name, int count)
    {
        if (count == 0)
            return [];
        object[] topics = name.StartsWith("walk-", StringComparison.Ordinal) ? [new { topic = name }] : [];
        var made = await Editor.BulkAsync(
            "/editorial/v1/articles/bulk?publish=true",
            Enumerable
                .Range(1, count)
                .Select(number => new
                {
                    headline = $"{name} {number}",
                    genre = name,
                    topics,
                })
        );
        return [.. made.Select(line => $"urn:uuid:{line["id"]!.GetValue<string>()}")];
    }
}
