using System.Collections.Concurrent;
using HeadlessCms.Core.Storage.Live;
using Microsoft.EntityFrameworkCore;

namespace HeadlessCms.Api.Content.Search;

/// <summary>
/// Caches the word forms of PostgreSQL's dictionaries, which do not change: <c>ts_headline</c> would cost more than the rest of a search.
/// </summary>
internal sealed class WordForms
{
    private const int MostOfALanguage = 50_000;

    private readonly ConcurrentDictionary<string, Vocabulary> _languages = [];

    public Vocabulary Of(string language) => _languages.GetOrAdd(language, _ => new Vocabulary());

    /// <summary>Loads the forms of unknown words. A language with too many words is cleared first.</summary>
    public async Task LearnAsync(
        LiveDbContext live,
        IReadOnlyCollection<(string Language, string Word)> unknown,
        CancellationToken cancellation
    )
    {
        string[] languages = [.. unknown.Select(word => word.Language)],
            words = [.. unknown.Select(word => word.Word)];
        var loaded = await live.WordForms(languages, words).ToListAsync(cancellation);
        foreach (var language in languages.Distinct())
            Of(language).KeepAtMost(MostOfALanguage);
        foreach (var word in loaded)
            Of(word.Language).Add(word.Word, new Forms(word.Forms, word.IsStop));
    }

    /// <summary>The forms under which a word is stored.</summary>
    internal sealed record Forms(string[] Spellings, bool IsStop)
    {
        public bool Overlap(Forms other)
        {
            foreach (var spelling in Spellings)
                if (other.Spellings.AsSpan().Contains(spelling))
                    return true;
            return false;
        }
    }

    internal sealed class Vocabulary
    {
        private readonly ConcurrentDictionary<string, Forms> _known;
        private readonly ConcurrentDictionary<string, Forms>.AlternateLookup<ReadOnlySpan<char>> _bySpan;

        public Vocabulary()
        {
            _known = [];
            _bySpan = _known.GetAlternateLookup<ReadOnlySpan<char>>();
        }

        /// <summary>The forms of a word; null if not loaded.</summary>
        public Forms? Find(ReadOnlySpan<char> word) => _bySpan.TryGetValue(word, out var forms) ? forms : null;

        public void Add(string word, Forms forms) => _known.TryAdd(word, forms);

        public void KeepAtMost(int limit)
        {
            if (_known.Count > limit)
                _known.Clear();
        }
    }
}
