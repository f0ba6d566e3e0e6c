using System.Collections.Concurrent;
using HeadlessCms.Core.Storage.Live;
using Microsoft.EntityFrameworkCore;

namespace HeadlessCms.Api.Content.Search;

/// <summary>
/// What words are looked up by, as PostgreSQL told: it alone knows the stems of its languages, and they don't change. To ask it for each
/// text again (<c>ts_headline</c>) would cost more than all else that a search does.
/// </summary>
internal sealed class WordForms
{
    private const int MostOfALanguage = 50_000;

    private readonly ConcurrentDictionary<string, Vocabulary> _languages = [];

    /// <summary>The words of a language that are known.</summary>
    public Vocabulary Of(string language) => _languages.GetOrAdd(language, _ => new Vocabulary());

    /// <summary>Asks for words that are not known yet. Where a language has too many it forgets them first.</summary>
    public async Task LearnAsync(
        LiveDbContext live,
        IReadOnlyCollection<(string Language, string Word)> unknown,
        CancellationToken cancellation
    )
    {
        string[] languages = [.. unknown.Select(word => word.Language)],
            words = [.. unknown.Select(word => word.Word)];
        var told = await live.WordForms(languages, words).ToListAsync(cancellation);
        foreach (var language in languages.Distinct())
            Of(language).KeepAtMost(MostOfALanguage);
        foreach (var word in told)
            Of(word.Language).Add(word.Word, word.Forms);
    }

    /// <summary>The words of one language.</summary>
    internal sealed class Vocabulary
    {
        private readonly ConcurrentDictionary<string, string[]> _known;
        private readonly ConcurrentDictionary<string, string[]>.AlternateLookup<ReadOnlySpan<char>> _bySpan;

        public Vocabulary()
        {
            _known = [];
            _bySpan = _known.GetAlternateLookup<ReadOnlySpan<char>>();
        }

        /// <summary>What a word is looked up by; null where that is not known yet.</summary>
        public string[]? Find(ReadOnlySpan<char> word) => _bySpan.TryGetValue(word, out var forms) ? forms : null;

        public void Add(string word, string[] forms) => _known.TryAdd(word, forms);

        public void KeepAtMost(int limit)
        {
            if (_known.Count > limit)
                _known.Clear();
        }
    }
}
