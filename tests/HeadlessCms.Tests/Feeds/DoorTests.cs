using System.Diagnostics;
using System.Net;
using HeadlessCms.Core.Access;
using HeadlessCms.Tests.Harness;
using HeadlessCms.Tests.Http;
using Microsoft.AspNetCore.Routing;

namespace HeadlessCms.Tests.Feeds;

/// <summary>Access to feeds, the appearance of new articles, and links to feeds.</summary>
public sealed class DoorTests(PublicNewsroom newsroom) : IClassFixture<PublicNewsroom>
{
    private static readonly string[] Formats = ["rss", "atom", "json", "ninjs"];

    private HttpClient Editor => newsroom.Admin;

    [Fact]
    public async Task A_scheduled_story_enters_every_feed_at_its_instant_on_every_node()
    {
        using var second = newsroom.Client(null, newsroom.AnotherNode());
        HttpClient[] nodes = [newsroom.Anyone, second];
        var topic = await Editor.ConceptAsync("topics", new { name = "At the instant", @public = true });
        var slug = await Editor.ArticleAsync(new { headline = "Enters the feeds", topics = new[] { new { topic } } });
        string[] feeds =
        [
            .. Formats.SelectMany(format =>
                new[]
                {
                    $"/feeds/articles.{format}",
                    $"/feeds/topics/{topic}.{format}",
                    $"/feeds/articles.{format}?topic={topic}&text=summary",
                }
            ),
            "/sitemaps/articles.xml",
            "/sitemap-news.xml",
            "/feeds/opml",
        ];
        var rehearsed = Stopwatch.StartNew();
        await ReadAsync(); // fills the caches of every node
        var instant = (await newsroom.ClockAsync()).AddSeconds(4) + 2 * rehearsed.Elapsed;
        await Editor.PublishAsync(slug, new { liveFrom = instant });

        var before = await ReadAsync();
        before.AddRange(await ReadAsync()); // these cached responses must expire at the instant
        Assert.True(await newsroom.ClockAsync() < instant, "The machine was too slow to look before the instant.");
        Assert.DoesNotContain(before, read => read.Tells);

        await Eventually.TrueAsync(async () => await newsroom.ClockAsync() >= instant);
        var after = await ReadAsync();
        // A node that cannot follow the change log, as on a busy machine, says that its answer is stale.
        Assert.All(after, read => Assert.True(read.Tells || IsStale(read.Answer), $"{read.Feed} does not tell of it."));
        await Eventually.TrueAsync(async () => (await ReadAsync()).TrueForAll(read => read.Tells));

        async Task<List<(string Feed, Answer Answer, bool Tells)>> ReadAsync() =>
            [
                .. await Task.WhenAll(
                    nodes.SelectMany(
                        _ => feeds,
                        async (node, feed) =>
                        {
                            var answer = await node.ReadAsync(feed);
                            return (feed, answer, Tells(feed, answer));
                        }
                    )
                ),
            ];

        static bool IsStale(Answer answer) => answer.Headers.CacheControl!.ToString().Contains("stale-if-error", StringComparison.Ordinal);

        bool Tells(string feed, Answer answer) =>
            answer.Text.Contains(
                feed == "/feeds/opml" ? $"/feeds/topics/{topic}.rss" : $"{PublicNewsroom.Site}/{slug}",
                StringComparison.Ordinal
            )
            || feed.Contains("ninjs", StringComparison.Ordinal)
                && answer.Text.Contains($"\"slugline\":\"{slug}\"", StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_that_has_not_changed_is_sent_again_or_costs_a_statement()
    {
        var (person, topic) = (
            await Editor.ConceptAsync("people", new { name = "Unchanged person" }),
            await Editor.ConceptAsync("topics", new { name = "Unchanged topic" })
        );
        string story = "";
        for (var number = 1; number <= 3; number++)
            story = await Editor.ArticleAsync(
                new
                {
                    headline = $"Unchanged {number}",
                    people = new[] { new { person } },
                    topics = new[] { new { topic } },
                },
                publish: true
            );
        List<string> paths =
        [
            $"/feeds/articles/{story}.ninjs",
            $"/feeds/articles/{story}.jsonld",
            "/feeds/opml",
            "/sitemap.xml",
            "/sitemaps/articles.xml",
            "/sitemaps/people.xml",
            "/sitemap-news.xml",
        ];
        foreach (var feed in new[] { "articles", $"people/{person}", $"topics/{topic}" })
        foreach (var format in Formats)
        {
            paths.Add($"/feeds/{feed}.{format}");
            paths.Add((await FeedDocument.ReadAsync(newsroom.Anyone, $"/feeds/{feed}.{format}?limit=1")).To("prev-archive")!);
        }

        foreach (var path in paths)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, path);
            request.Headers.TryAddWithoutValidation("If-None-Match", (await newsroom.Anyone.ReadAsync(path)).Tag);
            HttpResponseMessage again = null!;
            var statements = await newsroom.Statements.CountReadsAsync(async () =>
                again = await newsroom.Anyone.SendAsync(request, TestContext.Current.CancellationToken)
            );
            Assert.Equal((path, HttpStatusCode.NotModified, 0), (path, again.StatusCode, statements));
            again.Dispose();
        }
    }

