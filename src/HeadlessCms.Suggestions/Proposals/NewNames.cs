using System.Collections.Frozen;
using HeadlessCms.Core.Concepts;
using HeadlessCms.Suggestions.Names;
using HeadlessCms.Suggestions.Text;

namespace HeadlessCms.Suggestions.Proposals;

/// <summary>
/// The people, organisations, places and events that a story names and the vocabulary lacks. A capitalised name alone is none: a title or a
/// role makes it a person, a word such as "Party" an organisation, quotation marks before "Dialogue" an event, "in" before it a place.
/// </summary>
internal sealed class NewNames
{
    private const int LongestPerson = 4;
    private const int LongestEvent = 10;
    private const int LongestOrganisation = 9;

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
                .All.Where(one => one.Concept is { Kind: ConceptKind.Place, Parent: null })
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

    private void FindEvents(Part part, int number)
    {
        for (var at = 1; at < part.Words.Count; at++)
        {
            if (!ProposalWords.Events.Contains(part.Words[at].Folded))
                continue;
            if (Quoted(part, at) is { } quoted)
            {
                var name = part.Text[quoted.Start..part.Words[at].End];
                Found(ConceptKind.Event, name).Add(number, quoted.First, at);
                Use(number, quoted.First, at);
                continue;
            }
            var first = at;
            while (
                first > 0
                && at - first < LongestEvent
                && part.Words[first].Gap is Gap.Space or Gap.Joined
                && part.Words[first - 1].IsCapital
                && !IsPossessive(part, first - 1)
            )
                first--;
            if (part.Words[at].IsCapital && first < at && !part.BeginsSentence(first) && !Known(number, first, at))
            {
                Found(ConceptKind.Event, part.Between(first, at)).Add(number, first, at);
                Use(number, first, at);
            }
        }
    }

    // A quotation that ends right before the word: its first word, and where its opening mark stands.
    private static (int First, int Start)? Quoted(Part part, int word)
    {
        var gap = part.Text.AsSpan(part.Words[word - 1].End, part.Words[word].Start - part.Words[word - 1].End).Trim();
        if (gap is not ("”" or "\"" or "»" or "’" or "'"))
            return null;
        for (var first = word - 1; first >= 0 && word - first < LongestEvent; first--)
            if (part.Words[first].Start > 0 && part.Text[part.Words[first].Start - 1] is '“' or '"' or '„' or '«' or '‘')
                return part.Words[first].IsCapital ? (first, part.Words[first].Start - 1) : null;
        return null;
    }

    // "the press service of the Tajik president"
    private void FindBodies(Part part, int number)
    {
        for (var at = 0; at < part.Words.Count; at++)
        {
            var body = ProposalWords.Bodies.FirstOrDefault(words => Has(part, at, words));
            var next = at + (body?.Length ?? 0);
            if (
                body is null
                || next >= part.Words.Count
                || part.Words[next] is not { Folded: "of", Gap: Gap.Space }
                || part.Words[at].IsCapital
            )
                continue;
            var end = next;
            var capital = false;
            for (var word = next + 1; word < part.Words.Count && part.Words[word].Gap is Gap.Space or Gap.Joined; word++)
            {
                if (
                    !part.Words[word].IsCapital
                    && !Titles.IsTitle(part.Words[word].Folded)
                    && part.Words[word].Folded is not "the" and not "prime"
                )
                    break;
                capital |= part.Words[word].IsCapital;
                end = word;
            }
            if (!capital || part.Words[end].Folded == "the")
                continue;
            Found(ConceptKind.Organisation, part.Between(at, end)).Add(number, at, end);
            Use(number, at, end);
        }
    }

    private void FindOrganisations(Part part, int number)
    {
        foreach (var (runFirst, runLast) in Runs(part, ProposalWords.Joints))
        {
            var (first, last) = (runFirst, Math.Min(runLast, runFirst + LongestOrganisation - 1));
            // What a possessive says of it is no part of it: "Japan's Liberal Democratic Party".
            for (var at = first; at < last; at++)
                if (IsPossessive(part, at))
                    first = at + 1;
            if (part.BeginsSentence(first) && first < last && part.Words[first].Folded is "the" or "a" or "an" or "in" or "on" or "at")
                first++;
            var head = LastHead(part, first, last);
            if (head < first)
                continue;
            last = head == first || (head < last && part.Words[head + 1].Folded is "of" or "for") ? last : head;
            if (last == first || Known(number, first, last) || Used(number, first, last))
                continue;
            Found(ConceptKind.Organisation, part.Between(first, last)).Add(number, first, last);
            Use(number, first, last);
        }
    }

    private static int LastHead(Part part, int first, int last)
    {
        for (var at = last; at >= first; at--)
            if (ProposalWords.Organisations.Contains(part.Words[at].Folded) && part.Words[at].IsCapital)
                return at;
        return -1;
    }

