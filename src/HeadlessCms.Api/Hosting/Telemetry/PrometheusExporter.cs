using System.Globalization;
using System.Text;
using OpenTelemetry;
using OpenTelemetry.Metrics;

namespace HeadlessCms.Api.Hosting.Telemetry;

/// <summary>
/// Writes metrics in Prometheus's text format 0.0.4, with the names that OpenTelemetry's compatibility specification gives them: a
/// collector that passes on what it got by OTLP writes the same ones.
/// </summary>
internal sealed class PrometheusExporter : BaseExporter<Metric>
{
    /// <summary>The last collection.</summary>
    public string Text { get; private set; } = "";

    public override ExportResult Export(in Batch<Metric> batch)
    {
        var text = new StringBuilder();
        var families = new HashSet<string>(StringComparer.Ordinal);
        foreach (var metric in batch)
        {
            var (type, name) = (TypeOf(metric), PrometheusName.Of(metric));
            if (families.Add(name))
            {
                if (metric.Description.Length > 0)
                    text.Append(CultureInfo.InvariantCulture, $"# HELP {name} {Escape(metric.Description, quotes: false)}\n");
                text.Append(CultureInfo.InvariantCulture, $"# TYPE {name} {type}\n");
            }

            foreach (ref readonly var point in metric.GetMetricPoints())
                Write(text, name, metric.MetricType, in point);
        }

        Text = text.ToString();
        return ExportResult.Success;
    }

    private static string TypeOf(Metric metric) =>
        metric.MetricType switch
        {
            MetricType.LongSum or MetricType.DoubleSum => "counter",
            MetricType.Histogram => "histogram",
            MetricType.LongGauge or MetricType.DoubleGauge or MetricType.LongSumNonMonotonic or MetricType.DoubleSumNonMonotonic => "gauge",
            _ => throw new NotSupportedException($"{metric.Name} is a {metric.MetricType}, which has no place in the text format."),
        };

    private static void Write(StringBuilder text, string name, MetricType type, in MetricPoint point)
    {
        var labels = Labels(point.Tags);
        switch (type)
        {
            case MetricType.LongSum or MetricType.LongSumNonMonotonic:
                Line(text, name, labels, point.GetSumLong());
                break;
            case MetricType.DoubleSum or MetricType.DoubleSumNonMonotonic:
                Line(text, name, labels, point.GetSumDouble());
                break;
            case MetricType.LongGauge:
                Line(text, name, labels, point.GetGaugeLastValueLong());
                break;
            case MetricType.DoubleGauge:
                Line(text, name, labels, point.GetGaugeLastValueDouble());
                break;
            default:
                WriteHistogram(text, name, labels, in point);
                break;
        }
    }

    // Buckets are cumulative here, and not in OTLP.
    private static void WriteHistogram(StringBuilder text, string name, string labels, in MetricPoint point)
    {
        var total = 0L;
        foreach (var bucket in point.GetHistogramBuckets())
        {
            total += bucket.BucketCount;
            var le = double.IsPositiveInfinity(bucket.ExplicitBound) ? "+Inf" : Number(bucket.ExplicitBound);
            Line(text, $"{name}_bucket", labels.Length == 0 ? $"le=\"{le}\"" : $"{labels},le=\"{le}\"", total);
        }

        Line(text, $"{name}_sum", labels, point.GetHistogramSum());
        Line(text, $"{name}_count", labels, point.GetHistogramCount());
    }

    private static void Line(StringBuilder text, string name, string labels, double value)
    {
        text.Append(name);
        if (labels.Length > 0)
            text.Append('{').Append(labels).Append('}');
        text.Append(' ').Append(Number(value)).Append('\n');
    }

    private static string Labels(ReadOnlyTagCollection tags)
    {
        var labels = new StringBuilder();
        foreach (var (name, value) in tags)
        {
            if (labels.Length > 0)
                labels.Append(',');
            var shown = value is bool flag ? (flag ? "true" : "false") : Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";
            labels.Append(CultureInfo.InvariantCulture, $"{PrometheusName.Sanitize(name)}=\"{Escape(shown, quotes: true)}\"");
        }

        return labels.ToString();
    }

    private static string Escape(string text, bool quotes)
    {
        var escaped = text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);
        return quotes ? escaped.Replace("\"", "\\\"", StringComparison.Ordinal) : escaped;
    }

    private static string Number(double value) =>
        double.IsPositiveInfinity(value) ? "+Inf"
        : double.IsNegativeInfinity(value) ? "-Inf"
        : value.ToString("R", CultureInfo.InvariantCulture);
}
