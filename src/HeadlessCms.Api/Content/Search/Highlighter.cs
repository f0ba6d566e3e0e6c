using System.Buffers;
using System.Text;
using HeadlessCms.Core.Storage.Live;

namespace HeadlessCms.Api.Content.Search;

/// <summary>
/// Marks the words of a query in texts: <c>&lt;mark&gt;</c> around each word in any inflected form, everything else escaped. If
/// <see cref="HasLearnedAsync"/> returns true, it has loaded missing word forms and all texts must be marked again.
/// </summary>
internal sealed class Highlighter
{
    private const int Before = 60,
        Length = 240;
    private const string Mark = "<mark>",
        Unmark = "</mark>";
    private static readonly SearchValues<char> Blanks = SearchValues.Create(" \t\r\n\u00A0");
    private static readonly SearchValues<char> Escaped = SearchValues.Create("&<>\"'");

    private readonly WordForms _forms;
    private readonly List<string> _queryWords = [];
    private readonly SearchValues<char> _initials;
    private readonly Dictionary<string, Wanted> _wanted = [];
    private readonly HashSet<(string Language, string Word)> _unknown = [];
    private readonly StringBuilder _html = new();

    public Highlighter(WordForms forms, string q)
    {
        _forms = forms;
        foreach (var word in new TextWords(q))
            _queryWords.Add(word.ToString());
        _initials = TextWords.Initials(_queryWords.Select(word => TextWords.Plain(word[0])).Distinct());
    }

    /// <summary>Loads the forms of the unknown words that were found; false if there are none.</summary>
    public async Task<bool> HasLearnedAsync(LiveDbContext live, CancellationToken cancellation)
    {
        if (_unknown.Count == 0)
            return false;
        await _forms.LearnAsync(live, _unknown, cancellation);
        _unknown.Clear();
        _wanted.Clear();
        return true;
    }

    public string Whole(string language, string text) => Marked(text, WantedIn(language));

    /// <summary>The passage around the first matching word of a body; null if there is none.</summary>
    public string? Passage(string language, string html)
    {
        var wanted = WantedIn(language);
        using var body = new BodyText(html);
        var text = body.Text;
        var words = new TextWords(text, _initials);
        while (words.MoveNext())
        {
            if (!IsWanted(words.Current, wanted))
                continue;
            var (start, end) = Around(text, words.Start);
            return $"{(start > 0 ? "… " : "")}{Marked(text[start..end].Trim(), wanted)}{(end < text.Length ? " …" : "")}";
        }

        return null;
    }

    private Wanted WantedIn(string language)
    {
        if (_wanted.TryGetValue(language, out var wanted))
            return wanted;
        _wanted[language] = wanted = new Wanted(language, _forms.Of(language), []);
        foreach (var word in _queryWords)
            wanted.Forms.UnionWith(FormsOf(word, wanted));
        return wanted;
    }

    private string[] FormsOf(ReadOnlySpan<char> word, Wanted wanted)
    {
        if (wanted.Known.Find(word) is { } forms)
            return forms;
        _unknown.Add((wanted.Language, word.ToString()));
        return [];
    }

    private bool IsWanted(ReadOnlySpan<char> word, Wanted wanted)
    {
        foreach (var form in FormsOf(word, wanted))
            if (wanted.Forms.Contains(form))
                return true;
        return false;
    }

    // Cuts between words in scripts that separate words.
    private static (int Start, int End) Around(ReadOnlySpan<char> text, int at)
    {
        var start = Math.Max(0, at - Before);
        if (start > 0 && text[start..at].IndexOfAny(Blanks) is >= 0 and var blank)
            start += blank + 1;
        var end = Math.Min(text.Length, start + Length);
        if (end < text.Length && text[at..end].LastIndexOfAny(Blanks) is >= 0 and var last)
            end = at + last;
        if (char.IsLowSurrogate(text[start]))
            start++;
        if (end < text.Length && char.IsLowSurrogate(text[end]))
            end--;
        return (start, end);
    }

    private string Marked(ReadOnlySpan<char> text, Wanted wanted)
    {
        _html.Clear();
        var (done, marked) = (0, -1);
        var words = new TextWords(text, _initials);
        while (words.MoveNext())
        {
            if (!IsWanted(words.Current, wanted))
                continue;
            if (marked == words.Start && marked == done)
                _html.Length -= Unmark.Length; // adjacent one-character words share a mark
            else
                AppendText(text[done..words.Start]).Append(Mark);
            AppendText(words.Current).Append(Unmark);
            done = marked = words.End;
        }

        return AppendText(text[done..]).ToString();
    }

    private StringBuilder AppendText(ReadOnlySpan<char> text)
    {
        for (int at; (at = text.IndexOfAny(Escaped)) >= 0; text = text[(at + 1)..])
        {
            _html
                .Append(text[..at])
                .Append(
                    text[at] switch
                    {
                        '&' => "&amp;",
                        '<' => "&lt;",
                        '>' => "&gt;",
                        '"' => "&quot;",
                        _ => "&#39;",
                    }
                );
        }

        return _html.Append(text);
    }

    // The word forms to mark in texts of one language.
    private sealed record Wanted(string Language, WordForms.Vocabulary Known, HashSet<string> Forms);
}
