namespace HeadlessCms.Core.Articles;

/// <summary>A publication of an article before it came to this newsroom.</summary>
/// <param name="At">When it began.</param>
/// <param name="Correction">Its public note.</param>
public sealed record PastPublication(DateTimeOffset At, Correction? Correction = null);
