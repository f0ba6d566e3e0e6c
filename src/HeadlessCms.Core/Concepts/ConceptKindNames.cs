using HeadlessCms.Core.Audit;

namespace HeadlessCms.Core.Concepts;

/// <summary>What a concept is. <see cref="ConceptKindNames.All"/> says what is special to each kind.</summary>
public enum ConceptKind
{
    /// <summary>A person, in the news or an author.</summary>
    Person,

    /// <summary>A place, from a continent to a single site.</summary>
    Place,

    /// <summary>A subject of news.</summary>
    Topic,
}

/// <summary>The names of a kind of concept in URLs, parameters, JSON and texts, and the types that stand for it.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="Singular">One of the kind: the JSON member of a mention, and the parameter that filters by it: <c>person</c>.</param>
/// <param name="Plural">Several: the path of its list, the JSON member of mentions, and its facet: <c>people</c>.</param>
/// <param name="SchemaType">The type of schema.org.</param>
/// <param name="Parent">The JSON member that names the parent of one: <c>within</c>; null where the kind has no hierarchy.</param>
/// <param name="AuditSubject">The subject in the audit trail.</param>
/// <param name="Entity">The entity.</param>
public sealed record ConceptKindNames(
    ConceptKind Kind,
    string Singular,
    string Plural,
    string SchemaType,
    string? Parent,
    AuditSubject AuditSubject,
    Type Entity
)
{
    /// <summary>The names of <see cref="ConceptKind.Person"/>.</summary>
    public static readonly ConceptKindNames People = new(
        ConceptKind.Person,
        "person",
        "people",
        "Person",
        null,
        AuditSubject.Person,
        typeof(Person)
    );

    /// <summary>The names of <see cref="ConceptKind.Place"/>.</summary>
    public static readonly ConceptKindNames Places = new(
        ConceptKind.Place,
        "place",
        "places",
        "Place",
        "within",
        AuditSubject.Place,
        typeof(Place)
    );

    /// <summary>The names of <see cref="ConceptKind.Topic"/>.</summary>
    public static readonly ConceptKindNames Topics = new(
        ConceptKind.Topic,
        "topic",
        "topics",
        "Thing",
        "broader",
        AuditSubject.Topic,
        typeof(Topic)
    );

    /// <summary>Every kind, in the order in which it is listed.</summary>
    public static readonly IReadOnlyList<ConceptKindNames> All = [People, Places, Topics];

    /// <summary>Whether a concept of the kind can lie within, or be narrower than, another.</summary>
    public bool HasHierarchy => Parent is not null;

    /// <summary>The plural as a heading: <c>People</c>.</summary>
    public string PluralTitle => $"{char.ToUpperInvariant(Plural[0])}{Plural[1..]}";

    /// <summary>The singular as a heading: <c>Person</c>.</summary>
    public string SingularTitle => $"{char.ToUpperInvariant(Singular[0])}{Singular[1..]}";

    /// <summary>The names of a kind.</summary>
    /// <exception cref="InvalidOperationException">The kind is not in <see cref="All"/>.</exception>
    public static ConceptKindNames Of(ConceptKind kind) => All.Single(names => names.Kind == kind);
}
