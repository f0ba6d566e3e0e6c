using System.Globalization;
using HeadlessCms.Api.Outbox.Changes;

namespace HeadlessCms.Api.Http.Caching;

/// <summary>
/// The Cache-Control policy (RFC 9111, RFC 5861): 15 seconds in a browser, 60 in a shared cache and 120 more while it revalidates, but
/// never past the next publication boundary that affects the response.
/// </summary>
internal sealed class CachePolicy(ChangeWatcher watcher)
{
    private const int Browser = 15;
    private const int Shared = 60;
    private const int Stale = 120;
    private const string Unbounded = "public, max-age=15, s-maxage=60, stale-while-revalidate=120";

    /// <summary>For a response to one caller.</summary>
    public const string Private = "private, no-store";

    /// <summary>For a response that caches may store but must revalidate.</summary>
    public const string Checked = "public, no-cache";

    /// <summary>How long a response that is produced now stays valid by the clock; null is without an end. Never overestimated.</summary>
    public TimeSpan? HoldsFor(CacheContext cacheContext) =>
        cacheContext.HasKnownExpiry
            ? cacheContext.ExpiresAt is { } end && watcher.Now is { } now
                ? end - now
                : null
            : watcher.UntilNextBoundary;

    public string CacheControl(CacheContext cacheContext, TimeSpan? holdsFor)
    {
        if (!cacheContext.IsPublic)
            return Private;
        if (cacheContext.MustRevalidate || !watcher.IsCurrent || !cacheContext.Tags.Any())
            return Checked; // invalidation is not guaranteed
        if (holdsFor is not { } left || left >= TimeSpan.FromSeconds(Shared + Stale))
            return Unbounded;
        var seconds = Math.Max(0, (int)left.TotalSeconds);
        var shared = Math.Min(Shared, seconds);
        var stale = Math.Min(Stale, seconds - shared);
        return seconds == 0
            ? Checked
            : string.Create(
                CultureInfo.InvariantCulture,
                $"public, max-age={Math.Min(Browser, seconds)}, s-maxage={shared}, stale-while-revalidate={stale}"
            );
    }
}
