namespace HeadlessCms.Api.Platform.OpenApi;

/// <summary>What a route answers with is a format that others have specified.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="MediaType">Its media type.</param>
/// <param name="Specification">Where it is specified.</param>
internal record StandardFormat(string Name, string MediaType, string Specification)
{
    public static readonly StandardFormat Ninjs = new(
        "ninjs 3.1",
        "application/json",
        "https://www.iptc.org/std/ninjs/ninjs-schema_3.1.json"
    );
    public static readonly StandardFormat JsonLd = new(
        "NewsArticle of schema.org, as JSON-LD",
        "application/ld+json",
        "https://schema.org/NewsArticle"
    );
    public static readonly StandardFormat Opml = new("OPML 2.0", "text/x-opml", "http://opml.org/spec2.opml");
    public static readonly StandardFormat Sitemap = new("Sitemap", "application/xml", "https://www.sitemaps.org/protocol.html");
    public static readonly StandardFormat NewsSitemap = new(
        "News sitemap",
        "application/xml",
        "https://developers.google.com/search/docs/crawling-indexing/sitemaps/news-sitemap"
    );

    public bool IsJson => MediaType.EndsWith("json", StringComparison.Ordinal);

    /// <summary>As the Content-Type header has it: JSON is UTF-8 and has no charset (RFC 8259, 11).</summary>
    public string ContentType => IsJson ? MediaType : $"{MediaType}; charset=utf-8";
}
