using System.Text.RegularExpressions;
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

    /// <summary>A company, a party, a government or another body.</summary>
    Organisation,

    /// <summary>Something that happens at a time: a summit, an election, a match.</summary>
    Event,

    /// <summary>Stories that belong together in an order.</summary>
    Series,
}

/// <summary>What is special to a kind of concept: its names in URLs, parameters, JSON, texts and standard formats, and its types.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="Singular">One of the kind: the JSON member of a mention, and the parameter that filters by it: <c>person</c>.</param>
/// <param name="Plural">Several: the path of its list, the JSON member of mentions, and its facet: <c>people</c>.</param>
/// <param name="AuditSubject">The subject in the audit trail.</param>
/// <param name="Entity">The entity.</param>
public sealed partial record ConceptKindNames(ConceptKind Kind, string Singular, string Plural, AuditSubject AuditSubject, Type Entity)
{
    /// <summary>The names of <see cref="ConceptKind.Person"/>.</summary>
    public static readonly ConceptKindNames People = new(ConceptKind.Person, "person", "people", AuditSubject.Person, typeof(Person))
    {
        About = "People in the news, and authors.",
        SchemaType = "Person",
        Ninjs = "people",
        AlsoCalled = ["persons"],
        HasRole = true,
        Breadth = 1,
    };

    /// <summary>The names of <see cref="ConceptKind.Place"/>.</summary>
    public static readonly ConceptKindNames Places = new(ConceptKind.Place, "place", "places", AuditSubject.Place, typeof(Place))
    {
        About = "Places in a hierarchy, from continents to single sites.",
        SchemaType = "Place",
        Ninjs = "places",
        AlsoCalled = ["location", "locations"],
        Parent = "within",
        Below = "places within them",
        Breadth = 4,
    };

    /// <summary>The names of <see cref="ConceptKind.Topic"/>.</summary>
    public static readonly ConceptKindNames Topics = new(ConceptKind.Topic, "topic", "topics", AuditSubject.Topic, typeof(Topic))
    {
        About = "Subjects of the news in a hierarchy, from broad to narrow.",
        SchemaType = "Thing",
        Ninjs = "subjects",
        AlsoCalled = ["subject", "subjects", "tag", "tags", "category", "categories", "keyword", "keywords"],
        Parent = "broader",
        Below = "narrower ones",
        Breadth = 3,
    };

    /// <summary>The names of <see cref="ConceptKind.Organisation"/>.</summary>
    public static readonly ConceptKindNames Organisations = new(
        ConceptKind.Organisation,
        "organisation",
        "organisations",
        AuditSubject.Organisation,
        typeof(Organisation)
    )
    {
        About = "Companies, parties, governments and other bodies, with their parts.",
        SchemaType = "Organization",
        Ninjs = "organisations",
        AlsoCalled = ["organization", "organizations", "company", "companies"],
        HasRole = true,
        Parent = "partOf",
        Below = "their parts",
        Breadth = 2,
    };

    /// <summary>The names of <see cref="ConceptKind.Event"/>.</summary>
    public static readonly ConceptKindNames Events = new(ConceptKind.Event, "event", "events", AuditSubject.Event, typeof(Event))
    {
        About = "What happens at a time: summits, elections, matches, with their parts.",
        SchemaType = "Event",
        Ninjs = "events",
        AlsoCalled = ["happening", "happenings"],
        Parent = "partOf",
        Below = "their parts",
        Breadth = 1,
    };

    /// <summary>The names of <see cref="ConceptKind.Series"/>.</summary>
    public static readonly ConceptKindNames Series = new(ConceptKind.Series, "series", "series", AuditSubject.Series, typeof(StorySeries))
    {
        About = "Stories that belong together in an order. An article is a part of at most one series.",
        SchemaType = "CreativeWorkSeries",
        Ninjs = "associations",
        AlsoCalled = ["serial", "serials", "collection", "collections"],
        HasParts = true,
        Breadth = 1,
    };

    /// <summary>Every kind, in the order in which it is listed.</summary>
    public static readonly IReadOnlyList<ConceptKindNames> All = [People, Places, Topics, Organisations, Events, Series];

    /// <summary>What the chapter of the kind is about.</summary>
    public required string About { get; init; }

    /// <summary>The type of schema.org.</summary>
    public required string SchemaType { get; init; }

    /// <summary>The member of ninjs that lists mentions of the kind.</summary>
    public required string Ninjs { get; init; }

    /// <summary>What other systems call it, in lower case.</summary>
    public required IReadOnlyList<string> AlsoCalled { get; init; }

    /// <summary>Whether a mention has the role of the concept at the time.</summary>
    public bool HasRole { get; init; }

    /// <summary>
    /// Whether articles are its parts, in an order: an article names at most one of the kind, in a member of its own, and has no relation
    /// to it.
    /// </summary>
    public bool HasParts { get; init; }

    /// <summary>How many articles name one of the kind, compared with other kinds: a query starts from the rarest.</summary>
    public required int Breadth { get; init; }

    /// <summary>The JSON member that names the parent of one: <c>within</c>; null where the kind has no hierarchy.</summary>
    public string? Parent { get; init; }

    /// <summary>Those below some of the kind, in a text: <c>places within them</c>; null where the kind has no hierarchy.</summary>
    public string? Below { get; init; }

    /// <summary>Whether a concept of the kind can lie within, or be narrower than, another.</summary>
    public bool HasHierarchy => Parent is not null;

    /// <summary>The plural as a heading: <c>People</c>.</summary>
    public string PluralTitle => $"{char.ToUpperInvariant(Plural[0])}{Plural[1..]}";

    /// <summary>Several in the name of an operation, where one and several must differ: <c>People</c>, <c>SeveralSeries</c>.</summary>
    public string SeveralTitle => Plural == Singular ? $"Several{PluralTitle}" : PluralTitle;

    /// <summary>The singular as a heading: <c>Person</c>.</summary>
    public string SingularTitle => $"{char.ToUpperInvariant(Singular[0])}{Singular[1..]}";

    /// <summary>The singular with its article: <c>a person</c>.</summary>
    public string Indefinite => $"{("aeiou".Contains(Singular[0], StringComparison.Ordinal) ? "an" : "a")} {Singular}";

    /// <summary>The names of a kind.</summary>
    /// <exception cref="InvalidOperationException">The kind is not in <see cref="All"/>.</exception>
    public static ConceptKindNames Of(ConceptKind kind) => All.Single(names => names.Kind == kind);

    /// <summary>A new concept of the kind, with the id that it has elsewhere where one is given.</summary>
    public Concept New(Guid? id = null)
    {
        var concept = (Concept)Activator.CreateInstance(Entity)!;
        if (id is { } known)
            concept.Take(known);
        return concept;
    }

    /// <summary>
    /// A text about concepts as one about this kind: <c>these concepts and those below them</c> become <c>these places and places within
    /// them</c>, or <c>these people</c>.
    /// </summary>
    public string Describe(string text) =>
        Word()
            .Replace(Descendants().Replace(text, part => Below is null ? "" : $"{part.Groups[1].Value} {Below}"), word => word.Value switch
                {
                    "concepts" => Plural,
                    "concept" => Singular,
                    _ => word.Value[0] == 'A' ? $"A{Indefinite[1..]}" : Indefinite,
                });

    [GeneratedRegex("(,? (?:and|or|with)) those below them")]
    private static partial Regex Descendants();

    [GeneratedRegex(@"\b(?:[Aa] concept|concepts?)\b")]
    private static partial Regex Word();
}
