using HeadlessCms.Core.Concepts;

namespace HeadlessCms.Suggestions;

internal sealed partial class NewNames
{
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
}
