namespace HeadlessCms.Suggestions;

/// <summary>The words that the newsroom's stories mostly write with a small letter: "march" and "reading", which are also names.</summary>
internal sealed class SmallWords(IEnumerable<string> words)
{
    private readonly HashSet<string> _words = new(words, StringComparer.Ordinal);

    public IReadOnlyCollection<string> Words => _words;

    public bool Contains(string folded) => _words.Contains(folded);
}
