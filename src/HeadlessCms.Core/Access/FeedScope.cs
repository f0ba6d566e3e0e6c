namespace HeadlessCms.Core.Access;

/// <summary>A format that feeds come in.</summary>
public enum FeedFormat
{
    /// <summary>RSS 2.0.</summary>
    Rss,

    /// <summary>Atom 1.0.</summary>
    Atom,

    /// <summary>JSON Feed 1.1.</summary>
    Json,

    /// <summary>ninjs 3.1.</summary>
    Ninjs,

    /// <summary>schema.org in JSON-LD.</summary>
    Jsonld,
}

/// <summary>
/// What a partner's key opens: Feeds alone, and of them the stories that name one of the topics and one of the places and are in one of the
/// languages, in one of the formats. An empty list sets no limit.
/// </summary>
/// <param name="Topics">The ids of topics; what is narrower counts.</param>
/// <param name="Places">The ids of places; what lies within counts.</param>
/// <param name="Languages">BCP 47 tags.</param>
/// <param name="Formats">The formats.</param>
public sealed record FeedScope(
    IReadOnlyList<Guid> Topics,
    IReadOnlyList<Guid> Places,
    IReadOnlyList<string> Languages,
    IReadOnlyList<FeedFormat> Formats
)
{
    /// <summary>The most that each list holds.</summary>
    public const int Most = 50;

    /// <summary>Whether some stories, or some formats, are not in it.</summary>
    public bool IsLimited => Topics.Count + Places.Count + Languages.Count + Formats.Count > 0;
}
