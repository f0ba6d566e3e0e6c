using HeadlessCms.Core.Concepts;

namespace HeadlessCms.Suggestions;

internal sealed partial class NewNames
{
    private const int LongestOrganisation = 9;

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
            // "Southmoor Rowing Club of Southmoor" is the vocabulary's "Southmoor Rowing Club".
            if (head < first || _known.At(number, head) is { Concept.Kind: ConceptKind.Organisation })
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
}
