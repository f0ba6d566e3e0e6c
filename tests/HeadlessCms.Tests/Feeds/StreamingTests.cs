using System.Net;
using System.Net.Sockets;
using System.Text;
using HeadlessCms.Tests.Harness;

namespace HeadlessCms.Tests.Feeds;

/// <summary>The cost of long feeds: a newsroom of 100 long articles of one topic.</summary>
public sealed class StreamingTests(StreamingTests.LongNewsroom newsroom) : IClassFixture<StreamingTests.LongNewsroom>
{
    public sealed class LongNewsroom(TestCluster cluster) : Newsroom(cluster), IAsyncLifetime
    {
        protected override IReadOnlyDictionary<string, string> Settings { get; } =
            new Dictionary<string, string> { ["Cms:SiteUrl"] = PublicNewsroom.Site, ["Cms:Concurrency:Readers"] = "4" };

        async ValueTask IAsyncLifetime.InitializeAsync()
        {
            await InitializeAsync();
            var topic = await Admin.ConceptAsync("topics", new { name = "Long" });
            var text = string.Concat(Enumerable.Repeat("A long story goes on and on. ", 6_000));
            var lines = Enumerable
                .Range(1, 101)
                .Select(number => new
                {
                    headline = $"Long {number}",
                    body = new { format = "text", content = text },
                    topics = new[] { new { topic } },
                });
            Assert.All(await Admin.BulkAsync("/editorial/v1/articles/bulk?publish=true", lines), line =>
                Assert.Equal("created", line["status"]!.GetValue<string>())
            );
        }
    }

    [Theory]
    [InlineData("/feeds/articles.rss?limit=100", 2)] // one for what was taken down or corrected
    [InlineData("/feeds/articles.atom?limit=100", 2)]
    [InlineData("/feeds/articles.json?limit=100", 2)]
    [InlineData("/feeds/articles.ninjs?limit=100", 2)]
    [InlineData("/feeds/articles.rss?limit=100&topic=long", 2)]
    [InlineData("/feeds/articles.rss?limit=100&sort=-updatedAt", 2)]
    [InlineData("/feeds/topics/long.rss?limit=100", 3)] // one for the topic
    [InlineData("/feeds/topics/long.atom?limit=100", 3)]
    [InlineData("/feeds/opml", 1)]
    [InlineData("/sitemap.xml", 1)]
    [InlineData("/sitemaps/articles.xml", 2)]
    [InlineData("/sitemap-news.xml", 2)]
    public async Task A_feed_of_100_whole_stories_takes_three_statements_at_most(string path, int statements)
    {
        Answer answer = null!;

        // Responses to requests with a key are not cached.
        Assert.Equal(statements, await newsroom.Statements.CountReadsAsync(async () => answer = await newsroom.Admin.ReadAsync(path)));

        Assert.Equal(HttpStatusCode.OK, answer.Status);
        if (path.Contains("limit=100", StringComparison.Ordinal))
            Assert.Equal(100, new FeedDocument(path, answer).Stories.Count);
    }

    [Theory]
    [InlineData("/feeds/articles.atom", 3)]
    [InlineData("/feeds/topics/long.atom", 4)] // one for the topic
    public async Task A_document_of_the_archive_takes_one_more_to_find_where_it_ends(string feed, int statements)
    {
        var archive = (await FeedDocument.ReadAsync(newsroom.Anyone, $"{feed}?limit=1")).To("prev-archive")!;

        Assert.Equal(statements, await newsroom.Statements.CountReadsAsync(() => newsroom.Admin.ReadAsync(archive)));
    }

    [Theory]
    [InlineData("rss")]
    [InlineData("atom")]
    [InlineData("json")]
    [InlineData("ninjs")]
    public async Task A_slow_reader_of_a_long_feed_holds_no_statement_and_delays_nobody(string format)
    {
        var slow = new List<TcpClient>();
        try
        {
            for (var reader = 0; reader < 6; reader++) // more than are worked on at once
            {
                var client = new TcpClient { ReceiveBufferSize = 8 * 1024 };
                slow.Add(client);
                await client.ConnectAsync(newsroom.Address.Host, newsroom.Address.Port, TestContext.Current.CancellationToken);
                await client
                    .GetStream()
                    .WriteAsync(
                        Encoding.ASCII.GetBytes($"GET /feeds/topics/long.{format}?limit=100 HTTP/1.1\r\nHost: localhost\r\n\r\n"),
                        TestContext.Current.CancellationToken
                    );
            }

            foreach (var client in slow)
                await client.GetStream().ReadExactlyAsync(new byte[4_000], TestContext.Current.CancellationToken); // the first of 17 MB

            Assert.Equal(0, newsroom.Statements.OpenReads);
            Assert.Equal(HttpStatusCode.OK, (await newsroom.Anyone.ReadAsync($"/content/v1/articles?genre={format}")).Status);
        }
        finally
        {
            slow.ForEach(client => client.Dispose());
        }
    }
}
