using OpenTelemetry.Metrics;

namespace HeadlessCms.Api.Hosting.Telemetry;

/// <summary>Collects the metrics of the app when they are read.</summary>
internal sealed class MetricsPage : IDisposable
{
    private readonly PrometheusExporter _exporter = new();
    private readonly Lock _lock = new();

    public MetricsPage() => Reader = new BaseExportingMetricReader(_exporter);

    /// <summary>What collects them.</summary>
    public MetricReader Reader { get; }

    /// <summary>They as they are now, in Prometheus's text format.</summary>
    public string Read()
    {
        lock (_lock)
        {
            Reader.Collect();
            return _exporter.Text;
        }
    }

    public void Dispose() => Reader.Dispose();
}
