namespace HeadlessCms.Core;

/// <summary>A picture that lives elsewhere, with what a reader must be told of it.</summary>
/// <param name="Url">Where it is: an absolute <c>https</c> URL, at most 2,048 characters.</param>
/// <param name="Alt">What it shows, for those who can't see it.</param>
/// <param name="Caption">The line below it.</param>
/// <param name="Credit">Who made it.</param>
public sealed record Image(string Url, string? Alt = null, string? Caption = null, string? Credit = null);
