using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Text.Json.Nodes;
using HeadlessCms.Tests.Harness;

namespace HeadlessCms.Tests.Telemetry;

/// <summary>What two nodes tell a collector, read with the classes of others.</summary>
public sealed class TelemetryTests(ObservedNewsroom newsroom) : IClassFixture<ObservedNewsroom>
{
    private const string Webhooks = "/editorial/v1/webhooks";

    [Fact]
    public async Task A_delivery_by_another_node_is_linked_to_the_request_that_caused_it_and_names_its_own_trace_to_the_receiver()
    {
        var sent = new ConcurrentQueue<string>();
        await using var receiver = await ReceiverAsync(sent);
        await SubscribeAsync("traced", receiver.Address.ToString());
        var slug = await newsroom.Admin.ArticleAsync(new { headline = "A traced story" });
        var trace = await PublishTracedAsync(slug);

        Span? delivery = null;
        await Eventually.TrueAsync(async () => (delivery = (await newsroom.Collector.SpansAsync()).FirstOrDefault(IsDelivery)) is not null);

        Assert.Equal("sender", delivery!.Service);
        Assert.NotEqual(trace, delivery.Trace);
        Assert.Equal("delivered", delivery.Attribute("headless_cms.outcome"));
        var header = sent.First(one => one.Contains(delivery.Trace, StringComparison.Ordinal));
        await Eventually.TrueAsync(async () =>
            (await newsroom.Collector.SpansAsync()).Any(span => span.Parent == delivery.Id && span.Id == header.Split('-')[2])
        );

        bool IsDelivery(Span span) =>
            span.Name == "deliver webhook"
            && span.LinkedTraces.Contains(trace)
            && sent.Any(one => one.Contains(span.Trace, StringComparison.Ordinal)); // receivers of other tests are gone
    }

    [Fact]
    public async Task Each_stage_from_a_save_to_its_delivery_has_a_span_and_statements_are_among_them()
    {
        var sent = new ConcurrentQueue<string>();
        await using var receiver = await ReceiverAsync(sent);
        await SubscribeAsync("staged", receiver.Address.ToString());
        var slug = await newsroom.Admin.ArticleAsync(new { headline = "A story in stages" });
        var trace = await PublishTracedAsync(slug);

        string[] atDesk = ["POST /editorial/v1/articles/{article}/publications", "append changes", "commit"];
        IReadOnlyList<Span> spans = [];
        await Eventually.TrueAsync(async () =>
        {
            spans = await newsroom.Collector.SpansAsync();
            return atDesk.All(name => spans.Any(span => span.Trace == trace && span.Name == name))
                && spans.Any(span => span.Name == "apply changes" && span.LinkedTraces.Contains(trace))
                && spans.Any(span => span.Name == "deliver webhook" && span.LinkedTraces.Contains(trace))
                && spans.Any(span => span.Name == "dispatch changes");
        });

        var ofRequest = spans.Where(span => span.Trace == trace).ToList();
        Assert.All(ofRequest, span => Assert.Equal("desk", span.Service));
        var statements = ofRequest.Where(span => span.Scope == "Npgsql").ToList();
        Assert.NotEmpty(statements);
        Assert.All(statements, span => Assert.Contains(ofRequest, other => other.Id == span.Parent));
        Assert.All(statements, span => Assert.Equal("postgresql", span.Attribute("db.system.name")));
        var deliveries = spans.Where(span => span.Name == "deliver webhook").Select(span => span.Id).ToHashSet();
        Assert.Contains(spans, span => span.Scope == "Npgsql" && deliveries.Contains(span.Parent ?? ""));
        Assert.DoesNotContain(spans, span => span.Scope == "Npgsql" && span.Parent is null or ""); // polls are no traces
    }

