using System.Collections.Concurrent;
using HeadlessCms.Core.Storage.Live;
using Microsoft.EntityFrameworkCore;

namespace HeadlessCms.Api.Content.Search;

/// <summary>
/// What words are looked up by, as PostgreSQL told: it alone knows the stems of its languages, and they don't change. To ask it for each text
/// again (<c>ts_headline</c>) would cost more than all else that a search does.
/// </summary>
internal sealed class WordForms
{
    private const int MostOfALanguage = 50_000;

    private readonly ConcurrentDictionary<string, ConcurrentDictionary<string, string[]>> _languages = [];

    /// <summary>What a word is looked up by; null where that is not known yet.</summary>
    public string[]? Find(string language, ReadOnlySpan<char> word) =>
        _languages.TryGetValue(language, out var known) && known.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(word, out var forms) ? forms : null;

    /// <summary>Asks for words that are not known yet.</summary>
    public async Task LearnAsync(LiveDbContext live, IReadOnlyCollection<(string Language, string Word)> unknown, CancellationToken cancellation)
    {
        string[] languages = [.. unknown.Select(word => word.Language)], words = [.. unknown.Select(word => word.Word)];
        foreach (var told in await live.WordForms(languages, words).ToListAsync(cancellation))
            _languages.GetOrAdd(told.Language, _ => []).TryAdd(told.Word, told.Forms);
    }

    /// <summary>Forgets the words of a language where they are too many.</summary>
    public void MakeRoom(string language)
    {
        if (_languages.TryGetValue(language, out var known) && known.Count > MostOfALanguage) known.Clear();
    }
}
