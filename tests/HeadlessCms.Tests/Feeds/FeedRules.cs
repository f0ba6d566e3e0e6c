using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using AngleSharp.Html.Parser;
using HeadlessCms.Tests.Harness;

namespace HeadlessCms.Tests.Feeds;

/// <summary>
/// The rules of RSS, Atom and JSON Feed, under the names that the W3C validator reports. One warning is left out, that two items have the
/// same publication date, because that is legitimate.
/// </summary>
internal static partial class FeedRules
{
    private static readonly XNamespace AtomName = "http://www.w3.org/2005/Atom";
    private static readonly XNamespace Content = "http://purl.org/rss/1.0/modules/content/";
    private static readonly XNamespace Media = "http://search.yahoo.com/mrss/";

    public static List<string> Rss(string path, string text)
    {
        var (root, found) = Parse(text);
        var channel = root.Element("channel")!;
        foreach (var name in new[] { "title", "link", "description" })
            Check(
                found,
                channel.Elements(name).Count() == 1,
                name == "link" ? "MissingElement/DuplicateElement: link" : $"MissingElement/DuplicateElement: {name}"
            );
        Check(found, IsLanguage(channel.Element("language")!.Value), "InvalidLanguage");
        Check(found, !channel.Elements("item").Any(item => item.ElementsAfterSelf().Any(after => after.Name != "item")), "MisplacedItem");
        CheckSelf(found, channel, path);
        foreach (var item in channel.Elements("item"))
        {
            Check(found, item.Element("title") is not null || item.Element("description") is not null, "ItemMustContainTitleOrDescription");
            Check(
                found,
                item.Elements()
                    .Where(element => element.Name.NamespaceName.Length == 0 && element.Name != "category")
                    .GroupBy(element => element.Name)
                    .All(same => same.Count() == 1),
                "DuplicateElement"
            );
            Check(
                found,
                item.Element("guid") is { } guid && (guid.Attribute("isPermaLink")?.Value == "false" || IsUrl(guid.Value)),
                "MissingGuid/InvalidHttpGUID"
            );
            Check(found, item.Element("author") is null, "InvalidContact");
            Check(found, IsUrl(item.Element("link")!.Value), "InvalidFullLink");
            Check(
                found,
                item.Elements("category").All(category => Uri.IsWellFormedUriString(category.Attribute("domain")!.Value, UriKind.Absolute)),
                "InvalidURI"
            );
            Check(
                found,
                item.Element(Content + "encoded") is not { } encoded || !encoded.ElementsAfterSelf("description").Any(),
                "NeedDescriptionBeforeContent"
            );
            Check(found, item.Element("description") is not null, "description");
            Check(found, item.Elements(AtomName + "updated").Count() == 1, "atom:updated");
            Check(found, item.Elements("enclosure").Count() <= 1, "DuplicateEnclosure");
            Check(
                found,
                item.Elements("enclosure")
                    .All(enclosure =>
                        IsUrl(enclosure.Attribute("url")!.Value)
                        && enclosure.Attribute("type")!.Value.StartsWith("image/", StringComparison.Ordinal)
                        && enclosure.Attribute("length")!.Value == "0"
                    ),
                "UseZeroForUnknown/InvalidMIMEAttribute"
            );
            Check(found, IsDistinct(item.Elements("category").Select(category => category.Value)), "category twice");
            Check(found, item.Elements(AtomName + "updated").All(date => IsRfc3339(date.Value)), "InvalidRFC3339Date: atom:updated");
        }

        foreach (var date in channel.Descendants().Where(element => element.Name.LocalName is "pubDate" or "lastBuildDate"))
            Check(found, IsRfc822(date.Value), $"InvalidRFC2822Date/IncorrectDOW: {date.Value}");
        Check(
            found,
            channel.Elements("item").Select(item => item.Element("guid")!.Value).Distinct().Count() == channel.Elements("item").Count(),
            "DuplicateIds"
        );
        Check(
            found,
            !PlainElements()
                .Matches(text)
                .Any(match =>
                    match.Value.Contains("&amp;", StringComparison.Ordinal) || match.Value.Contains("&lt;", StringComparison.Ordinal)
                ),
            "CharacterData/ContainsHTML"
        );
        CheckShared(found, channel, channel.Descendants(Content + "encoded").Concat(channel.Descendants("description")));
        return found;
    }

