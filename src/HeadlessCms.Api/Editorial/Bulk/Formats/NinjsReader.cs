using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using HeadlessCms.Api.Editorial.Articles;
using HeadlessCms.Core;
using HeadlessCms.Core.Articles;
using HeadlessCms.Core.Concepts;

namespace HeadlessCms.Api.Editorial.Bulk.Formats;

/// <summary>
/// IPTC ninjs 1 to 3: one item, several one after the other or in an array, or the associations of a <c>composite</c> item. What
/// <c>/feeds/articles.ninjs</c> writes is read without a loss.
/// </summary>
internal static partial class NinjsReader
{
    private const string Urn = "urn:uuid:";
    private const string MediaTopics = "http://cv.iptc.org/newscodes/mediatopic/";

    private static readonly HashSet<string> Understood = new(StringComparer.OrdinalIgnoreCase)
    {
        "uri",
        "type",
        "representationType",
        "pubStatus",
        "version",
        "firstCreated",
        "versionCreated",
        "contentCreated",
        "embargoedUntil",
        "embargoed",
        "expires",
        "altIds",
        "urgency",
        "copyrightHolder",
        "usageTerms",
        "digitalSourceType",
        "language",
        "slugline",
        "slug",
        "headlines",
        "headline",
        "descriptions",
        "description_text",
        "bodies",
        "body_html",
        "body_text",
        "by",
        "byline",
        "located",
        "infoSources",
        "genres",
        "genre",
        "people",
        "person",
        "organisations",
        "organisation",
        "places",
        "place",
        "subjects",
        "subject",
        "events",
        "event",
        "renditions",
        "associations",
        "edNote",
        "standard",
        "name",
        "title",
        "rel",
        "$schema",
        "mimetype",
    };

    private static readonly (ConceptKind Kind, string Now, string Before)[] Lists =
    [
        (ConceptKind.Person, "people", "person"),
        (ConceptKind.Place, "places", "place"),
        (ConceptKind.Topic, "subjects", "subject"),
        (ConceptKind.Organisation, "organisations", "organisation"),
        (ConceptKind.Event, "events", "event"),
    ];

    public static IEnumerable<ImportedItem> Read(Stream file)
    {
        var isComposite = IsComposite(file);
        file.Position = 0;
        var index = 0;
        foreach (var (_, item) in JsonItems.Read(file, path => isComposite ? path is "associations" or "*" : path is ""))
            yield return ItemOf(item, ++index);
    }

