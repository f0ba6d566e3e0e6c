using System.Net;
using System.Net.ServerSentEvents;
using System.Text.Json.Nodes;
using HeadlessCms.Tests.Harness;

namespace HeadlessCms.Tests.Cluster;

/// <summary>Those who follow the changes of a group of nodes: a webhook, a copy that polls, and a browser with an event stream.</summary>
internal sealed class Subscribers : IAsyncDisposable
{
    private readonly NodeGroup _group;
    private readonly WebhookReceiver _receiver;
    private readonly List<(string Article, string Id)> _streamed = [];
    private readonly List<string> _polled = [];
    private int _streams;
    private string? _cursor;
    private string? _lastId;

    private Subscribers(NodeGroup group, WebhookReceiver receiver) => (_group, _receiver) = (group, receiver);

    /// <summary>How many times the event stream was opened.</summary>
    public int Streams => _streams;

    /// <summary>Subscribes before anything happens.</summary>
    public static async Task<Subscribers> BeginAsync(NodeGroup group)
    {
        var all = new Subscribers(group, await WebhookReceiver.StartAsync());
        using var admin = group.Client(Newsroom.AdminKey);
        var webhook = new
        {
            name = "follower",
            url = all._receiver.Address,
            events = new[] { "article.published", "article.updated" },
        };
        (await admin.PostAsync("/editorial/v1/webhooks", webhook)).Expect(HttpStatusCode.Created);
        await Eventually.TrueAsync(async () =>
            (await admin.ReadAsync("/editorial/v1/webhooks/follower")).Json["state"]!.GetValue<string>() == "active"
        );
        all._cursor = (await admin.ReadAsync("/content/v1/changes")).Expect(HttpStatusCode.OK)["nextCursor"]!.GetValue<string>();
        all._lastId = all._cursor;
        return all;
    }

    /// <summary>Follows until it is cancelled, through whatever breaks.</summary>
    public Task RunAsync(CancellationToken end) => Task.WhenAll(StreamAsync(end), PollAsync(end));

    /// <summary>Asserts that each publication arrived everywhere, once by id and in its order.</summary>
    public async Task CheckAsync(IEnumerable<NewsTraffic.Story> stories)
    {
        var expected = stories.Select(story => (story.Id, story.Publications)).Order().ToList();
        using var anyone = _group.Client(null);
        await ReadChangesAsync(anyone);
        Assert.Equal(expected, CountsOf(_polled));

        using (var rest = new CancellationTokenSource(Patience.Limit))
        {
            var stream = StreamAsync(rest.Token);
            await Eventually.TrueAsync(() => Task.FromResult(Streamed().Count >= _polled.Count));
            await rest.CancelAsync();
            await stream;
        }

        Assert.Equal(_polled, Streamed());

        await Eventually.TrueAsync(async () =>
            await _group.SqlAsync<long>("select count(*) from webhook_deliveries where state = 'pending'") == 0
        );
        var sent = _receiver.Events.DistinctBy(one => one.Id).ToList();
        Assert.Equal(expected, CountsOf(sent.Select(one => one.Data["id"]!.GetValue<string>())));
        Assert.All(sent.GroupBy(one => one.Data["id"]!.GetValue<string>()), article =>
        {
            var order = article.Select(one => one.Data["sequence"]!.GetValue<long>()).ToList();
            Assert.Equal(order.Order(), order);
        });
    }

    /// <summary>How many webhooks were sent more than once.</summary>
    public int Repeated => _receiver.Events.Count - _receiver.Events.DistinctBy(one => one.Id).Count();

    public ValueTask DisposeAsync() => _receiver.DisposeAsync();

    private static List<(string, int)> CountsOf(IEnumerable<string> articles) =>
        [.. articles.GroupBy(article => article).Select(article => (article.Key, article.Count())).Order()];

    private List<string> Streamed()
    {
        lock (_streamed)
            return [.. _streamed.Select(one => one.Article)];
    }

    private async Task PollAsync(CancellationToken end)
    {
        using var client = _group.Client(null);
        while (!end.IsCancellationRequested)
        {
            try
            {
                await ReadChangesAsync(client);
            }
            catch (Exception gone) when (gone is HttpRequestException or IOException or OperationCanceledException)
            {
                // asked again with the same token
            }

            await Task.Delay(100, TestContext.Current.CancellationToken);
        }
    }

    private async Task ReadChangesAsync(HttpClient client)
    {
        for (var more = true; more; )
        {
            var answer = await client.ReadAsync($"/content/v1/changes?since={_cursor}").WaitAsync(TimeSpan.FromSeconds(20)).OrNullAsync();
            if (answer is not { Status: HttpStatusCode.OK })
                return;
            _polled.AddRange(answer.Json["items"]!.AsArray().Select(item => item!["id"]!.GetValue<string>()));
            _cursor = answer.Json["nextCursor"]!.GetValue<string>();
            more = answer.Json["more"]!.GetValue<bool>();
        }
    }

    // As a browser's EventSource does.
    private async Task StreamAsync(CancellationToken end)
    {
        using var client = _group.Client(null);
        while (!end.IsCancellationRequested)
        {
            try
            {
                using var request = new HttpRequestMessage(HttpMethod.Get, "/content/v1/changes/stream");
                request.Headers.Add("Last-Event-ID", _lastId);
                using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, end);
                if (response.IsSuccessStatusCode)
                    await FollowAsync(await response.Content.ReadAsStreamAsync(end), end);
            }
            catch (Exception gone) when (gone is HttpRequestException or IOException or OperationCanceledException)
            {
                // opened again after the last event
            }

            await Task.Delay(100, TestContext.Current.CancellationToken);
        }
    }

    private async Task FollowAsync(Stream stream, CancellationToken end)
    {
        Interlocked.Increment(ref _streams);
        var parser = SseParser.Create(stream, (_, data) => JsonNode.Parse(data)!["id"]!.GetValue<string>());
        await foreach (var item in parser.EnumerateAsync(end))
        {
            _lastId = item.EventId;
            lock (_streamed)
                _streamed.Add((item.Data, item.EventId!));
        }
    }
}

internal static class Answering
{
    /// <summary>Null where no response came in time.</summary>
    public static async Task<Answer?> OrNullAsync(this Task<Answer> asking)
    {
        try
        {
            return await asking;
        }
        catch (TimeoutException)
        {
            return null;
        }
    }
}