    [Fact]
    public async Task A_problem_and_a_line_of_the_log_name_the_trace_of_their_caller()
    {
        var (trace, header) = NewTrace();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/editorial/v1/articles");
        request.Headers.Add("traceparent", header);
        request.Headers.Add("Authorization", "Bearer cms_nosuchky_0123456789abcdefghijABCDEFGHIJ0123456789");
        var problem = (await newsroom.Anyone.AnswerAsync(request)).Expect(HttpStatusCode.Unauthorized);

        Assert.Equal(trace, problem["traceId"]!.GetValue<string>().Split('-')[1]);
        await Eventually.TrueAsync(async () =>
            (await newsroom.Collector.LogsAsync()).Any(record =>
                record["traceId"]?.GetValue<string>() == trace
                && record["body"]!["stringValue"]!.GetValue<string>().Contains("Authentication failed", StringComparison.Ordinal)
            )
        );
    }

    [Fact]
    public async Task Metrics_have_the_standard_names_and_units()
    {
        await newsroom.Reader.ReadAsync("/content/v1/articles/no-such-story");
        await newsroom.Admin.ArticleAsync(new { headline = "A measured story" }, publish: true);
        (string Name, string Unit)[] expected =
        [
            ("http.server.request.duration", "s"),
            ("http.server.active_requests", "{request}"),
            ("db.client.operation.duration", "s"),
            ("dotnet.process.cpu.time", "s"),
            ("dotnet.process.memory.working_set", "By"),
            ("headless_cms.answers", "{response}"),
            ("headless_cms.problems", "{problem}"),
            ("headless_cms.change.visibility.duration", "s"),
            ("headless_cms.change_log.lag", "s"),
            ("headless_cms.change_log.position", "{change}"),
            ("headless_cms.webhook.backlog", "{delivery}"),
            ("headless_cms.webhook.backlog.age", "s"),
            ("headless_cms.websub.backlog", "{feed}"),
        ];

        IReadOnlyList<JsonNode> metrics = [];
        await Eventually.TrueAsync(async () =>
        {
            metrics = await newsroom.Collector.MetricsAsync();
            return expected.All(one => metrics.Any(metric => metric["name"]!.GetValue<string>() == one.Name))
                && Points(metrics, "headless_cms.problems").Any(point => Otlp.Attribute(point, "error.type") == "notFound");
        });

        Assert.All(expected, one =>
            Assert.Equal(one.Unit, metrics.First(metric => metric["name"]!.GetValue<string>() == one.Name)["unit"]!.GetValue<string>())
        );
        var routes = Points(metrics, "http.server.request.duration").Select(point => Otlp.Attribute(point, "http.route")).OfType<string>();
        Assert.All(routes, route => Assert.DoesNotContain("no-such-story", route, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Prometheus_and_otlp_give_the_same_numbers()
    {
        for (var number = 0; number < 7; number++)
            (await newsroom.Reader.ReadAsync("/content/v1/topics/no-such-topic")).Problem(HttpStatusCode.NotFound);

        await Eventually.TrueAsync(async () =>
        {
            var page = (await newsroom.Manager.ReadAsync("/metrics")).Text;
            var scraped = page.Split('\n')
                .SingleOrDefault(line =>
                    line.StartsWith("headless_cms_problems_total{", StringComparison.Ordinal)
                    && line.Contains("error_type=\"notFound\"", StringComparison.Ordinal)
                );
            var exported = Points(await newsroom.Collector.MetricsAsync(), "headless_cms.problems")
                .Where(point => Otlp.Attribute(point, "error.type") == "notFound")
                .Select(point => point["asInt"]!.GetValue<string>());
            return scraped is not null && long.Parse(scraped.Split(' ')[1]) >= 7 && exported.Contains(scraped.Split(' ')[1]);
        });
    }

    [Fact]
    public async Task No_secret_and_nothing_of_a_person_is_sent()
    {
        var sent = new ConcurrentQueue<string>();
        await using var receiver = await ReceiverAsync(sent);
        var secret = await SubscribeAsync("secretive", $"{receiver.Address}canarypath?token=canarytoken");
        var slug = await newsroom.Admin.ArticleAsync(
            new
            {
                headline = "Canaryheadline",
                body = new { format = "html", content = "<p>Canarybody</p>" },
                standfirst = "Canarystandfirst",
            }
        );
        var preview = (await newsroom.Admin.PostAsync("/editorial/v1/previews", new { article = slug })).Json;
        var token = preview["token"]?.GetValue<string>() ?? preview.ToJsonString();
        await newsroom.Reader.ReadAsync($"/content/v1/articles/{slug}?preview={Uri.EscapeDataString(token)}");
        await newsroom.Reader.ReadAsync("/content/v1/search?q=canaryquery");
        using var curious = new HttpRequestMessage(HttpMethod.Get, "/content/v1/articles/canaryslug");
        curious.Headers.Add("User-Agent", "canarybrowser/1.0");
        await newsroom.Reader.AnswerAsync(curious);
        var trace = await PublishTracedAsync(slug);
        await Eventually.TrueAsync(async () =>
            (await newsroom.Collector.SpansAsync()).Any(span => span.Name == "deliver webhook" && span.LinkedTraces.Contains(trace))
        );

        var all = await newsroom.Collector.AllAsync();
        Assert.Contains("/content/v1/articles/{article}", all, StringComparison.Ordinal);
        Assert.DoesNotContain("canary", all, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(Newsroom.AdminKey, all, StringComparison.Ordinal);
        Assert.DoesNotContain(secret, all, StringComparison.Ordinal);
        Assert.DoesNotContain(token, all, StringComparison.Ordinal);
        Assert.DoesNotContain("#token=", all, StringComparison.Ordinal); // the address that opens the page of the OpenAPI documents
        Assert.DoesNotContain("Username=", all, StringComparison.OrdinalIgnoreCase);
        Assert.All(newsroom.Collector.ContentTypes, type => Assert.Equal("application/x-protobuf", type));
    }

    private static IEnumerable<JsonNode> Points(IEnumerable<JsonNode> metrics, string name) =>
        metrics
            .Where(metric => metric["name"]!.GetValue<string>() == name)
            .SelectMany(metric => (metric["sum"] ?? metric["gauge"] ?? metric["histogram"])!["dataPoints"]!.AsArray())
            .Select(point => point!);

    private static (string Trace, string Header) NewTrace()
    {
        var trace = ActivityTraceId.CreateRandom().ToHexString();
        return (trace, $"00-{trace}-{ActivitySpanId.CreateRandom().ToHexString()}-01");
    }

    private static Task<WebhookReceiver> ReceiverAsync(ConcurrentQueue<string> traces) =>
        WebhookReceiver.StartAsync(
            (_, context) =>
            {
                traces.Enqueue(context.Request.Headers["traceparent"].ToString());
                context.Response.StatusCode = 204;
                return Task.CompletedTask;
            }
        );

    // Publishes as a caller that traces its own work, and returns its trace.
    private async Task<string> PublishTracedAsync(string slug)
    {
        var (trace, header) = NewTrace();
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/editorial/v1/articles/{slug}/publications")
        {
            Content = new StringContent("{}", System.Text.Encoding.UTF8, "application/json"),
        };
        request.Headers.Add("traceparent", header);
        (await newsroom.Admin.AnswerAsync(request)).Expect(HttpStatusCode.Created);
        return trace;
    }

    private async Task<string> SubscribeAsync(string name, string url)
    {
        var answer = await newsroom.Admin.PostAsync(
            Webhooks,
            new
            {
                name,
                url,
                events = new[] { "article.published" },
            }
        );
        await Eventually.TrueAsync(async () =>
            (await newsroom.Admin.ReadAsync($"{Webhooks}/{name}")).Json["state"]!.GetValue<string>() == "active"
        );
        return answer.Expect(HttpStatusCode.Created)["secret"]!.GetValue<string>();
    }
}
