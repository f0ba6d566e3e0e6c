using HeadlessCms.Api.Hosting.Options;
using HeadlessCms.Api.Outbox.Changes;

namespace HeadlessCms.Api.Http.Caching;

/// <summary>
/// The public responses of this node, by path and query. The cache is bounded in bytes, and a response is evicted when the change log
/// reports one of its tags. While the change log cannot be read, because the database is slow or away, responses are given as stale ones.
/// </summary>
internal sealed class ResponseCache : IDisposable
{
    private static readonly TimeSpan MaxAge = TimeSpan.FromMinutes(1);

    private readonly ChangeWatcher _watcher;
    private readonly TimeSpan _maxStale;
    private readonly TaggedCache<string, CachedResponse>? _responses;

    public ResponseCache(ChangeWatcher watcher, CmsOptions options)
    {
        (_watcher, _maxStale) = (watcher, options.Cache.MaxStale);
        if (options.Cache.MaxBytes > 0 && !options.PrivateSite)
            _responses = new(watcher, options.Cache.MaxBytes);
    }

    /// <summary>Whether the cache is enabled and up to date with the change log.</summary>
    public bool IsOn => IsEnabled && _watcher.IsCurrent;

    /// <summary>Whether the settings allow it.</summary>
    public bool IsEnabled => _responses is not null;

    /// <summary>How long a stale response may still be given.</summary>
    public TimeSpan StaleFor(CachedResponse cached) =>
        cached.HoldsFor is { } left && left < _maxStale - cached.Age ? left : _maxStale - cached.Age;

    /// <summary>The number of the last poll of the change log, which <see cref="Keep"/> compares with later polls.</summary>
    public long Look => _responses?.Look ?? 0;

    /// <summary>The response to give now: one that is up to date or, while the change log cannot be read, a stale one.</summary>
    public CachedResponse? Find(string key) => Find(key, _watcher.IsCurrent ? MaxAge : _maxStale);

    /// <summary>The response to give where the database has just failed to.</summary>
    public CachedResponse? FindStale(string key) => Find(key, _maxStale);

    /// <summary>Stores a response that was begun at <paramref name="look"/>, unless a later poll reported one of its tags.</summary>
    public void Keep(string key, CachedResponse response, long look)
    {
        if (_responses is null || response.Tags.Length == 0 || response.HoldsFor <= TimeSpan.Zero)
            return;
        var longest = MaxAge > _maxStale ? MaxAge : _maxStale;
        _responses.Keep(
            key,
            response,
            response.Tags,
            response.Size,
            response.HoldsFor is { } left && left < longest ? left : longest,
            look
        );
    }

    /// <summary>Whether a poll after <paramref name="look"/> reported one of the tags. Not known where the cache is off.</summary>
    public bool HasChangedSince(long look, IReadOnlyList<string> tags) => _responses?.HasChangedSince(look, tags) == true;

    public void Dispose() => _responses?.Dispose();

    private CachedResponse? Find(string key, TimeSpan maxAge) =>
        _responses?.Find(key) is { } cached && (cached.HoldsFor is not { } left || left > TimeSpan.Zero) && cached.Age < maxAge
            ? cached
            : null;
}
