using System.Net;
using HeadlessCms.Core.Access;
using HeadlessCms.Tests.Harness;

namespace HeadlessCms.Tests.Editorial;

/// <summary>Management of webhooks. Nothing is sent.</summary>
public sealed class WebhookTests(QuietNewsroom newsroom) : IClassFixture<QuietNewsroom>
{
    private const string Webhooks = "/editorial/v1/webhooks";

    private HttpClient Admin => newsroom.Admin;

    [Fact]
    public async Task A_new_webhook_shows_its_secret_once_and_waits_for_its_receiver_to_answer_a_ping()
    {
        var topic = await Admin.ConceptAsync("topics", new { name = "Told by webhook" });
        var made = await Admin.PostAsync(
            Webhooks,
            new
            {
                name = "shown-once",
                url = "https://hooks.example/a",
                events = new[] { "article.published" },
                topics = new[] { topic },
                languages = new[] { "en" },
            }
        );

        var answer = made.Expect(HttpStatusCode.Created);
        Assert.Equal(($"{Webhooks}/shown-once", "\"v1\""), (made.Headers.Location!.ToString(), made.Tag));
        Assert.Matches("^whsec_[A-Za-z0-9+/]+=*$", answer["secret"]!.GetValue<string>());
        Assert.InRange(Convert.FromBase64String(answer["secret"]!.GetValue<string>()["whsec_".Length..]).Length, 24, 64);
        var read = await Admin.ReadAsync($"{Webhooks}/shown-once");
        Assert.Equal(answer["details"]!.ToJsonString(), read.Expect(HttpStatusCode.OK).ToJsonString());
        Assert.DoesNotContain("whsec_", read.Text + (await Admin.ReadAsync(Webhooks)).Text, StringComparison.Ordinal);
        Assert.Equal(
            ("unverified", topic, "en"),
            (
                read.Json["state"]!.GetValue<string>(),
                read.Json["topics"]![0]!["slug"]!.GetValue<string>(),
                read.Json["languages"]![0]!.GetValue<string>()
            )
        );
        var ping = Assert.Single(
            (await Admin.ReadAsync($"{Webhooks}/shown-once/deliveries")).Expect(HttpStatusCode.OK)["items"]!.AsArray()
        )!;
        Assert.Equal(("webhook.ping", "pending"), (ping["event"]!.GetValue<string>(), ping["state"]!.GetValue<string>()));
    }

    [Fact]
    public async Task A_webhook_that_is_made_twice_with_one_idempotency_key_is_made_once_and_has_one_secret()
    {
        var first = await Admin.SendAsync(HttpMethod.Post, Webhooks, New("made-once"), idempotencyKey: "webhook-made-once");
        var second = await Admin.SendAsync(HttpMethod.Post, Webhooks, New("made-once"), idempotencyKey: "webhook-made-once");

        Assert.Equal(first.Expect(HttpStatusCode.Created).ToJsonString(), second.Expect(HttpStatusCode.Created).ToJsonString());
        Assert.Equal("nameTaken", (await Admin.PostAsync(Webhooks, New("made-once"))).Problem(HttpStatusCode.Conflict));
    }

    [Fact]
    public async Task A_patch_changes_what_it_names_and_a_stale_one_nothing()
    {
        var topic = await Admin.ConceptAsync("topics", new { name = "Patched in" });
        var tag = await MakeAsync("patched", "https://hooks.example/patched");

        var patched = await Admin.PatchAsync(
            $"{Webhooks}/patched",
            new { topics = new[] { topic }, events = new[] { "concept.merged", "article.withdrawn" } },
            tag
        );
        Assert.Equal("\"v2\"", patched.Tag);
        var read = patched.Expect(HttpStatusCode.OK);
        Assert.Equal(
            ("https://hooks.example/patched", topic),
            (read["url"]!.GetValue<string>(), read["topics"]![0]!["slug"]!.GetValue<string>())
        );
        Assert.Equal(["concept.merged", "article.withdrawn"], read["events"]!.AsArray().Select(name => name!.GetValue<string>()));
        Assert.Empty(
            (await Admin.PatchAsync($"{Webhooks}/patched", new { topics = (string[]?)null }, "\"v2\"")).Expect(HttpStatusCode.OK)[
                "topics"
            ]!.AsArray()
        );

        Assert.Equal(
            "stale",
            (await Admin.PatchAsync($"{Webhooks}/patched", new { description = "x" }, tag)).Problem(HttpStatusCode.PreconditionFailed)
        );
        Assert.Equal("stale", (await Admin.DeleteAsync($"{Webhooks}/patched", tag)).Problem(HttpStatusCode.PreconditionFailed));
        (await Admin.DeleteAsync($"{Webhooks}/patched", null)).Expect(HttpStatusCode.PreconditionRequired);
        Assert.Equal(HttpStatusCode.NoContent, (await Admin.DeleteAsync($"{Webhooks}/patched", "\"v3\"")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await Admin.ReadAsync($"{Webhooks}/patched")).Status);
    }

