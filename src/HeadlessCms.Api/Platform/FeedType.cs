using HeadlessCms.Api.Platform.OpenApi;

namespace HeadlessCms.Api.Platform;

/// <summary>A format that feeds come in: what Feeds serves and Content tells of.</summary>
/// <param name="Extension">The last part of the feed's path.</param>
/// <param name="Name">What it is called.</param>
/// <param name="MediaType">Its media type.</param>
/// <param name="Specification">Where it is specified.</param>
internal sealed record FeedType(string Extension, string Name, string MediaType, string Specification)
    : StandardFormat(Name, MediaType, Specification)
{
    public static readonly FeedType Rss = new("rss", "RSS 2.0", "application/rss+xml", "https://www.rssboard.org/rss-specification");
    public static readonly FeedType Atom = new("atom", "Atom 1.0", "application/atom+xml", "https://www.rfc-editor.org/rfc/rfc4287");
    public static readonly FeedType Json = new("json", "JSON Feed 1.1", "application/feed+json", "https://www.jsonfeed.org/version/1.1/");
    public static readonly FeedType News = new(
        "ninjs",
        StandardFormat.Ninjs.Name,
        StandardFormat.Ninjs.MediaType,
        StandardFormat.Ninjs.Specification
    );

    public static readonly IReadOnlyList<FeedType> All = [Rss, Atom, Json, News];

    /// <summary>Its name in names.</summary>
    public string Word => $"{char.ToUpperInvariant(Extension[0])}{Extension[1..]}";

    /// <summary>Whether it has words for what was withdrawn.</summary>
    public bool TellsWithdrawals => this == Atom || this == News;
}
