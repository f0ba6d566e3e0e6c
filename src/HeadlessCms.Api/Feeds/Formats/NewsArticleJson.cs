using System.Text.Json;
using HeadlessCms.Api.Feeds.Pages;
using HeadlessCms.Api.Hosting;
using HeadlessCms.Core;
using HeadlessCms.Core.Articles;
using HeadlessCms.Core.Concepts;
using HeadlessCms.Core.Storage;
using HeadlessCms.Core.Storage.Kinds;

namespace HeadlessCms.Api.Feeds.Formats;

/// <summary>Writes an article as a schema.org NewsArticle, for a page's script element of type <c>application/ld+json</c>.</summary>
internal static class NewsArticleJson
{
    public static void Write(Utf8JsonWriter json, FeedStory story, Site site)
    {
        json.WriteString("@context", "https://schema.org");
        json.WriteString("@type", "NewsArticle");
        json.WriteString("@id", story.Urn);
        json.Text("url", story.Url);
        json.Text("mainEntityOfPage", story.Url);
        json.WriteString("headline", story.Headline);
        json.Text("description", story.Standfirst);
        json.WriteString("inLanguage", story.Language);
        json.Text("genre", story.Genre);
        json.Instant("datePublished", story.PublishedAt);
        json.Instant("dateModified", story.UpdatedAt);
        json.WriteNumber("version", story.Revision);
        json.WriteNumber("wordCount", story.WordCount);
        json.WriteBoolean("isAccessibleForFree", !site.IsPrivate);
        Thing(json, "publisher", "Organization", site.Name, () => json.Text("url", site.Url));
        WriteAuthors(json, story, site);
        WriteImage(json, story);
        WriteDateline(json, story);
        json.Each("about", Named(story, Relation.About), mention => json.Object(() => Concept(json, mention.Kind, mention.Concept)));
        json.Each("mentions", Named(story, Relation.Mentions), mention => json.Object(() => Concept(json, mention.Kind, mention.Concept)));
        json.Each("correction", story.Corrections, correction => json.Object(() =>
            {
                json.WriteString("@type", "CorrectionComment");
                json.WriteString("text", correction.Text);
                json.Instant("datePublished", correction.At);
            }));
    }

    // Only the names: a byline also contains other words.
    private static void WriteAuthors(Utf8JsonWriter json, FeedStory story, Site site)
    {
        if (story.Authors.Count == 0)
            Thing(json, "author", "Organization", story.Dateline?.Source ?? site.Name);
        else
        {
            json.Each("author", story.Authors, author => json.Object(() =>
                {
                    json.WriteString("@type", ConceptKindNames.People.SchemaType);
                    json.WriteString("name", author.Name);
                    if (site.Url is { } url)
                        json.WriteString("url", Address.Ascii($"{url}/{ConceptKindNames.People.Plural}/{author.Slug}"));
                }));
        }
    }

    private static void WriteImage(Utf8JsonWriter json, FeedStory story)
    {
        if (story.LeadImage is not { } image)
            return;
        json.WriteStartArray("image");
        json.Object(() =>
        {
            json.WriteString("@type", "ImageObject");
            json.WriteString("url", image.Url);
            json.Text("caption", image.Caption ?? image.Alt);
            json.Text("creditText", image.Credit);
        });
        json.WriteEndArray();
    }

    private static void WriteDateline(Utf8JsonWriter json, FeedStory story)
    {
        if (story.Dateline is not { } dateline)
            return;
        json.WriteString("dateline", string.Join(", ", new[] { dateline.Place?.Name, dateline.Source }.OfType<string>()));
        if (dateline.Place is { } place)
            Thing(json, "locationCreated", ConceptKindNames.Places.SchemaType, place.Name, () => Geo(json, place));
    }

    private static IEnumerable<(ConceptKindNames Kind, IMention Concept)> Named(FeedStory story, Relation relation) =>
        from mention in story.Mentions.Items
        where mention.Item.Relation == relation
        select (mention.Kind, mention.Item);

    private static void Concept(Utf8JsonWriter json, ConceptKindNames kind, IMention concept)
    {
        json.WriteString("@type", kind.SchemaType);
        json.WriteString("@id", FeedStory.UrnOf(concept.Id));
        json.WriteString("name", concept.Name);
        if (concept is MentionedPerson person)
            json.Text("jobTitle", person.Role);
        if (concept is PlaceLink place)
            Geo(json, place);
        if (concept is MentionedTopic topic)
            json.Text("sameAs", Vocabulary.MediaTopicUri(topic.Code));
    }

    private static void Geo(Utf8JsonWriter json, PlaceLink place)
    {
        if (place is not { Latitude: { } latitude, Longitude: { } longitude })
            return;
        json.WriteStartObject("geo");
        json.WriteString("@type", "GeoCoordinates");
        json.WriteNumber("latitude", latitude);
        json.WriteNumber("longitude", longitude);
        json.WriteEndObject();
    }

    private static void Thing(Utf8JsonWriter json, string member, string type, string name, Action? more = null)
    {
        json.WriteStartObject(member);
        json.WriteString("@type", type);
        json.WriteString("name", name);
        more?.Invoke();
        json.WriteEndObject();
    }
}
