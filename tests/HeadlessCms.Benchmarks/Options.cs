namespace HeadlessCms.Benchmarks;

internal sealed record Options
{
    /// <summary>The number of articles; with <c>scale</c>, of the large newsroom.</summary>
    public int? Articles { get; init; }

    /// <summary>The duration of each load in seconds, over all rounds.</summary>
    public double Seconds { get; init; } = 5;

    public int Connections { get; init; } = 16;

    /// <summary>App and yardsticks take turns, so that other activity on the machine affects both alike.</summary>
    public int Rounds { get; init; } = 3;

    /// <summary>A directory in which the loaded newsrooms are kept for another run.</summary>
    public string? Data { get; init; }
}
