using System.Text.Json;
using HeadlessCms.Api.Content.Articles;
using HeadlessCms.Api.Feeds.Pages;
using HeadlessCms.Api.Http.Input;
using HeadlessCms.Core;
using HeadlessCms.Core.Feeds;
using HeadlessCms.Core.Storage;
using HeadlessCms.Core.Storage.Kinds;
using HeadlessCms.Core.Storage.Live;

namespace HeadlessCms.Api.Feeds.Formats;

/// <summary>Writes an article as the members of a ninjs 3.1 object. The schema allows no other members.</summary>
internal static class NinjsItem
{
    public static void WriteStandard(Utf8JsonWriter json)
    {
        json.WriteStartObject("standard");
        json.WriteString("name", "ninjs");
        json.WriteString("version", "3.1");
        json.WriteString("schema", StandardFormat.Ninjs.Specification);
        json.WriteEndObject();
    }

    public static void Write(Utf8JsonWriter json, FeedStory story)
    {
        json.WriteString("uri", story.Urn);
        json.WriteString("type", "text");
        json.WriteString("representationType", story.BodyHtml is null || story.BodyTruncated ? "partial" : "full");
        json.WriteString("pubStatus", "usable");
        json.WriteString("version", story.Revision.ToString(System.Globalization.CultureInfo.InvariantCulture));
        json.Instant("firstCreated", story.PublishedAt);
        json.Instant("versionCreated", story.UpdatedAt);
        if (story.EmbargoUntil is { } embargo)
            json.Instant("embargoedUntil", embargo);
        if (story.ExpiresAt is { } end)
            json.Instant("expires", end);
        json.Each("altIds", AltIds(story), id => json.Object(() =>
            {
                json.WriteString("role", id.Role);
                json.WriteString("value", id.Value);
            }));
        if (story.Urgency is { } urgency)
            json.WriteNumber("urgency", urgency);
        json.Text("copyrightHolder", story.CopyrightHolder);
        json.Text("usageTerms", story.UsageTerms);
        if (Vocabulary.DigitalSourceOf(story.AiUse) is { } source)
        {
            json.WriteStartObject("digitalSourceType");
            json.WriteString("uri", $"http://cv.iptc.org/newscodes/digitalsourcetype/{source}");
            json.WriteEndObject();
        }

        json.WriteString("language", story.Language);
        json.WriteString("slugline", story.Slug);
        json.Each("headlines", [story.Headline], headline => Part(json, "main", "text/plain", headline));
        json.Each("descriptions", [story.Summary], text => Part(json, "summary", "text/plain", text));
        json.Each("bodies", story.Text is { } html ? [html] : Array.Empty<string>(), body =>
            Part(json, "main", "text/html", body, story.WordCount)
        );
        json.Text("by", story.Byline ?? (story.Writers.Count > 0 ? string.Join(", ", story.Writers) : null));
        json.Text("located", story.Dateline?.Place?.Name);
        json.Each("infoSources", story.Dateline?.Source is { } supplier ? [supplier] : Array.Empty<string>(), name =>
            json.Object(() => json.WriteString("name", name))
        );
        json.Each("genres", story.Genre is { } genre ? [genre] : Array.Empty<string>(), name =>
            json.Object(() => json.WriteString("name", name))
        );
        foreach (
            var mentions in story
                .Mentions.Items.Where(mention => !mention.Kind.HasParts)
                .GroupBy(mention => mention.Kind.Ninjs, mention => mention.Item)
        )
            json.Each(mentions.Key, mentions, mention => json.Object(() => Concept(json, mention)));
        json.Each("renditions", story.Url is { } page ? [page] : Array.Empty<string>(), url => Rendition(json, "web", url, "text/html"));
        json.Each("associations", Associations(json, story), association => json.Object(association));
        if (story.Corrections.Count > 0)
            json.WriteString("edNote", string.Join('\n', story.Corrections.Select(Note)));
    }

