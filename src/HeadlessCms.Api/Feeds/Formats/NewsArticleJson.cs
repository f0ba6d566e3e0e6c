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
    /// <param name="json">The members are written to it.</param>
    /// <param name="story">The article.</param>
    /// <param name="site">The public site.</param>
    /// <param name="sameAs">The pages elsewhere about the concepts that the article names.</param>
    public static void Write(Utf8JsonWriter json, FeedStory story, Site site, ILookup<Guid, string> sameAs)
    {
        json.WriteString("@context", "https://schema.org");
        json.WriteString("@type", "NewsArticle");
        json.WriteString("@id", story.Urn);
        json.Text("url", story.Url);
        json.Text("mainEntityOfPage", story.Url);
        json.WriteString("headline", story.Headline);
        json.WriteString("description", story.Summary);
        json.WriteString("inLanguage", story.Language);
        json.Text("genre", story.Genre);
        json.Instant("datePublished", story.PublishedAt);
        json.Instant("dateModified", story.UpdatedAt);
        if (story.ExpiresAt is { } end)
            json.Instant("expires", end);
        json.Each("articleSection", TopicsOf(story, Relation.About), json.WriteStringValue);
        json.Each("keywords", Vocabulary.NamedBy(story).Select(category => category.Label), json.WriteStringValue);
        json.WriteNumber("version", story.Revision);
        json.WriteNumber("wordCount", story.WordCount);
        WriteAccess(json, story, site);
        WriteRights(json, story);
        Thing(json, "publisher", "NewsMediaOrganization", site.Name, () => WriteSite(json, site));
        WriteAuthors(json, story, site, sameAs);
        WriteImage(json, story);
        WriteDateline(json, story);
        WriteSeries(json, story, sameAs);
        json.Each("about", Named(story, Relation.About), mention =>
            json.Object(() => Concept(json, mention.Kind, mention.Concept, sameAs))
        );
        json.Each("mentions", Named(story, Relation.Mentions), mention =>
            json.Object(() => Concept(json, mention.Kind, mention.Concept, sameAs))
        );
        json.Each("correction", story.Corrections, correction => json.Object(() =>
            {
                json.WriteString("@type", "CorrectionComment");
                json.WriteString("text", correction.Text);
                json.Instant("datePublished", correction.At);
            }));
        WriteTranslations(json, story);
    }

    // schema.org relates an original and its translations, not two translations.
    private static void WriteTranslations(Utf8JsonWriter json, FeedStory story)
    {
        if (story.Story is not { } versions)
            return;
        var related = versions.Live.Where(version => versions.IsOriginal || version.IsOriginal).Select(version => version.Id).ToHashSet();
        json.Each(
            versions.IsOriginal ? "workTranslation" : "translationOfWork",
            story.Translations!.Where(translation => related.Contains(translation.Id)),
            translation =>
                json.Object(() =>
                {
                    json.WriteString("@type", "NewsArticle");
                    json.WriteString("@id", FeedStory.UrnOf(translation.Id));
                    json.Text("url", translation.Url);
                    json.WriteString("headline", translation.Headline);
                    json.WriteString("inLanguage", translation.Language);
                })
        );
    }

    // As search engines ask of pages whose text is not for anyone; pages mark that part with the class.
    private static void WriteAccess(Utf8JsonWriter json, FeedStory story, Site site)
    {
        json.WriteBoolean("isAccessibleForFree", story.Access == AccessTier.Free && !site.IsPrivate);
        if (story.Sensitive)
            json.WriteBoolean("isFamilyFriendly", false);
        if (story.Access == AccessTier.Free)
            return;
        json.WriteStartObject("hasPart");
        json.WriteString("@type", "WebPageElement");
        json.WriteBoolean("isAccessibleForFree", false);
        json.WriteString("cssSelector", ".paywall");
        json.WriteEndObject();
    }

    private static void WriteRights(Utf8JsonWriter json, FeedStory story)
    {
        if (story.CopyrightHolder is { } holder)
            Thing(json, "copyrightHolder", ConceptKindNames.Organisations.SchemaType, holder);
        if (story.UsageTerms is { } terms)
        {
            json.WriteStartObject("usageInfo");
            json.WriteString("@type", "CreativeWork");
            json.WriteString("text", terms);
            json.WriteEndObject();
        }

        if (Vocabulary.DigitalSourceOf(story.AiUse) is { } source)
            json.WriteString("digitalSourceType", $"https://schema.org/{char.ToUpperInvariant(source[0])}{source[1..]}DigitalSource");
        if (story.ReviewedBy is { } reviewer)
            Thing(json, "editor", ConceptKindNames.People.SchemaType, reviewer);
    }

    private static void WriteSite(Utf8JsonWriter json, Site site)
    {
        json.Text("url", site.Url);
        if (site.LogoUrl is not { } logo)
            return;
        json.WriteStartObject("logo");
        json.WriteString("@type", "ImageObject");
        json.WriteString("url", logo);
        json.WriteEndObject();
    }

    // Only the names: a byline also contains other words.
    private static void WriteAuthors(Utf8JsonWriter json, FeedStory story, Site site, ILookup<Guid, string> sameAs)
    {
        if (story.Writers.Count == 0)
            Thing(json, "author", "Organization", story.Dateline?.Source ?? site.Name);
        else if (story.Authors.Count == 0)
        {
            json.Each("author", story.Writers, name => json.Object(() => Person(json, name)));
        }
        else
        {
            json.Each("author", story.Authors, author => json.Object(() =>
                {
                    Person(json, author.Name);
                    if (site.Url is { } url)
                        json.WriteString("url", Address.Ascii($"{url}/{ConceptKindNames.People.Plural}/{author.Slug}"));
                    json.Each("sameAs", sameAs[author.Id], json.WriteStringValue);
                }));
        }

        static void Person(Utf8JsonWriter json, string name)
        {
            json.WriteString("@type", ConceptKindNames.People.SchemaType);
            json.WriteString("name", name);
        }
    }

    private static void WriteImage(Utf8JsonWriter json, FeedStory story)
    {
        if (story.Picture is not { } picture)
            return;
        json.WriteStartArray("image");
        json.Object(() =>
        {
            json.WriteString("@type", "ImageObject");
            json.WriteString("url", picture.Url);
            json.Text("encodingFormat", picture.MediaType);
            json.Text("caption", story.LeadImage!.Caption ?? story.LeadImage.Alt);
            json.Text("creditText", story.LeadImage.Credit);
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

    private static void WriteSeries(Utf8JsonWriter json, FeedStory story, ILookup<Guid, string> sameAs)
    {
        if (story.Series is not { } series)
            return;
        Thing(json, "isPartOf", ConceptKindNames.Series.SchemaType, series.Name, () =>
        {
            json.WriteString("@id", FeedStory.UrnOf(series.Id));
            json.Text("url", series.Url);
            json.Each("sameAs", sameAs[series.Id], json.WriteStringValue);
        });
        if (series.Part is { } part)
            json.WriteNumber("position", part);
    }

    private static IEnumerable<(ConceptKindNames Kind, IMention Concept)> Named(FeedStory story, Relation relation) =>
        from mention in story.Mentions.Items
        where mention.Item.Relation == relation && !mention.Kind.HasParts
        select (mention.Kind, mention.Item);

    private static IEnumerable<string> TopicsOf(FeedStory story, Relation relation) =>
        story
            .Mentions.Items.Select(mention => mention.Item)
            .OfType<MentionedTopic>()
            .Where(topic => topic.Relation == relation)
            .Select(topic => topic.Name)
            .Distinct();

    private static void Concept(Utf8JsonWriter json, ConceptKindNames kind, IMention concept, ILookup<Guid, string> sameAs)
    {
        json.WriteString("@type", kind.SchemaType);
        json.WriteString("@id", FeedStory.UrnOf(concept.Id));
        json.WriteString("name", concept.Name);
        if (concept is MentionedPerson person)
            json.Text("jobTitle", person.Role);
        if (concept is PlaceLink place)
            Geo(json, place);
        if (concept is MentionedOrganisation organisation)
        {
            json.Text("alternateName", organisation.Acronym);
            json.Text("disambiguatingDescription", organisation.Role);
        }

        if (concept is MentionedEvent happening)
        {
            if (happening.StartsAt is { } start)
                json.Instant("startDate", start);
            if (happening.EndsAt is { } end)
                json.Instant("endDate", end);
            if (happening.Status is { } status)
                json.WriteString("eventStatus", $"https://schema.org/{status}");
        }

        var mediaTopic = Vocabulary.MediaTopicUri((concept as MentionedTopic)?.Code);
        json.Each("sameAs", (mediaTopic is null ? [] : new[] { mediaTopic }).Concat(sameAs[concept.Id]).Distinct(), json.WriteStringValue);
    }

    private static void Geo(Utf8JsonWriter json, PlaceLink place)
    {
        if (place is not { Latitude: { } latitude, Longitude: { } longitude })
            return;
        json.WriteStartObject("geo");
        json.WriteString("@type", "GeoCoordinates");
        json.WriteNumber("latitude", XmlText.Degrees(latitude));
        json.WriteNumber("longitude", XmlText.Degrees(longitude));
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
