using System.Net.Http.Json;
using System.Text.Json;
using HeadlessCms.Benchmarks.Generated;
using HeadlessCms.Benchmarks.Servers;

namespace HeadlessCms.Benchmarks.Scenarios;

/// <summary>A page whose response time must not grow with the newsroom.</summary>
internal sealed record ScalePage(string Name, IReadOnlyList<string> Paths, double Within)
{
    /// <summary>Whether each page has a list, which must not be empty: nothing is found fast.</summary>
    public bool HasItems => Name != "item";
}

/// <summary>The pages: the first, tenth (if there is one) and last page of lists, found by following cursors, as a reader does.</summary>
internal static class Pages
{
    private const double Flat = 1.5,
        FlatSearch = 3;
    private const int Different = 500;

    /// <summary>The slug of the rarest topic that fills a page; a shorter page would not show the cost of a page.</summary>
    public static async Task<string> RareTopicAsync(AppServer smallest, Newsroom newsroom)
    {
        foreach (var topic in newsroom.Concepts.TopicsByFame.Reverse())
            if (await NextAsync(smallest.Client, $"/content/v1/articles?topic={topic.Slug}&limit=20") is not null)
                return topic.Slug;
        throw new InvalidOperationException("No topic fills a page.");
    }

    public static async Task<IReadOnlyList<ScalePage>> OfAsync(AppServer app, Newsroom newsroom, int articles, string rareTopic)
    {
        var (people, topics) = (newsroom.Concepts.People, newsroom.Concepts.TopicsByFame);
        (string Name, string Path)[] lists =
        [
            ("all articles", "/content/v1/articles?limit=20"),
            ("common topic", $"/content/v1/articles?topic={topics[0].Slug}&limit=20"),
            ("rare topic", $"/content/v1/articles?topic={rareTopic}&limit=20"),
            ("person × topic", $"/content/v1/articles?person={people[0].Slug}&topic={topics[0].Slug}&limit=20"),
        ];
        var pages = new List<ScalePage>();
        foreach (var (name, path) in lists)
        {
            var (tenth, last) = await WalkAsync(app.Client, path);
            pages.Add(new($"{name}, first page", [path], Flat));
            if (tenth is not null)
                pages.Add(new($"{name}, tenth page", [tenth], Flat));
            pages.Add(new($"{name}, last page", [last], Flat));
        }

        var random = new Random(Bench.Seed);
        var stories = Enumerable.Range(0, Different).Select(_ => newsroom.Story(random.Next(articles))).ToList();
        pages.Add(new("item", [.. stories.Select(story => $"/content/v1/articles/{story.Slug}")], Flat));
        pages.Add(new("related", [.. stories.Select(story => $"/content/v1/articles/{story.Slug}/related")], Flat));
        pages.Add(new("suggest", Catalogue.Suggestions(newsroom), Flat));
        pages.Add(new("search", Catalogue.Searches(stories), FlatSearch));
        return pages;
    }

    // Cursors work with any page size, so larger pages lead to the last page faster.
    private static async Task<(string? Tenth, string Last)> WalkAsync(HttpClient client, string path)
    {
        var (tenth, last) = ((string?)path, path);
        for (var page = 2; page <= 10 && tenth is not null; page++)
            tenth = await NextAsync(client, tenth) is { } cursor ? $"{path}&cursor={cursor}" : null;
        var stride = path.Replace("limit=20", "limit=100", StringComparison.Ordinal);
        for (var at = stride; await NextAsync(client, at) is { } cursor; at = $"{stride}&cursor={cursor}")
            last = $"{path}&cursor={cursor}";
        return (tenth, last);
    }

    /// <summary>Whether the list of a page has items.</summary>
    public static async Task<bool> HasItemsAsync(HttpClient client, string path) =>
        (await client.GetFromJsonAsync<JsonElement>(path)).GetProperty("items").GetArrayLength() > 0;

    private static async Task<string?> NextAsync(HttpClient client, string path)
    {
        var page = await client.GetFromJsonAsync<JsonElement>(path);
        return page.GetProperty("nextCursor").GetString();
    }
}
