using System.Diagnostics.Metrics;
using HeadlessCms.Api.Hosting.Telemetry;

namespace HeadlessCms.Api.Http.Caching;

/// <summary>Hits and misses of the response cache.</summary>
internal sealed class CacheMetrics(IMeterFactory meters)
{
    private readonly Counter<long> _requests = meters
        .Create(MetricsEndpoint.Meter)
        .CreateCounter<long>("headless_cms.answers", "{response}", "Public responses, by source: memory or database.");

    public void Found() => _requests.Add(1, new KeyValuePair<string, object?>("from", "memory"));

    public void Missed() => _requests.Add(1, new KeyValuePair<string, object?>("from", "database"));
}
