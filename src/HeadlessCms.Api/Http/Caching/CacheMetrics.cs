using System.Diagnostics.Metrics;

namespace HeadlessCms.Api.Http.Caching;

/// <summary>What the cache of answers is good for.</summary>
internal sealed class CacheMetrics(IMeterFactory meters)
{
    public const string Meter = "HeadlessCms";

    private readonly Counter<long> _asked = meters
        .Create(Meter)
        .CreateCounter<long>("headless_cms.answers", description: "Answers for anyone that were looked for in memory.");

    public void Found() => _asked.Add(1, new KeyValuePair<string, object?>("from", "memory"));

    public void Missed() => _asked.Add(1, new KeyValuePair<string, object?>("from", "database"));
}
