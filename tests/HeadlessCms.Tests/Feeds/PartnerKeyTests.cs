using System.Net;
using System.Text.Json.Nodes;
using HeadlessCms.Tests.Harness;
using HeadlessCms.Tests.Http;

namespace HeadlessCms.Tests.Feeds;

/// <summary>Keys for Feeds only, on a site that requires a key from everyone.</summary>
public sealed class PartnerKeyTests(PrivateSite newsroom) : IClassFixture<PrivateSite>
{
    private const string Keys = "/editorial/v1/keys";

    private HttpClient Editor => newsroom.Admin;

    [Fact]
    public async Task A_partners_key_opens_feeds_and_nothing_else()
    {
        using var partner = await PartnerAsync("feeds-alone", new { });

        Assert.Equal(HttpStatusCode.OK, (await partner.ReadAsync("/feeds/articles.rss")).Status);
        foreach (
            var path in new[]
            {
                "/content/v1/articles",
                "/content/v1/changes",
                "/content/v1/changes/stream",
                "/content/v1/events",
                "/editorial/v1/articles",
                Keys,
            }
        )
            Assert.Equal("forbidden", (await partner.ReadAsync(path)).Problem(HttpStatusCode.Forbidden));
        Assert.Equal(
            "forbidden",
            (await partner.PostAsync("/editorial/v1/topics", new { name = "By a partner" })).Problem(HttpStatusCode.Forbidden)
        );
        Assert.Equal("unauthenticated", (await newsroom.Anyone.ReadAsync("/feeds/articles.rss")).Problem(HttpStatusCode.Unauthorized));
    }

    [Fact]
    public async Task A_partner_reads_what_names_his_topics_and_places_in_his_languages_and_no_more()
    {
        var (broad, place, other) = (
            await Editor.ConceptAsync("topics", new { name = "Partner trade" }),
            await Editor.ConceptAsync("places", new { name = "Partner bay" }),
            await Editor.ConceptAsync("topics", new { name = "Partner sport" })
        );
        var narrow = await Editor.ConceptAsync("topics", new { name = "Partner tea trade", broader = broad });
        var wanted = await StoryAsync("Wanted", narrow, place, "en");
        Story[] unwanted =
        [
            await StoryAsync("Other topic", other, place, "en"),
            await StoryAsync("Other language", broad, place, "de"),
            await StoryAsync("No place", broad, null, "en"),
        ];
        using var partner = await PartnerAsync(
            "limited",
            new
            {
                topics = new[] { broad },
                places = new[] { place },
                languages = new[] { "en", "fr" },
            }
        );

        foreach (var type in new[] { "rss", "atom", "json", "ninjs" })
        {
            foreach (
                var feed in new[]
                {
                    $"/feeds/articles.{type}",
                    $"/feeds/places/{place}.{type}",
                    $"/feeds/topics/{narrow}.{type}",
                    $"/feeds/articles.{type}?place={place}",
                }
            )
                Assert.Equal([wanted.Id], (await FeedDocument.ReadAsync(partner, feed)).Stories);
            Assert.Equal("notFound", (await partner.ReadAsync($"/feeds/topics/{other}.{type}")).Problem(HttpStatusCode.NotFound));
        }

        Assert.Equal(HttpStatusCode.OK, (await partner.ReadAsync($"/feeds/articles/{wanted.Slug}.ninjs")).Status);
        foreach (var story in unwanted)
            Assert.Equal("notFound", (await partner.ReadAsync($"/feeds/articles/{story.Slug}.jsonld")).Problem(HttpStatusCode.NotFound));
        foreach (var path in new[] { "/feeds/opml", "/sitemap.xml", "/sitemap-news.xml" })
            Assert.Equal("forbidden", (await partner.ReadAsync(path)).Problem(HttpStatusCode.Forbidden));

        (await Editor.PostAsync($"/editorial/v1/topics/{broad}/merge", new { into = other })).Expect(HttpStatusCode.OK);
        Assert.Contains(wanted.Id, (await FeedDocument.ReadAsync(partner, "/feeds/articles.json")).Stories);
    }

    [Fact]
    public async Task What_is_outside_the_scope_of_a_key_is_as_if_it_were_not_there()
    {
        var (inside, outside) = (
            await Editor.ConceptAsync("topics", new { name = "Scoped in" }),
            await Editor.ConceptAsync("topics", new { name = "Scoped out" })
        );
        var empty = await Editor.ConceptAsync("topics", new { name = "Scoped in, no story", @public = true });
        Story[] within = [await StoryAsync("Within renamed", inside, null, "en"), await StoryAsync("Within withdrawn", inside, null, "en")];
        Story[] beyond =
        [
            await StoryAsync("Beyond renamed", outside, null, "en"),
            await StoryAsync("Beyond withdrawn", outside, null, "en"),
        ];
        foreach (var stories in new[] { within, beyond })
        {
            (await Editor.PatchAsync($"/editorial/v1/articles/{stories[0].Slug}", new { slug = $"{stories[0].Slug}-now" }, "*")).Expect(
                HttpStatusCode.OK
            );
            await Editor.PublishAsync($"{stories[0].Slug}-now");
            (await Editor.PostAsync($"/editorial/v1/articles/{stories[1].Slug}/withdraw", new { reason = "Secret reason" })).Expect(
                HttpStatusCode.OK
            );
        }

        using var byTopic = await PartnerAsync("scope-topic", new { topics = new[] { inside, empty } });
        using var byLanguage = await PartnerAsync("scope-language", new { languages = new[] { "de" } });

        Assert.Equal([308, 410, 308, 410], await StatusesAsync(newsroom.Admin, [.. within, .. beyond]));
        Assert.Equal([308, 410, 404, 404], await StatusesAsync(byTopic, [.. within, .. beyond]));
        Assert.Equal([404, 404, 404, 404], await StatusesAsync(byLanguage, [.. within, .. beyond]));
        foreach (var type in new[] { "rss", "atom", "json", "ninjs" })
        {
            Assert.Equal("notFound", (await byTopic.ReadAsync($"/feeds/topics/{outside}.{type}")).Problem(HttpStatusCode.NotFound));
            Assert.Equal("notFound", (await byLanguage.ReadAsync($"/feeds/topics/{inside}.{type}")).Problem(HttpStatusCode.NotFound));
            Assert.Empty((await FeedDocument.ReadAsync(byTopic, $"/feeds/topics/{empty}.{type}")).Stories);
            Assert.DoesNotContain(beyond[1].Id, (await byTopic.ReadAsync($"/feeds/articles.{type}")).Text, StringComparison.Ordinal);
            Assert.DoesNotContain("Secret reason", (await byLanguage.ReadAsync($"/feeds/articles.{type}")).Text, StringComparison.Ordinal);
        }

        Assert.Contains("Secret reason", (await byTopic.ReadAsync("/feeds/articles.ninjs")).Text, StringComparison.Ordinal);

        static async Task<IReadOnlyList<int>> StatusesAsync(HttpClient client, Story[] stories)
        {
            var statuses = new List<int>();
            foreach (var story in stories)
                statuses.Add((int)(await client.ReadAsync($"/feeds/articles/{story.Slug}.ninjs")).Status);
            return statuses;
        }
    }

