using System.Net;
using System.Text.Json.Nodes;
using HeadlessCms.Tests.Harness;

namespace HeadlessCms.Tests.Webhooks;

/// <summary>The changes that match a webhook. The tests dispatch them directly, and nothing is sent.</summary>
public sealed class MatchingTests(QuietNewsroom newsroom) : IClassFixture<QuietNewsroom>
{
    private const string Webhooks = "/editorial/v1/webhooks";
    private static readonly string[] Everything =
    [
        "article.published",
        "article.updated",
        "article.unpublished",
        "article.withdrawn",
        "concept.updated",
        "concept.merged",
    ];

    private HttpClient Admin => newsroom.Admin;

    [Fact]
    public async Task A_storys_life_is_told_in_its_order_to_who_wants_it()
    {
        await MakeAsync("life", new { });
        await MakeAsync("life-withdrawn", new { events = new[] { "article.withdrawn" } });
        var slug = await Admin.ArticleAsync(new { headline = "Whole life" }, publish: true);
        await Admin.UpdateAsync(slug);
        (await Admin.PostAsync($"/editorial/v1/articles/{slug}/unpublish")).Expect(HttpStatusCode.OK);
        await Admin.PublishAsync(slug);
        (await Admin.PostAsync($"/editorial/v1/articles/{slug}/withdraw", new { reason = "Not so." })).Expect(HttpStatusCode.OK);

        Assert.Equal(
            ["article.published", "article.updated", "article.unpublished", "article.published", "article.withdrawn"],
            await ToldAsync("life", slug)
        );
        Assert.Equal(["article.withdrawn"], await ToldAsync("life-withdrawn", slug));
    }

    [Fact]
    public async Task A_draft_and_what_is_only_planned_are_told_to_nobody()
    {
        await MakeAsync("no-drafts", new { });
        var draft = await Admin.ArticleAsync(new { headline = "Still a draft" });
        var planned = await Admin.ArticleAsync(new { headline = "Planned" });
        await Admin.PublishAsync(planned, new { liveFrom = "2040-01-01T00:00:00Z" });
        var person = await Admin.ConceptAsync("people", new { name = "In a draft" });
        await Admin.ArticleAsync(new { headline = "Names somebody", people = new[] { new { person } } });

        Assert.Empty(await ToldAsync("no-drafts", draft));
        Assert.Empty(await ToldAsync("no-drafts", planned));
        Assert.Empty(await ToldAsync("no-drafts", person, "people"));
    }

    [Fact]
    public async Task A_filter_takes_in_what_lies_below_one_of_a_kind_is_enough_and_every_kind_must_match()
    {
        var asia = await Admin.ConceptAsync("places", new { name = "Filtered Asia", kind = "region" });
        var japan = await Admin.ConceptAsync(
            "places",
            new
            {
                name = "Filtered Japan",
                kind = "country",
                within = asia,
            }
        );
        var europe = await Admin.ConceptAsync("places", new { name = "Filtered Europe", kind = "region" });
        var topic = await Admin.ConceptAsync("topics", new { name = "Filtered topic" });
        var person = await Admin.ConceptAsync("people", new { name = "Filtered person" });
        await MakeAsync("below", new { places = new[] { asia, europe } });
        await MakeAsync("both-kinds", new { places = new[] { asia }, topics = new[] { topic } });
        await MakeAsync("person-in-english", new { people = new[] { person }, languages = new[] { "en" } });

        var inJapan = await Admin.ArticleAsync(new { headline = "In Japan", places = new[] { new { place = japan } } }, publish: true);
        var onTopicInJapan = await Admin.ArticleAsync(
            new
            {
                headline = "On topic in Japan",
                places = new[] { new { place = japan } },
                topics = new[] { new { topic } },
            },
            publish: true
        );
        var onTopic = await Admin.ArticleAsync(new { headline = "On topic", topics = new[] { new { topic } } }, publish: true);
        var inGerman = await Admin.ArticleAsync(
            new
            {
                headline = "Auf Deutsch",
                language = "de",
                people = new[] { new { person } },
            },
            publish: true
        );
        var inEnglish = await Admin.ArticleAsync(
            new
            {
                headline = "In English",
                language = "en",
                people = new[] { new { person } },
            },
            publish: true
        );

        Assert.Equal([true, true, false, false, false], await ToldOfAsync("below"));
        Assert.Equal([false, true, false, false, false], await ToldOfAsync("both-kinds"));
        Assert.Equal([false, false, false, false, true], await ToldOfAsync("person-in-english"));

        async Task<IEnumerable<bool>> ToldOfAsync(string webhook)
        {
            var told = new List<bool>();
            foreach (var slug in new[] { inJapan, onTopicInJapan, onTopic, inGerman, inEnglish })
                told.Add((await ToldAsync(webhook, slug)).Count > 0);
            return told;
        }
    }

