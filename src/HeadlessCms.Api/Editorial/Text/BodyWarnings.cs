using AngleSharp.Dom;

namespace HeadlessCms.Api.Editorial.Text;

/// <summary>Counts what a rendering takes out or changes: one warning for each kind of thing.</summary>
/// <param name="isSource">Whether the HTML of the first round is what the editor sent, and its lines are known.</param>
internal sealed class BodyWarnings(bool isSource)
{
    private const string Pointer = "/body";
    private const int MaxKinds = 50;
    private const int LongestName = 100;

    private readonly Dictionary<(string Code, string What), (int Count, int? Line)> _counts = [];
    private int _others;

    /// <summary>Cleared after the first round: later ones read what this app wrote.</summary>
    public bool IsFirstRound { get; set; } = true;

    public void Removed(string what, IElement? at = null) => Add("removed", what, at);

    public void Changed(string what, IElement? at = null) => Add("changed", what, at);

    public void NoTarget(string what, IElement? at = null)
    {
        if (IsFirstRound) // the link is still there in the next
            Add("noTarget", what, at);
    }

    public void Unclosed(string what, int? line) => Add("unclosed", what, line);

    public IReadOnlyList<SaveWarning> ToList()
    {
        var list = _counts
            .Select(pair => new SaveWarning(Pointer, pair.Key.Code, $"{pair.Value.Count} {pair.Key.What}") { Line = pair.Value.Line })
            .ToList();
        if (_others > 0)
            list.Add(new SaveWarning(Pointer, "removed", $"{_others} others"));
        return list;
    }

    private void Add(string code, string what, IElement? at) => Add(code, what, at?.SourceReference?.Position.Line);

    private void Add(string code, string what, int? line)
    {
        var key = (code, what.Length > LongestName ? what[..LongestName] + "…" : what);
        if (_counts.TryGetValue(key, out var known))
            _counts[key] = (known.Count + 1, known.Line);
        else if (_counts.Count < MaxKinds)
            _counts[key] = (1, IsFirstRound && isSource ? line : null);
        else
            _others++;
    }
}
