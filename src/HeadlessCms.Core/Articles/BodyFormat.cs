namespace HeadlessCms.Core.Articles;

/// <summary>How the source of a body is written.</summary>
public enum BodyFormat
{
    /// <summary>HTML; disallowed elements are removed.</summary>
    Html,

    /// <summary>CommonMark with tables and other extensions.</summary>
    Markdown,

    /// <summary>Plain text; a blank line separates paragraphs.</summary>
    Text,
}
