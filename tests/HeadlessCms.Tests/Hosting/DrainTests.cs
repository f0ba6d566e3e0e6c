using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using HeadlessCms.Tests.Harness;

namespace HeadlessCms.Tests.Hosting;

/// <summary>What a node does from SIGTERM to its end.</summary>
public sealed class DrainTests(TestCluster cluster)
{
    [Fact]
    public async Task A_node_is_not_ready_first_then_finishes_what_it_began_tells_streams_to_come_back_and_exits_with_0()
    {
        using var data = new TemporaryDirectory();
        using var app = await StartAsync(data, "00:00:03");
        using var client = Client(app);
        using var stream = await client.GetAsync(
            new Uri("/content/v1/changes/stream", UriKind.Relative),
            HttpCompletionOption.ResponseHeadersRead,
            TestContext.Current.CancellationToken
        );
        using var lines = new StreamReader(await stream.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken));

        await app.SignalAsync("TERM");
        await Eventually.TrueAsync(async () => (await client.ReadAsync("/health/ready")).Status == HttpStatusCode.ServiceUnavailable);
        var answer = await client.ReadAsync("/content/v1/articles");
        Assert.Equal((HttpStatusCode.OK, true), (answer.Status, answer.Headers.ConnectionClose == true));
        var body = new HeldContent("{\"headline\":", "\"Saved while it stops\"}", "application/json");
        var saving = SendAsync(client, "/editorial/v1/articles", body);
        await body.Begun;

        var told = await lines.ReadToEndAsync(TestContext.Current.CancellationToken);
        body.Release();
        using var saved = await saving;

        Assert.Matches(@"^:\nid: [\w-]+\n\n(:\n\n)*retry: \d+\n\n$", told);
        Assert.Equal(HttpStatusCode.Created, saved.StatusCode);
        Assert.Equal(0, await app.ExitAsync());
    }

    [Fact]
    public async Task A_second_signal_ends_the_wait()
    {
        using var data = new TemporaryDirectory();
        using var app = await StartAsync(data, "00:05:00");
        using var client = Client(app);

        await app.SignalAsync("TERM");
        await Eventually.TrueAsync(async () => (await client.ReadAsync("/health/ready")).Status == HttpStatusCode.ServiceUnavailable);
        await app.SignalAsync("TERM");

        Assert.Equal(0, await app.ExitAsync().WaitAsync(TimeSpan.FromMinutes(4), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_bulk_request_stops_between_lines_and_says_where()
    {
        using var data = new TemporaryDirectory();
        using var app = await StartAsync(data, "00:00:00");
        using var client = Client(app);
        var body = new HeldContent(
            "{\"headline\":\"One\"}\n",
            "{\"headline\":\"Two\"}\n{\"headline\":\"Three\"}\n",
            "application/x-ndjson"
        );
        var bulk = SendAsync(client, "/editorial/v1/articles/bulk", body);
        await body.Begun;

        await app.SignalAsync("TERM");
        await Eventually.TrueAsync(async () => !await ListensAsync(app.Address)); // it stops, and the request goes on
        body.Release();
        using var answer = await bulk;

        var results = (await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))
            .Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => System.Text.Json.Nodes.JsonNode.Parse(line)!)
            .ToList();
        // The first line may have come before or after the signal.
        Assert.InRange(results.Count, 1, 2);
        Assert.All(results.SkipLast(1), result => Assert.Equal("created", result["status"]!.GetValue<string>()));
        Assert.Equal("refused", results[^1]["status"]!.GetValue<string>());
        Assert.Equal((results.Count, 503), (results[^1]["line"]!.GetValue<int>(), results[^1]["problem"]!["status"]!.GetValue<int>()));
        Assert.Equal(0, await app.ExitAsync());
    }

    private async Task<AppProcess> StartAsync(TemporaryDirectory data, string drain) =>
        await AppProcess.StartAsync(
            data.Path,
            $"--ConnectionStrings:Cms={await cluster.NewDatabaseAsync()}",
            $"--Cms:AdminKey={Newsroom.AdminKey}",
            $"--Cms:Drain={drain}"
        );

    private static HttpClient Client(AppProcess app)
    {
        var client = Patience.Client(app.Address, new SocketsHttpHandler { Expect100ContinueTimeout = Patience.Limit });
        client.DefaultRequestHeaders.Authorization = new("Bearer", Newsroom.AdminKey);
        return client;
    }

    private static async Task<HttpResponseMessage> SendAsync(HttpClient client, string path, HeldContent body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = body };
        request.Headers.ExpectContinue = true; // the body is sent when the app reads it
        return await client.SendAsync(request, TestContext.Current.CancellationToken);
    }

    private static async Task<bool> ListensAsync(Uri address)
    {
        using var socket = new TcpClient();
        try
        {
            await socket.ConnectAsync(address.Host, address.Port, TestContext.Current.CancellationToken);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    /// <summary>A body of which the second part is sent when it is released.</summary>
    private sealed class HeldContent : HttpContent
    {
        private readonly TaskCompletionSource _begun = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource _released = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly string _first;
        private readonly string _second;

        public HeldContent(string first, string second, string mediaType)
        {
            (_first, _second) = (first, second);
            Headers.ContentType = MediaTypeHeaderValue.Parse(mediaType);
        }

        /// <summary>Ends when the server asks for the body.</summary>
        public Task Begun => _begun.Task;

        public void Release() => _released.SetResult();

        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            _begun.TrySetResult();
            await stream.WriteAsync(Encoding.UTF8.GetBytes(_first));
            await stream.FlushAsync();
            await _released.Task;
            await stream.WriteAsync(Encoding.UTF8.GetBytes(_second));
        }

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }
}
