using HeadlessCms.Core;
using HeadlessCms.Core.Concepts;

namespace HeadlessCms.Api.Editorial.Bulk.Vocabularies;

/// <summary>An item of a file of a vocabulary.</summary>
/// <param name="Identity">Its URI, or its line.</param>
internal abstract record VocabularyItem(string Identity);

/// <summary>A concept of a public vocabulary.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="Identity">The <c>https</c> URI that makes it the same thing in every load.</param>
/// <param name="Name">The display name.</param>
internal sealed record VocabularyEntry(ConceptKind Kind, string Identity, string Name) : VocabularyItem(Identity)
{
    private const int LongestName = 200;

    public string? Code { get; init; }

    public IReadOnlyDictionary<string, string> Labels { get; init; } = new Dictionary<string, string>();

    public IReadOnlyList<string> Aliases { get; init; } = [];

    public string? Description { get; init; }

    /// <summary>Other URIs of the same thing, by which it is found too.</summary>
    public IReadOnlyList<string> SameAs { get; init; } = [];

    /// <summary>The URIs of entries that this one has replaced.</summary>
    public IReadOnlyList<string> Replaces { get; init; } = [];

    /// <summary>The identity of its parent.</summary>
    public string? Parent { get; init; }

    /// <summary>Whether an editor's concept of this name, without a code, is the same.</summary>
    public bool IsNameUnique { get; init; }

    public PlaceKind? PlaceKind { get; init; }

    public double? Latitude { get; init; }

    public double? Longitude { get; init; }

    public string? CountryCode { get; init; }

    public DateOnly? BirthDate { get; init; }

    public DateOnly? DeathDate { get; init; }

    public string? Acronym { get; init; }

    public string? Website { get; init; }

    /// <summary>About how many bytes it is.</summary>
    public int Size { get; init; } = 500;

    /// <summary>The entry as concepts may be: what is too long or too many is left out, and <paramref name="notes"/> say so.</summary>
    public VocabularyEntry Within(ICollection<string> notes)
    {
        var labels = Labels
            .Where(label => LanguageTag.IsValid(label.Key) && label.Value.Trim().Length is > 0 and <= LongestName)
            .Take(200)
            .ToDictionary(label => label.Key, label => label.Value.Trim());
        var aliases = Aliases
            .Select(alias => alias.Trim())
            .Where(alias => alias.Length is > 0 and <= LongestName && alias != Name)
            .Distinct()
            .Take(100)
            .ToList();
        if (labels.Count < Labels.Count)
            notes.Add($"{Labels.Count - labels.Count} labels are left out.");
        var distinct = Aliases.Where(alias => alias.Trim() is { Length: > 0 } name && name != Name).Distinct().Count();
        if (aliases.Count < distinct)
            notes.Add($"{distinct - aliases.Count} alternative names are left out.");
        if (Description?.Length > 2_000)
            notes.Add("The description is shortened.");
        return this with
        {
            Labels = labels,
            Aliases = aliases,
            Description = Description is { Length: > 2_000 } text ? text[..2_000] : Description,
        };
    }
}

/// <summary>An entry that is left out.</summary>
/// <param name="Identity">Its URI or line.</param>
/// <param name="Reason">Why.</param>
internal sealed record SkippedEntry(string Identity, string Reason) : VocabularyItem(Identity);