    public static List<string> Atom(string path, string text)
    {
        var (feed, found) = Parse(text);
        CheckSelf(found, feed, path);
        foreach (var part in feed.Elements(AtomName + "entry").Prepend(feed))
        {
            foreach (var name in new[] { "id", "title", "updated" })
                Check(found, part.Elements(AtomName + name).Count() == 1, $"MissingElement/DuplicateElement: {name}");
            var alternates = part.Elements(AtomName + "link").Where(link => link.Attribute("rel")?.Value == "alternate").ToList();
            Check(
                found,
                alternates.Select(link => (link.Attribute("type")?.Value, link.Attribute("hreflang")?.Value)).Distinct().Count()
                    == alternates.Count,
                "DuplicateAtomLink"
            );
            Check(
                found,
                IsDistinct(part.Elements(AtomName + "category").Select(category => category.Attribute("label")!.Value)),
                "category twice"
            );
            if (part != feed)
                Check(found, part.Elements(AtomName + "summary").Count() == 1, "MissingSummary");
            if (part != feed)
                Check(
                    found,
                    part.Element(AtomName + "content") is not null
                        || alternates.Count > 0 && part.Element(AtomName + "summary") is not null,
                    "MissingContentOrAlternate/MissingTextualContent"
                );
            Check(
                found,
                part.Elements(AtomName + "link")
                    .All(link =>
                        IsUrl(link.Attribute("href")!.Value)
                        && link.Attribute("type")?.Value is { } type
                        && type.Contains('/', StringComparison.Ordinal)
                    ),
                "InvalidFullLink/MissingTypeAttr"
            );
            Check(
                found,
                part.Elements(AtomName + "category")
                    .All(category =>
                        category.Attribute("term") is { Value.Length: > 0 }
                        && Uri.IsWellFormedUriString(category.Attribute("scheme")!.Value, UriKind.Absolute)
                    ),
                "MissingAttribute: term, InvalidURI"
            );
            Check(
                found,
                part.Elements(AtomName + "author").All(author => author.Element(AtomName + "name") is { Value.Length: > 0 }),
                "MissingElement: name"
            );
            Check(found, part.Attribute(XNamespace.Xml + "lang") is { } language && IsLanguage(language.Value), "InvalidLanguage");
        }

        Check(found, feed.Elements(AtomName + "author").Any(), "MissingElement: author");
        foreach (
            var date in feed.Descendants().Where(element => element.Name == AtomName + "updated" || element.Name == AtomName + "published")
        )
            Check(found, IsRfc3339(date.Value), $"InvalidRFC3339Date: {date.Value}");
        Check(
            found,
            feed.Elements(AtomName + "entry").Select(entry => entry.Element(AtomName + "id")!.Value).Distinct().Count()
                == feed.Elements(AtomName + "entry").Count(),
            "DuplicateIds"
        );
        Check(
            found,
            feed.Descendants(AtomName + "id").All(id => Uri.IsWellFormedUriString(id.Value, UriKind.Absolute)),
            "InvalidFullLink: id"
        );
        Check(
            found,
            feed.Elements(AtomName + "link")
                .Where(link => link.Attribute("rel")!.Value is "next" or "prev-archive")
                .All(link => feed.Elements(AtomName + "entry").Any()),
            "LinkPastEnd"
        );
        CheckShared(found, feed, feed.Descendants(AtomName + "content").Where(content => content.Attribute("type")?.Value == "html"));
        return found;
    }

    public static List<string> Json(string path, string text)
    {
        List<string> found = [];
        using var document = JsonDocument.Parse(text);
        var feed = document.RootElement;
        Check(found, feed.GetProperty("version").GetString() == "https://jsonfeed.org/version/1.1", "version");
        Check(found, feed.GetProperty("title").GetString() is { Length: > 0 }, "title");
        Check(found, feed.GetProperty("feed_url").GetString() == PublicNewsroom.Site + path, "SelfDoesntMatchLocation");
        Check(
            found,
            !feed.TryGetProperty("next_url", out var next)
                || IsUrl(next.GetString()!) && next.GetString() != feed.GetProperty("feed_url").GetString(),
            "next_url"
        );
        Check(found, !HasNull(feed), "null");
        var ids = feed.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("id").GetString()).ToList();
        Check(found, ids.Distinct().Count() == ids.Count, "DuplicateIds");
        foreach (var item in feed.GetProperty("items").EnumerateArray())
        {
            Check(
                found,
                item.TryGetProperty("content_html", out _) || item.TryGetProperty("content_text", out _),
                "content_html or content_text"
            );
            Check(found, !item.TryGetProperty("author", out _), "author of version 1");
            Check(found, item.GetProperty("summary").GetString() is { Length: > 0 }, "summary");
            Check(
                found,
                !item.TryGetProperty("tags", out var tags) || IsDistinct(tags.EnumerateArray().Select(tag => tag.GetString()!)),
                "tag twice"
            );
            Check(found, IsUrl(item.GetProperty("url").GetString()!), "url");
            Check(found, !item.TryGetProperty("image", out var image) || IsUrl(image.GetString()!), "image");
            foreach (var date in new[] { "date_published", "date_modified" })
                Check(found, IsRfc3339(item.GetProperty(date).GetString()!), date);
            Check(found, IsLanguage(item.GetProperty("language").GetString()!), "language");
            if (item.TryGetProperty("content_html", out var html))
                CheckHtml(found, html.GetString()!);
        }

