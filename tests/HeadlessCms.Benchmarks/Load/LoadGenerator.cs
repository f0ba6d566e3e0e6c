using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text.Json;
using HdrHistogram;

namespace HeadlessCms.Benchmarks.Load;

/// <summary>
/// The hidden verb <c>load</c>: sends the requests of a file over several connections for some seconds and prints the result.
/// </summary>
internal static class LoadGenerator
{
    private const long LongestMicroseconds = 60_000_000;

    public static async Task<int> RunAsync(LoadOrder order)
    {
        var requests = RequestFile.Read(order.File);
        var servers = order.Servers.Split(',').Select(IPEndPoint.Parse).ToList();
        var next = -1;
        var started = Stopwatch.GetTimestamp();
        var until = started + (long)(order.Seconds * Stopwatch.Frequency);
        var parts = await Task.WhenAll(
            Enumerable
                .Range(0, order.Connections)
                .Select(number =>
                    Task.Run(() =>
                        RunConnectionAsync(
                            servers[number % servers.Count],
                            until,
                            order.Once
                                ? () => Interlocked.Increment(ref next) is var one && one < requests.Length ? requests[one] : null
                                : AnyOf(requests, number)
                        )
                    )
                )
        );
        var elapsed = Stopwatch.GetElapsedTime(started).TotalSeconds;

        var all = new LongHistogram(LongestMicroseconds, 3);
        foreach (var part in parts)
            all.Add(part.Times);
        var count = parts.Sum(part => part.Count);
        Console.WriteLine(
            JsonSerializer.Serialize(
                new LoadResult(
                    count,
                    elapsed,
                    parts.Sum(part => part.Errors),
                    count == 0 ? 0 : parts.Sum(part => part.Bytes) / count,
                    count == 0 ? 0 : all.GetValueAtPercentile(50) / 1000d,
                    count == 0 ? 0 : all.GetValueAtPercentile(99) / 1000d,
                    parts.Select(part => part.FirstError).FirstOrDefault(error => error is not null)
                )
            )
        );
        return 0;
    }

    private static Func<byte[]?> AnyOf(byte[][] requests, int seed)
    {
        var random = new Random(seed);
        return () => requests[random.Next(requests.Length)];
    }

    private static async Task<Part> RunConnectionAsync(IPEndPoint server, long until, Func<byte[]?> next)
    {
        var part = new Part();
        using var connection = await HttpConnection.OpenAsync(server);
        for (var sent = Stopwatch.GetTimestamp(); sent < until && next() is { } request; )
        {
            var (status, length) = await connection.AskAsync(request);
            var answered = Stopwatch.GetTimestamp();
            part.Times.RecordValue(Math.Min(LongestMicroseconds, (answered - sent) * 1_000_000 / Stopwatch.Frequency));
            sent = answered;
            part.Count++;
            part.Bytes += length;
            if (status is >= 200 and < 300)
                continue;
            part.Errors++;
            part.FirstError ??= status.ToString(CultureInfo.InvariantCulture);
        }

        return part;
    }

    private sealed class Part
    {
        public LongHistogram Times { get; } = new(LongestMicroseconds, 3);
        public long Count { get; set; }
        public long Bytes { get; set; }
        public long Errors { get; set; }
        public string? FirstError { get; set; }
    }
}

internal sealed record LoadOrder
{
    /// <summary>Addresses, separated by commas.</summary>
    public required string Servers { get; init; }
    public required string File { get; init; }
    public double Seconds { get; init; } = 5;
    public int Connections { get; init; } = 16;

    /// <summary>Whether each request is sent only once, for writes.</summary>
    public bool Once { get; init; }
}

/// <summary>The result of a load; times are in milliseconds.</summary>
internal sealed record LoadResult(long Requests, double Seconds, long Errors, long Bytes, double P50, double P99, string? FirstError)
{
    public double PerSecond => Requests / Seconds;
}
