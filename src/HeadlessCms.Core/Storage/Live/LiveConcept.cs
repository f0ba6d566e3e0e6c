using HeadlessCms.Core.Concepts;

namespace HeadlessCms.Core.Storage.Live;

/// <summary>A concept that readers may see. View <c>live.concepts</c>.</summary>
public abstract class LiveConcept
{
    /// <summary>The type of each kind.</summary>
    public static readonly IReadOnlyDictionary<ConceptKind, Type> Types = ConceptKindNames.All.ToDictionary(
        names => names.Kind,
        names => OfKindAttribute.TypeOf(typeof(LiveConcept), names)
    );

    /// <summary>UUID v7.</summary>
    public Guid Id { get; private set; }

    /// <summary>Which kind of concept it is.</summary>
    public ConceptKind Kind { get; private set; }

    /// <summary>The slug.</summary>
    public string Slug { get; private set; } = "";

    /// <summary>The display name.</summary>
    public string Name { get; private set; } = "";

    /// <summary>Alternative names.</summary>
    public IReadOnlyList<string> Aliases { get; private set; } = [];

    /// <summary>Its name in other languages, by BCP 47 tag.</summary>
    public IReadOnlyDictionary<string, string> Labels { get; private set; } = new Dictionary<string, string>();

    /// <summary>A short description.</summary>
    public string? Description { get; private set; }

    /// <summary>A picture of it.</summary>
    public Image? Image { get; private set; }

    /// <summary>The same thing elsewhere.</summary>
    public IReadOnlyList<string> SameAs { get; private set; } = [];

    /// <summary>What it lies within or is narrower than, where that may be seen too.</summary>
    public ConceptLink? Parent { get; private set; }

    /// <summary>The concepts of other kinds that it names, where they may be seen too.</summary>
    public IReadOnlyList<LiveTie> Ties { get; private set; } = [];

    /// <summary>Links to those of a kind of tie.</summary>
    public IEnumerable<ConceptLink> Tied(TieKind kind) =>
        Ties.Where(tie => tie.Kind == kind).Select(tie => new ConceptLink(tie.Id, tie.Slug, tie.Name));
}

/// <summary>A visible concept that another one names.</summary>
/// <param name="Kind">How it names it.</param>
/// <param name="Id">UUID v7.</param>
/// <param name="Slug">The slug.</param>
/// <param name="Name">The display name.</param>
/// <param name="Role">Of an affiliation: the role of the person.</param>
/// <param name="From">Of an affiliation: its first day.</param>
/// <param name="Until">Of an affiliation: its last day.</param>
public sealed record LiveTie(TieKind Kind, Guid Id, string Slug, string Name, string? Role, DateOnly? From, DateOnly? Until);

/// <summary>What a merged concept leads to. View <c>live.concept_merges</c>.</summary>
/// <param name="Id">The concept that was merged.</param>
/// <param name="MergedIntoId">The concept that it leads to.</param>
public sealed record LiveConceptMerge(Guid Id, Guid MergedIntoId);