    [Fact]
    public async Task Another_url_must_answer_a_ping_of_its_own()
    {
        var tag = await MakeAsync("moved", "https://hooks.example/here");
        await newsroom.SqlAsync("update webhooks set state = 'active', verified_at = now() where name = 'moved'");
        Assert.Equal(
            "active",
            (await Admin.PatchAsync($"{Webhooks}/moved", new { description = "stays" }, tag)).Json["state"]!.GetValue<string>()
        );

        var moved = (await Admin.PatchAsync($"{Webhooks}/moved", new { url = "https://hooks.example/there" }, "\"v2\"")).Expect(
            HttpStatusCode.OK
        );

        Assert.Equal(("unverified", null), (moved["state"]!.GetValue<string>(), moved["verifiedAt"]));
        Assert.Equal(
            2,
            (await Admin.ReadAsync($"{Webhooks}/moved/deliveries?event=webhook.ping&count=true")).Json["total"]!.GetValue<int>()
        );
    }

    [Fact]
    public async Task What_is_turned_off_is_sent_nothing_and_may_be_turned_on_again()
    {
        var tag = await MakeAsync("off-and-on");
        var off = (await Admin.PatchAsync($"{Webhooks}/off-and-on", new { enabled = false }, tag)).Expect(HttpStatusCode.OK);
        Assert.Equal(("disabled", "byAdmin"), (off["state"]!.GetValue<string>(), off["disabledReason"]!.GetValue<string>()));
        Assert.Equal("dead", (await Admin.ReadAsync($"{Webhooks}/off-and-on/deliveries/latest")).Json["state"]!.GetValue<string>());
        Assert.Equal("disabled", (await Admin.PostAsync($"{Webhooks}/off-and-on/ping")).Problem(HttpStatusCode.Conflict));
        Assert.Equal(
            "disabled",
            (await Admin.PostAsync($"{Webhooks}/off-and-on/deliveries/latest/replay")).Problem(HttpStatusCode.Conflict)
        );
        Assert.Equal(
            "disabled",
            (await Admin.PostAsync($"{Webhooks}/off-and-on/replay", new { from = "2026-01-01T00:00:00Z" })).Problem(HttpStatusCode.Conflict)
        );

        var on = (await Admin.PatchAsync($"{Webhooks}/off-and-on", new { enabled = true }, "\"v2\"")).Expect(HttpStatusCode.OK);
        Assert.Equal(("unverified", null), (on["state"]!.GetValue<string>(), on["disabledReason"]));
        Assert.Equal("pending", (await Admin.ReadAsync($"{Webhooks}/off-and-on/deliveries/latest")).Json["state"]!.GetValue<string>());
    }

    [Fact]
    public async Task What_is_wrong_with_a_webhook_is_named_all_at_once()
    {
        await Refused(
            ["/events: required", "/name: invalidForm", "/topics/0: unknown", "/url: invalidForm"],
            new
            {
                name = "Not a slug",
                url = "ftp://hooks.example/",
                events = Array.Empty<string>(),
                topics = new[] { "no-such-topic" },
            }
        );
        await Refused(["/events: required", "/name: required", "/url: required"], new { });
        await Refused(
            ["/events/0: notSubscribable"],
            new
            {
                name = "refused",
                url = "https://hooks.example/",
                events = new[] { "webhook.ping" },
            }
        );
        await Refused(
            ["/events/0: unknownValue"],
            new
            {
                name = "refused",
                url = "https://hooks.example/",
                events = new[] { "article.read" },
            }
        );
        await Refused(
            ["/languages/0: invalidForm"],
            new
            {
                name = "refused",
                url = "https://hooks.example/",
                events = new[] { "article.updated" },
                languages = new[] { "English!" },
            }
        );
        Assert.Equal(
            ["/overlap: outOfRange"],
            (await Admin.PostAsync($"{Webhooks}/none/rotate", new { overlap = -1 })).Errors(HttpStatusCode.UnprocessableEntity)
        );
        Assert.Equal(
            ["/to: outOfRange"],
            (await Admin.PostAsync($"{Webhooks}/none/replay", new { from = "2026-01-02T00:00:00Z", to = "2026-01-01T00:00:00Z" })).Errors(
                HttpStatusCode.UnprocessableEntity
            )
        );
        Assert.Equal(0L, await newsroom.SqlAsync("select count(*) from webhooks where name = 'refused'"));

        async Task Refused(string[] errors, object webhook) =>
            Assert.Equal(
                errors,
                (await Admin.PostAsync(Webhooks, webhook)).Errors(HttpStatusCode.UnprocessableEntity).Order(StringComparer.Ordinal)
            );
    }

