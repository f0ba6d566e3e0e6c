using HeadlessCms.Api.Hosting.Options;
using HeadlessCms.Api.Outbox.Changes;
using Microsoft.Extensions.Caching.Memory;

namespace HeadlessCms.Api.Http.Caching;

/// <summary>
/// The public responses of this node, by path and query. The cache is bounded in bytes, and a response is evicted when the change log
/// reports one of its tags. While the change log cannot be read, because the database is slow or away, responses are given as stale ones.
/// </summary>
internal sealed class ResponseCache : IDisposable
{
    private const int MaxLooks = 256;
    private static readonly TimeSpan MaxAge = TimeSpan.FromMinutes(1);

    private readonly ChangeWatcher _watcher;
    private readonly TimeSpan _maxStale;
    private readonly MemoryCache? _responses;
    private readonly Lock _lock = new();
    private readonly Dictionary<string, HashSet<string>> _keysByTag = [];
    private readonly Queue<(long Look, IReadOnlyList<string> Tags)> _looks = [];
    private long _look;

    public ResponseCache(ChangeWatcher watcher, CmsOptions options)
    {
        (_watcher, _maxStale) = (watcher, options.Cache.MaxStale);
        if (options.Cache.MaxBytes == 0 || options.PrivateSite)
            return;
        _responses = new MemoryCache(new MemoryCacheOptions { SizeLimit = options.Cache.MaxBytes, CompactionPercentage = 0.1 });
        watcher.Changed += Evict;
    }

    /// <summary>Whether the cache is enabled and up to date with the change log.</summary>
    public bool IsOn => IsEnabled && _watcher.IsCurrent;

    /// <summary>Whether the settings allow it.</summary>
    public bool IsEnabled => _responses is not null;

    /// <summary>How long a stale response may still be given.</summary>
    public TimeSpan StaleFor(CachedResponse cached) =>
        cached.HoldsFor is { } left && left < _maxStale - cached.Age ? left : _maxStale - cached.Age;

    /// <summary>The number of the last poll of the change log, which <see cref="Keep"/> compares with later polls.</summary>
    public long Look => Interlocked.Read(ref _look);

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
        lock (_lock)
        {
            if (ChangedSince(look, response.Tags))
                return;
            foreach (var tag in response.Tags)
            {
                if (!_keysByTag.TryGetValue(tag, out var keys))
                    _keysByTag[tag] = keys = [];
                keys.Add(key);
            }

            _responses.Set(
                key,
                response,
                new MemoryCacheEntryOptions
                {
                    Size = response.Size,
                    AbsoluteExpirationRelativeToNow = response.HoldsFor is { } left && left < longest ? left : longest,
                    PostEvictionCallbacks =
                    {
                        new() { EvictionCallback = (name, value, _, _) => RemoveTags((string)name, (CachedResponse)value!) },
                    },
                }
            );
        }
    }

    /// <summary>Whether a poll after <paramref name="look"/> reported one of the tags. Not known where the cache is off.</summary>
    public bool HasChangedSince(long look, IReadOnlyList<string> tags)
    {
        if (look == Look)
            return false;
        lock (_lock)
            return ChangedSince(look, tags);
    }

    public void Dispose()
    {
        _watcher.Changed -= Evict;
        _responses?.Dispose();
    }

    private CachedResponse? Find(string key, TimeSpan maxAge) =>
        _responses is not null
        && _responses.TryGetValue(key, out CachedResponse? cached)
        && (cached!.HoldsFor is not { } left || left > TimeSpan.Zero)
        && cached.Age < maxAge
            ? cached
            : null;

    private void Evict(IReadOnlyList<string> tags)
    {
        HashSet<string> evicted = [];
        lock (_lock)
        {
            _looks.Enqueue((Interlocked.Increment(ref _look), tags));
            if (_looks.Count > MaxLooks)
                _looks.Dequeue();
            foreach (var tag in tags.Append(CacheTags.Changes))
                if (_keysByTag.Remove(tag, out var keys))
                    evicted.UnionWith(keys);
        }

        foreach (var key in evicted)
            _responses!.Remove(key);
    }

    private bool ChangedSince(long look, IReadOnlyList<string> tags)
    {
        if (look == _look)
            return false;
        if (_look - look > MaxLooks)
            return true;
        foreach (var (later, changed) in _looks)
            if (later > look && (tags.Contains(CacheTags.Changes) || changed.Any(tags.Contains)))
                return true;
        return false;
    }

    private void RemoveTags(string key, CachedResponse response)
    {
        lock (_lock)
        {
            var now = _responses!.TryGetValue(key, out CachedResponse? cached) ? cached!.Tags : []; // the key may hold a newer response
            foreach (var tag in response.Tags.Except(now))
            {
                if (!_keysByTag.TryGetValue(tag, out var keys))
                    continue;
                keys.Remove(key);
                if (keys.Count == 0)
                    _keysByTag.Remove(tag);
            }
        }
    }
}
