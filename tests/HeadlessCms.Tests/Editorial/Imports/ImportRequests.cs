using System.Net;
using System.Text.Json.Nodes;
using HeadlessCms.Tests.Harness;

namespace HeadlessCms.Tests.Editorial.Imports;

/// <summary>Shorthands for imports over HTTP.</summary>
internal static class ImportRequests
{
    public static async Task<JsonNode> ImportAsync(this HttpClient client, string format, string file, string options = "&publish=true") =>
        (await client.SendFileAsync(format, file, options)).Expect(HttpStatusCode.OK);

    public static Task<Answer> SendFileAsync(this HttpClient client, string format, string file, string options = "") =>
        client.SendAsync(HttpMethod.Post, $"/editorial/v1/imports?format={format}{options}", file, mediaType: "application/octet-stream");

    public static int Count(this JsonNode report, string member) => report[member]!.GetValue<int>();

    /// <summary>The notes of the item of an id in the source.</summary>
    public static string Notes(this JsonNode report, string sourceId) =>
        string.Join(
            '\n',
            report["items"]!
                .AsArray()
                .Where(item => item!["sourceId"]!.GetValue<string>() == sourceId)
                .SelectMany(item => item!["notes"]?.AsArray() ?? [])
                .Select(note => note!.GetValue<string>())
        );

    /// <summary>The live article that was at a URL.</summary>
    public static async Task<JsonNode> WasAtAsync(this HttpClient client, string url) =>
        Assert.Single(
            (await client.ReadAsync($"/content/v1/articles?formerUrl={Uri.EscapeDataString(url)}")).Expect(HttpStatusCode.OK)[
                "items"
            ]!.AsArray()
        )!;

    public static IReadOnlyList<string> Names(this JsonNode article, string member) =>
        [.. article[member]!.AsArray().Select(item => item!["name"]!.GetValue<string>())];
}