    [Theory]
    [InlineData("articles?topic=linked&limit=1", "/feeds/articles.rss?topic=linked")]
    [InlineData("articles", "/feeds/articles.rss")]
    [InlineData("topics/linked", "/feeds/topics/linked.rss")]
    [InlineData("topics/linked/articles?limit=1", "/feeds/topics/linked.rss")]
    [InlineData("people/linked-person", "/feeds/people/linked-person.rss")]
    [InlineData("people/linked-person/articles", "/feeds/people/linked-person.rss")]
    [InlineData("places/linked-place", "/feeds/places/linked-place.rss")]
    [InlineData("places/linked-place/articles", "/feeds/places/linked-place.rss")]
    public async Task Content_names_the_feeds_that_tell_the_same(string content, string feed)
    {
        foreach (var (kinds, name) in new[] { ("topics", "Linked"), ("people", "Linked person"), ("places", "Linked place") })
            await Editor.PostAsync(
                $"/editorial/v1/{kinds}",
                new
                {
                    name,
                    slug = name.ToLowerInvariant().Replace(' ', '-'),
                    @public = true,
                }
            ); // created by the first case, a conflict later

        var links = (await newsroom.Anyone.ReadAsync($"/content/v1/{content}"))
            .Headers.GetValues("Link")
            .Where(link => link.Contains("rel=\"alternate\"", StringComparison.Ordinal))
            .ToList();

        Assert.Equal(Formats.Length, links.Count);
        Assert.Contains($"<{feed}>; rel=\"alternate\"; type=\"application/rss+xml\"; title=\"RSS 2.0\"", links);
        foreach (var link in links)
            Assert.Equal(HttpStatusCode.OK, (await newsroom.Anyone.ReadAsync(link.Split('<', '>')[1])).Status);
    }
}

/// <summary>A private site requires a key for every feed.</summary>
public sealed class PrivateDoorTests(PrivateSite newsroom) : IClassFixture<PrivateSite>
{
    [Fact]
    public async Task Every_route_of_the_door_asks_for_a_key_of_any_role()
    {
        using var reader = await newsroom.AsAsync(Role.Reader);
        var routes = newsroom
            .Service<EndpointDataSource>()
            .Endpoints.OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.Metadata.GetMetadata<IEndpointGroupNameMetadata>()?.EndpointGroupName == "feeds")
            .Select(endpoint =>
                "/"
                + string.Concat(
                        endpoint.RoutePattern.PathSegments.Select(segment =>
                            "/"
                            + string.Concat(
                                segment.Parts.Select(part =>
                                    part is Microsoft.AspNetCore.Routing.Patterns.RoutePatternLiteralPart literal ? literal.Content
                                    : part is Microsoft.AspNetCore.Routing.Patterns.RoutePatternSeparatorPart separator ? separator.Content
                                    : "x"
                                )
                            )
                        )
                    )
                    .TrimStart('/')
            )
            .Distinct()
            .ToList();
        Assert.InRange(routes.Count, 4 + 3 * 4 + 2 + 1 + 3, 100);

        foreach (var path in routes)
        {
            var refused = await newsroom.Anyone.ReadAsync(path);
            Assert.Equal("unauthenticated", refused.Problem(HttpStatusCode.Unauthorized));
            Assert.Contains((await reader.ReadAsync(path)).Status, new[] { HttpStatusCode.OK, HttpStatusCode.NotFound });
        }
    }
}
