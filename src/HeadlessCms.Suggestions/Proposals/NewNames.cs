using System.Collections.Frozen;
using HeadlessCms.Core.Concepts;

namespace HeadlessCms.Suggestions;

/// <summary>
/// The people, organisations, places and events that a story names and the vocabulary lacks. A capitalised name alone is none: a title or a
/// role makes it a person, a word such as "Party" an organisation, quotation marks before "Dialogue" an event, "in" before it a place.
/// </summary>
internal sealed partial class NewNames
{
    private readonly Story _story;
    private readonly StoryNames _known;
    private readonly HashSet<string> _knownCountries;
    private readonly Dictionary<(ConceptKind, string), NewName> _found = [];
    private readonly HashSet<(int Part, int Word)> _used = [];

    public NewNames(Story story, StoryNames known)
    {
        (_story, _known) = (story, known);
        _knownCountries =
        [
            .. known
                .All.Where(one => one.Concept is { Kind: ConceptKind.Place, IsCountry: true })
                .Select(one => one.Concept.CountryCode)
                .OfType<string>(),
        ];
        InRunningText(FindEvents);
        InRunningText(FindBodies);
        InRunningText(FindOrganisations);
        InRunningText(FindPeople);
        MergePeople();
        InRunningText(FindPlaces);
        FindAgain();
        FindCountriesInHeadlines();
    }

    public IEnumerable<NewName> All => _found.Values;

    // In a headline any word may have a capital, so names are found in the text and looked up there.
    private void InRunningText(Action<Part, int> find)
    {
        for (var part = 0; part < _story.Parts.Count; part++)
            if (!_story.Parts[part].IsTitleCase)
                find(_story.Parts[part], part);
    }

    // The names that were found, wherever else the story has them: headline, caption, a surname alone.
    private void FindAgain()
    {
        foreach (var name in _found.Values)
        {
            var words = new Part("", name.Name, PartKind.Headline).Words.Select(word => word.Folded).ToArray();
            var surname = name.Kind == ConceptKind.Person && words.Length > 1 ? words[^1..] : null;
            for (var number = 0; number < _story.Parts.Count; number++)
            for (var at = 0; at < _story.Parts[number].Words.Count; at++)
            {
                var part = _story.Parts[number];
                if (!part.Words[at].IsCapital && name.Kind != ConceptKind.Organisation)
                    continue;
                var length =
                    Has(part, at, words) ? words.Length
                    : surname is not null && Has(part, at, surname) ? 1
                    : 0;
                if (length > 0 && !name.Places.Any(place => place.Part == number && place.First <= at && at <= place.Last))
                    name.Add(number, at, at + length - 1);
            }
        }
    }

    // Runs of capitalised words, with the small words that may join them.
    private static IEnumerable<(int First, int Last)> Runs(Part part, FrozenSet<string> joints)
    {
        for (var at = 0; at < part.Words.Count; at++)
        {
            if (!IsNameWord(part.Words[at]))
                continue;
            var last = at;
            for (var next = at + 1; next < part.Words.Count && part.Words[next].Gap is Gap.Space or Gap.Joined; next++)
                if (IsNameWord(part.Words[next]))
                    last = next;
                else if (!joints.Contains(part.Words[next].Folded))
                    break;
            yield return (at, last);
            at = last;
        }
    }

    private static bool IsNameWord(Word word) => word.IsCapital && !ProposalWords.Calendar.Contains(word.Folded);

    private static bool Has(Part part, int at, string[] words)
    {
        if (at + words.Length > part.Words.Count)
            return false;
        for (var index = 0; index < words.Length; index++)
            if (part.Words[at + index].Folded != words[index])
                return false;
        return true;
    }

    private static bool IsPossessive(Part part, int word) => part.Words[word].Possessive;

    private bool IsPlace(Part part, int number, int at) => IsPlace(part, _known, number, at);

    public static bool IsPlace(Part part, StoryNames known, int number, int at) =>
        known.At(number, at) is { Concept.Kind: ConceptKind.Place } || Countries.ByWord(part.Between(at, at)) is not null;

    private bool Known(int part, int first, int last) =>
        _known.At(part, first) is { } name && name.First == first && name.Last >= last && name.Concept.Kind != ConceptKind.Topic;

    private bool Used(int part, int first, int last) => Enumerable.Range(first, last - first + 1).Any(word => _used.Contains((part, word)));

    private void Use(int part, int first, int last) =>
        _used.UnionWith(Enumerable.Range(first, last - first + 1).Select(word => (part, word)));

    private NewName Found(ConceptKind kind, string name)
    {
        var key = (kind, Folding.Fold(name));
        return _found.TryGetValue(key, out var found) ? found : _found[key] = new(kind, name);
    }
}
