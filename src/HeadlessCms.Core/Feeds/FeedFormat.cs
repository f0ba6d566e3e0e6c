namespace HeadlessCms.Core.Feeds;

/// <summary>A format that a partner's key can be limited to: the extension of the path, on the wire and in storage.</summary>
public enum FeedFormatName
{
    /// <summary>RSS 2.0.</summary>
    Rss,

    /// <summary>Atom 1.0.</summary>
    Atom,

    /// <summary>JSON Feed 1.1.</summary>
    Json,

    /// <summary>ninjs 3.1.</summary>
    Ninjs,

    /// <summary>schema.org in JSON-LD, for single stories.</summary>
    Jsonld,
}

/// <summary>A format of feeds. <see cref="All"/> is the one list of them; each has one writer in Feeds.</summary>
/// <param name="Format">The format.</param>
/// <param name="Name">Its name and version.</param>
/// <param name="MediaType">Its media type, without parameters.</param>
/// <param name="Specification">The URL of its specification.</param>
/// <param name="HasTombstones">Whether the format can list the articles that were taken down.</param>
public sealed record FeedFormat(FeedFormatName Format, string Name, string MediaType, string Specification, bool HasTombstones = false)
    : StandardFormat(Name, MediaType, Specification)
{
    /// <summary>RSS 2.0.</summary>
    public static readonly FeedFormat Rss = new(
        FeedFormatName.Rss,
        "RSS 2.0",
        "application/rss+xml",
        "https://www.rssboard.org/rss-specification"
    );

    /// <summary>Atom 1.0 (RFC 4287), with deleted entries (RFC 6721).</summary>
    public static readonly FeedFormat Atom = new(
        FeedFormatName.Atom,
        "Atom 1.0",
        "application/atom+xml",
        "https://www.rfc-editor.org/rfc/rfc4287",
        HasTombstones: true
    );

    /// <summary>JSON Feed 1.1, with tombstones in a custom object.</summary>
    public static readonly FeedFormat Json = new(
        FeedFormatName.Json,
        "JSON Feed 1.1",
        "application/feed+json",
        "https://www.jsonfeed.org/version/1.1/",
        HasTombstones: true
    );

    /// <summary>A list of IPTC ninjs 3.1 items.</summary>
    public static readonly FeedFormat News = new(
        FeedFormatName.Ninjs,
        Ninjs.Name,
        Ninjs.MediaType,
        Ninjs.Specification,
        HasTombstones: true
    );

    /// <summary>Every format, in the order in which it is offered.</summary>
    public static readonly IReadOnlyList<FeedFormat> All = [Rss, Atom, Json, News];

    /// <summary>The format as part of an operation's name: <c>Rss</c>.</summary>
    public string Title => Format.ToString();

    /// <summary>The extension of the feed's path: <c>rss</c>.</summary>
    public string Extension { get; } = Format.ToString().ToLowerInvariant();
}