    [Theory]
    [InlineData("http://hooks.example/")]
    [InlineData("http://127.0.0.1/")]
    [InlineData("https://127.0.0.1/")]
    [InlineData("https://localhost/")]
    [InlineData("https://localhost./")]
    [InlineData("https://10.0.0.1/")]
    [InlineData("https://169.254.169.254/latest/meta-data/")]
    [InlineData("https://2130706433/")]
    [InlineData("https://0x7f.1/")]
    [InlineData("https://[::1]/")]
    [InlineData("https://[::ffff:127.0.0.1]/")]
    [InlineData("https://[fd00::1]/")]
    [InlineData("https://①②⑦.⓪.⓪.①/")]
    [InlineData("https://user:secret@hooks.example/")]
    [InlineData("https://hooks.example:22/")]
    [InlineData("https://hooks.example/#fragment")]
    [InlineData("gopher://hooks.example/")]
    [InlineData("file:///etc/passwd")]
    [InlineData("hooks.example")]
    public async Task A_url_that_nothing_may_be_sent_to_is_refused(string url) =>
        Assert.Equal(
            ["/url: invalidForm"],
            (
                await Admin.PostAsync(
                    Webhooks,
                    new
                    {
                        name = "refused-url",
                        url,
                        events = new[] { "article.published" },
                    }
                )
            ).Errors(HttpStatusCode.UnprocessableEntity)
        );

    [Fact]
    public async Task All_that_is_done_to_a_webhook_is_in_the_audit_trail_without_its_secret()
    {
        var tag = await MakeAsync("audited");
        var secret = (await Admin.PostAsync($"{Webhooks}/audited/rotate")).Expect(HttpStatusCode.OK)["secret"]!.GetValue<string>();
        (await Admin.PatchAsync($"{Webhooks}/audited", new { enabled = true }, "\"v2\"")).Expect(HttpStatusCode.OK);
        (await Admin.PostAsync($"{Webhooks}/audited/replay", new { from = "2026-01-01T00:00:00Z" })).Expect(HttpStatusCode.OK);
        (await Admin.DeleteAsync($"{Webhooks}/audited", "\"v3\"")).Expect(HttpStatusCode.NoContent);

        var trail = await Admin.ReadAsync("/editorial/v1/audit?kind=webhook&subject=audited");

        Assert.Equal(
            ["deleted", "replayed", "saved", "rotated", "created"],
            trail.Expect(HttpStatusCode.OK)["items"]!.AsArray().Select(line => line!["action"]!.GetValue<string>())
        );
        Assert.DoesNotContain(secret, trail.Text, StringComparison.Ordinal);
        Assert.Equal("\"v1\"", tag);
    }

    [Fact]
    public async Task A_concept_that_a_webhook_names_is_not_deleted_and_one_that_is_merged_leads_on()
    {
        var (kept, into) = (
            await Admin.ConceptAsync("topics", new { name = "Named by a webhook" }),
            await Admin.ConceptAsync("topics", new { name = "Merged into" })
        );
        (
            await Admin.PostAsync(
                Webhooks,
                new
                {
                    name = "names-it",
                    url = "https://hooks.example/",
                    events = new[] { "article.published" },
                    topics = new[] { kept },
                }
            )
        ).Expect(HttpStatusCode.Created);

        Assert.Equal("inUse", (await Admin.DeleteAsync($"/editorial/v1/topics/{kept}", "\"v1\"")).Problem(HttpStatusCode.Conflict));
        (await Admin.PostAsync($"/editorial/v1/topics/{kept}/merge", new { into })).Expect(HttpStatusCode.OK);

        Assert.Equal(into, (await Admin.ReadAsync($"{Webhooks}/names-it")).Json["topics"]![0]!["slug"]!.GetValue<string>());
    }

    [Fact]
    public async Task The_list_comes_a_page_at_a_time_and_only_admins_see_it()
    {
        for (var number = 0; number < 5; number++)
            await MakeAsync($"paged-{number}");
        var names = new List<string>();
        for (string? next = $"{Webhooks}?limit=2"; next is not null; )
        {
            var page = (await Admin.ReadAsync(next)).Expect(HttpStatusCode.OK);
            names.AddRange(page["items"]!.AsArray().Select(item => item!["name"]!.GetValue<string>()));
            next = page["nextCursor"]?.GetValue<string>() is { } cursor ? $"{Webhooks}?limit=2&cursor={cursor}" : null;
        }

        Assert.Equal(
            ["paged-4", "paged-3", "paged-2", "paged-1", "paged-0"],
            names.Where(name => name.StartsWith("paged-", StringComparison.Ordinal))
        );
        Assert.Equal(names.Count, names.Distinct().Count());
        Assert.Equal(HttpStatusCode.Forbidden, (await (await newsroom.AsAsync(Role.Editor)).ReadAsync(Webhooks)).Status);
    }

    private static object New(string name, string url = "https://hooks.example/") =>
        new
        {
            name,
            url,
            events = new[] { "article.published" },
        };

    private async Task<string> MakeAsync(string name, string url = "https://hooks.example/")
    {
        var made = await Admin.PostAsync(Webhooks, New(name, url));
        made.Expect(HttpStatusCode.Created);
        return made.Tag;
    }
}
