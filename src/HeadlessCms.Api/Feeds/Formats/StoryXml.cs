using HeadlessCms.Api.Feeds.Pages;

namespace HeadlessCms.Api.Feeds.Formats;

/// <summary>The elements that RSS and Atom share.</summary>
internal static class StoryXml
{
    public static readonly string[] Prefixes = ["fh", "georss", "media"];

    /// <summary>Writes the location (GeoRSS), and the lead image with its caption and credit (Media RSS).</summary>
    public static void Write(FeedXml xml, FeedStory story)
    {
        if (story.Spot is { Latitude: { } latitude, Longitude: { } longitude })
            xml.Element("georss:point", XmlText.Point(latitude, longitude));
        if (story.LeadImage is not { } image)
            return;
        xml.Start("media:content", ("url", image.Url), ("medium", "image"));
        xml.Element("media:description", image.Caption ?? image.Alt, ("type", "plain"));
        xml.Element("media:credit", image.Credit);
        xml.End();
    }
}
