using System.IO.Compression;
using System.Text.Json;
using System.Text.RegularExpressions;
using HeadlessCms.Suggestions;

namespace HeadlessCms.Benchmarks.Tagging;

/// <summary>A story of a tagged newswire, one a line: <c>title, dateline, body, publishedAt, topics, places, people, orgs</c>.</summary>
internal sealed partial record WireStory(
    string SourceId,
    string Title,
    string? Dateline,
    string? Body,
    DateTimeOffset PublishedAt,
    IReadOnlyList<string> Topics,
    IReadOnlyList<string> Places,
    IReadOnlyList<string> People,
    IReadOnlyList<string> Orgs
)
{
    /// <summary>The stories of a file of lines, also gzipped, in the order of their publication.</summary>
    public static List<WireStory> Read(string path)
    {
        using var file = File.OpenRead(path);
        using var lines = new StreamReader(
            path.EndsWith(".gz", StringComparison.Ordinal) ? new GZipStream(file, CompressionMode.Decompress) : file
        );
        var stories = new List<WireStory>();
        while (lines.ReadLine() is { } line)
            if (line.Length > 0)
                stories.Add(JsonSerializer.Deserialize<WireStory>(line, JsonSerializerOptions.Web)!);
        return [.. stories.OrderBy(story => story.PublishedAt)];
    }

    public StoryText Text() =>
        new(
            Title,
            null,
            null,
            [
                .. (Body ?? "")
                    .Split("\n\n", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
                    .Where(text => text != "REUTER"),
            ],
            "en",
            DateOnly.FromDateTime(PublishedAt.UtcDateTime),
            Dateline is null ? null : DayOfDateline().Replace(Dateline, "").Trim()
        );

    // "NEW YORK, March 3 -"
    [GeneratedRegex(@",?\s*\p{L}+\.? \d{1,2}\s*-?\s*$")]
    private static partial Regex DayOfDateline();
}
