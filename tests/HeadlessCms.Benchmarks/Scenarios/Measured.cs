using HeadlessCms.Benchmarks.Load;

namespace HeadlessCms.Benchmarks.Scenarios;

/// <summary>The load of one server: the median of its rounds, and the processor time per request.</summary>
internal sealed record Measured(
    double PerSecond,
    double P50,
    double P99,
    long Errors,
    long Bytes,
    double AppMicroseconds,
    double? PostgresMicroseconds,
    string? FirstError
)
{
    public static Measured Of(IReadOnlyList<LoadResult> rounds, TimeSpan app, TimeSpan? postgres)
    {
        var requests = Math.Max(1, rounds.Sum(round => round.Requests));
        return new Measured(
            Median(rounds.Select(round => round.PerSecond)),
            Median(rounds.Select(round => round.P50)),
            Median(rounds.Select(round => round.P99)),
            rounds.Sum(round => round.Errors),
            rounds[0].Bytes,
            app.TotalMicroseconds / requests,
            postgres?.TotalMicroseconds / requests,
            rounds.Select(round => round.FirstError).FirstOrDefault(error => error is not null)
        );
    }

    public static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToList();
        return sorted[sorted.Count / 2];
    }
}

/// <summary>
/// A row of the table. <c>ToHandWritten</c> and <c>ToBare</c> are ratios of requests/s, the median of the rounds. <c>Statements</c> are SQL
/// statements per request; <c>Resident</c> is the memory of the app afterwards in MB.
/// </summary>
internal sealed record Line(
    string Name,
    Measured App,
    Measured? HandWritten,
    Measured? Bare,
    double? ToHandWritten,
    double? ToBare,
    double Statements,
    double Resident
)
{
    /// <summary>The targets, and whether they are met.</summary>
    public IReadOnlyList<(string Text, bool Met)> Targets { get; init; } = [];
}
