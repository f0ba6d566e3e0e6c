namespace HeadlessCms.Core;

/// <summary>An external picture with its text alternatives and credit.</summary>
/// <param name="Url">Where it is: an absolute <c>https</c> URL, at most 2,048 characters.</param>
/// <param name="Alt">The text alternative.</param>
/// <param name="Caption">The caption.</param>
/// <param name="Credit">Who created it.</param>
public sealed record Image(string Url, string? Alt = null, string? Caption = null, string? Credit = null);
