namespace HeadlessCms.Benchmarks.Scenarios;

/// <summary>A kind of request that is repeated.</summary>
internal sealed record Scenario
{
    public required string Name { get; init; }

    /// <summary>The requested paths, chosen at random.</summary>
    public IReadOnlyList<string> Paths { get; init; } = [];

    /// <summary>For writes: creates the given number of new requests.</summary>
    public Func<int, IReadOnlyList<byte[]>>? Writes { get; init; }

    /// <summary>Whether the app may cache responses.</summary>
    public bool Cached { get; init; }

    /// <summary>Whether the hand-written yardstick supports it.</summary>
    public bool HandWritten { get; init; }

    public Func<Line, IEnumerable<(string, bool)>> Targets { get; init; } = _ => [];
}
