using System.Collections.Concurrent;
using OpenTelemetry.Metrics;

namespace HeadlessCms.Api.Hosting.Telemetry;

/// <summary>The name of a metric in Prometheus, by OpenTelemetry's compatibility specification.</summary>
internal static class PrometheusName
{
    private static readonly ConcurrentDictionary<(string, string, MetricType), string> Names = new();

    /// <summary>The name with its unit as suffix, and <c>_total</c> where it only grows.</summary>
    public static string Of(Metric metric) =>
        Names.GetOrAdd((metric.Name, metric.Unit ?? "", metric.MetricType), key => Make(key.Item1, key.Item2, key.Item3));

    /// <summary>A text with nothing but letters, digits and underscores.</summary>
    public static string Sanitize(string name) => string.Concat(name.Select(sign => char.IsAsciiLetterOrDigit(sign) ? sign : '_'));

    private static string Make(string name, string unit, MetricType type)
    {
        var isGauge = type is not (MetricType.LongSum or MetricType.DoubleSum or MetricType.Histogram);
        var made = Sanitize(name);
        var suffix = SuffixOf(unit, isGauge);
        if (suffix.Length > 0 && !made.EndsWith($"_{suffix}", StringComparison.Ordinal))
            made = $"{made}_{suffix}";
        return type is MetricType.LongSum or MetricType.DoubleSum && !made.EndsWith("_total", StringComparison.Ordinal)
            ? $"{made}_total"
            : made;
    }

    // UCUM; braces hold a comment.
    private static string SuffixOf(string unit, bool isGauge) =>
        unit switch
        {
            "s" => "seconds",
            "ms" => "milliseconds",
            "By" => "bytes",
            "%" => "percent",
            "1" => isGauge ? "ratio" : "",
            _ => unit.StartsWith('{') ? "" : Sanitize(unit),
        };
}
