using System.Globalization;
using System.Net;
using HeadlessCms.Tests.Harness;
using Npgsql;

namespace HeadlessCms.Tests.Webhooks;

/// <summary>The requests to receivers, and retries after failures.</summary>
public sealed class DeliveryTests(PushingNewsroom newsroom) : IClassFixture<PushingNewsroom>
{
    private const string Webhooks = "/editorial/v1/webhooks";

    private HttpClient Admin => newsroom.Admin;

    [Fact]
    public async Task A_receiver_is_asked_first_and_then_told_what_readers_see()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        await newsroom.TellAsync("told", receiver);
        var (slug, id) = await newsroom.StoryAsync("Told at once", new { language = "en" });
        var told = await EventAsync(receiver, id);

        Assert.Equal("webhook.ping", receiver.All[0].Type);
        Assert.Equal("article.published", told.Type);
        var live = (await newsroom.Anyone.ReadAsync($"/content/v1/articles/{slug}")).Expect(HttpStatusCode.OK);
        Assert.Equal(
            ("article", slug, "Told at once", "en", 1),
            (Text(told, "kind"), Text(told, "slug"), Text(told, "headline"), Text(told, "language"), told.Data["revision"]!.GetValue<int>())
        );
        Assert.Equal(($"https://news.example/{slug}", $"/content/v1/articles/{slug}"), (Text(told, "url"), Text(told, "href")));
        Assert.Equal(live["publishedAt"]!.GetValue<string>(), Text(told, "publishedAt"));
        Assert.Equal(told.Id, (await newsroom.DeliveriesAsync("told", $"&subject={id}")).Single()["messageId"]!.GetValue<string>());
        Assert.DoesNotContain('.', told.Id);
    }

    [Fact]
    public async Task The_document_describes_every_event_and_what_is_sent_is_as_it_says()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        await newsroom.TellAsync("described", receiver);
        var (_, id) = await newsroom.StoryAsync(
            "Described",
            new { people = new[] { new { person = await Admin.ConceptAsync("people", new { name = "Described person" }) } } }
        );
        await EventAsync(receiver, id);
        await Eventually.TrueAsync(() => Task.FromResult(receiver.Events.Any(one => one.Type == "concept.updated")));

        var document = newsroom.Documents.Single(document => document.Name == "editorial");
        Assert.Equal(
            [
                "article.published",
                "article.unpublished",
                "article.updated",
                "article.withdrawn",
                "concept.merged",
                "concept.updated",
                "webhook.ping",
            ],
            document.Root.GetProperty("webhooks").EnumerateObject().Select(one => one.Name).Order(StringComparer.Ordinal)
        );
        foreach (var one in receiver.All)
        {
            var schema = document
                .Root.GetProperty("webhooks")
                .GetProperty(one.Type)
                .GetProperty("post")
                .GetProperty("requestBody")
                .GetProperty("content")
                .GetProperty("application/json")
                .GetProperty("schema");
            Assert.Empty(document.Schemas.Validate(schema, System.Text.Json.JsonDocument.Parse(one.Body).RootElement));
        }
    }

    [Theory]
    [InlineData("delete")]
    [InlineData("disable")]
    public async Task A_webhook_is_deleted_or_turned_off_while_an_attempt_of_it_is_noted(string how)
    {
        var cancellation = TestContext.Current.CancellationToken;
        await using var receiver = await WebhookReceiver.StartAsync();
        await newsroom.TellAsync($"noted-{how}", receiver);
        await newsroom.SqlAsync(
            $"""
            update webhook_deliveries set state = 'pending', settled_at = null, tries = 0, due_at = clock_timestamp() + interval '1 hour'
            where webhook_id = (select id from webhooks where name = 'noted-{how}')
            """
        );
        await using var connection = new NpgsqlConnection(newsroom.ConnectionString);
        await connection.OpenAsync(cancellation);
        await using var noting = await connection.BeginTransactionAsync(cancellation);
        await using (var webhook = new NpgsqlCommand($"select from webhooks where name = 'noted-{how}' for no key update", connection))
            await webhook.ExecuteNonQueryAsync(cancellation);

        var asked =
            how == "delete"
                ? Admin.DeleteAsync($"{Webhooks}/noted-{how}", "*")
                : Admin.PatchAsync($"{Webhooks}/noted-{how}", new { enabled = false }, "*");
        await Eventually.TrueAsync(async () =>
            await newsroom.SqlAsync("select count(*) from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()")
                is > 0L
        );
        await using (
            var delivery = new NpgsqlCommand(
                $"update webhook_deliveries set tries = 1 where webhook_id = (select id from webhooks where name = 'noted-{how}')",
                connection
            )
        )
            await delivery.ExecuteNonQueryAsync(cancellation);
        await noting.CommitAsync(cancellation);

        Assert.InRange((int)(await asked).Status, 200, 299);
    }

    [Fact]
    public async Task A_scheduled_storys_event_leaves_within_two_seconds_of_its_instant()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        await newsroom.TellAsync("scheduled", receiver);
        var delay = TimeSpan.MaxValue;

        // The best of up to ten: the machine may be busy.
        for (var story = 0; story < 10 && delay > TimeSpan.FromSeconds(2); story++)
            delay = await DelayOfScheduledAsync(receiver);

        Assert.InRange(delay, TimeSpan.Zero, TimeSpan.FromSeconds(2));
    }

    private async Task<TimeSpan> DelayOfScheduledAsync(WebhookReceiver receiver)
    {
        var slug = await Admin.ArticleAsync(new { headline = "At its instant" });
        var instant = (await newsroom.ClockAsync()).AddSeconds(2);
        await newsroom.Admin.PublishAsync(slug, new { liveFrom = instant.ToString("O", CultureInfo.InvariantCulture) });
        var id = (await Admin.ReadAsync($"/editorial/v1/articles/{slug}")).Json["id"]!.GetValue<string>();

        var told = await EventAsync(receiver, id);

        Assert.Equal(instant, told.Json["timestamp"]!.GetValue<DateTimeOffset>(), TimeSpan.FromMilliseconds(1));
        await Eventually.TrueAsync(async () =>
            (await newsroom.DeliveriesAsync("scheduled", $"&subject={id}")).Single()["state"]!.GetValue<string>() == "delivered"
        );
        var delivery = await newsroom.DeliveryAsync(
            "scheduled",
            (await newsroom.DeliveriesAsync("scheduled", $"&subject={id}")).Single()["id"]!.ToString()
        );
        var delay = delivery["attempts"]![0]!["at"]!.GetValue<DateTimeOffset>() - instant;
        Assert.True(delay >= TimeSpan.Zero, "The event left before its instant.");
        return delay;
    }

    [Fact]
    public async Task A_ping_that_is_to_be_repeated_in_an_hour_delays_no_other_ping()
    {
        var requests = 0;
        await using var receiver = await WebhookReceiver.StartAsync(
            (_, context) =>
            {
                if (Interlocked.Increment(ref requests) == 2)
                    context.Response.Headers.RetryAfter = "3600";
                return Task.FromResult(context.Response.StatusCode = 503);
            }
        );
        await newsroom.MakeAsync("impatient", receiver.Address.ToString());
        await Eventually.TrueAsync(async () => await TriesAsync() == (1, 1));

        (await Admin.PostAsync($"{Webhooks}/impatient/ping")).Expect(HttpStatusCode.Accepted);
        await Eventually.TrueAsync(async () => await TriesAsync() is (2, >= 2));

        var due = (await newsroom.DeliveriesAsync("impatient")).Select(one => one["dueAt"]!.GetValue<DateTimeOffset>()).Order().ToList();
        Assert.True(due[1] - due[0] > TimeSpan.FromMinutes(50), $"They are due at {due[0]:O} and {due[1]:O}.");

        async Task<(int Deliveries, int Tries)> TriesAsync()
        {
            var deliveries = await newsroom.DeliveriesAsync("impatient");
            return (deliveries.Count, deliveries.Sum(one => one["tries"]!.GetValue<int>()));
        }
    }

    [Fact]
    public async Task Events_wait_until_the_receiver_answers_a_ping_and_none_is_lost()
    {
        var busy = true;
        await using var receiver = await WebhookReceiver.StartAsync(
            (_, context) =>
            {
                if (Volatile.Read(ref busy))
                    context.Response.Headers.RetryAfter = "3600";
                return Task.FromResult(context.Response.StatusCode = Volatile.Read(ref busy) ? 503 : 200);
            }
        );
        await newsroom.MakeAsync("waits", receiver.Address.ToString());
        var (_, id) = await newsroom.StoryAsync("Waits for a ping");
        await Eventually.TrueAsync(async () =>
            receiver.All.Count == 1 && (await newsroom.DeliveriesAsync("waits", $"&subject={id}")).Count == 1
        );
        Assert.Equal("unverified", await newsroom.StateAsync("waits"));

        Volatile.Write(ref busy, false);
        (await Admin.PostAsync($"{Webhooks}/waits/ping")).Expect(HttpStatusCode.Accepted);
        Assert.Equal("article.published", (await EventAsync(receiver, id)).Type);
        Assert.Equal(["webhook.ping", "webhook.ping"], receiver.All.Take(2).Select(one => one.Type));
    }

    [Fact]
    public async Task What_the_former_url_answers_does_not_speak_for_the_new_one()
    {
        var released = new TaskCompletionSource();
        await using var former = await WebhookReceiver.StartAsync(
            (_, context) =>
            {
                context.Response.StatusCode = 204;
                return released.Task;
            }
        );
        await newsroom.MakeAsync("moves", former.Address.ToString());
        await Eventually.TrueAsync(() => Task.FromResult(former.Count == 1));
        (await Admin.PatchAsync($"{Webhooks}/moves", new { url = "https://hooks.example/" }, "\"v1\"")).Expect(HttpStatusCode.OK);
        var ping = former.All[0].Id;
        released.SetResult();

        await Eventually.TrueAsync(async () =>
            (await newsroom.DeliveriesAsync("moves")).Single(one => one["messageId"]!.GetValue<string>() == ping)[
                "state"
            ]!.GetValue<string>() == "delivered"
        );
        Assert.NotEqual("active", await newsroom.StateAsync("moves"));
    }

    [Fact]
    public async Task A_receiver_that_never_answers_a_ping_is_given_up()
    {
        await using var receiver = await WebhookReceiver.StartAsync((_, context) => Task.FromResult(context.Response.StatusCode = 500));
        await newsroom.MakeAsync("never", receiver.Address.ToString());
        await Eventually.TrueAsync(async () => await newsroom.StateAsync("never") == "disabled");

        var webhook = (await Admin.ReadAsync($"{Webhooks}/never")).Json;
        Assert.Equal(("neverVerified", null), (webhook["disabledReason"]!.GetValue<string>(), webhook["verifiedAt"]));
        var ping = await newsroom.DeliveryAsync("never");
        Assert.Equal(("dead", 4), (ping["state"]!.GetValue<string>(), ping["attempts"]!.AsArray().Count));
        Assert.Equal(
            "disabled",
            (await Admin.ReadAsync("/editorial/v1/audit?subject=never")).Json["items"]![0]!["action"]!.GetValue<string>()
        );
    }

    [Fact]
    public async Task What_fails_is_tried_again_with_the_same_id_and_a_new_timestamp_and_the_next_of_its_article_waits()
    {
        var failures = 2;
        await using var receiver = await WebhookReceiver.StartAsync(
            (one, context) =>
                Task.FromResult(
                    context.Response.StatusCode = one.Type == "article.published" && Interlocked.Decrement(ref failures) >= 0 ? 503 : 204
                )
        );
        await newsroom.TellAsync("tried-again", receiver);
        var (slug, id) = await newsroom.StoryAsync("Tried again");
        await Admin.UpdateAsync(slug);
        await Eventually.TrueAsync(() => Task.FromResult(Of(receiver, id).Count == 4));

        Assert.Equal(
            ["article.published", "article.published", "article.published", "article.updated"],
            Of(receiver, id).Select(one => one.Type)
        );
        Assert.Single(Of(receiver, id).Take(3).Select(one => one.Id).Distinct());
        Assert.True(Of(receiver, id)[1].Data["sequence"]!.GetValue<long>() < Of(receiver, id)[3].Data["sequence"]!.GetValue<long>());
        var first = (await newsroom.DeliveriesAsync("tried-again", $"&subject={id}"))[0];
        var attempts = (await newsroom.DeliveryAsync("tried-again", first["id"]!.ToString()))["attempts"]!.AsArray();
        Assert.Equal(
            ["rejected 503", "rejected 503", "delivered 204"],
            attempts.Select(attempt => $"{attempt!["outcome"]} {attempt["status"]}")
        );
    }

    [Fact]
    public async Task What_no_receiver_takes_is_given_up_blocks_nothing_else_and_can_be_sent_again()
    {
        var poison = "";
        await using var receiver = await WebhookReceiver.StartAsync(
            (one, context) =>
                Task.FromResult(
                    context.Response.StatusCode = one.Body.Contains(Volatile.Read(ref poison), StringComparison.Ordinal) ? 422 : 204
                )
        );
        Volatile.Write(ref poison, "Poison");
        await newsroom.TellAsync("poisoned", receiver);
        var (_, bad) = await newsroom.StoryAsync("Poison");
        var (_, good) = await newsroom.StoryAsync("Harmless");
        await EventAsync(receiver, good);
        await Eventually.TrueAsync(async () => (await newsroom.DeliveriesAsync("poisoned", "&state=dead")).Count == 1);
        var dead = (await newsroom.DeliveriesAsync("poisoned", "&state=dead")).Single();
        Assert.Equal((bad, 4), (dead["subject"]!.GetValue<string>(), dead["tries"]!.GetValue<int>()));

        Volatile.Write(ref poison, "none such");
        (await Admin.PostAsync($"{Webhooks}/poisoned/deliveries/{dead["id"]}/replay")).Expect(HttpStatusCode.Accepted);
        await Eventually.TrueAsync(async () =>
            (await newsroom.DeliveryAsync("poisoned", dead["id"]!.ToString()))["state"]!.GetValue<string>() == "delivered"
        );
        Assert.Single(Of(receiver, bad).Select(one => one.Id).Distinct());
        Assert.Equal(5, (await newsroom.DeliveryAsync("poisoned", dead["id"]!.ToString()))["attempts"]!.AsArray().Count);
    }

    [Fact]
    public async Task A_receiver_that_is_gone_is_sent_nothing_more()
    {
        var answers = 204;
        await using var receiver = await WebhookReceiver.StartAsync(
            (_, context) => Task.FromResult(context.Response.StatusCode = Volatile.Read(ref answers))
        );
        await newsroom.TellAsync("gone", receiver);
        Volatile.Write(ref answers, 410);
        var (_, id) = await newsroom.StoryAsync("Sent to who is gone");
        await EventAsync(receiver, id);
        await Eventually.TrueAsync(async () => await newsroom.StateAsync("gone") == "disabled");

        Assert.Equal("gone", (await Admin.ReadAsync($"{Webhooks}/gone")).Json["disabledReason"]!.GetValue<string>());
        var delivery = await newsroom.DeliveryAsync(
            "gone",
            (await newsroom.DeliveriesAsync("gone", $"&subject={id}")).Single()["id"]!.ToString()
        );
        Assert.Equal(
            ("dead", "gone"),
            (delivery["state"]!.GetValue<string>(), Assert.Single(delivery["attempts"]!.AsArray())!["outcome"]!.GetValue<string>())
        );
        Assert.Single(Of(receiver, id));
    }

    [Fact]
    public async Task A_receiver_where_nothing_arrived_for_five_days_is_disabled_and_one_for_less_is_not()
    {
        var answers = 204;
        await using var receiver = await WebhookReceiver.StartAsync(
            (_, context) => Task.FromResult(context.Response.StatusCode = Volatile.Read(ref answers))
        );
        await newsroom.TellAsync("failing", receiver);
        Volatile.Write(ref answers, 500);
        await newsroom.SqlAsync("update webhooks set failing_since = now() - interval '119 hours' where name = 'failing'");
        await newsroom.StoryAsync("Not yet five days");
        await Eventually.TrueAsync(async () => (await newsroom.DeliveriesAsync("failing", "&state=dead")).Count == 1);
        Assert.Equal("active", await newsroom.StateAsync("failing"));

        await newsroom.SqlAsync("update webhooks set failing_since = now() - interval '120 hours' where name = 'failing'");
        await newsroom.StoryAsync("Five days");
        await Eventually.TrueAsync(async () => await newsroom.StateAsync("failing") == "disabled");
        Assert.Equal("failing", (await Admin.ReadAsync($"{Webhooks}/failing")).Json["disabledReason"]!.GetValue<string>());
    }

    [Fact]
    public async Task Who_asks_to_be_left_alone_is_left_alone_that_long()
    {
        await using var receiver = await WebhookReceiver.StartAsync(
            (one, context) =>
            {
                if (one.Type != "webhook.ping")
                    context.Response.Headers.RetryAfter = "3600";
                context.Response.StatusCode =
                    one.Type == "webhook.ping" ? 204
                    : one.Body.Contains("Too many", StringComparison.Ordinal) ? 429
                    : 503;
                return Task.CompletedTask;
            }
        );
        await newsroom.TellAsync("rests", receiver);
        var (_, busy) = await newsroom.StoryAsync("Busy");
        await EventAsync(receiver, busy);
        var (_, many) = await newsroom.StoryAsync("Too many");
        await EventAsync(receiver, many);
        await Eventually.TrueAsync(async () =>
            (await newsroom.SqlAsync("select rests_until from webhooks where name = 'rests'")) is DateTime
        );
        var (_, after) = await newsroom.StoryAsync("After that");
        await Eventually.TrueAsync(async () => (await newsroom.DeliveriesAsync("rests", $"&subject={after}")).Count == 1);

        foreach (var id in new[] { busy, many })
        {
            var delivery = (await newsroom.DeliveriesAsync("rests", $"&subject={id}")).Single();
            Assert.Equal("pending", delivery["state"]!.GetValue<string>());
            Assert.InRange(
                delivery["dueAt"]!.GetValue<DateTimeOffset>() - await newsroom.ClockAsync(),
                TimeSpan.FromMinutes(50),
                TimeSpan.FromHours(1)
            );
        }

        Assert.Equal(0, (await newsroom.DeliveriesAsync("rests", $"&subject={after}")).Single()["tries"]!.GetValue<int>());
    }

    [Theory]
    [InlineData("hangs", "timedOut")]
    [InlineData("hangs-after-200", "timedOut")]
    [InlineData("redirects", "redirected")]
    [InlineData("breaks-off", "unreachable")]
    [InlineData("talks-on", "delivered")]
    public async Task However_a_receiver_misbehaves_an_attempt_ends_and_says_how(string way, string outcome)
    {
        await using var elsewhere = await WebhookReceiver.StartAsync();
        await using var receiver = await WebhookReceiver.StartAsync(
            (one, context) => one.Type == "webhook.ping" ? Task.CompletedTask : MisbehaveAsync(way, elsewhere.Address, context)
        );
        await newsroom.TellAsync(way, receiver);
        var (_, id) = await newsroom.StoryAsync($"To one that {way}");
        var path = "";
        await Eventually.TrueAsync(async () =>
        {
            if (await newsroom.DeliveriesAsync(way, $"&subject={id}") is not [var one])
                return false;
            path = one["id"]!.ToString();
            return (await newsroom.DeliveryAsync(way, path))["attempts"]!.AsArray().Count > 0;
        });

        var attempt = (await newsroom.DeliveryAsync(way, path))["attempts"]![0]!;
        Assert.Equal(outcome, attempt["outcome"]!.GetValue<string>());
        Assert.InRange(attempt["bodyBytes"]!.GetValue<int>(), 0, 65_536);
        Assert.Empty(elsewhere.All);
    }

    [Fact]
    public async Task A_withdrawn_story_is_not_quoted_and_says_why_and_a_merged_concept_what_took_its_place()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        await newsroom.TellAsync("withdrawn", receiver);
        var (slug, id) = await newsroom.StoryAsync("Wrong from the start");
        (await Admin.PostAsync($"/editorial/v1/articles/{slug}/withdraw", new { reason = "Not so." })).Expect(HttpStatusCode.OK);
        await Admin.ConceptAsync("topics", new { name = "Pushed old", @public = true });
        var into = await Admin.ConceptAsync("topics", new { name = "Pushed new", @public = true });
        var old = (await Admin.ReadAsync("/editorial/v1/topics/pushed-old")).Json["id"]!.GetValue<string>();
        (await Admin.PostAsync("/editorial/v1/topics/pushed-old/merge", new { into })).Expect(HttpStatusCode.OK);
        await Eventually.TrueAsync(() =>
            Task.FromResult(Of(receiver, id).Count == 2 && Of(receiver, old).Any(one => one.Type == "concept.merged"))
        );

        var told = Of(receiver, id)[1];
        Assert.Equal(("article.withdrawn", "Not so."), (told.Type, Text(told, "reason")));
        Assert.DoesNotContain("Wrong from the start", told.Body, StringComparison.Ordinal);
        Assert.Equal(into, Of(receiver, old).Single(one => one.Type == "concept.merged").Data["mergedInto"]!["slug"]!.GetValue<string>());
    }

    [Fact]
    public async Task A_draft_of_a_live_story_is_in_nothing_that_is_sent()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        await newsroom.TellAsync("no-leak", receiver);
        var (slug, id) = await newsroom.StoryAsync("Public headline");
        (
            await Admin.PatchAsync($"/editorial/v1/articles/{slug}", new { headline = "Secret canary", slug = "secret-canary" }, "\"r1\"")
        ).Expect(HttpStatusCode.OK);
        (await Admin.PostAsync($"{Webhooks}/no-leak/replay", new { from = "2020-01-01T00:00:00Z" })).Expect(HttpStatusCode.OK);
        await Eventually.TrueAsync(async () => (await newsroom.DeliveriesAsync("no-leak", "&state=pending")).Count == 0);

        Assert.InRange(Of(receiver, id).Count, 1, 2);
        Assert.All(receiver.All, one => Assert.DoesNotContain("canary", one.Body, StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task What_was_settled_thirty_days_ago_is_forgotten_and_what_is_to_be_sent_is_not()
    {
        await newsroom.MakeAsync("forgets", "https://hooks.example/");
        await newsroom.SqlAsync(
            """
            insert into webhook_deliveries (webhook_id, event, position, at, subject_id, state, tries, due_at, created_at, settled_at)
            select id, 'articlePublished', number, now(), id, case when number = 3 then 'pending' else 'dead' end, 0, now() + interval
              '1 day', now() - interval '40 days',
                   case number when 1 then now() - interval '31 days' when 2 then now() - interval '29 days' end
            from webhooks, generate_series(1, 3) as number where name = 'forgets'
            """
        );
        await using var source = Npgsql.NpgsqlDataSource.Create(newsroom.ConnectionString);
        await new HeadlessCms.Core.Webhooks.PendingDeliveries(source).ForgetAsync(100, TestContext.Current.CancellationToken);

        Assert.Equal(
            "2,3",
            await newsroom.SqlAsync(
                "select string_agg(position::text, ',' order by position) from webhook_deliveries where webhook_id = (select "
                    + "id from webhooks where name = 'forgets') and position is not null"
            )
        );
    }

    private static Task MisbehaveAsync(string way, Uri elsewhere, Microsoft.AspNetCore.Http.HttpContext context)
    {
        switch (way)
        {
            case "redirects":
                context.Response.StatusCode = 307;
                context.Response.Headers.Location = elsewhere.ToString();
                return Task.CompletedTask;
            case "breaks-off":
                context.Abort();
                return Task.CompletedTask;
            case "hangs":
                return Task.Delay(TimeSpan.FromSeconds(20), context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
            default:
                return way == "hangs-after-200" ? HangAsync(context) : TalkAsync(context);
        }
    }

    private static async Task HangAsync(Microsoft.AspNetCore.Http.HttpContext context)
    {
        await context.Response.Body.WriteAsync("{"u8.ToArray());
        await context.Response.Body.FlushAsync();
        await Task.Delay(TimeSpan.FromSeconds(20), context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
    }

    private static async Task TalkAsync(Microsoft.AspNetCore.Http.HttpContext context)
    {
        while (!context.RequestAborted.IsCancellationRequested)
            await context.Response.Body.WriteAsync(new byte[4_096]);
    }

    private static string? Text(Received one, string member) => one.Data[member]?.GetValue<string>();

    private static IReadOnlyList<Received> Of(WebhookReceiver receiver, string subject) =>
        [.. receiver.Events.Where(one => Text(one, "id") == subject)];

    private static async Task<Received> EventAsync(WebhookReceiver receiver, string subject)
    {
        await Eventually.TrueAsync(() => Task.FromResult(Of(receiver, subject).Count > 0));
        return Of(receiver, subject)[0];
    }
}
