using HeadlessCms.Api.Hosting.Options;
using HeadlessCms.Api.Outbox.Changes;
using Microsoft.Extensions.Caching.Memory;

namespace HeadlessCms.Api.Http.Caching;

/// <summary>
/// Finished answers for anyone, on this node: by the path and query that asked for them, bounded in bytes, given up as soon as the change log
/// tells of something that they concern.
/// </summary>
internal sealed class ResponseCache : IDisposable
{
    private const int LooksRemembered = 256;
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(1);

    private readonly ChangeWatcher _watcher;
    private readonly MemoryCache? _answers;
    private readonly Lock _lock = new();
    private readonly Dictionary<string, HashSet<string>> _keysByTag = [];
    private readonly Queue<(long Look, IReadOnlyList<string> Tags)> _looks = [];
    private long _look;

    public ResponseCache(ChangeWatcher watcher, CmsOptions options)
    {
        _watcher = watcher;
        if (options.Cache.MaxBytes == 0 || options.PrivateSite)
            return;
        _answers = new MemoryCache(new MemoryCacheOptions { SizeLimit = options.Cache.MaxBytes, CompactionPercentage = 0.1 });
        watcher.Changed += Forget;
    }

    /// <summary>Whether it keeps anything at all, and what it keeps can be relied on.</summary>
    public bool IsOn => _answers is not null && _watcher.IsCurrent;

    /// <summary>Where the log is read to: what is begun now may be kept unless something that it concerns is told of after.</summary>
    public long Look => Interlocked.Read(ref _look);

    public CachedResponse? Find(string key) =>
        _answers is not null
        && _answers.TryGetValue(key, out CachedResponse? kept)
        && (kept!.HoldsFor is not { } left || left > TimeSpan.Zero)
            ? kept
            : null;

    /// <summary>Keeps an answer that was begun at <paramref name="look"/>.</summary>
    public void Keep(string key, CachedResponse answer, long look)
    {
        if (_answers is null || answer.Tags.Length == 0 || answer.HoldsFor <= TimeSpan.Zero)
            return;
        lock (_lock)
        {
            if (HasChangedSince(look, answer.Tags))
                return;
            foreach (var tag in answer.Tags)
            {
                if (!_keysByTag.TryGetValue(tag, out var keys))
                    _keysByTag[tag] = keys = [];
                keys.Add(key);
            }

            _answers.Set(
                key,
                answer,
                new MemoryCacheEntryOptions
                {
                    Size = answer.Size,
                    AbsoluteExpirationRelativeToNow = answer.HoldsFor is { } left && left < Longest ? left : Longest,
                    PostEvictionCallbacks =
                    {
                        new() { EvictionCallback = (name, value, _, _) => Unlist((string)name, (CachedResponse)value!) },
                    },
                }
            );
        }
    }

    public void Dispose()
    {
        _watcher.Changed -= Forget;
        _answers?.Dispose();
    }

    private void Forget(IReadOnlyList<string> tags)
    {
        HashSet<string> gone = [];
        lock (_lock)
        {
            _looks.Enqueue((Interlocked.Increment(ref _look), tags));
            if (_looks.Count > LooksRemembered)
                _looks.Dequeue();
            foreach (var tag in tags.Append(CacheTags.Changes))
                if (_keysByTag.Remove(tag, out var keys))
                    gone.UnionWith(keys);
        }

        foreach (var key in gone)
            _answers!.Remove(key);
    }

    private bool HasChangedSince(long look, string[] tags)
    {
        if (look == _look)
            return false;
        if (_look - look > LooksRemembered)
            return true;
        foreach (var (later, told) in _looks)
            if (later > look && (tags.Contains(CacheTags.Changes) || told.Any(tags.Contains)))
                return true;
        return false;
    }

    private void Unlist(string key, CachedResponse answer)
    {
        lock (_lock)
        {
            var now = _answers!.TryGetValue(key, out CachedResponse? kept) ? kept!.Tags : []; // it may be kept anew by now
            foreach (var tag in answer.Tags.Except(now))
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
