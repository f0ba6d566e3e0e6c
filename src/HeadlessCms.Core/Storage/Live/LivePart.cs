namespace HeadlessCms.Core.Storage.Live;

/// <summary>The place of a live article in its series.</summary>
/// <param name="Id">The series.</param>
/// <param name="Slug">The slug of the series.</param>
/// <param name="Name">The display name of the series.</param>
/// <param name="Part">The number of the part; null for an article that comes after the numbered ones.</param>
/// <param name="Previous">The live article before it; null for the first.</param>
/// <param name="Next">The live article after it; null for the last.</param>
public sealed record LivePart(Guid Id, string Slug, string Name, int? Part, LivePartLink? Previous, LivePartLink? Next)
    : ConceptLink(Id, Slug, Name);

/// <summary>A live article of a series.</summary>
/// <param name="Id">The article.</param>
/// <param name="Slug">The slug.</param>
/// <param name="Headline">The headline.</param>
public sealed record LivePartLink(Guid Id, string Slug, string Headline);
