using System.Globalization;
using HeadlessCms.Api.Outbox.Changes;

namespace HeadlessCms.Api.Http.Caching;

/// <summary>
/// The one policy of what caches are told (RFC 9111, RFC 5861): fifteen seconds for a browser, a minute for a shared cache and two more while
/// it asks again, and never past the next boundary of a publication that matters to the answer.
/// </summary>
internal sealed class CachePolicy(ChangeWatcher watcher)
{
    private const int Browser = 15;
    private const int Shared = 60;
    private const int WhileAsking = 120;
    private const string Unbounded = "public, max-age=15, s-maxage=60, stale-while-revalidate=120";

    /// <summary>For what was made for one caller.</summary>
    public const string Private = "private, no-store";

    /// <summary>For what a cache may keep, and asks about before it gives it out.</summary>
    public const string Checked = "public, no-cache";

    /// <summary>How long an answer that is made now holds by the clock; null is without an end. Never too long.</summary>
    public TimeSpan? HoldsFor(CacheContext fresh) =>
        fresh.HasKnownExpiry
            ? fresh.ExpiresAt is { } end && watcher.Now is { } now
                ? end - now
                : null
            : watcher.UntilNextBoundary;

    /// <summary>The Cache-Control of an answer that holds for so long yet.</summary>
    public string CacheControl(CacheContext fresh, TimeSpan? holdsFor)
    {
        if (!fresh.IsPublic)
            return Private;
        if (fresh.MustRevalidate || !watcher.IsCurrent || !fresh.Tags.Any())
            return Checked; // who can't tell when it changes promises nothing
        if (holdsFor is not { } left || left >= TimeSpan.FromSeconds(Shared + WhileAsking))
            return Unbounded;
        var seconds = Math.Max(0, (int)left.TotalSeconds);
        var shared = Math.Min(Shared, seconds);
        return seconds == 0
            ? Checked
            : string.Create(
                CultureInfo.InvariantCulture,
                $"public, max-age={Math.Min(Browser, seconds)}, s-maxage={shared}, stale-while-revalidate={Math.Min(WhileAsking, seconds - shared)}"
            );
    }
}
