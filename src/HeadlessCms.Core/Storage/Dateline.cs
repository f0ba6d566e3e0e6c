namespace HeadlessCms.Core.Storage;

/// <summary>Where an article was written and who supplied it.</summary>
/// <param name="Place">The place.</param>
/// <param name="Source">Who supplied it.</param>
public sealed record Dateline(PlaceLink? Place, string? Source)
{
    /// <summary>Null where neither is known. Done here because SQL would look the place up twice.</summary>
    public static Dateline? Of(PlaceLink? place, string? source) => place is null && source is null ? null : new(place, source);
}
