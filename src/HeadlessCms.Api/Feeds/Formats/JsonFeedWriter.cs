using System.IO.Pipelines;
using System.Text.Json;
using HeadlessCms.Api.Feeds.Pages;
using HeadlessCms.Api.Http.Input;
using HeadlessCms.Core.Feeds;

namespace HeadlessCms.Api.Feeds.Formats;

/// <summary>JSON Feed 1.1, with corrections and tombstones in a custom object.</summary>
[Writes(FeedFormatName.Json)]
internal sealed class JsonFeedWriter(PipeWriter output) : IFeedWriter
{
    private readonly Utf8JsonWriter _json = new(output, JsonText.Standalone);

    public void Begin(FeedHead head)
    {
        _json.WriteStartObject();
        _json.WriteString("version", "https://jsonfeed.org/version/1.1");
        _json.WriteString("title", head.Title);
        _json.Text("home_page_url", head.PageUrl);
        _json.Text("feed_url", head.SelfUrl);
        _json.Text("next_url", head.Links.FirstOrDefault(link => link.Relation == (head.IsArchive ? "prev-archive" : "next")).Url);
        if (head.Description != head.Title)
            _json.WriteString("description", head.Description);
        _json.Text("icon", head.ImageUrl);
        _json.Text("favicon", head.Site.LogoUrl);
        _json.WriteString("language", head.Site.Language);
        _json.Each("hubs", head.HubUrl is { } hub ? [hub] : Array.Empty<string>(), url => _json.Object(() =>
            {
                _json.WriteString("type", "WebSub");
                _json.WriteString("url", url);
            }));
        Extend(() => _json.Each("deleted", head.Tombstones, tombstone => _json.Object(() =>
                    {
                        _json.WriteString("id", FeedStory.UrnOf(tombstone.ArticleId));
                        _json.Instant("deleted_at", tombstone.GoneAt);
                        _json.Text("reason", tombstone.Reason);
                    })), head.Tombstones.Count > 0);
        _json.WriteStartArray("items");
    }

    public void Write(FeedStory story)
    {
        _json.WriteStartObject();
        _json.WriteString("id", story.Urn);
        _json.Text("url", story.Url);
        _json.WriteString("title", story.Headline);
        _json.WriteString("summary", story.Summary);
        if (story.Text is { } body)
            _json.WriteString("content_html", body);
        else
            _json.WriteString("content_text", story.Summary);
        _json.Text("image", story.Picture?.Url);
        _json.Instant("date_published", story.PublishedAt);
        _json.Instant("date_modified", story.UpdatedAt);
        _json.Each("authors", story.Writers, writer => _json.Object(() => _json.WriteString("name", writer)));
        _json.Each("tags", Vocabulary.NamedBy(story).Select(category => category.Label), _json.WriteStringValue);
        _json.WriteString("language", story.Language);
        _json.Each("attachments", story.Picture is { } picture ? [picture] : Array.Empty<PictureFile>(), file => _json.Object(() =>
            {
                _json.WriteString("url", file.Url);
                _json.WriteString("mime_type", file.EnclosureType);
            }));
        Extend(() => _json.Each("corrections", story.Corrections, correction => _json.Object(() =>
                    {
                        _json.WriteString("kind", EnumNames.Of(correction.Kind));
                        _json.WriteString("text", correction.Text);
                        _json.Instant("at", correction.At);
                    })), story.Corrections.Count > 0);
        _json.WriteEndObject();
    }

    public void End()
    {
        _json.WriteEndArray();
        _json.WriteEndObject();
    }

    // JSON Feed has neither corrections nor tombstones; custom objects begin with an underscore.
    private void Extend(Action members, bool isUsed)
    {
        if (!isUsed)
            return;
        _json.WriteStartObject("_headless_cms");
        members();
        _json.WriteEndObject();
    }

    public async Task FlushAsync(CancellationToken cancellation)
    {
        await _json.FlushAsync(cancellation);
        await output.FlushAsync(cancellation);
    }

    public ValueTask DisposeAsync() => _json.DisposeAsync();
}
