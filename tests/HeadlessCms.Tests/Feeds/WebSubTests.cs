using System.Net;
using System.Xml.Linq;
using HeadlessCms.Api.Hosting.Options;
using HeadlessCms.Core.WebSub;
using HeadlessCms.Tests.Harness;
using HeadlessCms.Tests.Hosting;

namespace HeadlessCms.Tests.Feeds;

/// <summary>The hub is notified of each changed feed.</summary>
public sealed class WebSubTests(HubNewsroom newsroom) : IClassFixture<HubNewsroom>
{
    private static readonly string[] Formats = ["rss", "atom", "json", "ninjs"];

    private HttpClient Editor => newsroom.Admin;

    [Fact]
    public async Task Whole_feeds_name_the_hub_and_themselves_in_their_headers_and_in_their_own_way()
    {
        XNamespace atom = "http://www.w3.org/2005/Atom";
        foreach (var format in Formats)
        {
            var feed = await FeedDocument.ReadAsync(newsroom.Anyone, $"/feeds/articles.{format}");
            Assert.Equal((newsroom.Hub, $"{PublicNewsroom.Site}/feeds/articles.{format}"), (feed.To("hub"), feed.To("self")));
            Assert.Equal(
                newsroom.Hub,
                format switch
                {
                    "json" => feed.Answer.Json["hubs"]![0]!["url"]!.GetValue<string>(),
                    "ninjs" => feed.To("hub"), // ninjs has no member for it
                    _ => feed.Xml.Descendants(atom + "link").Single(link => link.Attribute("rel")!.Value == "hub").Attribute("href")!.Value,
                }
            );
            var shorter = await FeedDocument.ReadAsync(newsroom.Anyone, $"/feeds/articles.{format}?limit=5"); // the same topic
            Assert.Equal((newsroom.Hub, feed.To("self")), (shorter.To("hub"), shorter.To("self")));
            var part = await FeedDocument.ReadAsync(newsroom.Anyone, $"/feeds/articles.{format}?genre=news"); // no hub for a filter
            Assert.Null(part.To("hub"));
            Assert.DoesNotContain(newsroom.Hub, part.Answer.Text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Of_two_nodes_one_tells_the_hub_once_of_each_feed_that_a_change_touches_and_of_no_other()
    {
        newsroom.AnotherNode();
        await Editor.ConceptAsync("places", new { name = "Hub country", @public = true });
        await Editor.ConceptAsync("places", new { name = "Hub city", within = "hub-country" });
        await Editor.ConceptAsync("people", new { name = "Hub person" });
        await Editor.ConceptAsync("people", new { name = "Hub author" });
        await Editor.ConceptAsync("topics", new { name = "Hub secret" });
        await newsroom.SettledAsync();
        var before = newsroom.Told.Count;

        var slug = await Editor.ArticleAsync(
            new
            {
                headline = "For the hub",
                authors = new[] { "hub-author" },
                people = new[] { new { person = "hub-person" } },
                places = new[] { new { place = "hub-city" } },
            }
        );
        var draft = await Editor.ArticleAsync(new { headline = "Not for the hub", topics = new[] { new { topic = "hub-secret" } } });
        await Editor.PublishAsync(draft, new { liveFrom = "2999-01-01T00:00:00Z" });
        await newsroom.SettledAsync();
        Assert.Equal(before, newsroom.Told.Count); // these changes are not public

        await Editor.PublishAsync(slug);
        await newsroom.SettledAsync();
        string[] touched =
        [
            "articles",
            "authors/hub-author",
            "people/hub-author",
            "people/hub-person",
            "places/hub-city",
            "places/hub-country",
        ];
        Assert.Equal(
            touched.SelectMany(feed => Formats, (feed, format) => $"/feeds/{feed}.{format}").Order(StringComparer.Ordinal),
            newsroom.Told.Skip(before).Order(StringComparer.Ordinal)
        );
        Assert.Contains(
            "hub.mode=publish&hub.url=https%3A%2F%2Fnews.example%2Ffeeds%2Farticles.rss"
                + "&hub.topic=https%3A%2F%2Fnews.example%2Ffeeds%2Farticles.rss",
            newsroom.Forms
        );

        (await Editor.PostAsync($"/editorial/v1/articles/{slug}/withdraw", new { reason = "In doubt" })).Expect(HttpStatusCode.OK);
        await newsroom.SettledAsync();
        Assert.Equal(
            2 * Formats.Length,
            newsroom.Told.Skip(before).Count(topic => topic.StartsWith("/feeds/articles.", StringComparison.Ordinal))
        );
        Assert.DoesNotContain(newsroom.Told, topic => topic.Contains("hub-secret", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_hub_is_told_of_a_scheduled_story_once_it_is_there()
    {
        await Editor.ConceptAsync("topics", new { name = "Hub clock" });
        var slug = await Editor.ArticleAsync(new { headline = "By the clock", topics = new[] { new { topic = "hub-clock" } } });
        await Editor.PublishAsync(slug, new { liveFrom = (await newsroom.ClockAsync()).AddSeconds(1) });

        await Eventually.TrueAsync(() => Task.FromResult(newsroom.Told.Contains("/feeds/topics/hub-clock.atom")));

        Assert.Equal(HttpStatusCode.OK, await newsroom.Anyone.LiveStatusAsync(slug));
    }

    [Fact]
    public async Task A_hub_that_fails_is_told_again_and_so_is_one_that_a_dead_node_was_telling()
    {
        var topic = await Editor.ConceptAsync("topics", new { name = "Hub fails" });
        var left = 2;
        newsroom.Answer = url => url.EndsWith($"{topic}.rss", StringComparison.Ordinal) && Interlocked.Decrement(ref left) >= 0 ? 503 : 202;
        await newsroom.SqlAsync(
            """
            insert into websub_pings (topic, position, tries, due_at, lease, leased_until)
            select '/feeds/topics/left-behind.rss', max(position), 0, now(), gen_random_uuid(), now() + interval '1 second' from changes
            """
        );

        await Editor.ArticleAsync(new { headline = "Told again", topics = new[] { new { topic } } }, publish: true);
        await newsroom.SettledAsync();

        Assert.Equal(3, newsroom.Told.Count(told => told == $"/feeds/topics/{topic}.rss"));
        Assert.Single(newsroom.Told, told => told == $"/feeds/topics/{topic}.atom");
        Assert.Single(newsroom.Told, told => told == "/feeds/topics/left-behind.rss");
    }

    [Fact]
    public void Waits_grow_to_an_hour_and_end_after_a_day()
    {
        var waits = Enumerable.Range(1, 31).Select(tries => WebSubQueue.Schedule.DelayAfter(tries, null)!.Value).ToList();

        Assert.InRange(waits[0], TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1.2));
        Assert.InRange(waits[^1], TimeSpan.FromHours(1), TimeSpan.FromHours(1.2));
        Assert.InRange(waits.Aggregate(TimeSpan.Zero, (sum, wait) => sum + wait), TimeSpan.FromHours(18), TimeSpan.FromHours(27));
    }

    [Theory]
    [InlineData("http://hub.example/", "https://news.example")]
    [InlineData("/hub", "https://news.example")]
    [InlineData("https://user@hub.example/", "https://news.example")]
    [InlineData("http://127.0.0.1:9/", "https://news.example")] // in Development alone
    [InlineData("https://hub.example/", "")]
    public void A_hub_that_can_not_be_told_is_refused_at_the_start(string hub, string site)
    {
        var settings = new Dictionary<string, string?> { ["Cms:WebSubHub"] = hub, ["Cms:SiteUrl"] = site };

        Assert.Contains(
            "Cms:WebSubHub",
            Assert.Throws<InvalidSettingsException>(() => OptionsTests.Read(settings)).Message,
            StringComparison.Ordinal
        );
    }
}
