namespace HeadlessCms.Benchmarks;

/// <summary>What to measure, and how.</summary>
internal sealed record Options
{
    /// <summary>The articles of the newsroom; with <c>scale</c>, those of the large one.</summary>
    public int? Articles { get; init; }

    /// <summary>How long each load lasts, over all its rounds.</summary>
    public double Seconds { get; init; } = 5;

    public int Connections { get; init; } = 16;

    /// <summary>Product and yardsticks take turns: what else the machine does then hits them alike.</summary>
    public int Rounds { get; init; } = 3;

    /// <summary>A directory to keep the loaded newsrooms in, for another run.</summary>
    public string? Data { get; init; }
}
