using System.IO.Pipelines;
using HeadlessCms.Api.Feeds.Formats;
using HeadlessCms.Core;
using HeadlessCms.Core.Feeds;
using HeadlessCms.Core.Storage.Live;

namespace HeadlessCms.Api.Feeds.Directories;

/// <summary>An entry of the sitemap index; <paramref name="UpdatedAt"/> is null if unknown.</summary>
internal sealed record SitemapLine(string Name, DateTimeOffset? UpdatedAt);

internal sealed record NewsEntry(string Slug, string Headline, string Language, DateTimeOffset PublishedAt, Image? Image);

/// <summary>Writes sitemaps (sitemaps.org) and Google's news sitemap.</summary>
internal static class SitemapXml
{
    private const string Namespace = "http://www.sitemaps.org/schemas/sitemap/0.9";

    public static XmlResult<SitemapLine> Index(string site, IAsyncEnumerable<SitemapLine> sitemaps) =>
        new(
            StandardFormat.Sitemap,
            output => new FeedXml(output, "sitemapindex", Namespace),
            sitemaps,
            (xml, sitemap) =>
            {
                xml.Start("sitemap");
                xml.Element("loc", $"{site}/sitemaps/{sitemap.Name}.xml");
                xml.Element("lastmod", Instant(sitemap.UpdatedAt));
                xml.End();
            }
        );

    public static XmlResult<LiveSitemapEntry> Page(string site, string kind, IAsyncEnumerable<LiveSitemapEntry> entries) =>
        new(
            StandardFormat.Sitemap,
            output => kind == "articles" ? UrlSet(output, "xhtml") : UrlSet(output),
            entries,
            (xml, entry) =>
            {
                xml.Start("url");
                xml.Element("loc", Address.Ascii(kind == "articles" ? $"{site}/{entry.Slug}" : $"{site}/{kind}/{entry.Slug}"));
                xml.Element("lastmod", Instant(entry.UpdatedAt));
                if (entry.Translations is { Live.Count: > 0 } translations)
                    Versions(xml, site, entry.Slug, translations);
                xml.End();
            }
        );

    // As Google reads them: each page names every version of it, itself too, and the one for readers of other languages.
    private static void Versions(FeedXml xml, string site, string slug, LiveTranslations translations)
    {
        var versions = translations
            .Live.Where(version => !version.NoIndex) // it names nobody back
            .Select(version => (version.Language, version.Slug, version.IsOriginal))
            .Prepend((translations.Language, Slug: slug, translations.IsOriginal))
            .DistinctBy(version => version.Language)
            .OrderBy(version => version.Language, StringComparer.Ordinal)
            .ToList();
        foreach (var version in versions)
            Alternate(version.Language, version.Slug);
        foreach (var original in versions.Where(version => version.IsOriginal))
            Alternate("x-default", original.Slug);

        void Alternate(string language, string slug) =>
            xml.Empty("xhtml:link", ("rel", "alternate"), ("hreflang", language), ("href", Address.Ascii($"{site}/{slug}")));
    }

    public static XmlResult<NewsEntry> News(string site, string name, IAsyncEnumerable<NewsEntry> entries) =>
        new(
            StandardFormat.NewsSitemap,
            output => UrlSet(output, "news", "image"),
            entries,
            (xml, entry) =>
            {
                xml.Start("url");
                xml.Element("loc", Address.Ascii($"{site}/{entry.Slug}"));
                xml.Start("news:news");
                xml.Start("news:publication");
                xml.Element("news:name", name);
                xml.Element("news:language", LanguageOf(entry.Language));
                xml.End();
                xml.Element("news:publication_date", Instant(entry.PublishedAt));
                xml.Element("news:title", entry.Headline);
                xml.End();
                if (PictureFile.Of(entry.Image) is { } image)
                {
                    xml.Start("image:image");
                    xml.Element("image:loc", image.Url);
                    xml.End();
                }

                xml.End();
            }
        );

    private static FeedXml UrlSet(PipeWriter output) => new(output, "urlset", Namespace);

    private static FeedXml UrlSet(PipeWriter output, params string[] prefixes) => new(output, "urlset", Namespace, prefixes);

    private static string? Instant(DateTimeOffset? instant) => instant is { } at ? XmlText.Rfc3339(at) : null;

    // Google's news sitemap takes ISO 639 codes and, for Chinese, zh-cn or zh-tw.
    private static string LanguageOf(string tag) =>
        tag.ToLowerInvariant() switch
        {
            "zh-cn" or "zh-hans" or "zh-hans-cn" => "zh-cn",
            "zh-tw" or "zh-hant" or "zh-hant-tw" => "zh-tw",
            var other => other.Split('-')[0],
        };
}
