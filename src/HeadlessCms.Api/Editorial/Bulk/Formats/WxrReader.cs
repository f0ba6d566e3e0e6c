using System.Xml;
using System.Xml.Linq;
using HeadlessCms.Api.Editorial.Articles;
using HeadlessCms.Core;
using HeadlessCms.Core.Articles;
using HeadlessCms.Core.Concepts;

namespace HeadlessCms.Api.Editorial.Bulk.Formats;

/// <summary>
/// WordPress' own export (WXR 1.0 to 1.2): posts with their authors, tags, categories, featured pictures and URLs. The file is read twice,
/// because a post names its picture by the id of another item; of the first pass the URLs of attachments and the authors are kept.
/// </summary>
internal static class WxrReader
{
    private const string Exports = "http://wordpress.org/export/";
    private static readonly XNamespace Content = "http://purl.org/rss/1.0/modules/content/";
    private static readonly XNamespace DublinCore = "http://purl.org/dc/elements/1.1/";

    public static IEnumerable<ImportedItem> Read(Stream file)
    {
        var site = Site.Of(file);
        file.Position = 0;
        using var reader = XmlItems.Open(file);
        var index = 0;
        foreach (var item in XmlItems.Read(reader, at => at is { LocalName: "item", NamespaceURI: "" }))
            yield return ItemOf(item, ++index, site);
    }

    private static ImportedItem ItemOf(XElement item, int index, Site site)
    {
        var (type, status) = (Wp(item, "post_type") ?? "post", Wp(item, "status") ?? "publish");
        var guid = SourceText.OrNull(item.Element("guid")?.Value);
        var number = Wp(item, "post_id");
        var id = guid ?? (number is null ? $"item {index}" : $"{site.Url}/?p={number}");
        if (type != "post")
            return new SkippedItem(id, type == "attachment" ? "It is an attachment: posts keep its URL." : $"It is a {type}, not a post.");
        if (status is "trash" or "auto-draft" or "inherit")
            return new SkippedItem(id, $"Its status is {status}.");
        if (SourceText.Plain(item.Element("title")?.Value) is not { } headline)
            return new SkippedItem(id, "It has no title.");
        var losses = new List<string>();
        var html = item.Element(Content + "encoded")?.Value;
        var published = Gmt(item, "post_date_gmt") ?? SourceText.Instant(item.Element("pubDate")?.Value) ?? Gmt(item, "post_date");
        var comments = item.Elements().Count(one => one.Name.LocalName == "comment");
        if (comments > 0)
            losses.Add($"{comments} comments are left out.");
        foreach (var key in Meta(item).Select(meta => meta.Key).Where(key => !key.StartsWith('_')).Distinct())
            losses.Add($"The custom field {key} has no place here.");
        if (SourceText.OrNull(Wp(item, "post_password")) is not null)
            losses.Add("The password is left out: whoever may read the article reads it.");
        if (status == "private")
            losses.Add("It was for colleagues only: it is a draft.");
        if (Wp(item, "is_sticky") == "1")
            losses.Add("That it is sticky is left out.");
        var link = SourceText.OrNull(item.Element("link")?.Value);
        var body = WordPressText.Of(html, losses);
        return new ImportedStory(id)
        {
            ExternalId = id,
            Headline = headline,
            Slug = SourceText.OrNull(Uri.UnescapeDataString(Wp(item, "post_name") ?? "")),
            Standfirst = SourceText.Plain(
                item.Elements().FirstOrDefault(one => one.Name.LocalName == "encoded" && one.Name.Namespace != Content)?.Value
            ),
            Body = body is null ? null : new BodyRequest(BodyFormat.Html, body),
            Language = site.Language,
            Authors = SourceText.Line(item.Element(DublinCore + "creator")?.Value) is { } login
                ? [new(ConceptKind.Person, site.Authors.GetValueOrDefault(login, login)) { Scheme = "author", Key = login }]
                : [],
            LeadImage = Meta(item)
                .Where(meta => meta.Key == "_thumbnail_id")
                .Select(meta => site.Attachments.GetValueOrDefault(meta.Value))
                .FirstOrDefault(),
            Mentions = [.. item.Elements("category").Select(Mention).OfType<ImportedMention>()],
            IsPublished = status is "publish" or "future",
            PublishedAt = published,
            UpdatedAt = published,
            FormerUrls =
            [
                .. new[] { link, guid is not null && Uri.IsWellFormedUriString(guid, UriKind.Absolute) ? guid : null }
                    .OfType<string>()
                    .Distinct(),
            ],
            Losses = losses,
        };
    }

