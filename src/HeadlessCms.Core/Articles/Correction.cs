namespace HeadlessCms.Core.Articles;

/// <summary>The kind of a correction.</summary>
public enum CorrectionKind
{
    /// <summary>An error was corrected.</summary>
    Correction,

    /// <summary>An unclear statement was clarified.</summary>
    Clarification,

    /// <summary>New information was added.</summary>
    Update,
}

/// <summary>A public note attached to a publication.</summary>
/// <param name="Kind">The kind of note.</param>
/// <param name="Text">The note for readers; at most 2,000 characters.</param>
public sealed record Correction(CorrectionKind Kind, string Text);
