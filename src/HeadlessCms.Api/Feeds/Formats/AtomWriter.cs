using System.IO.Pipelines;
using HeadlessCms.Api.Feeds.Pages;
using HeadlessCms.Core.Feeds;

namespace HeadlessCms.Api.Feeds.Formats;

/// <summary>Atom 1.0 (RFC 4287) with pages and archives (RFC 5005) and tombstones (RFC 6721).</summary>
[Writes(FeedFormatName.Atom)]
internal sealed class AtomWriter(PipeWriter output) : IFeedWriter
{
    // A feed must have an updated element, even if it is empty.
    private static readonly DateTimeOffset Never = new(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly FeedXml _xml = new(output, "feed", "http://www.w3.org/2005/Atom", StoryXml.Prefixes);

    public void Begin(FeedHead head)
    {
        if (head.Tombstones.Count > 0)
            _xml.Declare("at"); // validators warn of a namespace that they do not know
        _xml.Attribute("xml:lang", head.Site.Language);
        _xml.Element("id", FeedStory.UrnOf(head.Id));
        _xml.Element("title", head.Title);
        if (head.Description != head.Title)
            _xml.Element("subtitle", head.Description);
        _xml.Element("updated", XmlText.Rfc3339(head.UpdatedAt ?? Never));
        Author(head.Site.Name);
        Link("alternate", head.PageUrl, "text/html");
        Link("self", head.SelfUrl, FeedFormat.Atom.MediaType);
        if (head.HubUrl is { } hub)
            _xml.Empty("link", ("rel", "hub"), ("href", hub));
        if (!head.IsArchive)
            Link("first", head.FirstUrl, FeedFormat.Atom.MediaType);
        foreach (var (relation, url) in head.Links)
            Link(relation, url, FeedFormat.Atom.MediaType);
        _xml.Element("icon", head.ImageUrl);
        _xml.Element("logo", head.ImageUrl);
        if (head.IsArchive)
            _xml.Empty("fh:archive");
        foreach (var tombstone in head.Tombstones)
            Write(tombstone);
    }

    public void Write(FeedStory story)
    {
        _xml.Start("entry", ("xml:lang", story.Language));
        _xml.Element("id", story.Urn);
        _xml.Element("title", story.Headline);
        _xml.Element("updated", XmlText.Rfc3339(story.UpdatedAt));
        _xml.Element("published", XmlText.Rfc3339(story.PublishedAt));
        foreach (var writer in story.Writers)
            Author(writer);
        Link("alternate", story.Url, "text/html");
        foreach (var (language, url) in story.Alternates)
            _xml.Empty("link", ("rel", "alternate"), ("type", "text/html"), ("hreflang", language), ("href", url));
        if (story.Picture is { } picture)
            Link("enclosure", picture.Url, picture.EnclosureType);
        foreach (var category in Vocabulary.CategoriesOf(story))
            _xml.Empty("category", ("term", category.Term), ("scheme", category.Scheme), ("label", category.Label));
        _xml.Element("rights", story.Rights);
        _xml.Element("summary", story.Summary);
        if (story.Text is { } body)
            _xml.Element("content", body, ("type", "html"));
        else if (story.Url is null || story.Summary == story.Headline)
            _xml.Element("content", story.Summary); // required without a link
        StoryXml.Write(_xml, story);
        _xml.End();
    }

    public void End() => _xml.EndDocument();

    public Task FlushAsync(CancellationToken cancellation) => _xml.FlushAsync();

    public ValueTask DisposeAsync() => _xml.DisposeAsync();

    private void Write(FeedTombstone tombstone)
    {
        _xml.Start("at:deleted-entry", ("ref", FeedStory.UrnOf(tombstone.ArticleId)), ("when", XmlText.Rfc3339(tombstone.GoneAt)));
        _xml.Element("at:comment", tombstone.Reason);
        _xml.End();
    }

    private void Author(string name)
    {
        _xml.Start("author");
        _xml.Element("name", name);
        _xml.End();
    }

    private void Link(string relation, string? url, string mediaType)
    {
        if (url is not null)
            _xml.Empty("link", ("rel", relation), ("type", mediaType), ("href", url));
    }
}
