namespace HeadlessCms.Core.Feeds;

/// <summary>A format that a public specification defines.</summary>
/// <param name="Name">Its name and version.</param>
/// <param name="MediaType">Its media type, without parameters.</param>
/// <param name="Specification">The URL of its specification.</param>
public record StandardFormat(string Name, string MediaType, string Specification)
{
    /// <summary>IPTC ninjs 3.1.</summary>
    public static readonly StandardFormat Ninjs = new(
        "ninjs 3.1",
        "application/json",
        "https://www.iptc.org/std/ninjs/ninjs-schema_3.1.json"
    );

    /// <summary>A NewsArticle of schema.org.</summary>
    public static readonly StandardFormat JsonLd = new(
        "NewsArticle of schema.org, as JSON-LD",
        "application/ld+json",
        "https://schema.org/NewsArticle"
    );

    /// <summary>OPML 2.0.</summary>
    public static readonly StandardFormat Opml = new("OPML 2.0", "text/x-opml", "http://opml.org/spec2.opml");

    /// <summary>A sitemap, or an index of sitemaps.</summary>
    public static readonly StandardFormat Sitemap = new("Sitemap", "application/xml", "https://www.sitemaps.org/protocol.html");

    /// <summary>A sitemap with Google's news extension.</summary>
    public static readonly StandardFormat NewsSitemap = new(
        "News sitemap",
        "application/xml",
        "https://developers.google.com/search/docs/crawling-indexing/sitemaps/news-sitemap"
    );

    /// <summary>Whether the format is JSON.</summary>
    public bool IsJson => MediaType.EndsWith("json", StringComparison.Ordinal);

    /// <summary>The value of the Content-Type header. JSON is UTF-8 and has no charset parameter (RFC 8259, 11).</summary>
    public string ContentType => IsJson ? MediaType : $"{MediaType}; charset=utf-8";
}
