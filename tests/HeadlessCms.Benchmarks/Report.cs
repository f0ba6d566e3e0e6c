using System.Globalization;
using System.Text;
using HeadlessCms.Benchmarks.Hostile;
using HeadlessCms.Benchmarks.Scenarios;

namespace HeadlessCms.Benchmarks;

/// <summary>Writes the tables as Markdown.</summary>
internal static class Report
{
    public static string Brief(Line line) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{line.Name}: {line.App.PerSecond:#,0}/s, p50 {line.App.P50:0.00} ms, p99 {line.App.P99:0.00} ms, "
                + $"{Ratio(line.ToHandWritten)} of hand-written, {Ratio(line.ToBare)} of bare Kestrel"
        );

    public static void Write(
        int articles,
        Options options,
        List<Line> lines,
        List<(string What, string Figure, string Target, bool Met)> facts,
        List<string> faults
    )
    {
        var text = new StringBuilder();
        text.AppendLine(
                CultureInfo.InvariantCulture,
                $"{articles:#,0} articles, {options.Connections} connections, {options.Rounds} rounds of "
                    + $"{options.Seconds / options.Rounds:0.0} s, {Environment.ProcessorCount} processors"
            )
            .AppendLine();
        if (lines.Count > 0)
        {
            Row(
                text,
                "what",
                "requests/s",
                "p50 ms",
                "p99 ms",
                "errors",
                "bytes",
                "RSS MB",
                "SQL",
                "hand-written/s",
                "ratio",
                "bare Kestrel/s",
                "ratio",
                "targets"
            );
            Row(text, "---", "--:", "--:", "--:", "--:", "--:", "--:", "--:", "--:", "--:", "--:", "--:", "---");
            foreach (var line in lines)
                Row(
                    text,
                    line.Name,
                    Count(line.App.PerSecond),
                    Time(line.App.P50),
                    Time(line.App.P99),
                    Count(line.App.Errors),
                    Count(line.App.Bytes),
                    Count(line.Resident),
                    Number(line.Statements),
                    Count(line.HandWritten?.PerSecond),
                    Ratio(line.ToHandWritten),
                    Count(line.Bare?.PerSecond),
                    Ratio(line.ToBare),
                    string.Join("; ", line.Targets.Select(target => $"{target.Text}: {Met(target.Met)}"))
                );
            text.AppendLine();
            Row(text, "CPU, µs a request", "app", "its PostgreSQL", "hand-written", "its PostgreSQL", "bare Kestrel");
            Row(text, "---", "--:", "--:", "--:", "--:", "--:");
            foreach (var line in lines)
                Row(
                    text,
                    line.Name,
                    Count(line.App.AppMicroseconds),
                    Count(line.App.PostgresMicroseconds),
                    Count(line.HandWritten?.AppMicroseconds),
                    Count(line.HandWritten?.PostgresMicroseconds),
                    Count(line.Bare?.AppMicroseconds)
                );
            text.AppendLine();
        }

        if (facts.Count > 0)
        {
            Row(text, "what", "figure", "target", "met");
            Row(text, "---", "--:", "--:", "---");
            foreach (var (what, figure, target, met) in facts)
                Row(text, what, figure, target, Met(met));
            text.AppendLine();
        }

        foreach (var fault in faults)
            text.AppendLine(CultureInfo.InvariantCulture, $"WRONG: {fault}");
        Console.Write(text);
    }

    public static void Write((int Small, int Large) sizes, List<ScaleLine> lines, List<string> faults)
    {
        var text = new StringBuilder();
        Row(text, "one answer, p50 ms", $"{Count(sizes.Small)} articles", $"{Count(sizes.Large)} articles", "ratio", "target", "met");
        Row(text, "---", "--:", "--:", "--:", "--:", "---");
        foreach (var line in lines)
            Row(
                text,
                line.Name,
                Time(line.Small),
                Time(line.Large),
                Ratio(line.Ratio),
                $"≤ {line.Within.ToString(CultureInfo.InvariantCulture)}",
                Met(line.Met)
            );
        text.AppendLine();
        foreach (var fault in faults)
            text.AppendLine(CultureInfo.InvariantCulture, $"WRONG: {fault}");
        Console.Write(text);
    }

