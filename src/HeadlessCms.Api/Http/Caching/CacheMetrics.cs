using System.Diagnostics.Metrics;

namespace HeadlessCms.Api.Http.Caching;

/// <summary>Hits and misses of the response cache.</summary>
internal sealed class CacheMetrics(IMeterFactory meters)
{
    public const string Meter = "HeadlessCms";

    private readonly Counter<long> _requests = meters
        .Create(Meter)
        .CreateCounter<long>("headless_cms.answers", description: "Public responses, by source: memory or database.");

    public void Found() => _requests.Add(1, new KeyValuePair<string, object?>("from", "memory"));

    public void Missed() => _requests.Add(1, new KeyValuePair<string, object?>("from", "database"));
}
