using System.Xml.Linq;
using HeadlessCms.Api.Editorial.Articles;
using HeadlessCms.Core.Articles;
using HeadlessCms.Core.Concepts;

namespace HeadlessCms.Api.Editorial.Bulk.Formats;

/// <summary>
/// IPTC NewsML-G2: news items, alone or in a news message. The content is XHTML, NITF or plain text; of several news items those of text
/// are stories.
/// </summary>
internal static class NewsMlReader
{
    private static readonly XNamespace Nar = "http://iptc.org/std/nar/2006-10-01/";

    private static readonly Dictionary<string, ConceptKind> Types = new()
    {
        ["person"] = ConceptKind.Person,
        ["organisation"] = ConceptKind.Organisation,
        ["organization"] = ConceptKind.Organisation,
        ["geoArea"] = ConceptKind.Place,
        ["poi"] = ConceptKind.Place,
        ["event"] = ConceptKind.Event,
        ["abstract"] = ConceptKind.Topic,
    };

    private static readonly HashSet<string> Understood =
    [
        "urgency",
        "contentCreated",
        "contentModified",
        "located",
        "creator",
        "contributor",
        "infoSource",
        "language",
        "genre",
        "subject",
        "slugline",
        "headline",
        "by",
        "dateline",
        "description",
        "keyword",
        "altId",
    ];

    public static IEnumerable<ImportedItem> Read(Stream file)
    {
        using var reader = XmlItems.Open(file);
        var index = 0;
        foreach (
            var item in XmlItems.Read(reader, at =>
                at.LocalName is "newsItem" or "packageItem" or "conceptItem" or "knowledgeItem" or "planningItem"
            )
        )
        {
            index++;
            yield return item.Name.LocalName == "newsItem"
                ? ItemOf(item, index)
                : new SkippedItem(item.Value("guid") ?? $"item {index}", $"It is a {item.Name.LocalName}, not a news item.");
        }

        if (index == 0)
            throw new UnreadableFileException("The file has no item of NewsML-G2.");
    }

    private static ImportedItem ItemOf(XElement item, int index)
    {
        var id = SourceText.OrNull(item.Value("guid")) ?? $"item {index}";
        var (meta, content, rights) = (item.Child("itemMeta"), item.Child("contentMeta"), item.Child("rightsInfo"));
        var kind = Code(meta?.Child("itemClass"));
        if (kind is not (null or "text"))
            return new SkippedItem(id, $"It is a {kind}, not a text.");
        var status = Code(meta?.Child("pubStatus"));
        if (status is "canceled")
            return new SkippedItem(id, "The source has canceled it.");
        var losses = new List<string>();
        var body = Body(item.Child("contentSet"), losses, out var nitf);
        if (SourceText.Line(content?.Child("headline")?.Value ?? meta?.Child("title")?.Value) is not { } headline)
            return new SkippedItem(id, "It has no headline.");
        foreach (
            var name in (content?.Elements() ?? []).Select(one => one.Name.LocalName).Where(name => !Understood.Contains(name)).Distinct()
        )
            losses.Add($"The element {name} of contentMeta has no place here.");
        if (SourceText.Line(meta?.Child("edNote")?.Value) is { } note)
            losses.Add($"The editor's note is left out: {note}");
        var creators = (content?.Elements() ?? []).Where(one => one.Name.LocalName == "creator").ToList();
        return new ImportedStory(id)
        {
            ExternalId = SourceText.OrNull(item.Value("guid")),
            Headline = headline,
            Slug = null,
            Standfirst = SourceText.Line(Described(content)),
            Body = body,
            Language = SourceText.Language(content?.Child("language")?.Value("tag") ?? (string?)item.Attribute(XNamespace.Xml + "lang")),
            Genre = content?.Child("genre") is { } genre ? SourceText.Line(Name(genre) ?? Code(genre)) : null,
            Byline = SourceText.Line(content?.Child("by")?.Value),
            Authors = [.. creators.Select(one => Concept(one, ConceptKind.Person, "author")).OfType<ImportedConcept>()],
            DatelinePlace = content?.Child("located") is { } located ? Concept(located, ConceptKind.Place, "place") : null,
            DatelineSource = SourceText.Line(
                content?.Child("infoSource") is { } source ? Name(source) ?? source.Value("literal") ?? Code(source)
                : meta?.Child("provider") is { } provider ? Name(provider) ?? provider.Value("literal") ?? Code(provider)
                : null
            ),
            LeadImage = nitf?.Picture,
            Mentions =
            [
                .. (content?.Elements() ?? [])
                    .Where(one => one.Name.LocalName == "subject")
                    .Select(one => Concept(one, KindOf(one), "subject"))
                    .OfType<ImportedConcept>()
                    .Select(concept => new ImportedMention(concept, Relation.About)),
                .. (content?.Elements() ?? [])
                    .Where(one => one.Name.LocalName == "keyword")
                    .Select(one => SourceText.Line(one.Value))
                    .OfType<string>()
                    .Select(name => new ImportedMention(new(ConceptKind.Topic, name) { Scheme = "tag" })),
                .. nitf?.Mentions ?? [],
            ],
            Urgency = int.TryParse(content?.Child("urgency")?.Value, out var urgency) && urgency is >= 1 and <= 9 ? urgency : null,
            UsageTerms = SourceText.Line(rights?.Child("usageTerms")?.Value),
            CopyrightHolder = rights?.Child("copyrightHolder") is { } holder
                ? SourceText.Line(Name(holder) ?? holder.Value("literal") ?? Code(holder))
                : SourceText.Line(rights?.Child("copyrightNotice")?.Value),
            EmbargoUntil = SourceText.Instant(meta?.Child("embargoed")?.Value),
            IsPublished = status is null or "usable",
            PublishedAt = SourceText.Instant(meta?.Child("firstCreated")?.Value)
                ?? SourceText.Instant(meta?.Child("versionCreated")?.Value),
            UpdatedAt = SourceText.Instant(meta?.Child("versionCreated")?.Value),
            Losses = losses,
        };
    }