    private static void Part(Utf8JsonWriter json, string role, string contentType, string value, int? words = null) =>
        json.Object(() =>
        {
            json.WriteString("role", role);
            json.WriteString("contentType", contentType);
            if (words is { } count)
                json.WriteNumber("wordCount", count);
            json.WriteString("value", value);
        });

    private static void Concept(Utf8JsonWriter json, IMention concept)
    {
        json.WriteString("name", concept.Name);
        json.WriteString("rel", EnumNames.Of(concept.Relation));
        json.WriteString("uri", Vocabulary.MediaTopicUri((concept as MentionedTopic)?.Code) ?? FeedStory.UrnOf(concept.Id));
        json.WriteString("literal", concept.Slug);
        if (concept is not MentionedPlace { Latitude: { } latitude, Longitude: { } longitude })
            return;
        json.WriteStartObject("geoJSON");
        json.WriteString("type", "Point");
        json.WriteStartArray("coordinates");
        json.WriteNumberValue(XmlText.Degrees(longitude));
        json.WriteNumberValue(XmlText.Degrees(latitude));
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static IEnumerable<Action> Associations(Utf8JsonWriter json, FeedStory story)
    {
        if (story.Picture is { } picture)
            yield return () => Picture(json, story.LeadImage!, picture);
        if (story.Series is { } series)
            yield return () => Whole(json, series);
        var original = story.Story?.Live.FirstOrDefault(version => version.IsOriginal)?.Id;
        foreach (var translation in story.Translations ?? [])
            yield return () => Translation(json, translation, translation.Id == original ? "translationOf" : "translation");
    }

    // A series is a package of news objects.
    private static void Whole(Utf8JsonWriter json, SeriesPart series)
    {
        json.WriteString("name", series.Name);
        json.WriteString("rel", "partOf");
        json.WriteString("uri", FeedStory.UrnOf(series.Id));
        json.WriteString("type", "composite");
        json.WriteString("representationType", "partial");
        json.WriteString("slugline", series.Slug);
        json.Each("renditions", series.Url is { } page ? [page] : Array.Empty<string>(), url => Rendition(json, "web", url, "text/html"));
    }

    private static void Translation(Utf8JsonWriter json, TranslationLink translation, string relation)
    {
        json.WriteString("name", translation.Headline);
        json.WriteString("rel", relation);
        json.WriteString("uri", FeedStory.UrnOf(translation.Id));
        json.WriteString("type", "text");
        json.WriteString("representationType", "partial");
        json.WriteString("language", translation.Language);
        json.Each("headlines", [translation.Headline], headline => Part(json, "main", "text/plain", headline));
        json.Each("renditions", translation.Url is { } page ? [page] : Array.Empty<string>(), url =>
            Rendition(json, "web", url, "text/html")
        );
    }

    private static void Picture(Utf8JsonWriter json, Image image, PictureFile file)
    {
        json.WriteString("name", "leadImage");
        json.WriteString("uri", file.Url);
        json.WriteString("type", "picture");
        json.Text("by", image.Credit);
        json.Each("descriptions", new[] { ("caption", image.Caption), ("alt", image.Alt) }.Where(text => text.Item2 is not null), text =>
            Part(json, text.Item1, "text/plain", text.Item2!)
        );
        json.Each("renditions", [file], original => Rendition(json, "original", original.Url, original.MediaType));
    }

    private static void Rendition(Utf8JsonWriter json, string name, string href, string? contentType) =>
        json.Object(() =>
        {
            json.WriteString("name", name);
            json.WriteString("href", href);
            json.Text("contentType", contentType);
        });

    private static IEnumerable<(string Role, string Value)> AltIds(FeedStory story)
    {
        if (story.ExternalId is { } external)
            yield return ("externalId", external);
        if (story.Url is { } url)
            yield return ("url", url);
    }

    private static string Note(PublishedCorrection correction) =>
        $"{XmlText.Rfc3339(correction.At)} {EnumNames.Of(correction.Kind)}: {correction.Text}";
}
