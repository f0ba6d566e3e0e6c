using System.Net;
using HeadlessCms.Tests.Harness;
using Microsoft.AspNetCore.Http;
using Npgsql;

namespace HeadlessCms.Tests.Webhooks;

/// <summary>Two nodes, one of which is killed, and a receiver that fails, hangs, stalls and stops.</summary>
public sealed class ChaosTests(TestCluster cluster)
{
    private const int Articles = 100;
    private const int Rounds = 52;
    private const int Events = Articles * Rounds;

    [Fact]
    public async Task Of_five_thousand_events_none_is_lost_or_out_of_order_while_a_node_is_killed_and_duplicates_have_the_same_id()
    {
        using var data = new TemporaryDirectory();
        var connectionString = await cluster.NewDatabaseAsync();
        await using var database = NpgsqlDataSource.Create(connectionString);
        string[] settings =
        [
            $"--ConnectionStrings:Cms={connectionString}",
            $"--Cms:AdminKey={Newsroom.AdminKey}",
            "--Cms:Webhooks:Timeout=00:00:01",
            $"--Cms:Webhooks:RetrySchedule={string.Join(',', Enumerable.Repeat("00:00:00.2", 200))}",
        ];
        var nodes = await Task.WhenAll(AppProcess.StartAsync(data.Path, settings), AppProcess.StartAsync(data.Path, settings));
        using var survivor = nodes[0];
        using var victim = nodes[1];
        await using var receiver = await WebhookReceiver.StartAsync(MisbehaveAsync);
        using var admin = Patience.Client(survivor.Address);
        admin.DefaultRequestHeaders.Authorization = new("Bearer", Newsroom.AdminKey);
        await SubscribeAsync(admin, receiver.Address);
        var work = HappenAsync(database);

        await AtAsync(receiver, Events / 4);
        victim.Kill();
        await AtAsync(receiver, Events / 2);
        await receiver.DieAsync();
        await Task.Delay(TimeSpan.FromSeconds(1), TestContext.Current.CancellationToken);
        await receiver.ListenAsync();

        await work;
        await Eventually.TrueAsync(async () => await CountAsync(database, "pending") == 0);
        Assert.Equal(Events, await CountAsync(database, "delivered"));
        Check(receiver.Events);
    }

    private static async Task SubscribeAsync(HttpClient admin, Uri receiver)
    {
        var lines = Enumerable
            .Range(0, Articles)
            .Select(number => new { headline = $"Chaos {number}", publishedAt = "2026-01-01T00:00:00Z" });
        Assert.All(await admin.BulkAsync("/editorial/v1/articles/bulk", lines), line => Assert.NotNull(line["id"]));
        (
            await admin.PostAsync(
                "/editorial/v1/webhooks",
                new
                {
                    name = "chaos",
                    url = receiver,
                    events = new[] { "article.updated" },
                }
            )
        ).Expect(HttpStatusCode.Created);
        await Eventually.TrueAsync(async () =>
            (await admin.ReadAsync("/editorial/v1/webhooks/chaos")).Json["state"]!.GetValue<string>() == "active"
        );
    }

    // Inserts into the change log directly: one event per article and round.
    private static async Task HappenAsync(NpgsqlDataSource database)
    {
        for (var round = 0; round < Rounds; round++)
        {
            await using var happen = database.CreateCommand(
                "insert into changes (type, article_id, revision) select 'updated', id, 1 from articles order by random()"
            );
            await happen.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
            await Task.Delay(50, TestContext.Current.CancellationToken);
        }
    }

    private static async Task<long> CountAsync(NpgsqlDataSource database, string state)
    {
        await using var count = database.CreateCommand("select count(*) from webhook_deliveries where position is not null and state = $1");
        count.Parameters.Add(new() { Value = state });
        return (long)(await count.ExecuteScalarAsync(TestContext.Current.CancellationToken))!;
    }

    private static Task AtAsync(WebhookReceiver receiver, int received) =>
        Eventually.TrueAsync(() => Task.FromResult(receiver.Count >= received));

    private static async Task MisbehaveAsync(Received one, HttpContext context)
    {
        switch (one.Type == "webhook.ping" ? 0 : Random.Shared.Next(1_000))
        {
            case > 970: // fails
                context.Response.StatusCode = 500;
                break;
            case > 960: // aborts
                context.Abort();
                break;
            case > 957: // hangs
                await Task.Delay(TimeSpan.FromSeconds(5), context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
                break;
            case > 954: // stalls: accepts, but never completes the response
                await context.Response.Body.WriteAsync("{"u8.ToArray());
                await context.Response.Body.FlushAsync();
                await Task.Delay(TimeSpan.FromSeconds(5), context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
                break;
            default:
                context.Response.StatusCode = 204;
                break;
        }
    }

    private static void Check(IReadOnlyList<Received> received)
    {
        var all = received
            .Select(one => (one.Id, Sequence: one.Data["sequence"]!.GetValue<long>(), Article: one.Data["id"]!.GetValue<string>()))
            .ToList();
        Assert.Equal(Events, all.Select(one => one.Sequence).Distinct().Count());
        Assert.Equal(Events, all.Select(one => (one.Id, one.Sequence)).Distinct().Count());
        Assert.Equal(Events, all.Select(one => one.Id).Distinct().Count());
        Assert.True(all.Count > Events, "Nothing was sent twice: the receiver was too good.");
        Assert.All(all.GroupBy(one => one.Article), article =>
            Assert.Equal(article.Select(one => one.Sequence).Order(), article.Select(one => one.Sequence))
        );
    }
}
