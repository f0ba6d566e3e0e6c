using System.Runtime.InteropServices;
using HeadlessCms.Core.Concepts;

namespace HeadlessCms.Suggestions;

/// <summary>
/// The names of all concepts, to be found in texts in one pass. The automaton of Aho and Corasick over words: a tree of names, walked from
/// every word at once. It keeps the states that are active instead of failure links, so that a name can be added or removed at any time; a
/// text has few of them, because most words begin no name. Safe for use by several threads.
/// </summary>
public sealed class NameIndex
{
    private const int None = -1;
    private const int MostWords = 16;

    // A look-up takes a tenth of a millisecond, and editors ask for few.
    private readonly Lock _gate = new();
    private readonly Dictionary<string, int> _words = [];
    private readonly Dictionary<long, int> _edges = [];
    private readonly List<int> _firstNames = [None];
    private readonly List<IndexedName> _names = [];
    private readonly List<IndexedConcept?> _concepts = [];
    private readonly Dictionary<Guid, int> _slots = [];
    private readonly Stack<int> _freeNames = new();
    private readonly Stack<int> _freeConcepts = new();

    /// <summary>An index of <paramref name="concepts"/>.</summary>
    public NameIndex(IEnumerable<ConceptEntry> concepts)
    {
        ArgumentNullException.ThrowIfNull(concepts);
        foreach (var concept in concepts)
            Put(concept);
    }

    /// <summary>The number of concepts.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
                return _slots.Count;
        }
    }

    /// <summary>Adds a concept, or replaces it as it was.</summary>
    public void Set(ConceptEntry concept)
    {
        ArgumentNullException.ThrowIfNull(concept);
        lock (_gate)
            Put(concept);
    }

    /// <summary>Removes a concept; does nothing where it is absent.</summary>
    public void Remove(Guid concept)
    {
        lock (_gate)
            Drop(concept);
    }

    /// <summary>The names that a story has, the overlapping ones too, and the concepts that they may be.</summary>
    internal List<NameMatch> Find(Story story)
    {
        var matches = new List<NameMatch>();
        lock (_gate)
        {
            for (var part = 0; part < story.Parts.Count; part++)
                Find(story.Parts[part], part, matches);
        }
        return matches;
    }

    internal IndexedConcept? Concept(Guid id)
    {
        lock (_gate)
            return _slots.TryGetValue(id, out var slot) ? _concepts[slot] : null;
    }

    private void Find(Part part, int number, List<NameMatch> matches)
    {
        var active = new List<(int Node, int Start)>();
        var next = new List<(int Node, int Start)>();
        for (var at = 0; at < part.Words.Count; at++)
        {
            var word = part.Words[at];
            if (word.Gap is Gap.Mark or Gap.Sentence)
                active.Clear();
            active.Add((0, at));
            next.Clear();
            foreach (var (node, start) in active)
            {
                Advance(node, start, word.Folded);
                Advance(node, start, StemKey(word.Stem));
            }
            (active, next) = (next, active);

            void Advance(int node, int start, string text)
            {
                if (!_words.TryGetValue(text, out var id) || !_edges.TryGetValue(Edge(node, id), out var reached))
                    return;
                next.Add((reached, start));
                for (var name = _firstNames[reached]; name != None; name = _names[name].Next)
                    if (Fits(part, start, at, _names[name]))
                        matches.Add(new(number, start, at, _concepts[_names[name].Concept]!, _names[name].Form));
            }
        }
    }

    // A name is written with its capitals, unless the text is in capitals throughout; a short name in capitals is in capitals everywhere.
    private static bool Fits(Part part, int first, int last, IndexedName name)
    {
        for (var word = first; word <= last; word++)
        {
            if ((name.Capitals & (1 << (word - first))) == 0)
                continue;
            if (name.Form == NameForm.Acronym ? part.Words[word].Case != WordCase.Upper : !part.Words[word].IsCapital)
                return false;
        }
        return true;
    }

    private void Put(ConceptEntry entry)
    {
        Drop(entry.Id);
        var slot = _freeConcepts.TryPop(out var free) ? free : _concepts.Count;
        if (slot == _concepts.Count)
            _concepts.Add(null);
        _slots[entry.Id] = slot;
        var nodes = new List<int>();
        foreach (var name in ConceptNames.Of(entry))
            if (Add(name, slot, entry.Kind) is var node and not None)
                nodes.Add(node);
        _concepts[slot] = new(
            entry.Id,
            entry.Kind,
            entry.Name,
            entry.CountryCode,
            entry.Parent,
            entry.Title,
            Countries.Of(entry) is not null,
            entry.Prior,
            [.. nodes.Distinct()]
        );
    }

    private int Add(ConceptName name, int slot, ConceptKind kind)
    {
        var words = new Part("", name.Text, PartKind.Headline).Words;
        if (words.Count is 0 or > MostWords)
            return None;
        var node = 0;
        var capitals = 0;
        for (var at = 0; at < words.Count; at++)
        {
            var inflects = kind == ConceptKind.Topic && name.Form == NameForm.Name;
            node = Reach(node, IdOf(inflects ? StemKey(words[at].Stem) : words[at].Folded));
            if (!inflects && words[at].IsCapital)
                capitals |= 1 << at;
        }
        for (var other = _firstNames[node]; other != None; other = _names[other].Next)
            if (_names[other].Concept == slot)
                return None;
        var place = _freeNames.TryPop(out var free) ? free : _names.Count;
        var added = new IndexedName(slot, _firstNames[node], (ushort)capitals, name.Form);
        if (place == _names.Count)
            _names.Add(added);
        else
            _names[place] = added;
        _firstNames[node] = place;
        return node;
    }

    private void Drop(Guid id)
    {
        if (!_slots.Remove(id, out var slot))
            return;
        foreach (var node in _concepts[slot]!.Nodes)
        {
            var names = CollectionsMarshal.AsSpan(_names);
            ref var link = ref CollectionsMarshal.AsSpan(_firstNames)[node];
            while (link != None)
                if (names[link].Concept == slot)
                {
                    _freeNames.Push(link);
                    link = names[link].Next;
                }
                else
                    link = ref names[link].Next;
        }
        _concepts[slot] = null;
        _freeConcepts.Push(slot);
    }

    private int Reach(int node, int word)
    {
        if (_edges.TryGetValue(Edge(node, word), out var reached))
            return reached;
        _firstNames.Add(None);
        return _edges[Edge(node, word)] = _firstNames.Count - 1;
    }

    private int IdOf(string word)
    {
        if (!_words.TryGetValue(word, out var id))
            _words[word] = id = _words.Count;
        return id;
    }

    private static long Edge(int node, int word) => ((long)node << 32) | (uint)word;

    // A topic's names are kept by their stems, all others by their words; the mark keeps the two apart.
    private static string StemKey(string stem) => "~" + stem;

    private struct IndexedName(int concept, int next, ushort capitals, NameForm form)
    {
        public int Concept = concept;
        public int Next = next;
        public ushort Capitals = capitals;
        public NameForm Form = form;
    }
}
