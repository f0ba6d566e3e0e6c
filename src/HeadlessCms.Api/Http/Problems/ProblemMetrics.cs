using System.Diagnostics.Metrics;
using HeadlessCms.Api.Hosting.Telemetry;

namespace HeadlessCms.Api.Http.Problems;

/// <summary>Counts problems by their code, of which there is a fixed list.</summary>
internal sealed class ProblemMetrics(IMeterFactory meters)
{
    private readonly Counter<long> _problems = meters
        .Create(MetricsEndpoint.Meter)
        .CreateCounter<long>("headless_cms.problems", "{problem}", "Problem details that were sent, by error type and status.");

    public void Sent(string code, int status) =>
        _problems.Add(
            1,
            new KeyValuePair<string, object?>("error.type", code),
            new KeyValuePair<string, object?>("http.response.status_code", status)
        );
}
