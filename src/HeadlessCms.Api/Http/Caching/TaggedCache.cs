using System.Diagnostics.CodeAnalysis;
using HeadlessCms.Api.Outbox.Changes;
using Microsoft.Extensions.Caching.Memory;

namespace HeadlessCms.Api.Http.Caching;

/// <summary>
/// Values in the memory of this node, bounded by their sizes, each until the change log reports one of its tags. What was read before the
/// report of a change and comes after it is not kept.
/// </summary>
/// <typeparam name="TKey">The keys.</typeparam>
/// <typeparam name="TValue">The values.</typeparam>
internal sealed class TaggedCache<TKey, TValue> : IDisposable
    where TKey : notnull
    where TValue : class
{
    private const int MaxLooks = 256;

    private readonly ChangeWatcher _watcher;

    [SuppressMessage("Usage", "CA2213", Justification = "It holds nothing to release, and requests use it to the end of a node.")]
    private readonly MemoryCache _entries;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, HashSet<TKey>> _keysByTag = [];
    private readonly Queue<(long Look, IReadOnlyList<string> Tags)> _looks = [];
    private long _look;

    /// <param name="watcher">Reports the tags of changes.</param>
    /// <param name="maxBytes">The size of all values together.</param>
    public TaggedCache(ChangeWatcher watcher, long maxBytes)
    {
        _watcher = watcher;
        _entries = new MemoryCache(new MemoryCacheOptions { SizeLimit = maxBytes, CompactionPercentage = 0.1 });
        watcher.Changed += Evict;
    }

    /// <summary>The number of the last report, which <see cref="Keep"/> compares with later ones.</summary>
    public long Look => Interlocked.Read(ref _look);

    /// <summary>The value of a key; null where there is none.</summary>
    public TValue? Find(TKey key) => _entries.TryGetValue(key, out Entry? entry) ? entry!.Value : null;

    /// <summary>Keeps a value whose making began at <paramref name="look"/>, unless a later report had one of its tags.</summary>
    /// <param name="key">The key.</param>
    /// <param name="value">The value.</param>
    /// <param name="tags">The tags of the changes that end it; there must be some.</param>
    /// <param name="size">About how many bytes it takes.</param>
    /// <param name="longest">After which time it ends by itself; null is never.</param>
    /// <param name="look"><see cref="Look"/> before the value was read.</param>
    public void Keep(TKey key, TValue value, string[] tags, long size, TimeSpan? longest, long look)
    {
        lock (_lock)
        {
            if (ChangedSince(look, tags))
                return;
            foreach (var tag in tags)
            {
                if (!_keysByTag.TryGetValue(tag, out var keys))
                    _keysByTag[tag] = keys = [];
                keys.Add(key);
            }

            _entries.Set(
                key,
                new Entry(value, tags),
                new MemoryCacheEntryOptions
                {
                    Size = size + tags.Sum(tag => 150L + tag.Length * 2),
                    AbsoluteExpirationRelativeToNow = longest,
                    PostEvictionCallbacks = { new() { EvictionCallback = (ended, entry, _, _) => RemoveTags((TKey)ended, (Entry)entry!) } },
                }
            );
        }
    }

    /// <summary>Whether a report after <paramref name="look"/> had one of the tags.</summary>
    public bool HasChangedSince(long look, IReadOnlyList<string> tags)
    {
        if (look == Look)
            return false;
        lock (_lock)
            return ChangedSince(look, tags);
    }

    public void Dispose() => _watcher.Changed -= Evict;

    private void Evict(IReadOnlyList<string> tags)
    {
        HashSet<TKey> evicted = [];
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
            _entries.Remove(key);
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

    private void RemoveTags(TKey key, Entry ended)
    {
        lock (_lock)
        {
            var now = _entries.TryGetValue(key, out Entry? entry) ? entry!.Tags : []; // the key may hold a newer value
            foreach (var tag in ended.Tags.Except(now))
            {
                if (!_keysByTag.TryGetValue(tag, out var keys))
                    continue;
                keys.Remove(key);
                if (keys.Count == 0)
                    _keysByTag.Remove(tag);
            }
        }
    }

    private sealed record Entry(TValue Value, string[] Tags);
}
