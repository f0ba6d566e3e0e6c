using System.Runtime.InteropServices;

namespace HeadlessCms.Suggestions;

/// <summary>The terms that a model knows, with their weights: rare terms say more than common ones.</summary>
internal sealed class TermSpace
{
    private readonly Dictionary<string, int> _numbers;

    public TermSpace(string[] terms, float[] weights)
    {
        (Terms, Weights) = (terms, weights);
        _numbers = new(terms.Length, StringComparer.Ordinal);
        for (var number = 0; number < terms.Length; number++)
            _numbers[terms[number]] = number;
    }

    public string[] Terms { get; }
    public float[] Weights { get; }

    /// <summary>The space of all terms that are in at least <paramref name="leastStories"/> of the stories.</summary>
    public static TermSpace Of(IEnumerable<Dictionary<string, int>> stories, int leastStories)
    {
        var count = 0;
        var found = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var story in stories)
        {
            count++;
            foreach (var term in story.Keys)
                CollectionsMarshal.GetValueRefOrAddDefault(found, term, out _)++;
        }
        var kept = found.Where(term => term.Value >= leastStories).OrderBy(term => term.Key, StringComparer.Ordinal).ToList();
        return new([.. kept.Select(term => term.Key)], [.. kept.Select(term => (float)Math.Log((count + 1.0) / term.Value))]);
    }

    /// <summary>A story as a vector of length 1, in ascending order of the terms' numbers.</summary>
    public TermVector Place(Dictionary<string, int> story)
    {
        var found = new List<(int Term, float Weight)>(story.Count);
        foreach (var (term, times) in story)
            if (_numbers.TryGetValue(term, out var number))
                found.Add((number, (1 + MathF.Log(times)) * Weights[number]));
        found.Sort((one, other) => one.Term.CompareTo(other.Term));
        var length = MathF.Sqrt(found.Sum(term => term.Weight * term.Weight));
        return new([.. found.Select(term => term.Term)], [.. found.Select(term => term.Weight / length)]);
    }
}

/// <summary>A story in a <see cref="TermSpace"/>.</summary>
internal sealed record TermVector(int[] Terms, float[] Values);
