using System.Globalization;
using System.Text.Json.Nodes;
using HeadlessCms.Tests.Harness;

namespace HeadlessCms.Tests.Feeds;

/// <summary>Feeds as JavaScript libraries read them: <c>feedparser</c>, <c>feedsmith</c> and <c>feed-extractor</c>.</summary>
internal static class FeedReaders
{
    /// <summary>What <paramref name="reader"/> makes of each feed. Skips the test where the libraries are missing.</summary>
    public static async Task<IReadOnlyList<ReadFeed>> ReadAsync(string reader, IEnumerable<string> texts)
    {
        var lines = await new NodeScript("validate", "read.js", "feedsmith").AskAsync(texts.Select(text => new { reader, text }));
        return
        [
            .. lines.Select(line =>
            {
                var feed = JsonNode.Parse(line)!;
                Assert.True(feed["error"] is null, line);
                return new ReadFeed((string?)feed["title"], (string?)feed["image"], [.. feed["items"]!.AsArray().Select(ReadItem.Of)]);
            }),
        ];
    }

    /// <summary>
    /// The letters and digits of a text. Readers trim and join white space, and decode character references in plain text; XML has no
    /// control characters.
    /// </summary>
    public static string Letters(string text) => string.Concat(text.Where(char.IsLetterOrDigit));
}

/// <summary>A feed as a library reads it.</summary>
internal sealed record ReadFeed(string? Title, string? Image, IReadOnlyList<ReadItem> Items);

/// <summary>An item of a feed as a library reads it.</summary>
internal sealed record ReadItem(
    string Id,
    string Title,
    string? Link,
    DateTimeOffset? Published,
    DateTimeOffset? Updated,
    string Summary,
    IReadOnlyList<string> Authors,
    IReadOnlyList<string> Categories,
    Uri? Picture,
    string? Body
)
{
    public bool HasUpdated => Updated is not null;

    public static ReadItem Of(JsonNode? item) =>
        new(
            (string)item!["id"]!,
            (string)item["title"]!,
            (string?)item["link"],
            Instant(item["published"]),
            Instant(item["updated"]),
            (string?)item["summary"] ?? "",
            Texts(item["authors"]),
            Texts(item["categories"]),
            (string?)item["picture"] is { } picture ? new Uri(picture) : null,
            (string?)item["body"]
        );

    private static List<string> Texts(JsonNode? list) => [.. list!.AsArray().Select(text => (string)text!)];

    private static DateTimeOffset? Instant(JsonNode? text) =>
        text is null
            ? null
            : DateTimeOffset.FromUnixTimeSeconds(
                DateTimeOffset.Parse((string)text!, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal).ToUnixTimeSeconds()
            );
}
