namespace HeadlessCms.Core.Articles;

/// <summary>How the source of a body is written.</summary>
public enum BodyFormat
{
    /// <summary>HTML; what is not allowed is removed or becomes something that is, and the save says so.</summary>
    Html,

    /// <summary>CommonMark with tables, footnotes, task lists, definition lists and strikethrough; front matter is left out.</summary>
    Markdown,

    /// <summary>Plain text; a blank line separates paragraphs.</summary>
    Text,
}
