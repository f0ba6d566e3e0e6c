using System.Diagnostics.Metrics;
using System.Net;
using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using HeadlessCms.Api.Hosting.Telemetry;
using HeadlessCms.Tests.Cdn;
using HeadlessCms.Tests.Cluster;
using HeadlessCms.Tests.Harness;
using HeadlessCms.Tests.Hosting;
using HeadlessCms.Tests.Webhooks;

namespace HeadlessCms.Tests.Telemetry;

/// <summary>
/// The dashboard and the alert rules of <c>docs/telemetry</c>, read with Prometheus's grammar: they name metrics that a node has.
/// </summary>
public sealed partial class OperatorFileTests(
    PushingNewsroom newsroom,
    ManagedNewsroom managed,
    LaggingNewsroom replicated,
    FastlyNewsroom behindCdn
) : IClassFixture<PushingNewsroom>, IClassFixture<ManagedNewsroom>, IClassFixture<LaggingNewsroom>, IClassFixture<FastlyNewsroom>
{
    private readonly NodeScript _read = new("otlp", "promql.js", "@prometheus-io/lezer-promql");

    [Theory]
    [InlineData("grafana-dashboard.json", "json", 20)]
    [InlineData("alerts.yml", "yaml", 10)]
    public async Task Expressions_parse_and_name_metrics_that_a_node_has(string file, string format, int least)
    {
        var found = await ReadAsync(format, await File.ReadAllTextAsync(At(file), TestContext.Current.CancellationToken));

        Assert.Empty(found["errors"]!.AsArray());
        Assert.True(found["expressions"]!.GetValue<int>() >= least);
        var named = found["metrics"]!.AsArray().Select(name => name!.GetValue<string>()).Where(name => name != "up").ToHashSet();
        await MakeTrafficAsync(file);
        HashSet<string> missing = [];
        await Eventually.TrueAsync(async () =>
        {
            missing = [.. named.Except(await SeriesAsync()).Except(InstrumentsOf(replicated)).Except(InstrumentsOf(behindCdn))];
            return missing.Count == 0;
        });
    }

    [Fact]
    public async Task An_expression_that_does_not_parse_is_found() =>
        Assert.NotEmpty((await ReadAsync("yaml", "- expr: sum(rate(x[5m]) >"))["errors"]!.AsArray());

    [Fact]
    public async Task Prometheus_itself_accepts_the_rules()
    {
        var run = await Tool.RunAsync("promtool", ["check", "rules", At("alerts.yml")], Path.GetDirectoryName(At("alerts.yml"))!);

        Assert.True(run.ExitCode == 0, run.ToString());
    }

    [Fact]
    public async Task Prometheus_itself_accepts_the_page_of_metrics()
    {
        await MakeTrafficAsync("page");
        var page = Path.Combine(Path.GetTempPath(), $"{Guid.CreateVersion7()}.prom");
        await File.WriteAllTextAsync(page, (await managed.Manager.ReadAsync("/metrics")).Text, TestContext.Current.CancellationToken);

        var run = await Tool.RunAsync(
            "sh",
            ["-c", "command -v promtool >/dev/null || exit 127; promtool check metrics <\"$0\"", page],
            "/"
        );

        File.Delete(page);
        Assert.SkipWhen(run.ExitCode == 127, "promtool is not installed.");
        Assert.DoesNotContain("error while linting", run.ToString(), StringComparison.OrdinalIgnoreCase);
        Assert.True(run.ExitCode is 0 or 3, run.ToString()); // 3: it would name some metrics otherwise than OpenTelemetry does
    }

    private async Task<JsonNode> ReadAsync(string format, string text) =>
        JsonNode.Parse((await _read.AskAsync([new { format, text }])).Single())!;

    // The nodes of both newsrooms are in this process, and each collects what all of them measure.
    private async Task MakeTrafficAsync(string name)
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        await newsroom.TellAsync(Word().Replace(name, ""), receiver);
        await newsroom.StoryAsync("A story to be delivered");
        await Eventually.TrueAsync(() => Task.FromResult(receiver.Events.Count > 0));
        await behindCdn.Admin.ArticleAsync(new { headline = "A story that a CDN keeps" }, publish: true);
        await behindCdn.SettledAsync();
        (await replicated.Anyone.ReadAsync("/health/ready")).Expect(HttpStatusCode.OK);
        await newsroom.Anyone.ReadAsync("/content/v1/articles/no-such-story");
        Assert.Equal(
            HttpStatusCode.Unauthorized,
            (await newsroom.Client("cms_wrongkey_0123456789abcdefghijABCDEFGHIJ0123456789").ReadAsync("/editorial/v1/articles")).Status
        );
    }

    private async Task<HashSet<string>> SeriesAsync() =>
        [
            .. (await managed.Manager.ReadAsync("/metrics"))
                .Text.Split('\n', StringSplitOptions.RemoveEmptyEntries)
                .Where(line => line[0] != '#')
                .Select(line => line.Split('{', ' ')[0]),
        ];

    // A series of a name is one for all nodes of a process and ends with the first of them that stops: what few nodes have is looked up
    // among the instruments of one of them; so is what Npgsql has, of which the pools of all tests are too many for one series.
    private static List<string> InstrumentsOf(Newsroom node)
    {
        var meter = node.Service<IMeterFactory>().Create(MetricsEndpoint.Meter);
        List<string> names = [];
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, _) =>
        {
            if (ReferenceEquals(instrument.Meter, meter) || instrument.Meter.Name == "Npgsql")
                names.Add(NameOf(instrument));
        };
        listener.Start();
        return names;
    }

    private static string NameOf(Instrument instrument) =>
        PrometheusName.Sanitize(instrument.Name)
        + (instrument.Unit == "s" ? "_seconds" : "")
        + (instrument is Counter<long> ? "_total" : "");

    private static string At(string file, [CallerFilePath] string here = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "../../../docs/telemetry", file));

    [GeneratedRegex("[^a-z]")]
    private static partial Regex Word();
}
