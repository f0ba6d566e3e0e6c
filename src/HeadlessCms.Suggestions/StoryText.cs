namespace HeadlessCms.Suggestions;

/// <summary>The text of a story, without markup.</summary>
/// <param name="Headline">The headline.</param>
/// <param name="Standfirst">The summary.</param>
/// <param name="Caption">The caption of its picture.</param>
/// <param name="Paragraphs">The paragraphs of the body, in order.</param>
/// <param name="Language">The language, a BCP 47 tag; English where it is missing.</param>
/// <param name="Date">The day on which it was written.</param>
/// <param name="DatelinePlace">The place of its dateline: "Tokyo".</param>
public sealed record StoryText(
    string Headline,
    string? Standfirst,
    string? Caption,
    IReadOnlyList<string> Paragraphs,
    string? Language = null,
    DateOnly? Date = null,
    string? DatelinePlace = null
);
