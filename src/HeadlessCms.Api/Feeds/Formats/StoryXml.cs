using HeadlessCms.Api.Feeds.Pages;

namespace HeadlessCms.Api.Feeds.Formats;

/// <summary>What RSS and Atom borrow from the same extensions.</summary>
internal static class StoryXml
{
    public static readonly string[] Prefixes = ["fh", "georss", "media"];

    /// <summary>Where on the map a story is (GeoRSS), and its picture with what must be said of it (Media RSS).</summary>
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
