using System.Diagnostics.Metrics;
using HeadlessCms.Api.Hosting.Telemetry;

namespace HeadlessCms.Api.Http.Caching;

/// <summary>What the cache of answers is good for.</summary>
internal sealed class CacheMetrics(IMeterFactory meters)
{
    private readonly Counter<long> _asked = meters
        .Create(MetricsEndpoint.Meter)
        .CreateCounter<long>("headless_cms.answers", description: "Answers for anyone that were looked for in memory.");

    public void Found() => _asked.Add(1, new KeyValuePair<string, object?>("from", "memory"));

    public void Missed() => _asked.Add(1, new KeyValuePair<string, object?>("from", "database"));
}
