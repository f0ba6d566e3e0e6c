using HeadlessCms.Api.Feeds.Pages;

namespace HeadlessCms.Api.Feeds.Formats;

/// <summary>Writes a feed: its head, its articles one at a time, its end.</summary>
internal interface IFeedWriter : IAsyncDisposable
{
    void Begin(FeedHead head);

    void Write(FeedStory story);

    void End();

    /// <summary>Sends the buffered data, and waits while the client reads slowly.</summary>
    Task FlushAsync(CancellationToken cancellation);
}