    [Fact]
    public async Task A_partner_reads_his_formats_alone_and_his_limits_go_over_to_the_key_that_replaces_his()
    {
        var slug = await Editor.ArticleAsync(new { headline = "In one format" }, publish: true);
        using var partner = await PartnerAsync("one-format", new { formats = new[] { "ninjs" } }, requestsPerMinute: 600);
        var rotated = (await Editor.PostAsync($"{Keys}/one-format/rotate", new { })).Expect(HttpStatusCode.Created);
        using var successor = newsroom.Client(rotated["key"]!.GetValue<string>());

        foreach (var client in new[] { partner, successor })
        {
            var read = await client.ReadAsync("/feeds/articles.ninjs");
            Assert.Equal(HttpStatusCode.OK, read.Status);
            Assert.Equal("\"key\";q=600;w=60", read.Headers.GetValues("RateLimit-Policy").Single());
            foreach (var path in new[] { "/feeds/articles.rss", $"/feeds/articles/{slug}.jsonld", "/feeds/opml" })
                Assert.Equal("forbidden", (await client.ReadAsync(path)).Problem(HttpStatusCode.Forbidden));
        }

        Assert.Equal(
            (600, "ninjs"),
            (rotated["details"]!["requestsPerMinute"]!.GetValue<int>(), rotated["details"]!["feeds"]!["formats"]![0]!.GetValue<string>())
        );
    }

    [Fact]
    public async Task A_key_with_a_limit_of_its_own_is_held_to_it()
    {
        using var partner = await PartnerAsync("slow-one", new { }, requestsPerMinute: 2);

        Assert.Equal(
            [HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.TooManyRequests],
            [
                (await partner.ReadAsync("/feeds/articles.rss")).Status,
                (await partner.ReadAsync("/feeds/articles.atom")).Status,
                (await partner.ReadAsync("/feeds/articles.rss")).Status,
            ]
        );
    }

    [Theory]
    [InlineData("""{ "name": "wrong", "role": "editor", "feeds": {} }""", "/role: outOfRange")]
    [InlineData("""{ "name": "wrong", "role": "reader", "feeds": { "topics": ["no-such-topic"] } }""", "/feeds/topics/0: unknown")]
    [InlineData("""{ "name": "wrong", "role": "reader", "feeds": { "languages": ["not a tag"] } }""", "/feeds/languages/0: invalidForm")]
    [InlineData("""{ "name": "wrong", "role": "reader", "requestsPerMinute": 0 }""", "/requestsPerMinute: outOfRange")]
    public async Task Limits_that_mean_nothing_are_refused_and_named(string key, string error) =>
        Assert.Equal([error], (await Editor.PostAsync(Keys, JsonNode.Parse(key))).Errors(HttpStatusCode.UnprocessableEntity));

    [Fact]
    public async Task Postgres_itself_refuses_a_partner_who_is_more_than_a_reader()
    {
        using var partner = await PartnerAsync("kept-small", new { });

        var error = await Assert.ThrowsAsync<Npgsql.PostgresException>(() =>
            newsroom.SqlAsync("update api_keys set role = 'admin' where name = 'kept-small'")
        );
        Assert.Equal("ck_api_keys_feeds", error.ConstraintName);
    }

    private async Task<HttpClient> PartnerAsync(string name, object feeds, int? requestsPerMinute = null) =>
        newsroom.Client(
            (
                await Editor.PostAsync(
                    Keys,
                    new
                    {
                        name,
                        role = "reader",
                        feeds,
                        requestsPerMinute,
                    }
                )
            ).Expect(HttpStatusCode.Created)["key"]!.GetValue<string>()
        );

    private async Task<Story> StoryAsync(string headline, string topic, string? place, string language)
    {
        object[] places = place is null ? [] : [new { place }];
        var slug = await Editor.ArticleAsync(
            new
            {
                headline,
                language,
                topics = new[] { new { topic } },
                places,
            },
            publish: true
        );
        return new(slug, $"urn:uuid:{(await Editor.ReadAsync($"/editorial/v1/articles/{slug}")).Json["id"]}");
    }

    private sealed record Story(string Slug, string Id);
}
