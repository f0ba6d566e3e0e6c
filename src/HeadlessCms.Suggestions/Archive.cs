using System.Collections.Concurrent;

namespace HeadlessCms.Suggestions;

/// <summary>
/// What the newsroom's stories and its editors' decisions say about concepts: which are tagged together, and which names were refused.
/// Safe for use by several threads.
/// </summary>
public sealed class Archive
{
    private readonly ConcurrentDictionary<(Guid, Guid), long> _together = new();
    private readonly ConcurrentDictionary<(Guid, string), long> _refused = new();

    /// <summary>Sets the number of stories that are tagged with both concepts.</summary>
    public void SetTogether(Guid one, Guid other, long stories)
    {
        if (stories > 0)
            _together[Pair(one, other)] = stories;
        else
            _together.TryRemove(Pair(one, other), out _);
    }

    /// <summary>Sets how often editors refused a concept where the text has a name; 0 forgets it.</summary>
    public void SetRefused(Guid concept, string name, long times)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (times > 0)
            _refused[(concept, Folding.Fold(name))] = times;
        else
            _refused.TryRemove((concept, Folding.Fold(name)), out _);
    }

    internal long Together(Guid one, Guid other) => _together.GetValueOrDefault(Pair(one, other));

    internal long Refused(Guid concept, string name) => _refused.IsEmpty ? 0 : _refused.GetValueOrDefault((concept, Folding.Fold(name)));

    private static (Guid, Guid) Pair(Guid one, Guid other) => one.CompareTo(other) < 0 ? (one, other) : (other, one);
}