    [Fact]
    public async Task Who_was_told_of_a_story_is_told_what_becomes_of_it_though_it_names_the_topic_no_more()
    {
        var topic = await Admin.ConceptAsync("topics", new { name = "Named at first" });
        await MakeAsync("told-on", new { topics = new[] { topic } });
        var slug = await Admin.ArticleAsync(new { headline = "Changes its topic", topics = new[] { new { topic } } }, publish: true);
        (await Admin.PatchAsync($"/editorial/v1/articles/{slug}", new { topics = Array.Empty<object>() }, "\"r1\"")).Expect(
            HttpStatusCode.OK
        );
        await Admin.PublishAsync(slug);
        (await Admin.PostAsync($"/editorial/v1/articles/{slug}/withdraw", new { reason = "Wrong." })).Expect(HttpStatusCode.OK);

        Assert.Equal(["article.published", "article.updated", "article.withdrawn"], await ToldAsync("told-on", slug));
    }

    [Fact]
    public async Task A_concept_is_told_once_readers_can_see_it_to_who_follows_it_or_what_it_lies_within()
    {
        var wide = await Admin.ConceptAsync("topics", new { name = "Wide topic", @public = true });
        await MakeAsync("follows-wide", new { topics = new[] { wide } });
        await MakeAsync("follows-other", new { topics = new[] { await Admin.ConceptAsync("topics", new { name = "Another topic" }) } });
        var narrow = await Admin.ConceptAsync(
            "topics",
            new
            {
                name = "Narrow topic",
                broader = wide,
                @public = true,
            }
        );
        var twin = await Admin.ConceptAsync(
            "topics",
            new
            {
                name = "Narrow twin",
                broader = wide,
                @public = true,
            }
        );
        var narrowId = (await Admin.ReadAsync($"/editorial/v1/topics/{narrow}")).Json["id"]!.GetValue<string>();
        (await Admin.PostAsync($"/editorial/v1/topics/{narrow}/merge", new { into = twin })).Expect(HttpStatusCode.OK);

        Assert.Equal(["concept.updated", "concept.merged"], await EventsAsync("follows-wide", narrowId));
        Assert.Empty(await EventsAsync("follows-other", narrowId));
    }

    [Fact]
    public async Task Changes_are_handed_out_once_however_many_nodes_do_it_at_once()
    {
        await MakeAsync("once", new { });
        var slug = await Admin.ArticleAsync(new { headline = "Handed out once" }, publish: true);
        for (var turn = 0; turn < 30; turn++)
            await Admin.UpdateAsync(slug);
        await Task.WhenAll(
            Enumerable
                .Range(0, 8)
                .Select(async _ =>
                {
                    for (var turn = 0; turn < 20; turn++)
                        await newsroom.SqlAsync("select dispatch_changes(3)");
                })
        );

        Assert.Equal(31, (await ToldAsync("once", slug)).Count);
    }

