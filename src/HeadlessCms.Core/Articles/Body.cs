namespace HeadlessCms.Core.Articles;

/// <summary>The text of an article: its source, and the safe HTML rendered from it.</summary>
/// <param name="Format">How <paramref name="Source"/> is written.</param>
/// <param name="Source">What the writer sent, unchanged.</param>
/// <param name="Html">The HTML for readers, sanitised to an allow-list.</param>
/// <param name="WordCount">Words in the text.</param>
public sealed record Body(BodyFormat Format, string Source, string Html, int WordCount);