        return found;
    }

    private static (XElement Root, List<string> Found) Parse(string text)
    {
        List<string> found = [];
        Check(found, text.StartsWith("<?xml version=\"1.0\" encoding=\"utf-8\"?>", StringComparison.Ordinal), "NotUTF8/EncodingMismatch");
        return (XDocument.Parse(text).Root!, found); // SAXError, UndefinedNamedEntity, BadCharacters, MissingNamespace
    }

    private static void CheckSelf(List<string> found, XElement feed, string path) =>
        Check(
            found,
            feed.Elements(AtomName + "link")
                .Count(link => link.Attribute("rel")!.Value == "self" && link.Attribute("href")!.Value == PublicNewsroom.Site + path) == 1,
            "MissingSelf/RelativeSelf/SelfDoesntMatchLocation"
        );

    private static void CheckShared(List<string> found, XElement feed, IEnumerable<XElement> html)
    {
        foreach (
            var declared in feed.DescendantsAndSelf()
                .Attributes()
                .Where(attribute => attribute.IsNamespaceDeclaration && attribute.Value == "http://purl.org/atompub/tombstones/1.0")
        )
            Check(found, feed.Descendants().Any(element => element.Name.NamespaceName == declared.Value), "UnknownNamespace");
        Check(
            found,
            !feed.Descendants()
                .Any(element =>
                    !element.HasElements && element.Value.Length == 0 && !element.Attributes().Any() && element.Name.LocalName != "archive"
                ),
            "empty element"
        );
        Check(
            found,
            feed.Descendants().Where(element => element.Name.LocalName == "point").All(point => Point().IsMatch(point.Value)),
            "InvalidCoord"
        );
        foreach (var element in html)
            CheckHtml(found, element.Value);
        Check(found, feed.Descendants(Media + "content").All(media => IsUrl(media.Attribute("url")!.Value)), "InvalidURI: media:content");
        Check(
            found,
            !feed.Descendants()
                .Any(element =>
                    element.Name.LocalName == "content"
                    && element.Name.NamespaceName.Contains("yahoo", StringComparison.Ordinal)
                    && element.Name.Namespace != Media
                ),
            "MediaRssNamespace"
        );
    }

    private static void CheckHtml(List<string> found, string html)
    {
        using var document = new HtmlParser().ParseDocument($"<body>{html}</body>");
        foreach (var element in document.Body!.QuerySelectorAll("*"))
        {
            Check(
                found,
                element.LocalName is not ("script" or "style" or "iframe" or "object" or "embed" or "form" or "input" or "meta" or "link"),
                $"SecurityRisk: {element.LocalName}"
            );
            Check(
                found,
                !element.Attributes.Any(attribute =>
                    attribute.Name.StartsWith("on", StringComparison.Ordinal) || attribute.Name == "style"
                ),
                "SecurityRiskAttr/DangerousStyleAttr"
            );
            foreach (var name in new[] { "href", "src" })
                Check(
                    found,
                    element.GetAttribute(name) is not { } url || Uri.TryCreate(url, UriKind.Absolute, out _),
                    $"ContainsRelRef: {element.GetAttribute(name)}"
                );
        }
    }

    private static bool IsDistinct(IEnumerable<string> names) =>
        names.GroupBy(name => name, StringComparer.OrdinalIgnoreCase).All(same => same.Count() == 1);

    private static bool HasNull(JsonElement value) =>
        value.ValueKind switch
        {
            JsonValueKind.Null => true,
            JsonValueKind.Array => value.EnumerateArray().Any(HasNull),
            JsonValueKind.Object => value.EnumerateObject().Any(member => HasNull(member.Value)),
            _ => false,
        };

    private static bool IsUrl(string text) => Uri.TryCreate(text, UriKind.Absolute, out _) && Url().IsMatch(text);

    private static bool IsLanguage(string text) => Language().IsMatch(text);

    private static bool IsRfc3339(string text) =>
        Rfc3339().IsMatch(text) && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, out var instant) && IsPlausible(instant);

    private static bool IsRfc822(string text) =>
        DateTimeOffset.TryParseExact(
            text,
            "ddd, dd MMM yyyy HH:mm:ss '+0000'",
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal,
            out var instant
        ) && IsPlausible(instant);

    private static bool IsPlausible(DateTimeOffset instant) => instant.Year is >= 1970 and < 2100;

    private static void Check(List<string> found, bool holds, string rule)
    {
        if (!holds)
            found.Add(rule);
    }

    // The characters of a URI (RFC 3986); .NET's own check refuses some escapes.
    [GeneratedRegex(
        @"^https://[A-Za-z0-9.-]+(:\d+)?(/([A-Za-z0-9._~!$&'()*+,;=:@/-]|%[0-9A-Fa-f]{2})*)?"
            + @"(\?([A-Za-z0-9._~!$&'()*+,;=:@/?-]|%[0-9A-Fa-f]{2})*)?$"
    )]
    private static partial Regex Url();

    [GeneratedRegex(@"^-?\d+(\.\d+)? -?\d+(\.\d+)?$")]
    private static partial Regex Point();

    [GeneratedRegex("^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$")]
    private static partial Regex Language();

    [GeneratedRegex(@"^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?Z$")]
    private static partial Regex Rfc3339();

    // The elements in which the RSS Profile expects plain text.
    [GeneratedRegex("<(title|dc:creator)>.*?</", RegexOptions.Singleline)]
    private static partial Regex PlainElements();
}
