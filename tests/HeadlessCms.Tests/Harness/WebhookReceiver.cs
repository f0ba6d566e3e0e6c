using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace HeadlessCms.Tests.Harness;

/// <summary>A request that a receiver got.</summary>
public sealed record Received(string Id, string Timestamp, string Signature, string Body)
{
    public JsonNode Json => JsonNode.Parse(Body)!;

    public string Type => Json["type"]!.GetValue<string>();

    public JsonNode Data => Json["data"]!;
}

/// <summary>A server that receives webhooks: it keeps the requests and responds as the test says.</summary>
public sealed class WebhookReceiver : IAsyncDisposable
{
    private readonly ConcurrentQueue<Received> _received = [];
    private readonly Func<Received, HttpContext, Task> _answer;
    private WebApplication? _app;

    private WebhookReceiver(Func<Received, HttpContext, Task> answer) => _answer = answer;

    public Uri Address { get; private set; } = new("http://127.0.0.1:0");

    /// <summary>The number of requests.</summary>
    public int Count => _received.Count;

    public IReadOnlyList<Received> All => [.. _received];

    /// <summary>The requests except pings.</summary>
    public IReadOnlyList<Received> Events => [.. _received.Where(one => one.Type != "webhook.ping")];

    /// <summary>Starts one that responds with 204, or as <paramref name="answer"/> says.</summary>
    public static async Task<WebhookReceiver> StartAsync(Func<Received, HttpContext, Task>? answer = null)
    {
        var receiver = new WebhookReceiver(answer ?? ((_, context) => Task.FromResult(context.Response.StatusCode = 204)));
        await receiver.ListenAsync();
        return receiver;
    }

    /// <summary>Listens on a free port, or again on the port that it had.</summary>
    public async Task ListenAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls(Address.ToString());
        _app = builder.Build();
        _app.Run(ReceiveAsync);
        await _app.StartAsync();
        Address = new Uri(_app.Urls.Single());
    }

    /// <summary>Stops listening and breaks open connections.</summary>
    public async Task DieAsync()
    {
        using var atOnce = new CancellationTokenSource(0);
        await _app!.StopAsync(atOnce.Token);
        await _app.DisposeAsync();
    }

    public async ValueTask DisposeAsync() => await _app!.DisposeAsync();

    private async Task ReceiveAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body);
        var headers = context.Request.Headers;
        var one = new Received(
            headers["webhook-id"].ToString(),
            headers["webhook-timestamp"].ToString(),
            headers["webhook-signature"].ToString(),
            await reader.ReadToEndAsync()
        );
        _received.Enqueue(one);
        await _answer(one, context);
    }
}
