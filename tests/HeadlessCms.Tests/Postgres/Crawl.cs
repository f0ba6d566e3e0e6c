using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using HeadlessCms.Tests.Harness;
using HeadlessCms.Tests.OpenApi;

namespace HeadlessCms.Tests.Postgres;

/// <summary>Reads all of Content and Feeds: every GET of their documents, with every slug, page, sort order and many words.</summary>
internal static partial class Crawl
{
    private const string Content = "/content/v1";

    /// <summary>The responses by URL: status, media type, location and body, without what is new in every response.</summary>
    public static async Task<SortedDictionary<string, string>> ReadAllAsync(Newsroom newsroom, params IEnumerable<string> more)
    {
        var reads = newsroom
            .Documents.Where(document => document.Name is "content" or "feeds")
            .SelectMany(document => document.Operations.Select(read => (document, read)))
            .Where(one => one.read.Method == "GET" && !IsChangeStream(one.read))
            .ToList();
        var names = await NamesAsync(newsroom, [.. reads.Select(one => one.read)]);
        var urls = new Queue<string>(reads.SelectMany(one => UrlsOf(one.document, one.read, names)).Concat(more));
        var answers = new SortedDictionary<string, string>(StringComparer.Ordinal);
        while (urls.TryDequeue(out var url))
        {
            if (answers.ContainsKey(url))
                continue;
            var answer = await newsroom.Anyone.ReadAsync(url);
            Assert.True((int)answer.Status < 500, $"{url}: {answer.Text}");
            answers[url] = Normalised(answer);
            if (NextOf(answer) is { } cursor)
                urls.Enqueue(WithCursor(url, cursor));
        }

        return answers;
    }

    /// <summary>Fails with the first differences by URL, each from where it begins.</summary>
    public static void AssertSame(IReadOnlyDictionary<string, string> expected, IReadOnlyDictionary<string, string> actual)
    {
        var differences = expected
            .Keys.Union(actual.Keys)
            .Select(url =>
                (url, Expected: expected.GetValueOrDefault(url, "(not read)"), Actual: actual.GetValueOrDefault(url, "(not read)"))
            )
            .Where(pair => pair.Expected != pair.Actual)
            .ToList();
        Assert.True(
            differences.Count == 0,
            $"{differences.Count} of {expected.Count} answers differ:\n" + string.Join('\n', differences.Take(20).Select(Difference))
        );
    }

    private static string Difference((string Url, string Expected, string Actual) pair)
    {
        var same = pair.Expected.Zip(pair.Actual).TakeWhile(both => both.First == both.Second).Count();
        return $"{pair.Url}\n  expected: …{Excerpt(pair.Expected)}\n  actual:   …{Excerpt(pair.Actual)}";

        string Excerpt(string text) => text[Math.Max(0, same - 60)..Math.Min(text.Length, same + 100)].ReplaceLineEndings(" ");
    }

    private static bool IsChangeStream(ApiOperation read) =>
        read.Response(200) is { } response && ApiOperation.Media(response, "text/event-stream") is not null;

    /// <summary>By the segment before a path's parameter ("people"): the names that may stand for it; under "q", words to search.</summary>
    private static async Task<Dictionary<string, List<string>>> NamesAsync(Newsroom newsroom, IEnumerable<ApiOperation> reads)
    {
        var names = new Dictionary<string, List<string>> { ["q"] = ["zzyzx", "二〇二六"] };
        foreach (
            var owner in reads.Select(read => Owner().Match(read.PathTemplate).Groups[1].Value).Where(owner => owner.Length > 0).Distinct()
        )
        {
            if (owner == "sitemaps")
            {
                var index = await newsroom.Anyone.ReadAsync("/sitemap.xml");
                names[owner] = [.. SitemapName().Matches(index.Text).Select(match => match.Groups[1].Value)];
                continue;
            }

            var list = $"{Content}/{(owner == "authors" ? "people" : owner)}?limit=100"; // authors are people
            names[owner] = await newsroom.Anyone.SlugsAsync(list);
            Assert.NotEmpty(names[owner]);
            var items = (await newsroom.Anyone.ReadAsync(list)).Expect(HttpStatusCode.OK)["items"]!.AsArray();
            names["q"].AddRange(items.SelectMany(item => Words(item!["headline"] ?? item["name"])));
        }

        names["q"] = [.. names["q"].Distinct()];
        return names;
    }

    private static IEnumerable<string> Words(JsonNode? text) =>
        Word().Matches(text!.GetValue<string>()).Select(match => match.Value).Take(3);

    private static IEnumerable<string> UrlsOf(OpenApiDocument document, ApiOperation read, Dictionary<string, List<string>> names)
    {
        var owner = Owner().Match(read.PathTemplate).Groups[1].Value;
        IEnumerable<string> paths =
            owner.Length == 0
                ? [read.PathTemplate]
                : names[owner].Select(name => Parameter().Replace(read.PathTemplate, Uri.EscapeDataString(name)));
        foreach (var path in paths)
        {
            if (read.Parameters.Any(parameter => parameter is { Name: "q", Required: true }))
            {
                foreach (var word in names["q"])
                    yield return $"{path}?q={Uri.EscapeDataString(word)}";
                continue;
            }

            yield return path;
            if (read.Parameters.Any(parameter => parameter is { Name: "limit", In: "query" }))
                yield return $"{path}?limit=3";
            foreach (var sort in Values(document, read, "sort").Concat(Values(document, read, "order")))
                yield return $"{path}?{sort}";
        }
    }

    private static IEnumerable<string> Values(OpenApiDocument document, ApiOperation read, string name) =>
        from parameter in read.Parameters
        where parameter.Name == name && parameter.In == "query"
        let schema = document.Follow(parameter.Node.GetProperty("schema"))
        where schema.TryGetProperty("enum", out _)
        from value in schema.GetProperty("enum").EnumerateArray()
        where value.ValueKind == JsonValueKind.String
        select $"{name}={value.GetString()}";

    private static string? NextOf(Answer answer) =>
        answer.ContentHeaders.ContentType?.MediaType == "application/json" && JsonNode.Parse(answer.Text) is JsonObject page
            ? page["nextCursor"]?.GetValue<string>()
            : null;

    private static string WithCursor(string url, string cursor)
    {
        var name = url.StartsWith($"{Content}/changes", StringComparison.Ordinal) ? "since" : "cursor";
        var first = Cursor().Replace(url, "");
        return $"{first}{(first.Contains('?', StringComparison.Ordinal) ? '&' : '?')}{name}={cursor}";
    }

    private static string Normalised(Answer answer) =>
        $"{(int)answer.Status} {answer.ContentHeaders.ContentType} {answer.Headers.Location}\n{Generated().Replace(answer.Text, "")}";

    [GeneratedRegex(@"/([^/{]+)/\{")]
    private static partial Regex Owner();

    [GeneratedRegex(@"\{[^}]*\}")]
    private static partial Regex Parameter();

    [GeneratedRegex(@"/sitemaps/([^/<]+)\.xml<")]
    private static partial Regex SitemapName();

    [GeneratedRegex(@"\w{4,}")]
    private static partial Regex Word();

    [GeneratedRegex("[?&](cursor|since)=[^&]*")]
    private static partial Regex Cursor();

    [GeneratedRegex("<lastBuildDate>[^<]*</lastBuildDate>|\"traceId\":\"[^\"]*\"")]
    private static partial Regex Generated();
}
