using System.ServiceModel.Syndication;
using System.Xml;
using System.Xml.Linq;
using HeadlessCms.Api.Editorial.Articles;
using HeadlessCms.Core;
using HeadlessCms.Core.Articles;
using HeadlessCms.Core.Concepts;

namespace HeadlessCms.Api.Editorial.Bulk.Formats;

/// <summary>RSS 2.0 and Atom 1.0, with the content, author and media modules that feeds of news have.</summary>
internal static class SyndicationReader
{
    private const string AtomNames = "http://www.w3.org/2005/Atom";
    private static readonly XNamespace Content = "http://purl.org/rss/1.0/modules/content/";
    private static readonly XNamespace DublinCore = "http://purl.org/dc/elements/1.1/";
    private static readonly XNamespace Media = "http://search.yahoo.com/mrss/";

    private static readonly HashSet<XNamespace> Modules = [Content, DublinCore, Media];

    private static readonly HashSet<string> Persons = ["author", "contributor", "source"];

    public static IEnumerable<ImportedItem> Read(Stream file)
    {
        using var reader = XmlItems.Open(file);
        var index = 0;
        string? language = null;
        foreach (
            var element in XmlItems.Read(
                reader,
                at => at is { LocalName: "item", NamespaceURI: "" } or { LocalName: "entry", NamespaceURI: AtomNames },
                at =>
                {
                    if (at is { LocalName: "feed", NamespaceURI: AtomNames })
                        language ??= SourceText.Language(at.XmlLang);
                    if (at is not { LocalName: "language", NamespaceURI: "" })
                        return false;
                    language ??= SourceText.Language(XmlItems.Element(at).Value);
                    return true;
                }
            )
        )
            yield return ItemOf(element, ++index, language);
        if (index == 0)
            throw new UnreadableFileException("The file has no item of RSS and no entry of Atom.");
    }

    private static ImportedItem ItemOf(XElement element, int index, string? language)
    {
        SyndicationItem item;
        // The library takes spaces between elements for text where they come from a tree.
        foreach (var parent in element.Elements().Where(part => Persons.Contains(part.Name.LocalName)).Prepend(element))
            parent.Nodes().OfType<XText>().Where(text => string.IsNullOrWhiteSpace(text.Value)).Remove();
        try
        {
            using var reader = element.CreateReader();
            item = SyndicationItem.Load(reader);
        }
        catch (XmlException broken)
        {
            return new SkippedItem($"item {index}", $"It cannot be read: {broken.Message}");
        }

        var link = item.Links.FirstOrDefault(one => one.RelationshipType is null or "alternate")?.Uri?.ToString();
        var id = SourceText.OrNull(item.Id) ?? link ?? $"item {index}";
        if (SourceText.Plain(item.Title?.Text) is not { } headline)
            return new SkippedItem(id, "It has no title.");
        var full = element.Element(Content + "encoded")?.Value ?? (item.Content as TextSyndicationContent)?.Text;
        var summary = item.Summary?.Text;
        var losses = new List<string>();
        foreach (
            var foreign in element.Elements().Where(one => one.Name.Namespace != XNamespace.None && one.Name.NamespaceName != AtomNames)
        )
            if (!Modules.Contains(foreign.Name.Namespace))
                losses.Add($"The element {foreign.Name.LocalName} of {foreign.Name.NamespaceName} has no place here.");
        var published = Date(() => item.PublishDate, losses);
        var updated = Date(() => item.LastUpdatedTime, losses);
        var names = item
            .Authors.Select(author => SourceText.Line(author.Name ?? NameIn(author.Email)))
            .Concat(element.Elements(DublinCore + "creator").Select(creator => SourceText.Line(creator.Value)))
            .OfType<string>()
            .Distinct()
            .ToList();
        return new ImportedStory(id)
        {
            ExternalId = SourceText.OrNull(item.Id) ?? link,
            Headline = headline,
            Standfirst = full is null ? null : SourceText.Plain(summary),
            Body =
                (full ?? summary) is { } html && !string.IsNullOrWhiteSpace(html)
                    ? new BodyRequest((item.Content as TextSyndicationContent)?.Type == "text" ? BodyFormat.Text : BodyFormat.Html, html)
                    : null,
            Language = SourceText.Language((string?)element.Attribute(XNamespace.Xml + "lang")) ?? language,
            Authors = [.. names.Select(name => new ImportedConcept(ConceptKind.Person, name) { Scheme = "author" })],
            DatelineSource = SourceText.Line(item.SourceFeed?.Title?.Text),
            CopyrightHolder = SourceText.Plain(item.Copyright?.Text ?? element.Element(DublinCore + "rights")?.Value),
            LeadImage = Picture(item, element),
            Mentions =
            [
                .. item
                    .Categories.Select(category => (Name: SourceText.Line(category.Label ?? category.Name), Key: category.Name))
                    .Where(category => category.Name is not null)
                    .DistinctBy(category => category.Name)
                    .Select(category => new ImportedMention(
                        new ImportedConcept(ConceptKind.Topic, category.Name!) { Scheme = "category", Key = category.Key }
                    )),
            ],
            IsPublished = true,
            PublishedAt = published ?? updated,
            UpdatedAt = updated ?? published,
            FormerUrls = link is null ? [] : [link],
            Losses = losses,
        };
    }

    private static DateTimeOffset? Date(Func<DateTimeOffset> read, List<string> losses)
    {
        try
        {
            return read() is var date && date == default ? null : date.ToUniversalTime();
        }
        catch (XmlException)
        {
            losses.Add("A date cannot be read.");
            return null;
        }
    }

    // RSS has an address and, in brackets, a name.
    private static string? NameIn(string? email) =>
        email is not null && email.IndexOf('(', StringComparison.Ordinal) is > 0 and var at ? email[(at + 1)..].TrimEnd(')', ' ') : email;

    private static Image? Picture(SyndicationItem item, XElement element)
    {
        var enclosure = item.Links.FirstOrDefault(link =>
            link.RelationshipType == "enclosure" && link.MediaType?.StartsWith("image/", StringComparison.Ordinal) == true
        );
        if (enclosure is not null)
            return new(enclosure.Uri.ToString());
        var media = element
            .Descendants(Media + "content")
            .FirstOrDefault(one =>
                one.Value("url") is not null
                && (one.Value("medium") ?? "image") == "image"
                && one.Value("type")?.StartsWith("image/", StringComparison.Ordinal) != false
            );
        media ??= element.Descendants(Media + "thumbnail").FirstOrDefault(one => one.Value("url") is not null);
        if (media is null)
            return null;
        return new(
            media.Value("url")!,
            null,
            SourceText.Plain(media.Element(Media + "description")?.Value ?? element.Element(Media + "description")?.Value),
            SourceText.Line(media.Element(Media + "credit")?.Value ?? element.Element(Media + "credit")?.Value)
        );
    }
}
