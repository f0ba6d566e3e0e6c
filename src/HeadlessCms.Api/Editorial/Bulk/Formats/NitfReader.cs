using System.Xml.Linq;
using HeadlessCms.Api.Editorial.Articles;
using HeadlessCms.Core.Articles;
using HeadlessCms.Core.Concepts;

namespace HeadlessCms.Api.Editorial.Bulk.Formats;

/// <summary>IPTC NITF 3, with or without its namespace: one story, or several in any element around them.</summary>
internal static class NitfReader
{
    public static IEnumerable<ImportedItem> Read(Stream file)
    {
        using var reader = XmlItems.Open(file, skipDocumentType: true);
        var index = 0;
        foreach (var nitf in XmlItems.Read(reader, at => at.LocalName == "nitf"))
            yield return ItemOf(nitf, ++index);
        if (index == 0)
            throw new UnreadableFileException("The file has no element nitf.");
    }

    private static ImportedItem ItemOf(XElement nitf, int index)
    {
        var (head, body) = (nitf.Child("head"), nitf.Child("body"));
        var (data, top) = (head?.Child("docdata"), body?.Child("body.head"));
        var id = SourceText.OrNull(data?.Child("doc-id")?.Value("id-string")) ?? $"item {index}";
        if (data?.Value("management-status") is "canceled" or "withheld")
            return new SkippedItem(id, $"Its management status is {data.Value("management-status")}.");
        var headline = top?.Child("hedline");
        if (SourceText.Line(headline?.Child("hl1")?.Value ?? head?.Child("title")?.Value) is not { } title)
            return new SkippedItem(id, "It has no headline.");
        var content = NitfBody.Of(body?.Child("body.content"));
        var (dateline, byline) = (top?.Child("dateline"), top?.Child("byline"));
        var losses = new List<string>(content.Losses);
        foreach (var part in (data?.Elements() ?? []).Where(part => !NitfNames.DocData.Contains(part.Name.LocalName)))
            losses.Add($"The element {part.Name.LocalName} of docdata has no place here.");
        var tagline = SourceText.Line(body?.Child("body.end")?.Value);
        if (tagline is not null)
            losses.Add($"The end of the body is left out: {tagline}");
        return new ImportedStory(id)
        {
            ExternalId = SourceText.OrNull(data?.Child("doc-id")?.Value("id-string")),
            Headline = title,
            Standfirst = SourceText.Line(top?.Child("abstract")?.Value) ?? SourceText.Line(headline?.Child("hl2")?.Value),
            Body = content.Html.Length == 0 ? null : new BodyRequest(BodyFormat.Html, content.Html),
            Language = SourceText.Language(
                (string?)nitf.Attribute(XNamespace.Xml + "lang") ?? (string?)body?.Attribute(XNamespace.Xml + "lang")
            ),
            Byline = SourceText.Line(byline?.Value),
            Authors = [.. Authors(byline)],
            DatelinePlace = SourceText.Line(dateline?.Child("location")?.Value ?? dateline?.Nodes().OfType<XText>().FirstOrDefault()?.Value)
                is { } place
                ? new(ConceptKind.Place, place.TrimEnd(',', '-', '–', '—', ' ')) { Scheme = "place" }
                : null,
            DatelineSource = SourceText.Line(top?.Child("distributor")?.Value ?? data?.Child("doc.copyright")?.Value("holder")),
            LeadImage = content.Picture,
            Mentions = [.. Identified(data?.Child("identified-content")), .. Subjects(head), .. content.Mentions],
            Urgency = int.TryParse(data?.Child("urgency")?.Value("ed-urg"), out var urgency) && urgency is >= 1 and <= 9 ? urgency : null,
            CopyrightHolder = SourceText.Line(data?.Child("doc.copyright")?.Value("holder")),
            UsageTerms = SourceText.Line(data?.Child("doc.rights")?.Value("limitations")),
            IsPublished = true,
            PublishedAt = Norm(data, "date.release") ?? Norm(data, "date.issue"),
            UpdatedAt = Norm(data, "date.issue") ?? Norm(data, "date.release"),
            ExpiresAt = Norm(data, "date.expire"),
            Losses = losses,
        };
    }

    private static DateTimeOffset? Norm(XElement? data, string name) => SourceText.Instant(data?.Child(name)?.Value("norm"));

    private static IEnumerable<ImportedConcept> Authors(XElement? byline) =>
        (byline?.Descendants() ?? [])
            .Where(one => one.Name.LocalName == "person")
            .Select(person => SourceText.Line(person.Value))
            .OfType<string>()
            .Distinct()
            .Select(name => new ImportedConcept(ConceptKind.Person, name) { Scheme = "author" });

    private static IEnumerable<ImportedMention> Identified(XElement? content) =>
        (content?.Elements() ?? []).Select(named => NitfNames.Mention(named, Relation.About)).OfType<ImportedMention>();

    private static IEnumerable<ImportedMention> Subjects(XElement? head) =>
        from subject in head?.Child("tobject")?.Elements() ?? []
        where subject.Name.LocalName == "tobject.subject"
        let name = SourceText.Line(
            subject.Value("tobject.subject.detail") ?? subject.Value("tobject.subject.matter") ?? subject.Value("tobject.subject.type")
        )
        where name is not null
        select new ImportedMention(
            new(ConceptKind.Topic, name) { Scheme = "subject", Key = subject.Value("tobject.subject.refnum") ?? name },
            Relation.About
        );
}
