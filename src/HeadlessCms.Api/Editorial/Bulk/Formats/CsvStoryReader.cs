using CsvHelper;
using HeadlessCms.Core.Articles;
using HeadlessCms.Core.Concepts;

namespace HeadlessCms.Api.Editorial.Bulk.Formats;

/// <summary>
/// CSV (RFC 4180) with a row of names, in UTF-8; the separator is found. Several authors, tags or other names stand in one field, separated
/// by <c>;</c> or <c>|</c>. The map renames columns.
/// </summary>
internal static class CsvStoryReader
{
    private const int MaxRow = 16 << 20;

    private static readonly Dictionary<string, string> Names = new(StringComparer.OrdinalIgnoreCase)
    {
        ["id"] = "id",
        ["externalid"] = "id",
        ["guid"] = "id",
        ["uri"] = "id",
        ["headline"] = "headline",
        ["title"] = "headline",
        ["slug"] = "slug",
        ["standfirst"] = "standfirst",
        ["summary"] = "standfirst",
        ["excerpt"] = "standfirst",
        ["description"] = "standfirst",
        ["body"] = "html",
        ["html"] = "html",
        ["bodyhtml"] = "html",
        ["content"] = "html",
        ["markdown"] = "markdown",
        ["bodymarkdown"] = "markdown",
        ["text"] = "text",
        ["bodytext"] = "text",
        ["language"] = "language",
        ["lang"] = "language",
        ["locale"] = "language",
        ["genre"] = "genre",
        ["byline"] = "byline",
        ["author"] = "authors",
        ["authors"] = "authors",
        ["tags"] = "tags",
        ["tag"] = "tags",
        ["keywords"] = "tags",
        ["categories"] = "categories",
        ["category"] = "categories",
        ["section"] = "categories",
        ["topics"] = "categories",
        ["people"] = "people",
        ["places"] = "places",
        ["organisations"] = "organisations",
        ["organizations"] = "organisations",
        ["events"] = "events",
        ["place"] = "dateline",
        ["dateline"] = "dateline",
        ["source"] = "source",
        ["image"] = "image",
        ["imageurl"] = "image",
        ["picture"] = "image",
        ["imagealt"] = "imageAlt",
        ["imagecaption"] = "imageCaption",
        ["imagecredit"] = "imageCredit",
        ["publishedat"] = "published",
        ["published"] = "published",
        ["date"] = "published",
        ["pubdate"] = "published",
        ["updatedat"] = "updated",
        ["updated"] = "updated",
        ["modified"] = "updated",
        ["url"] = "url",
        ["link"] = "url",
        ["permalink"] = "url",
        ["status"] = "status",
        ["copyright"] = "copyright",
        ["usageterms"] = "usageTerms",
        ["urgency"] = "urgency",
    };

    public static IEnumerable<ImportedItem> Read(Stream file, ImportMap map)
    {
        using var csv = CsvReader.Create(
            file,
            new CsvReaderOptions
            {
                MaxRecordSize = MaxRow,
                MalformedData = CsvMalformedDataHandling.Throw,
                MissingField = CsvMissingFieldHandling.ReturnEmpty,
            },
            leaveOpen: true
        );
        var header = Header(csv);
        var columns = new List<(int Index, string Member)>();
        var unknown = new List<(int Index, string Name)>();
        for (var index = 0; index < header.Count; index++)
            if (map.Column(header[index]) is { } said)
                if (Names.TryGetValue(Folded(said), out var member))
                    columns.Add((index, member));
                else
                    unknown.Add((index, header[index]));
        if (!columns.Exists(column => column.Member == "headline"))
            throw new UnreadableFileException($"No column is the headline: {string.Join(", ", header)}. The map can name it.");
        while (Next(csv))
            yield return ItemOf(csv, columns, unknown);
    }

    private static string Folded(string name) => string.Concat(name.Where(char.IsLetterOrDigit));