    private static string? Described(XElement? content) =>
        (content?.Elements() ?? [])
            .Where(one => one.Name.LocalName == "description")
            .OrderBy(one => one.Value("role")?.EndsWith("summary", StringComparison.Ordinal) == true ? 0 : 1)
            .FirstOrDefault()
            ?.Value;

    private static BodyRequest? Body(XElement? set, List<string> losses, out NitfBody? nitf)
    {
        nitf = null;
        var parts = (set?.Elements() ?? []).ToList();
        if (parts.Count > 1)
            losses.Add($"{parts.Count - 1} more renditions of the content are left out.");
        var part = parts.Find(one => one.Name.LocalName == "inlineXML") ?? parts.Find(one => one.Name.LocalName == "inlineData");
        if (part is null)
        {
            foreach (var remote in parts)
                losses.Add($"Content elsewhere is not fetched: {remote.Value("href")}");
            return null;
        }

        if (part.Name.LocalName == "inlineData")
        {
            if (part.Value("encoding") is not null)
            {
                losses.Add("Encoded content is left out.");
                return null;
            }

            return new(
                part.Value("contenttype")?.Contains("html", StringComparison.Ordinal) == true ? BodyFormat.Html : BodyFormat.Text,
                part.Value
            );
        }

        if (part.Elements().FirstOrDefault() is not { } root)
            return null;
        if (root.Name.LocalName == "nitf")
        {
            nitf = NitfBody.Of(root.Child("body")?.Child("body.content"));
            losses.AddRange(nitf.Losses);
            return nitf.Html.Length == 0 ? null : new(BodyFormat.Html, nitf.Html);
        }

        return new(BodyFormat.Html, Markup(root.Child("body") ?? root));
    }

    // Without namespaces, which HTML has not.
    private static string Markup(XElement element)
    {
        var plain = new XElement(element);
        foreach (var one in plain.DescendantsAndSelf())
            one.Name = one.Name.LocalName;
        return string.Concat(plain.Nodes().Select(node => node.ToString(SaveOptions.DisableFormatting)));
    }

    private static ConceptKind KindOf(XElement subject)
    {
        var type = (subject.Value("type") ?? subject.Value("typeuri"))?.Split(':', '/')[^1];
        return type is not null && Types.TryGetValue(type, out var kind) ? kind : ConceptKind.Topic;
    }

    private static ImportedConcept? Concept(XElement element, ConceptKind kind, string scheme)
    {
        var (qcode, uri) = (element.Value("qcode"), element.Value("uri"));
        if (SourceText.Line(Name(element) ?? element.Value("literal") ?? Code(element)) is not { } name)
            return null;
        var same = element
            .Elements()
            .Where(one => one.Name.LocalName == "sameAs")
            .Select(one => one.Value("uri"))
            .Append(uri)
            .OfType<string>()
            .Select(one => one.StartsWith("http://", StringComparison.Ordinal) ? "https" + one[4..] : one)
            .Where(one => one.StartsWith("https://", StringComparison.Ordinal));
        return new(kind, name)
        {
            Scheme = scheme,
            Key = qcode ?? uri ?? name,
            Code = kind == ConceptKind.Topic ? qcode : null,
            SameAs = [.. same],
        };
    }

    private static string? Name(XElement element) =>
        SourceText.OrNull(element.Element(Nar + "name")?.Value ?? element.Child("name")?.Value);

    // What of a qcode or a URI follows its scheme.
    private static string? Code(XElement? element) =>
        element?.Value("qcode") is { } qcode ? qcode[(qcode.IndexOf(':', StringComparison.Ordinal) + 1)..]
        : element?.Value("uri") is { } uri ? uri[(uri.LastIndexOf('/') + 1)..]
        : null;
}
