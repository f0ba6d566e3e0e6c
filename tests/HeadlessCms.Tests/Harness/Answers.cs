using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace HeadlessCms.Tests.Harness;

/// <summary>A response with its body.</summary>
public sealed record Answer(HttpStatusCode Status, HttpResponseHeaders Headers, HttpContentHeaders ContentHeaders, string Text)
{
    public string Tag => Headers.ETag!.ToString();

    public JsonNode Json => JsonNode.Parse(Text)!;

    /// <summary>Asserts the status and returns the JSON.</summary>
    public JsonNode Expect(HttpStatusCode status)
    {
        Assert.True(Status == status, $"Expected {(int)status}, got {(int)Status}: {Text}");
        return Text.Length > 0 ? Json : new JsonObject();
    }

    /// <summary>Asserts the status and returns the problem's code, the last part of its type.</summary>
    public string Problem(HttpStatusCode status) => Expect(status)["type"]!.GetValue<string>().Split(':')[^1];

    /// <summary>Asserts the status and returns the problem's errors, each as "pointer: code".</summary>
    public IReadOnlyList<string> Errors(HttpStatusCode status) =>
        [
            .. Expect(status)["errors"]!
                .AsArray()
                .Select(error => $"{error!["pointer"] ?? error["parameter"] ?? error["header"]}: {error["code"]}"),
        ];
}

/// <summary>Shorthands for requests to the app.</summary>
public static class Requests
{
    public static async Task<Answer> SendAsync(
        this HttpClient client,
        HttpMethod method,
        string path,
        object? body = null,
        string? ifMatch = null,
        string? mediaType = null,
        string? idempotencyKey = null
    )
    {
        using var request = new HttpRequestMessage(method, path);
        if (body is not null)
        {
            var text = body as string ?? (body as JsonNode)?.ToJsonString() ?? JsonSerializer.Serialize(body);
            request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(text));
            request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(
                mediaType ?? (method == HttpMethod.Patch ? "application/merge-patch+json" : "application/json")
            );
            // What is refused for its length is answered before it is sent, or the connection breaks under the one who writes.
            request.Headers.ExpectContinue = text.Length > 500_000;
        }

        if (ifMatch is not null)
            request.Headers.TryAddWithoutValidation("If-Match", ifMatch);
        if (idempotencyKey is not null)
            request.Headers.TryAddWithoutValidation("Idempotency-Key", idempotencyKey);
        return await client.AnswerAsync(request);
    }

    public static async Task<Answer> AnswerAsync(this HttpClient client, HttpRequestMessage request)
    {
        using var response = await client.SendAsync(request, TestContext.Current.CancellationToken);
        return new Answer(
            response.StatusCode,
            response.Headers,
            response.Content.Headers,
            await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)
        );
    }

    public static Task<Answer> ReadAsync(this HttpClient client, string path) => client.SendAsync(HttpMethod.Get, path);

    public static Task<Answer> PostAsync(this HttpClient client, string path, object? body = null) =>
        client.SendAsync(HttpMethod.Post, path, body);

    /// <summary>Sends lines of NDJSON and returns the result of each.</summary>
    public static async Task<IReadOnlyList<JsonNode>> BulkAsync(this HttpClient client, string path, params IEnumerable<object> lines)
    {
        var body = string.Concat(lines.Select(line => (line as string ?? JsonSerializer.Serialize(line)) + "\n"));
        var answer = await client.SendAsync(HttpMethod.Post, path, body, mediaType: "application/x-ndjson");
        Assert.True(answer.Status == HttpStatusCode.OK, answer.Text);
        return [.. answer.Text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonNode.Parse(line)!)];
    }

    public static Task<Answer> PutAsync(this HttpClient client, string path, object body, string ifMatch) =>
        client.SendAsync(HttpMethod.Put, path, body, ifMatch);

    public static Task<Answer> PatchAsync(this HttpClient client, string path, object body, string ifMatch) =>
        client.SendAsync(HttpMethod.Patch, path, body, ifMatch);

    public static Task<Answer> DeleteAsync(this HttpClient client, string path, string? ifMatch) =>
        client.SendAsync(HttpMethod.Delete, path, ifMatch: ifMatch);

    /// <summary>Creates an article, optionally live, and returns its slug.</summary>
    public static async Task<string> ArticleAsync(this HttpClient editor, object content, bool publish = false)
    {
        var slug = (await editor.PostAsync("/editorial/v1/articles", content)).Expect(HttpStatusCode.Created)["slug"]!.GetValue<string>();
        if (publish)
            await editor.PublishAsync(slug);
        return slug;
    }

    public static async Task<JsonNode> PublishAsync(this HttpClient editor, string article, object? publication = null) =>
        (await editor.PostAsync($"/editorial/v1/articles/{article}/publications", publication ?? new { })).Expect(HttpStatusCode.Created);

    /// <summary>Publishes a live article anew: with a note, because what is live and unchanged stays as it is.</summary>
    public static Task<JsonNode> UpdateAsync(this HttpClient editor, string article) =>
        editor.PublishAsync(article, new { correction = new { kind = "update", text = $"{Guid.CreateVersion7()}" } });

    /// <summary>The status of Content's response for an article.</summary>
    public static async Task<HttpStatusCode> LiveStatusAsync(this HttpClient client, string article, string query = "") =>
        (await client.ReadAsync($"/content/v1/articles/{article}{query}")).Status;

    /// <summary>Creates a concept and returns its slug.</summary>
    public static async Task<string> ConceptAsync(this HttpClient editor, string kinds, object content) =>
        (await editor.PostAsync($"/editorial/v1/{kinds}", content)).Expect(HttpStatusCode.Created)["slug"]!.GetValue<string>();

    /// <summary>The slugs of all pages of a list.</summary>
    public static async Task<List<string>> SlugsAsync(this HttpClient client, string list)
    {
        var slugs = new List<string>();
        string? cursor = null;
        do
        {
            var separator = list.Contains('?', StringComparison.Ordinal) ? '&' : '?';
            var page = (await client.ReadAsync(cursor is null ? list : $"{list}{separator}cursor={cursor}")).Expect(HttpStatusCode.OK);
            slugs.AddRange(page["items"]!.AsArray().Select(item => item!["slug"]!.GetValue<string>()));
            cursor = page["nextCursor"]?.GetValue<string>();
        } while (cursor is not null);
        return slugs;
    }
}
