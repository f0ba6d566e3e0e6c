using System.Diagnostics;
using System.Text;
using System.Text.Json;
using HdrHistogram;
using HeadlessCms.Benchmarks.Servers;

namespace HeadlessCms.Benchmarks.Hostile;

/// <summary>Callers who use the newsroom as it is meant to be, and what they wait for it.</summary>
internal sealed class Honest(string name, int callers, TimeSpan pause, Func<Random, HttpRequestMessage> next)
{
    private const long LongestMicroseconds = 60_000_000;

    public string Name { get; } = name;

    /// <summary>Readers: mostly articles, some lists and feeds.</summary>
    public static Honest Readers(IReadOnlyList<string> paths) =>
        new("readers", 12, TimeSpan.FromMilliseconds(20), random => new HttpRequestMessage(
            HttpMethod.Get,
            paths[random.Next(paths.Count)]
        ));

    /// <summary>Editors: they read, create and list working copies.</summary>
    public static Honest Editors() => new("editors", 3, TimeSpan.FromMilliseconds(100), random =>
        {
            var request = new HttpRequestMessage(random.Next(2) == 0 ? HttpMethod.Get : HttpMethod.Post, "/editorial/v1/articles");
            request.Headers.Authorization = new("Bearer", AppServer.AdminKey);
            if (request.Method == HttpMethod.Post)
                request.Content = new StringContent(
                    JsonSerializer.Serialize(
                        new { headline = $"Honest work {random.Next()}", body = new { format = "markdown", content = "Work **begins**." } }
                    ),
                    Encoding.UTF8,
                    "application/json"
                );
            return request;
        });

    /// <summary>Runs them for some seconds.</summary>
    public async Task<Waits> RunAsync(AppServer app, TimeSpan time)
    {
        var until = Stopwatch.GetTimestamp() + (long)(time.TotalSeconds * Stopwatch.Frequency);
        var (times, errors, count) = (new LongConcurrentHistogram(1, LongestMicroseconds, 3), 0, 0);
        await Task.WhenAll(
            Enumerable
                .Range(0, callers)
                .Select(caller =>
                    Task.Run(async () =>
                    {
                        var random = new Random(caller);
                        while (Stopwatch.GetTimestamp() < until)
                        {
                            using var request = next(random);
                            var sent = Stopwatch.GetTimestamp();
                            using var response = await app.Client.SendAsync(request);
                            await response.Content.CopyToAsync(Stream.Null);
                            times.RecordValue(
                                Math.Clamp((Stopwatch.GetTimestamp() - sent) * 1_000_000 / Stopwatch.Frequency, 1, LongestMicroseconds)
                            );
                            Interlocked.Increment(ref count);
                            if ((int)response.StatusCode >= 400)
                                Interlocked.Increment(ref errors);
                            await Task.Delay(pause);
                        }
                    })
                )
        );
        return new Waits(count, times.GetValueAtPercentile(50) / 1000d, times.GetValueAtPercentile(99) / 1000d, errors);
    }
}

/// <summary>What callers waited, in milliseconds, and how many of their requests were refused.</summary>
internal sealed record Waits(int Requests, double P50, double P99, int Errors);
