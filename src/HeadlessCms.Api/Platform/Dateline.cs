using HeadlessCms.Core.Storage;

namespace HeadlessCms.Api.Platform;

/// <summary>Where an article was written and who supplied it.</summary>
/// <param name="Place">The place.</param>
/// <param name="Source">Who supplied it.</param>
public sealed record Dateline(PlaceLink? Place, string? Source);
