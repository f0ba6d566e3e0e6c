using System.Diagnostics;
using System.Diagnostics.Metrics;
using HeadlessCms.Api.Hosting.Telemetry;

namespace HeadlessCms.Api.Outbox.Changes;

/// <summary>How far behind the change log this node is, and how long changes take to be seen here.</summary>
internal sealed class ChangeMetrics
{
    private readonly Histogram<double> _visibility;
    private Func<(long Position, long CompleteAt)?>? _following;

    public ChangeMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(MetricsEndpoint.Meter);
        _visibility = meter.CreateHistogram(
            "headless_cms.change.visibility.duration",
            "s",
            "Time from a change, by the database's clock, until this node has evicted what it concerns.",
            advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 60, 600] }
        );
        // A node that does not follow the log has no values.
        meter.CreateObservableGauge<double>(
            "headless_cms.change_log.lag",
            () =>
                _following?.Invoke() is { } node
                    ? [new Measurement<double>(Stopwatch.GetElapsedTime(node.CompleteAt).TotalSeconds)]
                    : Array.Empty<Measurement<double>>(),
            "s",
            "Time since this node last knew that it has read the change log to its end."
        );
        meter.CreateObservableGauge<long>(
            "headless_cms.change_log.position",
            () => _following?.Invoke() is { } node ? [new Measurement<long>(node.Position)] : Array.Empty<Measurement<long>>(),
            "{change}",
            "The position in the change log up to which this node has read."
        );
    }

    /// <summary>Follows a reader of the log: its position, and the timestamp at which it last knew that it has all; null before.</summary>
    public void Follow(Func<(long Position, long CompleteAt)?> reader) => _following = reader;

    /// <summary>Records the ages, in seconds, of changes that this node now shows.</summary>
    public void Record(IEnumerable<double> ages)
    {
        foreach (var age in ages)
            _visibility.Record(age);
    }
}
