using HeadlessCms.Core.Concepts;

namespace HeadlessCms.Suggestions;

internal sealed partial class NewNames
{
    private const int LongestPerson = 4;

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
}
