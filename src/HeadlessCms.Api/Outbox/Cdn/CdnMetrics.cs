using System.Diagnostics.Metrics;
using HeadlessCms.Api.Hosting.Telemetry;
using HeadlessCms.Core.Cdn;

namespace HeadlessCms.Api.Outbox.Cdn;

/// <summary>What is still to be purged at the CDN, in the whole installation, and what this node has purged.</summary>
internal sealed class CdnMetrics
{
    private readonly Counter<long> _requests;

    public CdnMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(MetricsEndpoint.Meter);
        _requests = meter.CreateCounter<long>("headless_cms.cdn.purges", "{attempt}", "Attempts to purge tags at the CDN, by outcome.");
        meter.CreateObservableGauge(
            "headless_cms.cdn.backlog",
            () => Backlog.Tags,
            "{tag}",
            "Tags of changes that are not purged at the CDN yet."
        );
        meter.CreateObservableGauge(
            "headless_cms.cdn.backlog.age",
            () => Backlog.Age.TotalSeconds,
            "s",
            "The age of the oldest change that is not purged at the CDN yet."
        );
    }

    /// <summary>As this node read it last.</summary>
    public PurgeBacklog Backlog { get; set; } = new(0, TimeSpan.Zero);

    public void Purged() => Count("purged");

    public void Failed() => Count("failed");

    private void Count(string outcome) => _requests.Add(1, new KeyValuePair<string, object?>("headless_cms.outcome", outcome));
}