    [Fact]
    public async Task What_happened_before_a_webhook_was_made_or_while_it_was_off_is_sent_only_when_it_is_asked_for()
    {
        var before = await Admin.ArticleAsync(new { headline = "Before it was made" }, publish: true);
        await MakeAsync("asks-later", new { });
        var during = await Admin.ArticleAsync(new { headline = "While it was on" }, publish: true);
        Assert.Single(await ToldAsync("asks-later", during));
        (await Admin.PatchAsync($"{Webhooks}/asks-later", new { enabled = false }, "\"v1\"")).Expect(HttpStatusCode.OK);
        var off = await Admin.ArticleAsync(new { headline = "While it was off" }, publish: true);
        await DispatchAsync();
        (await Admin.PatchAsync($"{Webhooks}/asks-later", new { enabled = true }, "\"v2\"")).Expect(HttpStatusCode.OK);
        Assert.Empty(await ToldAsync("asks-later", before));
        Assert.Empty(await ToldAsync("asks-later", off));
        var message = (await DeliveriesAsync("asks-later", during)).Single()["messageId"]!.GetValue<string>();

        var to = (await newsroom.ClockAsync()).AddMinutes(1);
        var replayed = (await Admin.PostAsync($"{Webhooks}/asks-later/replay", new { from = to.AddHours(-1), to })).Expect(
            HttpStatusCode.OK
        );

        Assert.InRange(replayed["count"]!.GetValue<int>(), 3, int.MaxValue);
        foreach (var slug in new[] { before, during, off })
            Assert.Single(await ToldAsync("asks-later", slug));
        var again = (await DeliveriesAsync("asks-later", during)).Single();
        Assert.Equal((message, "pending"), (again["messageId"]!.GetValue<string>(), again["state"]!.GetValue<string>()));
        Assert.Equal(
            0,
            (await Admin.PostAsync($"{Webhooks}/asks-later/replay", new { from = to.AddHours(-2), to = to.AddHours(-1) })).Expect(
                HttpStatusCode.OK
            )["count"]!.GetValue<int>()
        );
    }

    private async Task MakeAsync(string name, object filter)
    {
        var request = new JsonObject
        {
            ["name"] = name,
            ["url"] = "https://hooks.example/",
            ["events"] = new JsonArray([.. Everything.Select(item => JsonValue.Create(item))]),
        };
        foreach (var (member, value) in System.Text.Json.JsonSerializer.SerializeToNode(filter)!.AsObject().ToList())
            request[member] = value!.DeepClone();
        (await Admin.PostAsync(Webhooks, request)).Expect(HttpStatusCode.Created);
    }

    private async Task DispatchAsync()
    {
        while ((int)(await newsroom.SqlAsync("select dispatch_changes(100)"))! > 0) { }
    }

    /// <summary>The events of an article or a concept for a webhook, in order.</summary>
    private async Task<IReadOnlyList<string>> ToldAsync(string webhook, string slug, string kind = "articles") =>
        await EventsAsync(webhook, (await Admin.ReadAsync($"/editorial/v1/{kind}/{slug}")).Json["id"]!.GetValue<string>());

    private async Task<IReadOnlyList<string>> EventsAsync(string webhook, string subject)
    {
        await DispatchAsync();
        var page = (await Admin.ReadAsync($"{Webhooks}/{webhook}/deliveries?limit=100&subject={subject}")).Expect(HttpStatusCode.OK);
        return [.. page["items"]!.AsArray().Select(item => item!["event"]!.GetValue<string>()).Reverse()];
    }

    private async Task<IReadOnlyList<JsonNode>> DeliveriesAsync(string webhook, string slug)
    {
        var subject = (await Admin.ReadAsync($"/editorial/v1/articles/{slug}")).Json["id"]!.GetValue<string>();
        return
        [
            .. (await Admin.ReadAsync($"{Webhooks}/{webhook}/deliveries?subject={subject}")).Json["items"]!.AsArray().Select(item => item!),
        ];
    }
}
