namespace HeadlessCms.Benchmarks.Scenarios;

/// <summary>Something that is asked for again and again.</summary>
internal sealed record Scenario
{
    public required string Name { get; init; }

    /// <summary>The paths that are asked for, at random.</summary>
    public IReadOnlyList<string> Paths { get; init; } = [];

    /// <summary>For those that write: so many requests that were not made before.</summary>
    public Func<int, IReadOnlyList<byte[]>>? Writes { get; init; }

    /// <summary>Whether the app may keep finished answers.</summary>
    public bool Cached { get; init; }

    /// <summary>Whether the yardsticks have an answer of their own.</summary>
    public bool HandWritten { get; init; }

    public Func<Line, IEnumerable<(string, bool)>> Targets { get; init; } = _ => [];
}
