using System.Globalization;
using HeadlessCms.Api.Outbox.Changes;

namespace HeadlessCms.Api.Http.Caching;

/// <summary>
/// The Cache-Control policy (RFC 9111, RFC 5861): 15 seconds in a browser, 60 in a shared cache and 120 more while it revalidates, but
/// never past the next publication boundary that affects the response. A CDN that is purged may keep it longer: <see cref="CdnHeaders"/>.
/// </summary>
internal sealed class CachePolicy(ChangeWatcher watcher, CdnHeaders cdn)
{
    /// <summary>Seconds in which a response may be given while a cache revalidates it.</summary>
    public const int StaleWhileRevalidate = 120;

    private const int Browser = 15;
    private const int Shared = 60;
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

    /// <summary>Says how long browsers, shared caches and the CDN may store the response.</summary>
    public void Write(IHeaderDictionary headers, CacheContext cacheContext, TimeSpan? holdsFor)
    {
        if (!cacheContext.IsPublic)
        {
            headers.CacheControl = Private;
            return;
        }

        // Where the change log is not followed, or no change is named, nothing would invalidate the response.
        var isKept = !cacheContext.MustRevalidate && cacheContext.HasTags && watcher.IsCurrent;
        var seconds = isKept ? SecondsOf(holdsFor) : 0;
        headers.CacheControl = CacheControl(seconds);
        cdn.WriteLifetime(headers, seconds);
    }

    private static int SecondsOf(TimeSpan? holdsFor) =>
        holdsFor is { } left ? (int)Math.Clamp(left.TotalSeconds, 0, int.MaxValue) : int.MaxValue;

    private static string CacheControl(int seconds)
    {
        if (seconds == 0)
            return Checked;
        if (seconds >= Shared + StaleWhileRevalidate)
            return Unbounded;
        var shared = Math.Min(Shared, seconds);
        var stale = Math.Min(StaleWhileRevalidate, seconds - shared);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"public, max-age={Math.Min(Browser, seconds)}, s-maxage={shared}, stale-while-revalidate={stale}"
        );
    }
}
