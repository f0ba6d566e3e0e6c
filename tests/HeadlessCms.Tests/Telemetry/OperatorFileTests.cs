using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using HeadlessCms.Tests.Harness;

namespace HeadlessCms.Tests.Telemetry;

/// <summary>
/// The dashboard and the alert rules of <c>docs/telemetry</c>, read with Prometheus's grammar: they name metrics that a node has.
/// </summary>
public sealed class OperatorFileTests(OperatedNode node) : IClassFixture<OperatedNode>
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
        HashSet<string> missing = [];
        await Eventually.TrueAsync(async () =>
        {
            missing = [.. named.Except(await SeriesAsync())];
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
        var page = Path.Combine(Path.GetTempPath(), $"{Guid.CreateVersion7()}.prom");
        await File.WriteAllTextAsync(page, (await node.Manager.ReadAsync("/metrics")).Text, TestContext.Current.CancellationToken);

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

    private async Task<HashSet<string>> SeriesAsync() =>
        [
            .. (await node.Manager.ReadAsync("/metrics"))
                .Text.Split('\n', StringSplitOptions.RemoveEmptyEntries)
                .Where(line => line[0] != '#')
                .Select(line => line.Split('{', ' ')[0]),
        ];

    private static string At(string file, [CallerFilePath] string here = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "../../../docs/telemetry", file));
}
