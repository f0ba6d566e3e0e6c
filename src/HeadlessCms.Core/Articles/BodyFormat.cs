namespace HeadlessCms.Core.Articles;

/// <summary>How the source of a body is written.</summary>
public enum BodyFormat
{
    /// <summary>HTML; what is not allowed is taken out.</summary>
    Html,

    /// <summary>CommonMark with tables, footnotes and the like.</summary>
    Markdown,

    /// <summary>Plain text; a blank line parts paragraphs.</summary>
    Text,
}
