namespace HeadlessCms.Benchmarks.Generated;

/// <summary>A mention of a concept.</summary>
internal sealed record StoryMention(Concept Concept, string Relation, string? Role);

/// <summary>An article with one revision.</summary>
internal sealed record Story
{
    public required Guid Id { get; init; }
    public required Guid PublicationId { get; init; }
    public required DateTimeOffset PublishedAt { get; init; }
    public required string Slug { get; init; }
    public required string Headline { get; init; }
    public required string Standfirst { get; init; }
    public required string BodySource { get; init; }
    public required string BodyHtml { get; init; }
    public required int WordCount { get; init; }
    public required string Genre { get; init; }
    public required string Source { get; init; }
    public required Concept Dateline { get; init; }
    public required IReadOnlyList<Concept> Authors { get; init; }
    public required IReadOnlyList<StoryMention> Mentions { get; init; }
    public required string? LeadImage { get; init; }

    public string Byline => "By " + string.Join(" and ", Authors.Select(author => author.Name));
}
