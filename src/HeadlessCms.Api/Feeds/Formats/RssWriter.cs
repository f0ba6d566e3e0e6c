using System.IO.Pipelines;
using HeadlessCms.Api.Feeds.Pages;
using HeadlessCms.Core.Feeds;

namespace HeadlessCms.Api.Feeds.Formats;

/// <summary>RSS 2.0 according to the RSS Advisory Board's profile. It has no way to list what was taken down.</summary>
[Writes(FeedFormatName.Rss)]
internal sealed class RssWriter(PipeWriter output) : IFeedWriter
{
    private readonly FeedXml _xml = new(output, "rss", "", ["atom", "content", "dc", .. StoryXml.Prefixes]);

    public void Begin(FeedHead head)
    {
        _xml.Attribute("version", "2.0");
        _xml.Start("channel");
        _xml.Plain("title", head.Title);
        var link = head.PageUrl ?? FeedStory.UrnOf(head.Id);
        _xml.Element("link", link);
        _xml.Plain("description", head.Description);
        _xml.Element("language", head.Site.Language);
        _xml.Element("lastBuildDate", head.UpdatedAt is { } updated ? XmlText.Rfc822(updated) : null);
        if (head.SelfUrl is not null)
            _xml.Empty("atom:link", ("rel", "self"), ("type", FeedFormat.Rss.MediaType), ("href", head.SelfUrl));
        if (head.HubUrl is not null)
            _xml.Empty("atom:link", ("rel", "hub"), ("href", head.HubUrl));
        foreach (var (relation, url) in head.Links)
            _xml.Empty("atom:link", ("rel", relation), ("type", FeedFormat.Rss.MediaType), ("href", url));
        if (head.IsArchive)
            _xml.Empty("fh:archive");
        if (head.ImageUrl is not { } image)
            return;
        _xml.Start("image");
        _xml.Element("url", image);
        _xml.Plain("title", head.Title);
        _xml.Element("link", link);
        _xml.End();
    }

    public void Write(FeedStory story)
    {
        _xml.Start("item");
        _xml.Plain("title", story.Headline);
        _xml.Element("link", story.Url);
        foreach (var (language, url) in story.Alternates)
            _xml.Empty("atom:link", ("rel", "alternate"), ("type", "text/html"), ("hreflang", language), ("href", url));
        _xml.Element("guid", story.Urn, ("isPermaLink", "false"));
        _xml.Element("pubDate", XmlText.Rfc822(story.PublishedAt));
        _xml.Element("atom:updated", XmlText.Rfc3339(story.UpdatedAt));
        foreach (var writer in story.Writers)
            _xml.Plain("dc:creator", writer);
        _xml.Element("dc:language", story.Language);
        if (story.Rights is { } rights)
            _xml.Plain("dc:rights", rights);
        foreach (var category in Vocabulary.CategoriesOf(story))
            _xml.Plain("category", category.Label, ("domain", category.Scheme));
        // An RSS description is HTML; a summary is plain text.
        _xml.Element("description", XmlText.Html(story.Summary));
        _xml.Element("content:encoded", story.Text);
        if (story.Picture is { } picture)
            _xml.Empty("enclosure", ("url", picture.Url), ("length", "0"), ("type", picture.EnclosureType)); // 0 is unknown
        StoryXml.Write(_xml, story);
        _xml.End();
    }

    public void End() => _xml.EndDocument();

    public Task FlushAsync(CancellationToken cancellation) => _xml.FlushAsync();

    public ValueTask DisposeAsync() => _xml.DisposeAsync();
}
