namespace HeadlessCms.Core.Concepts;

/// <summary>How a concept of one kind names one of another.</summary>
public enum TieKind
{
    /// <summary>A person belongs to an organisation.</summary>
    Affiliation,

    /// <summary>An event takes place at a place.</summary>
    Location,

    /// <summary>An event is held by an organisation.</summary>
    Organiser,
}

/// <summary>A concept that another one names.</summary>
/// <param name="Kind">How it names it.</param>
/// <param name="ConceptId">The concept that is named.</param>
/// <param name="Role">Of an affiliation: the role of the person.</param>
/// <param name="From">Of an affiliation: its first day.</param>
/// <param name="Until">Of an affiliation: its last day.</param>
public sealed record TieContent(TieKind Kind, Guid ConceptId, string? Role = null, DateOnly? From = null, DateOnly? Until = null);

/// <summary>A concept names one of another kind: see <see cref="TieKind"/>.</summary>
public sealed class ConceptTie
{
    /// <summary>The kinds that each kind of tie is between.</summary>
    public static readonly IReadOnlyDictionary<TieKind, (ConceptKind From, ConceptKind To)> Ends = new Dictionary<
        TieKind,
        (ConceptKind, ConceptKind)
    >
    {
        [TieKind.Affiliation] = (ConceptKind.Person, ConceptKind.Organisation),
        [TieKind.Location] = (ConceptKind.Event, ConceptKind.Place),
        [TieKind.Organiser] = (ConceptKind.Event, ConceptKind.Organisation),
    };

    /// <summary>The concept that names the other.</summary>
    public Guid ConceptId { get; private set; }

    /// <summary>Its kind.</summary>
    public ConceptKind ConceptKind { get; private set; }

    /// <summary>Its position among those of the concept.</summary>
    public int Position { get; private set; }

    /// <summary>How it names it.</summary>
    public TieKind Kind { get; private set; }

    /// <summary>The concept that is named.</summary>
    public Guid NamedId { get; private set; }

    /// <summary>Its kind.</summary>
    public ConceptKind NamedKind { get; private set; }

    /// <summary>It, where it was loaded.</summary>
    public Concept? Named { get; private set; }

    /// <summary>See <see cref="TieContent.Role"/>; at most 200 characters.</summary>
    public string? Role { get; private set; }

    /// <summary>See <see cref="TieContent.From"/>.</summary>
    public DateOnly? From { get; private set; }

    /// <summary>See <see cref="TieContent.Until"/>, not before <see cref="From"/>.</summary>
    public DateOnly? Until { get; private set; }

    /// <summary>What it says.</summary>
    public TieContent Content => new(Kind, NamedId, Role, From, Until);

    private ConceptTie() { }

    internal ConceptTie(Guid conceptId, int position, TieContent content)
    {
        (ConceptId, Position) = (conceptId, position);
        Say(content);
    }

    internal void Say(TieContent content)
    {
        (Kind, NamedId, Role, From, Until) = (content.Kind, content.ConceptId, content.Role, content.From, content.Until);
        (ConceptKind, NamedKind) = Ends[Kind];
    }
}
