using HeadlessCms.Api.Feeds.Pages;

namespace HeadlessCms.Api.Feeds.Formats;

/// <summary>Writes a feed from its head to its end, one story at a time.</summary>
internal interface IFeedWriter : IAsyncDisposable
{
    void Begin(FeedHead head);

    void Write(FeedStory story);

    void End();

    /// <summary>Sends what was written, and waits where the caller reads slowly.</summary>
    Task FlushAsync(CancellationToken cancellation);
}
