using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using HeadlessCms.Tests.Harness;

namespace HeadlessCms.Tests.Feeds;

/// <summary>A feed document as a partner reads it: its articles and its links to other documents.</summary>
public sealed partial record FeedDocument(string Path, Answer Answer)
{
    private static readonly XNamespace Atom = "http://www.w3.org/2005/Atom";
    private static readonly XNamespace History = "http://purl.org/syndication/history/1.0";

    private string Format => Path.Split('?')[0].Split('.')[^1];

    public XElement Xml => XDocument.Parse(Answer.Text).Root!;

    /// <summary>The ids of its articles in order, without tombstones.</summary>
    public IReadOnlyList<string> Stories =>
        Format switch
        {
            "rss" => [.. Xml.Descendants("guid").Select(guid => guid.Value)],
            "atom" => [.. Xml.Elements(Atom + "entry").Select(entry => entry.Element(Atom + "id")!.Value)],
            "json" => [.. Answer.Json["items"]!.AsArray().Select(item => item!["id"]!.GetValue<string>())],
            _ =>
            [
                .. Answer.Json["associations"]!
                    .AsArray()
                    .Where(item => item!["pubStatus"]?.GetValue<string>() != "canceled")
                    .Select(item => item!["uri"]!.GetValue<string>()),
            ],
        };

    /// <summary>The links in the document, by relation; JSON Feed has one.</summary>
    public IReadOnlyDictionary<string, string> Links =>
        Format switch
        {
            "json" => Answer.Json["next_url"] is JsonValue next
                ? new Dictionary<string, string> { ["next"] = next.GetValue<string>() }
                : [],
            _ => (Xml.Element("channel") ?? Xml)
                .Elements(Atom + "link")
                .ToDictionary(link => link.Attribute("rel")!.Value, link => link.Attribute("href")!.Value),
        };

    public bool IsArchive => (Xml.Element("channel") ?? Xml).Element(History + "archive") is not null;

    /// <summary>The absolute path of the document with this relation, from the headers.</summary>
    public string? To(string relation) =>
        Answer.Headers.TryGetValues("Link", out var links)
            ? links
                .SelectMany(link => LinkValue().Matches(link))
                .SingleOrDefault(link => link.Groups["relation"].Value == relation)
                ?.Groups["path"]
                .Value
            : null;

    public static async Task<FeedDocument> ReadAsync(HttpClient client, string path)
    {
        var answer = await client.ReadAsync(path);
        Assert.True(answer.Status == HttpStatusCode.OK, $"{path}: {answer.Text}");
        return new FeedDocument(path, answer);
    }

    /// <summary>All documents reached by following a relation to its end.</summary>
    public static async Task<List<FeedDocument>> WalkAsync(HttpClient client, string path, string relation, Func<Task>? between = null)
    {
        List<FeedDocument> walked = [];
        for (var next = path; next is not null; next = walked[^1].To(relation))
        {
            if (between is not null && walked.Count > 0)
                await between();
            walked.Add(await ReadAsync(client, next));
        }

        return walked;
    }

    [GeneratedRegex("""<(?<path>[^>]+)>; rel="(?<relation>[^"]+)"(,|$)""")]
    private static partial Regex LinkValue();
}