    private static ImportedMention? Mention(XElement category)
    {
        var domain = category.Value("domain") ?? "category";
        if (SourceText.Line(category.Value) is not { } name || domain is "post_format" || category.Value("nicename") is "uncategorized")
            return null;
        var isTag = domain is "post_tag" or "tag";
        return new(
            new ImportedConcept(ConceptKind.Topic, name)
            {
                Scheme = isTag ? "tag" : "category",
                Key = category.Value("nicename") ?? name,
                Slug = category.Value("nicename") is { } nicename && HeadlessCms.Core.Slug.IsValid(nicename) ? nicename : null,
            },
            isTag ? Relation.Mentions : Relation.About
        );
    }

    private static DateTimeOffset? Gmt(XElement item, string name) => SourceText.Instant(Wp(item, name));

    private static string? Wp(XElement item, string name) =>
        item.Elements()
            .FirstOrDefault(one => one.Name.LocalName == name && one.Name.NamespaceName.StartsWith(Exports, StringComparison.Ordinal))
            ?.Value;

    private static IEnumerable<(string Key, string Value)> Meta(XElement item) =>
        item.Elements()
            .Where(one => one.Name.LocalName == "postmeta")
            .Select(meta => (Key: meta.Child("meta_key")?.Value ?? "", Value: meta.Child("meta_value")?.Value ?? ""));

    /// <summary>What posts name by its id or login.</summary>
    private sealed record Site(string? Url, string? Language)
    {
        public Dictionary<string, string> Authors { get; } = [];

        public Dictionary<string, Image> Attachments { get; } = [];

        public static Site Of(Stream file)
        {
            string? url = null;
            string? language = null;
            var site = new Site(null, null);
            using var reader = XmlItems.Open(file);
            foreach (
                var element in XmlItems.Read(reader, at =>
                    Is(at, "author") || at is { LocalName: "item", NamespaceURI: "" } || IsOfChannel(at)
                )
            )
                switch (element.Name.LocalName)
                {
                    case "link" or "base_blog_url":
                        url = element.Value.TrimEnd('/');
                        break;
                    case "language":
                        language = SourceText.Language(element.Value);
                        break;
                    case "author":
                        var login = element.Child("author_login")?.Value ?? "";
                        if (SourceText.Line(element.Child("author_display_name")?.Value) is { } name)
                            site.Authors[login] = name;
                        break;
                    case "item" when Wp(element, "post_type") == "attachment":
                        if (SourceText.OrNull(Wp(element, "attachment_url")) is { } attachment && Wp(element, "post_id") is { } id)
                            site.Attachments[id] = new Image(
                                attachment,
                                Meta(element)
                                    .Where(meta => meta.Key == "_wp_attachment_image_alt")
                                    .Select(meta => SourceText.Line(meta.Value))
                                    .FirstOrDefault(),
                                SourceText.Plain(
                                    element
                                        .Elements()
                                        .FirstOrDefault(one => one.Name.LocalName == "encoded" && one.Name.Namespace != Content)
                                        ?.Value
                                )
                            );
                        break;
                }

            return url is null && site.Authors.Count == 0 && site.Attachments.Count == 0 && language is null
                ? throw new UnreadableFileException("The file is no export of WordPress: it has no channel.")
                : site with
                {
                    Url = url,
                    Language = language,
                };
        }

        private static bool IsOfChannel(XmlReader at) =>
            at.Depth == 2 && (at is { LocalName: "link" or "language", NamespaceURI: "" } || Is(at, "base_blog_url"));

        private static bool Is(XmlReader at, string name) =>
            at.LocalName == name && at.NamespaceURI.StartsWith(Exports, StringComparison.Ordinal);
    }
}
