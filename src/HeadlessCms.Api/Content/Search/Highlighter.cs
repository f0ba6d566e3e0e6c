using System.Text;
using HeadlessCms.Core.Storage.Live;

namespace HeadlessCms.Api.Content.Search;

/// <summary>Marks in texts the words that somebody asked for: <c>&lt;mark&gt;</c> around them in whatever form they have there, and everything else as text.</summary>
internal sealed class Highlighter
{
    private const int Before = 60, Length = 240;
    private const string Mark = "<mark>", Unmark = "</mark>";
    private static readonly char[] Blanks = [' ', '\t', '\r', '\n', '\u00A0'];

    private readonly WordForms _forms;
    private readonly List<string> _asked = [];
    private readonly HashSet<char> _initials = [];
    private readonly Dictionary<string, HashSet<string>> _wanted = [];

    private Highlighter(WordForms forms, string q)
    {
        _forms = forms;
        foreach (var word in new TextWords(q))
        {
            _asked.Add(word.ToString());
            _initials.Add(TextWords.Plain(word[0]));
        }
    }

    /// <summary>One that knows what it needs of some texts, each in the language beside it.</summary>
    public static async Task<Highlighter> OfAsync(
        WordForms forms, LiveDbContext live, string q, IReadOnlyCollection<(string Language, string? Text)> texts, CancellationToken cancellation)
    {
        var highlighter = new Highlighter(forms, q);
        var unknown = highlighter.Unknown(texts);
        if (unknown.Count > 0) await forms.LearnAsync(live, unknown, cancellation);
        foreach (var language in texts.Select(text => text.Language).Distinct())
            highlighter._wanted[language] = [.. highlighter._asked.SelectMany(word => forms.Find(language, word) ?? [])];
        return highlighter;
    }

    /// <summary>The whole text.</summary>
    public string Whole(string language, string text) => Marked(text, _wanted[language], language);

    /// <summary>What stands around the first of the words; null where it has none.</summary>
    public string? Passage(string language, string text)
    {
        var wanted = _wanted[language];
        var words = new TextWords(text);
        while (words.MoveNext())
        {
            if (!IsWanted(words.Current, wanted, language)) continue;
            var (start, end) = Around(text, words.Start);
            return $"{(start > 0 ? "… " : "")}{Marked(text.AsSpan(start, end - start).Trim(), wanted, language)}{(end < text.Length ? " …" : "")}";
        }

        return null;
    }

    private HashSet<(string Language, string Word)> Unknown(IReadOnlyCollection<(string Language, string? Text)> texts)
    {
        HashSet<(string, string)> unknown = [];
        foreach (var language in texts.Select(text => text.Language).Distinct())
        {
            _forms.MakeRoom(language);
            foreach (var word in _asked.Where(word => _forms.Find(language, word) is null)) unknown.Add((language, word));
        }

        foreach (var (language, text) in texts)
            foreach (var word in new TextWords(text))
                if (_initials.Contains(TextWords.Plain(word[0])) && _forms.Find(language, word) is null) unknown.Add((language, word.ToString()));
        return unknown;
    }

    private bool IsWanted(ReadOnlySpan<char> word, HashSet<string> wanted, string language)
    {
        if (!_initials.Contains(TextWords.Plain(word[0])) || _forms.Find(language, word) is not { } forms) return false;
        foreach (var form in forms)
            if (wanted.Contains(form)) return true;
        return false;
    }

    // Between words, where the script parts them.
    private static (int Start, int End) Around(string text, int at)
    {
        var start = Math.Max(0, at - Before);
        if (start > 0 && text.IndexOfAny(Blanks, start, at - start) is >= 0 and var blank) start = blank + 1;
        var end = Math.Min(text.Length, start + Length);
        if (end < text.Length && text.LastIndexOfAny(Blanks, end - 1, end - at) is > 0 and var last) end = last;
        if (char.IsLowSurrogate(text[start])) start++;
        if (end < text.Length && char.IsLowSurrogate(text[end])) end--;
        return (start, end);
    }

    private string Marked(ReadOnlySpan<char> text, HashSet<string> wanted, string language)
    {
        var html = new StringBuilder(text.Length + 40);
        var (done, marked) = (0, -1);
        var words = new TextWords(text);
        while (words.MoveNext())
        {
            if (!IsWanted(words.Current, wanted, language)) continue;
            if (marked == words.Start && marked == done) html.Length -= Unmark.Length; // the next sign of a word whose signs are words
            else AppendText(html, text[done..words.Start]).Append(Mark);
            AppendText(html, words.Current).Append(Unmark);
            done = marked = words.End;
        }

        return AppendText(html, text[done..]).ToString();
    }

    private static StringBuilder AppendText(StringBuilder html, ReadOnlySpan<char> text)
    {
        foreach (var sign in text)
        {
            _ = sign switch
            {
                '&' => html.Append("&amp;"),
                '<' => html.Append("&lt;"),
                '>' => html.Append("&gt;"),
                '"' => html.Append("&quot;"),
                '\'' => html.Append("&#39;"),
                _ => html.Append(sign),
            };
        }

        return html;
    }
}
