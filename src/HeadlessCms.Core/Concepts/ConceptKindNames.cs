namespace HeadlessCms.Core.Concepts;

/// <summary>The names of a kind of concept in URLs, parameters and texts.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="Singular">Names one, and the parameter that filters by it: <c>person</c>.</param>
/// <param name="Plural">Names a list, its path and its facet: <c>people</c>.</param>
public sealed record ConceptKindNames(ConceptKind Kind, string Singular, string Plural)
{
    /// <summary>The names of <see cref="ConceptKind.Person"/>.</summary>
    public static readonly ConceptKindNames People = new(ConceptKind.Person, "person", "people");

    /// <summary>The names of <see cref="ConceptKind.Place"/>.</summary>
    public static readonly ConceptKindNames Places = new(ConceptKind.Place, "place", "places");

    /// <summary>The names of <see cref="ConceptKind.Topic"/>.</summary>
    public static readonly ConceptKindNames Topics = new(ConceptKind.Topic, "topic", "topics");

    /// <summary>Every kind, in the order in which it is listed.</summary>
    public static readonly IReadOnlyList<ConceptKindNames> All = [People, Places, Topics];

    /// <summary>The plural as a heading: <c>People</c>.</summary>
    public string PluralTitle => $"{char.ToUpperInvariant(Plural[0])}{Plural[1..]}";

    /// <summary>The singular as a heading: <c>Person</c>.</summary>
    public string SingularTitle => $"{char.ToUpperInvariant(Singular[0])}{Singular[1..]}";

    /// <summary>The names of a kind.</summary>
    /// <exception cref="InvalidOperationException">The kind is not in <see cref="All"/>.</exception>
    public static ConceptKindNames Of(ConceptKind kind) => All.Single(names => names.Kind == kind);
}
