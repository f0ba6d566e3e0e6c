using HeadlessCms.Core.Articles;
using HeadlessCms.Core.Concepts;

namespace HeadlessCms.Suggestions;

/// <summary>A new name as a suggestion: how sure it is follows from what says that it is one, and from where it stands.</summary>
internal static class ProposedSuggestion
{
    private const double Highest = 0.95;

    public static Suggestion Of(Story story, NewName name)
    {
        var parts = name.Places.Select(place => place.Part).ToList();
        var inHeadline = parts.Exists(part => story.Parts[part].Kind == PartKind.Headline);
        var inLead = parts.Exists(part => part == story.FirstParagraph || story.Parts[part].Kind == PartKind.Standfirst);
        var score = Certainty(name) + (inHeadline ? 0.2 : 0) + (inLead ? 0.1 : 0) + 0.05 * Math.Min(3, parts.Count - 1);
        return new(
            null,
            name.Kind,
            Members(name),
            inHeadline || (inLead && parts.Count > 1) ? Relation.About : Relation.Mentions,
            name.Role?.Text,
            Math.Min(score, Highest),
            [.. name.Places.Select(place => story.Parts[place.Part].Evidence(place.First, place.Last, IsQuoted(name)))],
            Explanation.OfNew(story, parts, Reason(name))
        );
    }

    private static double Certainty(NewName name) =>
        name.Kind switch
        {
            ConceptKind.Person => name.Name.Contains(' ', StringComparison.Ordinal) || name.Role?.Honorific is not null ? 0.6 : 0.35,
            ConceptKind.Place => name.CountryCode is null ? 0.35 : 0.7,
            ConceptKind.Organisation => char.IsUpper(name.Name[0]) ? 0.55 : 0.4,
            ConceptKind.Event => IsQuoted(name) ? 0.6 : 0.5,
            ConceptKind.Topic => 0.3,
            _ => throw new ArgumentOutOfRangeException(nameof(name)),
        };

    private static bool IsQuoted(NewName name) => !char.IsLetterOrDigit(name.Name[0]);

    private static string Reason(NewName name) =>
        name.Kind switch
        {
            ConceptKind.Person when name.Role is { } role => $"a person by the role “{role.Text}”",
            ConceptKind.Person => "a person by the title before the name",
            ConceptKind.Place when name.CountryCode is not null => "the name of a country, or its adjective",
            ConceptKind.Place => "a place by the preposition before the name, or by the dateline",
            ConceptKind.Organisation => "an organisation by a word of the name",
            ConceptKind.Event => "an event by the last word of the name",
            ConceptKind.Topic => "a topic by its words",
            _ => throw new ArgumentOutOfRangeException(nameof(name)),
        };

    private static ProposedConcept Members(NewName name)
    {
        if (name.Kind != ConceptKind.Person)
            return new(name.Name, CountryCode: name.CountryCode);
        var family = ConceptNames.Surname(name.Name);
        return new(
            name.Name,
            name.Role is { Weight: > 0 } role ? role.Text : null,
            name.Role?.Honorific,
            family is null ? null : name.Name[..^(family.Length + 1)],
            family
        );
    }
}
