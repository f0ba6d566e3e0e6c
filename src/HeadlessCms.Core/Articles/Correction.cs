namespace HeadlessCms.Core.Articles;

/// <summary>What sort of note a correction is.</summary>
public enum CorrectionKind
{
    /// <summary>Something was wrong.</summary>
    Correction,

    /// <summary>Something was unclear.</summary>
    Clarification,

    /// <summary>Something is new.</summary>
    Update,
}

/// <summary>A public note attached to a publication.</summary>
/// <param name="Kind">What sort of note it is.</param>
/// <param name="Text">What was put right, for readers; at most 2,000 characters.</param>
public sealed record Correction(CorrectionKind Kind, string Text);