    // Only the beginning of the file is read for this: the associations of a composite item are its stories.
    private static bool IsComposite(Stream file)
    {
        var buffer = new byte[64 << 10];
        var count = file.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false);
        return CompositeForm().IsMatch(System.Text.Encoding.UTF8.GetString(buffer, 0, count));
    }

    private static ImportedItem ItemOf(JsonElement item, int index)
    {
        var uri = Text(item, "uri");
        var id = uri ?? $"item {index}";
        if (Text(item, "type") is { } type && type is not ("text" or "composite"))
            return new SkippedItem(id, $"It is a {type}, not a text.");
        if (Text(item, "pubStatus") is "canceled")
            return new SkippedItem(id, "The source has canceled it.");
        if (Headline(item) is not { } headline)
            return new SkippedItem(id, "It has no headline.");
        var losses = new List<string>();
        var altIds = Objects(item, "altIds").Select(one => (Role: Text(one, "role"), Value: Text(one, "value"))).ToList();
        var own =
            uri?.StartsWith(Urn, StringComparison.Ordinal) == true && Guid.TryParseExact(uri[Urn.Length..], "D", out var guid)
                ? guid
                : (Guid?)null;
        var people = Objects(item, "people", "person").ToList();
        var (body, byline) = (Body(item, losses), Text(item, "by", "byline"));
        foreach (var member in item.EnumerateObject().Where(member => !Understood.Contains(member.Name)))
            losses.Add($"The member {member.Name} has no place here.");
        var (corrections, note) = Corrections(Text(item, "edNote"));
        if (note is not null)
            losses.Add($"The editor's note is left out: {note}");
        foreach (var (role, value) in altIds.Where(one => one.Role is not ("externalId" or "url")))
            losses.Add($"The other id {role} is left out: {value}");
        return new ImportedStory(id)
        {
            Id = own,
            ExternalId = altIds.Find(one => one.Role == "externalId").Value ?? (own is null ? uri : null),
            Headline = headline,
            Slug = Text(item, "slugline", "slug"),
            Standfirst = Part(item, ["summary", "main"], "descriptions") ?? Text(item, "description_text"),
            Body = body,
            Language = SourceText.Language(Text(item, "language")),
            Genre = Objects(item, "genres", "genre").Select(genre => Text(genre, "name")).FirstOrDefault(),
            Byline = byline,
            Authors = [.. people.Where(IsAuthor).Select(person => Concept(ConceptKind.Person, person, "author")).OfType<ImportedConcept>()],
            DatelinePlace = Text(item, "located") is { } located ? new(ConceptKind.Place, located) { Scheme = "place" } : null,
            DatelineSource = Objects(item, "infoSources").Select(source => Text(source, "name")).FirstOrDefault(name => name is not null),
            LeadImage = Objects(item, "associations").Select(Picture).FirstOrDefault(picture => picture is not null),
            Mentions = [.. Mentions(item)],
            Urgency = Number(item, "urgency") is { } urgency ? (int)urgency : null,
            UsageTerms = Text(item, "usageTerms"),
            CopyrightHolder = Text(item, "copyrightHolder"),
            AiUse = AiUseOf(Child(item, "digitalSourceType") is { } source ? Text(source, "uri") : null),
            EmbargoUntil = SourceText.Instant(Text(item, "embargoedUntil", "embargoed")),
            IsPublished = Text(item, "pubStatus") is null or "usable",
            PublishedAt = SourceText.Instant(Text(item, "firstCreated")) ?? SourceText.Instant(Text(item, "versionCreated")),
            UpdatedAt = SourceText.Instant(Text(item, "versionCreated")),
            ExpiresAt = SourceText.Instant(Text(item, "expires")),
            Corrections = corrections,
            FormerUrls = [.. altIds.Where(one => one.Role == "url").Select(one => one.Value).OfType<string>()],
            TranslationOf = Objects(item, "associations").Select(Original).FirstOrDefault(original => original is not null),
            Losses = losses,
        };
    }

    private static string? Headline(JsonElement item) =>
        Part(item, ["main"], "headlines") ?? Text(item, "headline") ?? Text(item, "title") ?? Text(item, "name");

    private static BodyRequest? Body(JsonElement item, List<string> losses)
    {
        var bodies = Objects(item, "bodies").ToList();
        if (bodies.Count > 1)
            losses.Add($"{bodies.Count - 1} more versions of the body are left out.");
        var body = bodies.Find(one => Text(one, "role") == "main") is { ValueKind: JsonValueKind.Object } main
            ? main
            : bodies.FirstOrDefault();
        if (body.ValueKind == JsonValueKind.Object && Raw(body, "value") is { } value)
            return new(Text(body, "contentType") is "text/plain" ? BodyFormat.Text : BodyFormat.Html, value);
        return Raw(item, "body_html") is { } html ? new(BodyFormat.Html, html)
            : Raw(item, "body_text") is { } text ? new(BodyFormat.Text, text)
            : null;
    }

    private static IEnumerable<ImportedMention> Mentions(JsonElement item) =>
        from list in Lists
        from named in Objects(item, list.Now, list.Before)
        where list.Kind != ConceptKind.Person || !IsAuthor(named)
        let concept = Concept(list.Kind, named, list.Now.TrimEnd('s'))
        where concept is not null
        select new ImportedMention(concept, Text(named, "rel") is "about" ? Relation.About : Relation.Mentions);

    private static bool IsAuthor(JsonElement person) => Text(person, "rel") is "author" or "creator";

    private static ImportedConcept? Concept(ConceptKind kind, JsonElement named, string scheme)
    {
        var (name, uri) = (Text(named, "name"), Text(named, "uri"));
        if (SourceText.Line(name ?? Text(named, "literal")) is not { } line)
            return null;
        var point =
            Child(named, "geoJSON") is { } geo
            && Child(geo, "coordinates") is { ValueKind: JsonValueKind.Array } at
            && at.GetArrayLength() >= 2
                ? at
                : (JsonElement?)null;
        var topic = uri?.StartsWith(MediaTopics, StringComparison.Ordinal) == true ? $"medtop:{uri[MediaTopics.Length..]}" : null;
        return new ImportedConcept(kind, line)
        {
            Scheme = scheme,
            Key = Text(named, "literal") ?? line,
            Id =
                uri?.StartsWith(Urn, StringComparison.Ordinal) == true && Guid.TryParseExact(uri[Urn.Length..], "D", out var id)
                    ? id
                    : null,
            Code = kind == ConceptKind.Topic ? topic : null,
            Slug = Text(named, "literal"),
            SameAs = topic is null && Secure(uri) is { } same ? [same] : [],
            Longitude = point?[0].ValueKind == JsonValueKind.Number ? point.Value[0].GetDouble() : null,
            Latitude = point?[1].ValueKind == JsonValueKind.Number ? point.Value[1].GetDouble() : null,
        };
    }

    private static string? Secure(string? uri) =>
        Uri.TryCreate(uri, UriKind.Absolute, out var web) && (web.Scheme == Uri.UriSchemeHttps || web.Scheme == Uri.UriSchemeHttp)
            ? web.Scheme == Uri.UriSchemeHttps
                ? uri
                : "https" + uri![4..]
            : null;

    private static Image? Picture(JsonElement association)
    {
        if (Text(association, "type") is not "picture")
            return null;
        var renditions = Objects(association, "renditions").ToList();
        var original = renditions.Find(one => Text(one, "name") == "original") is { ValueKind: JsonValueKind.Object } one
            ? one
            : renditions.FirstOrDefault();
        var url = (original.ValueKind == JsonValueKind.Object ? Text(original, "href") : null) ?? Text(association, "uri");
        return url is null
            ? null
            : new Image(
                url,
                Part(association, ["alt"], "descriptions", isRequired: true),
                Part(association, ["caption", "main"], "descriptions", isRequired: true) ?? Text(association, "description_text"),
                Text(association, "by", "byline")
            );
    }

    private static Guid? Original(JsonElement association) =>
        Text(association, "rel") == "translationOf"
        && Text(association, "uri") is { } uri
        && uri.StartsWith(Urn, StringComparison.Ordinal)
        && Guid.TryParseExact(uri[Urn.Length..], "D", out var id)
            ? id
            : null;

    private static AiUse AiUseOf(string? uri) =>
        uri?.Split('/')[^1] switch
        {
            "trainedAlgorithmicMedia" => AiUse.Generated,
            "compositeWithTrainedAlgorithmicMedia" => AiUse.Assisted,
            _ => AiUse.None,
        };

    // Written by our own feed: an instant, a kind and a text; a note of another form is a note for colleagues.
    private static (IReadOnlyList<PastPublication> Corrections, string? Note) Corrections(string? note)
    {
        if (note is null)
            return ([], null);
        var starts = CorrectionForm().Matches(note);
        if (starts.Count == 0 || starts[0].Index > 0)
            return ([], note);
        var corrections = new List<PastPublication>();
        for (var index = 0; index < starts.Count; index++)
        {
            var (match, end) = (starts[index], index + 1 < starts.Count ? starts[index + 1].Index - 1 : note.Length);
            corrections.Add(
                new(
                    DateTimeOffset.Parse(match.Groups["at"].Value, CultureInfo.InvariantCulture),
                    new Correction(
                        Enum.Parse<CorrectionKind>(match.Groups["kind"].Value, ignoreCase: true),
                        note[(match.Index + match.Length)..end]
                    )
                )
            );
        }

        return (corrections, null);
    }

    [GeneratedRegex("""^\s*\uFEFF?\s*\{[^{}\[\]]*"type"\s*:\s*"composite"[\s\S]*?"associations"\s*:\s*\[""")]
    private static partial Regex CompositeForm();

    [GeneratedRegex(
        @"^(?<at>\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z) (?<kind>correction|clarification|update): ",
        RegexOptions.Multiline
    )]
    private static partial Regex CorrectionForm();
}
