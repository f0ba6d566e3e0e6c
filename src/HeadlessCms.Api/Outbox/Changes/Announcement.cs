using System.Diagnostics;
using System.Globalization;

namespace HeadlessCms.Api.Outbox.Changes;

/// <summary>The last position of the change log that a notification named, while this node has not read up to it.</summary>
internal sealed class Announcement
{
    /// <summary>The beginning of such a notification; the position follows.</summary>
    public const string Prefix = "changes:";

    private readonly Lock _lock = new();
    private long _position;
    private long _since;

    /// <summary>The timestamp of the first notification that names a row which this node has not read; 0 where there is none.</summary>
    public long Since => Interlocked.Read(ref _since);

    /// <summary>Adds a notification.</summary>
    /// <returns>Whether it names a row after <paramref name="read"/>, the last position that was read.</returns>
    public bool Add(string payload, long read)
    {
        if (!long.TryParse(payload.AsSpan(Prefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var position))
            return false;
        lock (_lock)
        {
            if (position <= read)
                return false;
            _position = Math.Max(_position, position);
            if (_since == 0)
                Interlocked.Exchange(ref _since, Stopwatch.GetTimestamp());
            return true;
        }
    }

    /// <summary>This node has read the log up to <paramref name="position"/>.</summary>
    public void Reach(long position)
    {
        lock (_lock)
            if (position >= _position)
                Interlocked.Exchange(ref _since, 0);
    }
}
