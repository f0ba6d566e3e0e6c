namespace HeadlessCms.Suggestions;

/// <summary>A story, split into words.</summary>
internal sealed class Story
{
    public Story(StoryText text)
    {
        var parts = new List<Part> { new("/headline", text.Headline, PartKind.Headline) };
        if (text.Standfirst is { Length: > 0 } standfirst)
            parts.Add(new("/standfirst", standfirst, PartKind.Standfirst));
        if (text.Caption is { Length: > 0 } caption)
            parts.Add(new("/caption", caption, PartKind.Caption));
        if (text.DatelinePlace is { Length: > 0 } dateline)
            parts.Add(new("/dateline", dateline, PartKind.Dateline));
        FirstParagraph = parts.Count;
        parts.AddRange(text.Paragraphs.Select((paragraph, index) => new Part($"/body/{index}", paragraph, PartKind.Paragraph)));
        Parts = parts;
    }

    public IReadOnlyList<Part> Parts { get; }

    /// <summary>The index of the first paragraph among the parts.</summary>
    public int FirstParagraph { get; }

    public int Words => Parts.Sum(part => part.Words.Count);
}
