using System.Globalization;
using HeadlessCms.Api.Hosting.Options;

namespace HeadlessCms.Api.Http.Caching;

/// <summary>
/// What responses tell the CDN: their tags, by which it purges them, and how long it may keep them until then. Each provider has headers of
/// its own for that, so that browsers and other shared caches, which nobody purges, keep the short times of Cache-Control.
/// </summary>
internal sealed class CdnHeaders(CmsOptions options)
{
    private static readonly IReadOnlyDictionary<string, char> Separators = CdnOptions.TagHeaderSeparators;

    private readonly (string Name, char Separator)[] _tagHeaders =
    [
        .. options.Cdn.WrittenTagHeaders.Select(name => (name, Separators[name])),
    ];

    private readonly string? _lifetime = options.PrivateSite ? null : options.Cdn.LifetimeHeader;
    private readonly int _maxAge = (int)options.Cdn.MaxAge.TotalSeconds;
    private readonly int _maxStale = (int)options.Cache.MaxStale.TotalSeconds;
    private string? _unbounded;

    public void WriteTags(IHeaderDictionary headers, IReadOnlyList<string> tags)
    {
        foreach (var (name, separator) in _tagHeaders)
            headers[name] = string.Join(separator, tags);
    }

    /// <summary>
    /// Ends with the response, after <paramref name="seconds"/>, whatever fails: a copy that is given while the app is away may not show
    /// what ended either. It is written for 0 too, because a 304 without it would leave the CDN the value that it stored.
    /// </summary>
    public void WriteLifetime(IHeaderDictionary headers, int seconds)
    {
        if (_lifetime is null)
            return;
        headers[_lifetime] =
            seconds == int.MaxValue ? _unbounded ??= Lifetime(seconds)
            : seconds == 0 ? "max-age=0"
            : Lifetime(seconds);
    }

    /// <summary>The response is out of date already.</summary>
    public void WriteStale(IHeaderDictionary headers, int seconds)
    {
        if (_lifetime is not null)
            headers[_lifetime] = string.Create(CultureInfo.InvariantCulture, $"max-age=0, stale-if-error={seconds}");
    }

    private string Lifetime(int seconds)
    {
        var fresh = Math.Min(_maxAge, seconds);
        var revalidating = Math.Min(CachePolicy.StaleWhileRevalidate, seconds - fresh);
        var failing = Math.Min(_maxStale, seconds - fresh);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"max-age={fresh}, stale-while-revalidate={revalidating}, stale-if-error={failing}"
        );
    }
}