    public static void Write(List<HostileLine> lines, List<(string Name, IReadOnlyDictionary<int, int> Statuses)> attacks)
    {
        var text = new StringBuilder();
        Row(text, "honest callers, ms", "p50 alone", "p99 alone", "p50 attacked", "p99 attacked", "ratio of p99", "refused", "target");
        Row(text, "---", "--:", "--:", "--:", "--:", "--:", "--:", "---");
        foreach (var line in lines)
            Row(
                text,
                line.Name,
                Time(line.Alone.P50),
                Time(line.Alone.P99),
                Time(line.Attacked.P50),
                Time(line.Attacked.P99),
                Ratio(line.Ratio),
                Count(line.Attacked.Errors),
                $"≤ {line.Within.ToString(CultureInfo.InvariantCulture)}, none refused: {Met(line.Met)}"
            );
        text.AppendLine();
        Row(text, "attack", "answers by status");
        Row(text, "---", "---");
        foreach (var (name, statuses) in attacks)
            Row(text, name, string.Join(", ", statuses.OrderBy(one => one.Key).Select(one => $"{one.Key}: {Count(one.Value)}")));
        Console.Write(text);
    }

    public static void Write(IEnumerable<VarnishLine> lines, List<string> faults)
    {
        var text = new StringBuilder();
        Row(text, "what", "our own memory/s", "p99 ms", "Varnish before it/s", "p99 ms", "ratio", "hit rate of Varnish");
        Row(text, "---", "--:", "--:", "--:", "--:", "--:", "--:");
        foreach (var line in lines)
            Row(
                text,
                line.Name,
                Count(line.Memory.PerSecond),
                Time(line.Memory.P99),
                Count(line.Varnish.PerSecond),
                Time(line.Varnish.P99),
                Ratio(line.Ratio),
                line.HitRate.ToString("P2", CultureInfo.InvariantCulture)
            );
        text.AppendLine();
        foreach (var fault in faults)
            text.AppendLine(CultureInfo.InvariantCulture, $"WRONG: {fault}");
        Console.Write(text);
    }

    public static void Write(IEnumerable<NodesLine> lines, List<string> faults)
    {
        var text = new StringBuilder();
        Row(
            text,
            "what",
            "nodes",
            "replicas",
            "requests/s",
            "ratio",
            "p50 ms",
            "p99 ms",
            "CPU, µs a request: nodes",
            "primary",
            "replicas",
            "transactions at the primary"
        );
        Row(text, "---", "--:", "--:", "--:", "--:", "--:", "--:", "--:", "--:", "--:", "--:");
        foreach (var line in lines)
            Row(
                text,
                line.Name,
                $"{line.Nodes}",
                $"{line.Replicas}",
                Count(line.Load.PerSecond),
                Ratio(line.Ratio),
                Time(line.Load.P50),
                Time(line.Load.P99),
                Count(line.Load.AppMicroseconds),
                Count(line.Load.PostgresMicroseconds),
                Count(line.ReplicaMicroseconds),
                line.OnPrimary.ToString("0.00", CultureInfo.InvariantCulture)
            );
        text.AppendLine();
        foreach (var fault in faults)
            text.AppendLine(CultureInfo.InvariantCulture, $"WRONG: {fault}");
        Console.Write(text);
    }

    private static void Row(StringBuilder text, params string[] cells) => text.Append("| ").AppendJoin(" | ", cells).AppendLine(" |");

    private static string Met(bool met) => met ? "met" : "**not met**";

    private static string Ratio(double? ratio) => ratio?.ToString("0.00", CultureInfo.InvariantCulture) ?? "–";

    private static string Time(double milliseconds) => milliseconds.ToString("0.00", CultureInfo.InvariantCulture);

    private static string Count(double? count) => count?.ToString("#,0", CultureInfo.InvariantCulture) ?? "–";

    private static string Number(double number) => number.ToString("0.#", CultureInfo.InvariantCulture);
}
