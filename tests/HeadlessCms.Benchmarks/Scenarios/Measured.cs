using HeadlessCms.Benchmarks.Load;

namespace HeadlessCms.Benchmarks.Scenarios;

/// <summary>A load of one server: the median of its rounds, and the processor time that a request took.</summary>
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

/// <summary>A scenario's line of the table.</summary>
/// <param name="Name">What was asked for.</param>
/// <param name="App">The app.</param>
/// <param name="HandWritten">The same answers by hand-written SQL.</param>
/// <param name="Bare">An answer of that size out of a bare Kestrel.</param>
/// <param name="ToHandWritten">The app's requests/s to the hand-written ones': the median of the rounds.</param>
/// <param name="ToBare">The same to the bare Kestrel's.</param>
/// <param name="Statements">SQL statements a request.</param>
/// <param name="Resident">The app's memory after it, in MB.</param>
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
    /// <summary>What is promised, and whether it holds.</summary>
    public IReadOnlyList<(string Text, bool Met)> Targets { get; init; } = [];
}