    private static IReadOnlyList<string> Header(CsvReader csv)
    {
        try
        {
            csv.ReadHeader();
            return [.. csv.Headers];
        }
        catch (CsvFormatException broken)
        {
            throw Unreadable(broken);
        }
    }

    private static bool Next(CsvReader csv)
    {
        try
        {
            return csv.Read();
        }
        catch (CsvFormatException broken)
        {
            throw Unreadable(broken);
        }
    }

    private static UnreadableFileException Unreadable(CsvFormatException broken) =>
        new($"Record {broken.RecordNumber} is not CSV, or larger than {MaxRow >> 20} MiB (byte {broken.ByteOffset}).", broken);

    private static ImportedItem ItemOf(CsvReader csv, List<(int Index, string Member)> columns, List<(int Index, string Name)> unknown)
    {
        string? Field(string member) =>
            columns
                .Where(column => column.Member == member)
                .Select(column => SourceText.OrNull(csv.GetString(column.Index)))
                .FirstOrDefault(text => text is not null);

        var id = Field("id") ?? $"row {csv.RowNumber}";
        if (SourceText.Line(Field("headline")) is not { } headline)
            return new SkippedItem(id, "It has no headline.");
        var losses = unknown
            .Where(column => SourceText.OrNull(csv.GetString(column.Index)) is not null)
            .Select(column => $"The column {column.Name} has no place here.")
            .ToList();
        foreach (var member in new[] { "published", "updated" })
            if (Field(member) is { } date && SourceText.Instant(date) is null)
                losses.Add($"{date} is no date.");
        var (status, published) = (Field("status"), SourceText.Instant(Field("published")));
        return new ImportedStory(id)
        {
            ExternalId = Field("id") ?? Field("url"),
            Headline = headline,
            Slug = Field("slug"),
            Standfirst = Field("standfirst"),
            Body =
                Field("html") is { } html ? new(BodyFormat.Html, html)
                : Field("markdown") is { } markdown ? new(BodyFormat.Markdown, markdown)
                : Field("text") is { } text ? new(BodyFormat.Text, text)
                : null,
            Language = SourceText.Language(Field("language")),
            Genre = Field("genre"),
            Byline = Field("byline"),
            Authors = [.. Split(Field("authors")).Select(name => new ImportedConcept(ConceptKind.Person, name) { Scheme = "author" })],
            DatelinePlace = Field("dateline") is { } place ? new(ConceptKind.Place, place) { Scheme = "place" } : null,
            DatelineSource = Field("source"),
            LeadImage = Field("image") is { } image ? new(image, Field("imageAlt"), Field("imageCaption"), Field("imageCredit")) : null,
            Mentions =
            [
                .. Named(Field("categories"), ConceptKind.Topic, "category", Relation.About),
                .. Named(Field("tags"), ConceptKind.Topic, "tag"),
                .. Named(Field("people"), ConceptKind.Person, "people"),
                .. Named(Field("places"), ConceptKind.Place, "place"),
                .. Named(Field("organisations"), ConceptKind.Organisation, "organisation"),
                .. Named(Field("events"), ConceptKind.Event, "event"),
            ],
            Urgency = int.TryParse(Field("urgency"), out var urgency) && urgency is >= 1 and <= 9 ? urgency : null,
            CopyrightHolder = Field("copyright"),
            UsageTerms = Field("usageTerms"),
            IsPublished = status is null ? published is not null : status.ToLowerInvariant() is "published" or "publish" or "live",
            PublishedAt = published,
            UpdatedAt = SourceText.Instant(Field("updated")) ?? published,
            FormerUrls = Field("url") is { } url ? [url] : [],
            Losses = losses,
        };
    }

    private static IEnumerable<ImportedMention> Named(
        string? field,
        ConceptKind kind,
        string scheme,
        Relation relation = Relation.Mentions
    ) => Split(field).Select(name => new ImportedMention(new(kind, name) { Scheme = scheme }, relation));

    private static IEnumerable<string> Split(string? field) =>
        (field ?? "").Split([';', '|'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Distinct();
}
