using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using HeadlessCms.Tests.Harness;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace HeadlessCms.Tests.Telemetry;

/// <summary>A span as a collector gets it.</summary>
public sealed record Span(string Service, JsonNode Json)
{
    public string Name => Json["name"]!.GetValue<string>();

    public string Trace => Json["traceId"]!.GetValue<string>();

    public string Id => Json["spanId"]!.GetValue<string>();

    public string? Parent => Json["parentSpanId"]?.GetValue<string>();

    public string Scope { get; init; } = "";

    public IReadOnlyList<string> LinkedTraces => [.. (Json["links"]?.AsArray() ?? []).Select(link => link!["traceId"]!.GetValue<string>())];

    public string? Attribute(string name) => Otlp.Attribute(Json, name);
}

/// <summary>
/// Receives OTLP over HTTP and keeps it. Messages are decoded by the classes that OpenTelemetry's JavaScript project generates from the
/// protocol's definition; requires <c>npm ci</c> in <c>otlp</c>.
/// </summary>
public sealed class Collector : IAsyncDisposable
{
    private readonly NodeScript _decode = new("otlp", "decode.js", "@opentelemetry/otlp-transformer");
    private readonly ConcurrentQueue<(string Signal, string Body)> _received = [];
    private WebApplication? _app;

    public Uri Address => new(_app!.Urls.Single());

    /// <summary>The headers of the requests.</summary>
    public ConcurrentQueue<string> ContentTypes { get; } = [];

    public static async Task<Collector> StartAsync()
    {
        var collector = new Collector();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        collector._app = builder.Build();
        collector._app.MapPost("/v1/{signal}", collector.ReceiveAsync);
        await collector._app.StartAsync();
        return collector;
    }

    /// <summary>The spans so far.</summary>
    public async Task<IReadOnlyList<Span>> SpansAsync() =>
        [
            .. (await MessagesAsync("traces"))
                .SelectMany(message => Otlp.Items(message, "resourceSpans"))
                .SelectMany(resource =>
                    Otlp.Items(resource, "scopeSpans")
                        .SelectMany(scope =>
                            Otlp.Items(scope, "spans")
                                .Select(span => new Span(Otlp.Attribute(resource["resource"]!, "service.name")!, span)
                                {
                                    Scope = scope["scope"]?["name"]?.GetValue<string>() ?? "",
                                })
                        )
                ),
        ];

    /// <summary>The metrics so far.</summary>
    public async Task<IReadOnlyList<JsonNode>> MetricsAsync() =>
        [
            .. (await MessagesAsync("metrics"))
                .SelectMany(message => Otlp.Items(message, "resourceMetrics"))
                .SelectMany(resource => Otlp.Items(resource, "scopeMetrics"))
                .SelectMany(scope => Otlp.Items(scope, "metrics")),
        ];

    /// <summary>The records of logs so far.</summary>
    public async Task<IReadOnlyList<JsonNode>> LogsAsync() =>
        [
            .. (await MessagesAsync("logs"))
                .SelectMany(message => Otlp.Items(message, "resourceLogs"))
                .SelectMany(resource => Otlp.Items(resource, "scopeLogs"))
                .SelectMany(scope => Otlp.Items(scope, "logRecords")),
        ];

    /// <summary>All that was received, decoded.</summary>
    public async Task<string> AllAsync() =>
        string.Concat((await MessagesAsync("traces", "metrics", "logs")).Select(message => message.ToJsonString(Otlp.Readable)));

    public async ValueTask DisposeAsync() => await _app!.DisposeAsync();

    private async Task ReceiveAsync(HttpContext context, string signal)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        ContentTypes.Enqueue(context.Request.ContentType ?? "");
        _received.Enqueue((signal, Convert.ToBase64String(body.ToArray())));
        context.Response.ContentType = "application/x-protobuf";
    }

    private async Task<IReadOnlyList<JsonNode>> MessagesAsync(params string[] signals) =>
        [
            .. (
                await _decode.AskAsync(
                    _received.Where(one => signals.Contains(one.Signal)).Select(one => new { signal = one.Signal, body = one.Body })
                )
            ).Select(line => JsonNode.Parse(line)!),
        ];
}

/// <summary>Reads decoded messages.</summary>
internal static class Otlp
{
    public static readonly System.Text.Json.JsonSerializerOptions Readable = new()
    {
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>A list, which is missing where it is empty.</summary>
    public static IEnumerable<JsonNode> Items(JsonNode owner, string name) => (owner[name]?.AsArray() ?? []).Select(item => item!);

    /// <summary>The value of an attribute as a text; null where there is none.</summary>
    public static string? Attribute(JsonNode owner, string name) =>
        (owner["attributes"]?.AsArray() ?? [])
            .Where(attribute => attribute!["key"]!.GetValue<string>() == name)
            .Select(attribute => attribute!["value"]!.AsObject().Select(value => value.Value?.ToString()).FirstOrDefault())
            .FirstOrDefault();
}