    private void FindPeople(Part part, int number)
    {
        foreach (var (runFirst, last) in Runs(part, ProposalWords.Particles))
        {
            var first = runFirst;
            for (var at = first; at <= last; at++)
                if (
                    Titles.IsTitle(part.Words[at].Folded)
                    || IsPossessive(part, at) && at < last
                    || (first == at && first > 0 && part.Words[at - 1].Folded is "of" && IsPlace(part, number, at))
                )
                    first = at + 1;
            if (
                first > last
                || last - first >= LongestPerson
                || Enumerable.Range(first, last - first + 1).Any(at => Blocks(part, number, at))
            )
                continue;
            var role = Roles.Around(part, first, last, at => IsPlace(part, number, at));
            var title = first > 0 && part.Words[first].Gap is Gap.Space && Titles.IsTitle(part.Words[first - 1].Folded);
            if (role is null && !title)
                continue;
            if (first == last && role is not { Honorific: not null } && !title)
                continue;
            var person = Found(ConceptKind.Person, part.Between(first, last));
            person.Add(number, first, last);
            person.Describe(role);
            Use(number, first, last);
        }
    }

    private bool Blocks(Part part, int number, int at) =>
        _known.At(number, at) is { Concept.Kind: not ConceptKind.Topic }
        || _used.Contains((number, at))
        || ProposalWords.Calendar.Contains(part.Words[at].Folded)
        || ProposalWords.Organisations.Contains(part.Words[at].Folded)
        || part.Words[at].IsNumber
        || Countries.ByWord(part.Between(at, at)) is not null;

    // "President Rahmon" is Emomali Rahmon, whom the text names elsewhere.
    private void MergePeople()
    {
        var people = _found.Values.Where(one => one.Kind == ConceptKind.Person).ToList();
        foreach (var surname in people.Where(one => !one.Name.Contains(' ', StringComparison.Ordinal)))
        {
            var full = people.Find(one => one != surname && one.Name.EndsWith(" " + surname.Name, StringComparison.Ordinal));
            if (full is null)
                continue;
            foreach (var (part, first, last) in surname.Places)
                full.Add(part, first, last);
            full.Describe(surname.Role);
            _found.Remove((ConceptKind.Person, Folding.Fold(surname.Name)));
        }
    }

    private void FindPlaces(Part part, int number)
    {
        for (var at = 0; at < part.Words.Count; at++)
        {
            if (!part.Words[at].IsCapital || Known(number, at, at))
                continue;
            if (CountryAt(part, at) is var (country, length))
            {
                if (_knownCountries.Contains(country.Code))
                    continue;
                var found = _found.TryGetValue((ConceptKind.Place, Folding.Fold(country.Name)), out var before)
                    ? before
                    : _found[(ConceptKind.Place, Folding.Fold(country.Name))] = new(ConceptKind.Place, country.Name)
                    {
                        CountryCode = country.Code,
                    };
                found.Add(number, at, at + length - 1);
                at += length - 1;
            }
            else if (IsLocated(part, number, at))
            {
                var last = at;
                while (
                    last + 1 < part.Words.Count
                    && part.Words[last + 1] is { IsCapital: true, Gap: Gap.Space }
                    && !IsPossessive(part, last)
                    && !Used(number, last + 1, last + 1)
                )
                    last++;
                if (
                    !Used(number, at, last)
                    && !Enumerable
                        .Range(at, last - at + 1)
                        .Any(word => ProposalWords.Calendar.Contains(part.Words[word].Folded) || part.Words[word].IsNumber)
                )
                    Found(ConceptKind.Place, part.Between(at, last)).Add(number, at, last);
                at = last;
            }
        }
    }

    // A country that the text names is meant by its adjective in the headline too.
    private void FindCountriesInHeadlines()
    {
        for (var number = 0; number < _story.Parts.Count; number++)
        for (var at = 0; at < _story.Parts[number].Words.Count; at++)
            if (
                _story.Parts[number] is { IsTitleCase: true, AllCapitals: false } part
                && CountryAt(part, at) is var (country, length)
                && _found.GetValueOrDefault((ConceptKind.Place, Folding.Fold(country.Name))) is { } found
            )
                found.Add(number, at, at + length - 1);
    }

    private bool IsLocated(Part part, int number, int at) =>
        part.Kind == PartKind.Dateline
            ? at == 0
            : at > 0
                && part.Words[at].Gap == Gap.Space
                && ProposalWords.Locatives.Contains(part.Words[at - 1].Folded)
                && part.Words[at].Case == WordCase.Capital
                && !Used(number, at, at)
                && !ProposalWords.Organisations.Contains(part.Words[at].Folded);

    private static (Country Country, int Length)? CountryAt(Part part, int at)
    {
        for (var length = Math.Min(3, part.Words.Count - at); length > 0; length--)
            if (Countries.ByWord(part.Between(at, at + length - 1)) is { } country)
                return (country, length);
        return null;
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
            if (!part.Words[at].IsCapital)
                continue;
            var last = at;
            for (var next = at + 1; next < part.Words.Count && part.Words[next].Gap is Gap.Space or Gap.Joined; next++)
                if (part.Words[next].IsCapital)
                    last = next;
                else if (!joints.Contains(part.Words[next].Folded))
                    break;
            yield return (at, last);
            at = last;
        }
    }

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
