using System.IO.Pipelines;
using System.Text.Json;
using HeadlessCms.Api.Feeds.Pages;
using HeadlessCms.Core.Feeds;

namespace HeadlessCms.Api.Feeds.Formats;

/// <summary>ninjs 3.1, which sends several articles as the associations of one <c>composite</c> item.</summary>
[Writes(FeedFormatName.Ninjs)]
internal sealed class NinjsWriter(PipeWriter output) : IFeedWriter
{
    private readonly Utf8JsonWriter _json = new(output, JsonText.Standalone);

    public void Begin(FeedHead head)
    {
        _json.WriteStartObject();
        _json.WriteString("uri", FeedStory.UrnOf(head.Id));
        _json.WriteString("type", "composite");
        _json.WriteString("pubStatus", "usable");
        if (head.UpdatedAt is { } updated)
            _json.Instant("versionCreated", updated);
        _json.WriteString("language", head.Site.Language);
        _json.WriteString("title", head.Title);
        NinjsItem.WriteStandard(_json);
        _json.WriteStartArray("associations");
        foreach (var tombstone in head.Tombstones)
            _json.Object(() => Write(tombstone));
    }

    public void Write(FeedStory story) =>
        _json.Object(() =>
        {
            _json.WriteString("name", story.Headline);
            NinjsItem.Write(_json, story);
        });

    public void End()
    {
        _json.WriteEndArray();
        _json.WriteEndObject();
    }

    public async Task FlushAsync(CancellationToken cancellation)
    {
        await _json.FlushAsync(cancellation);
        await output.FlushAsync(cancellation);
    }

    public ValueTask DisposeAsync() => _json.DisposeAsync();

    private void Write(FeedTombstone tombstone)
    {
        var urn = FeedStory.UrnOf(tombstone.ArticleId);
        _json.WriteString("name", urn);
        _json.WriteString("uri", urn);
        _json.WriteString("type", "text");
        _json.WriteString("pubStatus", "canceled");
        _json.Instant("versionCreated", tombstone.GoneAt);
        _json.Text("edNote", tombstone.Reason);
    }
}
