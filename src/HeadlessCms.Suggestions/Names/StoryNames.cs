using HeadlessCms.Core.Concepts;

namespace HeadlessCms.Suggestions;

/// <summary>
/// The concepts that a story names: of overlapping names the longest, of several concepts with one name the one that fits the rest of the
/// story best, and a surname only of somebody whom nothing speaks against.
/// </summary>
internal sealed class StoryNames
{
    private const int DeepestParents = 4;

    private readonly Story _story;
    private readonly NameIndex _index;
    private readonly Archive _archive;
    private readonly SmallWords _common;
    private readonly Dictionary<Guid, NamedConcept> _named = [];
    private readonly Dictionary<(int Part, int Word), NameMatch> _covered = [];

    public StoryNames(Story story, NameIndex index, Archive archive, SmallWords common)
    {
        (_story, _index, _archive, _common) = (story, index, archive, common);
        var spans = Longest(index.Find(story)).Where(IsName).ToList();
        var open = new List<List<NameMatch>>();
        foreach (var span in spans)
            if (span.Count == 1 && span[0].Form != NameForm.Surname)
                Take(span[0], []);
            else
                open.Add(span);
        foreach (var span in open.Where(span => span.Exists(name => name.Form != NameForm.Surname)))
            Resolve(span);
        foreach (var span in open.Where(span => span.TrueForAll(name => name.Form == NameForm.Surname)))
            Resolve([.. span.Where(IsFreeSurname)]);
        foreach (var name in _named.Values.SelectMany(named => named.Names))
            for (var word = name.First; word <= name.Last; word++)
                _covered[(name.Part, word)] = name;
        ImplyParents();
        foreach (var named in _named.Values)
            named.Sort();
    }

    public IReadOnlyCollection<NamedConcept> All => _named.Values;

    public NamedConcept? this[Guid concept] => _named.GetValueOrDefault(concept);

    /// <summary>The name that has this word.</summary>
    public NameMatch? At(int part, int word) => _covered.TryGetValue((part, word), out var name) ? name : null;

    // One list a span: all concepts that it may name.
    private static IEnumerable<List<NameMatch>> Longest(List<NameMatch> matches)
    {
        var spans = matches
            .GroupBy(name => (name.Part, name.First, name.Last))
            .Select(span => span.DistinctBy(name => name.Concept.Id).ToList())
            .OrderByDescending(span => span[0].Length)
            .ThenBy(span => span[0].Part)
            .ThenBy(span => span[0].First);
        var taken = new HashSet<(int Part, int Word)>();
        foreach (var span in spans)
        {
            var words = Enumerable.Range(span[0].First, span[0].Length).Select(word => (span[0].Part, word)).ToList();
            if (words.Exists(taken.Contains))
                continue;
            taken.UnionWith(words);
            yield return span;
        }
    }

    // A capital at the beginning of a sentence, or in a line of capitals, says nothing about a word that is mostly written small.
    private bool IsName(List<NameMatch> span)
    {
        var name = span[0];
        if (name.Length > 1 || span.TrueForAll(one => one.Concept.Kind == ConceptKind.Topic && one.Form == NameForm.Name))
            return true;
        var part = _story.Parts[name.Part];
        return !(part.IsTitleCase || part.BeginsSentence(name.First)) || !_common.Contains(part.Words[name.First].Folded);
    }

    // "Michael Baker" is not "James Baker", "Douglas Corp" no person; "Secretary Baker" is one.
    private bool IsFreeSurname(NameMatch name)
    {
        var part = _story.Parts[name.Part];
        if (_named.TryGetValue(name.Concept.Id, out var full) && !full.BySurnameOnly)
            return true;
        if (part.AllCapitals || name.First == 0 || part.Words[name.First].Gap is not (Gap.Space or Gap.Joined))
            return true;
        var before = part.Words[name.First - 1];
        return !before.IsCapital || part.BeginsSentence(name.First - 1) || Titles.IsTitle(before.Folded);
    }

    private void Resolve(List<NameMatch> span)
    {
        if (span.Count == 0)
            return;
        var best = span.MaxBy(name => (Fit(name), name.Concept.Prior));
        Take(best, span.Where(name => name.Concept.Id != best.Concept.Id).Select(name => name.Concept));
    }

    // How well a concept fits what else the story names.
    private double Fit(NameMatch name)
    {
        var fit = name.Form == NameForm.Surname ? -1.0 : 0;
        if (_named.TryGetValue(name.Concept.Id, out var already))
            fit += already.BySurnameOnly ? 0.5 : 3;
        if (name.Concept.Parent is { } parent && _named.ContainsKey(parent))
            fit += 2;
        fit += _named.Values.Any(other => other.Concept.Parent == name.Concept.Id) ? 2 : 0;
        foreach (var other in _named.Keys)
            fit += Math.Log(1 + _archive.Together(name.Concept.Id, other)) / 2;
        fit += Math.Log(1 + name.Concept.Prior) / 2;
        return fit - _archive.Refused(name.Concept.Id, _story.Parts[name.Part].Between(name.First, name.Last));
    }

    private void Take(NameMatch name, IEnumerable<IndexedConcept> rivals)
    {
        if (!_named.TryGetValue(name.Concept.Id, out var named))
            _named[name.Concept.Id] = named = new(name.Concept);
        named.Name(name);
        named.Rivals.UnionWith(rivals);
    }

    private void ImplyParents()
    {
        foreach (var child in _named.Values.ToList())
        {
            var parent = child.Concept.Parent;
            for (var depth = 0; depth < DeepestParents && parent is { } id && _index.Concept(id) is { } concept; depth++)
            {
                if (!_named.TryGetValue(id, out var named))
                    _named[id] = named = new(concept);
                foreach (var name in child.Names)
                    named.Imply(name);
                parent = concept.Parent;
            }
        }
    }
}
