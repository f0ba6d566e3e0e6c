using System.Globalization;
using System.Security.Cryptography;

namespace HeadlessCms.Core.Webhooks;

/// <summary>
/// The waits between failed attempts; after the last one a delivery is given up. A random fifth is added to each wait, so that
/// a receiver that recovers does not get everything at once.
/// </summary>
/// <param name="delays">The waits.</param>
public sealed class RetrySchedule(IReadOnlyList<TimeSpan> delays)
{
    private const double Jitter = 0.2;

    /// <summary>That of Standard Webhooks 1.0: 5 s, 5 min, 30 min, 2 h, 5 h, 10 h, 14 h, 20 h, 24 h.</summary>
    public static readonly RetrySchedule Standard = Parse("00:00:05, 00:05, 00:30, 02:00, 05:00, 10:00, 14:00, 20:00, 1.00:00");

    /// <summary>Waits that double from <paramref name="first"/> up to <paramref name="longest"/>.</summary>
    public static RetrySchedule Doubling(TimeSpan first, TimeSpan longest, int attempts) =>
        new([
            .. Enumerable.Range(0, attempts - 1).Select(wait => first * Math.Pow(2, wait)).Select(wait => wait < longest ? wait : longest),
        ]);

    /// <summary>How many attempts there are.</summary>
    public int Attempts => delays.Count + 1;

    /// <summary>Reads a list of times: <c>00:00:05, 00:05, 1.00:00</c>.</summary>
    /// <exception cref="FormatException">The text is not a list of positive delays.</exception>
    public static RetrySchedule Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var delays = text.Split(',', StringSplitOptions.TrimEntries)
            .Select(delay => TimeSpan.Parse(delay, CultureInfo.InvariantCulture))
            .ToList();
        return delays.TrueForAll(delay => delay > TimeSpan.Zero) ? new(delays) : throw new FormatException("A delay is not positive.");
    }

    /// <summary>
    /// How long to wait after <paramref name="tries"/> attempts; null is for ever. Never shorter than the receiver asked.
    /// </summary>
    public TimeSpan? DelayAfter(int tries, TimeSpan? retryAfter)
    {
        if (tries > delays.Count)
            return null;
        var delay = delays[tries - 1] * (1 + Jitter * RandomNumberGenerator.GetInt32(1_000) / 1_000);
        return retryAfter > delay ? retryAfter : delay;
    }
}
