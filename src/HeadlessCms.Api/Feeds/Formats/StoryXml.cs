using HeadlessCms.Api.Feeds.Pages;
using HeadlessCms.Api.Http.Input;

namespace HeadlessCms.Api.Feeds.Formats;

/// <summary>The elements that RSS and Atom share.</summary>
internal static class StoryXml
{
    public static readonly string[] Prefixes = ["dcterms", "fh", "georss", "media"];

    /// <summary>
    /// Writes the corrections (Dublin Core), a rating, the location (GeoRSS), and the lead image with its caption and credit (Media RSS).
    /// </summary>
    public static void Write(FeedXml xml, FeedStory story)
    {
        // Neither format has an element for a correction; this one is for "any changes … significant for its … integrity".
        foreach (var correction in story.Corrections)
            xml.Element("dcterms:provenance", $"{EnumNames.Of(correction.Kind)} {XmlText.Rfc3339(correction.At)}: {correction.Text}");
        if (story.Sensitive)
            xml.Element("media:rating", "adult", ("scheme", "urn:simple"));
        if (story.Spot is { Latitude: { } latitude, Longitude: { } longitude })
            xml.Element("georss:point", XmlText.Point(latitude, longitude));
        if (story.Picture is not { } picture)
            return;
        xml.Start("media:content", ("url", picture.Url), ("medium", "image"), ("type", picture.MediaType));
        xml.Element("media:description", story.LeadImage!.Caption ?? story.LeadImage.Alt, ("type", "plain"));
        xml.Element("media:credit", story.LeadImage.Credit);
        xml.End();
    }
}
