using System.Buffers;
using System.Text;
using HeadlessCms.Core.Storage.Live;

namespace HeadlessCms.Api.Content.Search;

/// <summary>
/// Marks the words of a query in texts: <c>&lt;mark&gt;</c> around each word in any inflected form, and around those of a phrase where they
/// follow one another; everything else is escaped. If <see cref="HasLearnedAsync"/> returns true, it has loaded missing word forms and all
/// texts must be marked again.
/// </summary>
internal sealed class Highlighter
{
    private const int Before = 60,
        Length = 240,
        MostJoined = 4;
    private const string Mark = "<mark>",
        Unmark = "</mark>";
    private static readonly SearchValues<char> Blanks = SearchValues.Create(" \t\r\n\u00A0");
    private static readonly SearchValues<char> Escaped = SearchValues.Create("&<>\"'");

    private static readonly WordForms.Forms Unknown = new([], IsStop: false);

    private readonly WordForms _forms;
    private readonly List<string[]> _phrases;
    private readonly SearchValues<char> _initials;
    private readonly Dictionary<string, Wanted> _wanted = [];
    private readonly HashSet<(string Language, string Word)> _unknown = [];
    private readonly StringBuilder _html = new();

    public Highlighter(WordForms forms, string q)
    {
        _forms = forms;
        _phrases = QueryPhrases.Of(q);
        _initials = TextWords.Initials(_phrases.Select(phrase => TextWords.Plain(phrase[0][0])).Distinct());
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
        var words = new TextWords(text, wanted.HasPrefixes ? null : _initials);
        while (words.MoveNext())
        {
            if (MatchEnd(text, words, wanted) < 0)
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
        wanted = new Wanted(language, _forms.Of(language), []);
        List<WordForms.Forms> stops = [];
        foreach (var phrase in _phrases)
        {
            var forms = Array.ConvertAll(phrase, word => FormsOf(word, wanted));
            if (forms is [{ IsStop: true }])
                stops.Add(forms[0]);
            else if (forms.Any(word => word.Spellings.Length > 0))
                wanted.Phrases.Add(forms);
        }

        // Stop words count only where there are no others, as in the search itself.
        if (wanted.Phrases.Count == 0 && stops.Count > 0)
            wanted.Phrases.Add([.. stops]);
        return _wanted[language] = wanted;
    }

    private WordForms.Forms FormsOf(ReadOnlySpan<char> word, Wanted wanted)
    {
        if (wanted.Known.Find(word) is { } forms)
            return forms;
        _unknown.Add((wanted.Language, word.ToString()));
        return Unknown;
    }

    // The end of the words from the current one on that are a phrase to mark; -1 if they are none.
    private int MatchEnd(ReadOnlySpan<char> text, TextWords words, Wanted wanted)
    {
        var forms = FormsOf(words.Current, wanted);
        var matched = -1;
        foreach (var phrase in wanted.Phrases)
        {
            if (!phrase[0].Overlap(forms))
                continue;
            var following = new TextWords(text[words.End..]);
            var next = 1;
            while (next < phrase.Length && following.MoveNext() && phrase[next].Overlap(FormsOf(following.Current, wanted)))
                next++;
            if (next == phrase.Length)
                matched = Math.Max(matched, words.End + following.End);
        }

        return matched >= 0 ? matched : JoinedEnd(text, words, wanted);
    }

    // e-mail is also email.
    private int JoinedEnd(ReadOnlySpan<char> text, TextWords words, Wanted wanted)
    {
        var (joined, end) = ("", words.End);
        for (var parts = 2; parts <= MostJoined && TextWords.JoinsAt(text, end); parts++)
        {
            var following = new TextWords(text[end..]);
            if (!following.MoveNext())
                break;
            joined = parts == 2 ? $"{words.Current}{following.Current}" : $"{joined}{following.Current}";
            end += following.End;
            var forms = FormsOf(joined, wanted);
            foreach (var phrase in wanted.Phrases)
                if (phrase.Length == 1 && phrase[0].Overlap(forms))
                    return end;
        }

        return -1;
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
        var done = 0;
        var words = new TextWords(text, wanted.HasPrefixes ? null : _initials);
        while (words.MoveNext())
        {
            if (words.Start < done || MatchEnd(text, words, wanted) is not (>= 0 and var end))
                continue;
            var match = new TextWords(text[words.Start..end]);
            while (match.MoveNext())
            {
                var (from, to) = (words.Start + match.Start, words.Start + match.End);
                if (from == done && done > 0)
                    _html.Length -= Unmark.Length; // adjacent words share a mark
                else
                    AppendText(text[done..from]).Append(Mark);
                AppendText(text[from..to]).Append(Unmark);
                done = to;
            }
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
    private sealed record Wanted(string Language, WordForms.Vocabulary Known, List<WordForms.Forms[]> Phrases)
    {
        // In these languages a form may begin otherwise than the word (keputusan, putusan).
        public bool HasPrefixes { get; } = Language.AsSpan(0, Math.Min(2, Language.Length)) is "id" or "ar" or "ga";
    }
}
