using System.Net.Http.Headers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace HeadlessCms.Tests.Harness;

/// <summary>Forms as browsers send them.</summary>
public static class Forms
{
    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The fields of the form that stands for a JSON document, as the documentation tells it.</summary>
    public static IReadOnlyList<(string Name, string Value)> Of(JsonObject json) => [.. Of(json, "")];

    /// <summary>The fields that are written as a query: <c>headline=x&amp;people=y</c>.</summary>
    public static IReadOnlyList<(string Name, string Value)> Of(string query) =>
        [
            .. query
                .Split('&', StringSplitOptions.RemoveEmptyEntries)
                .Select(pair => pair.Split('=', 2))
                .Select(pair => (pair[0], pair.ElementAtOrDefault(1) ?? "")),
        ];

    public static async Task<Answer> SendFormAsync(
        this HttpClient client,
        HttpMethod method,
        string path,
        IEnumerable<(string Name, string Value)> fields,
        string? ifMatch = null,
        string? idempotencyKey = null,
        bool isUrlEncoded = false
    )
    {
        using var request = new HttpRequestMessage(method, path) { Content = isUrlEncoded ? Pairs(fields) : Parts(fields) };
        if (ifMatch is not null)
            request.Headers.TryAddWithoutValidation("If-Match", ifMatch);
        if (idempotencyKey is not null)
            request.Headers.TryAddWithoutValidation("Idempotency-Key", idempotencyKey);
        // A server that refuses a body closes the connection before all of it is sent.
        if (request.Content.Headers.ContentLength > 1_000_000)
            request.Headers.ExpectContinue = true;
        return await client.AnswerAsync(request);
    }

    public static Task<Answer> PostFormAsync(this HttpClient client, string path, string fields) =>
        client.SendFormAsync(HttpMethod.Post, path, Of(fields));

    public static Task<Answer> PatchFormAsync(this HttpClient client, string path, string fields, string ifMatch) =>
        client.SendFormAsync(HttpMethod.Patch, path, Of(fields), ifMatch);

    /// <summary>Sends bytes as a form.</summary>
    public static async Task<Answer> PostFormAsync(this HttpClient client, string path, byte[] body, string mediaType)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(mediaType);
        return await client.AnswerAsync(request);
    }

    public static MultipartFormDataContent Parts(IEnumerable<(string Name, string Value)> fields)
    {
        var form = new MultipartFormDataContent();
        foreach (var (name, value) in fields)
            form.Add(new ByteArrayContent(Encoding.UTF8.GetBytes(value)), $"\"{name}\"");
        return form;
    }

    private static FormUrlEncodedContent Pairs(IEnumerable<(string Name, string Value)> fields) =>
        new(fields.Select(field => KeyValuePair.Create(field.Name, field.Value)));

    private static IEnumerable<(string Name, string Value)> Of(JsonObject json, string parent)
    {
        foreach (var (member, value) in json)
        {
            var name = parent.Length == 0 ? member : $"{parent}{char.ToUpperInvariant(member[0])}{member[1..]}";
            name = name switch
            {
                "bodyContent" => "body",
                "seriesSeries" => "series",
                _ => name,
            };
            var fields = value switch
            {
                JsonObject map when member == "labels" => [(name, map.ToJsonString(Readable))],
                JsonObject below => Of(below, name),
                JsonArray items => items.Select(item => (name, TextOf(item))),
                _ => [(name, TextOf(value))],
            };
            foreach (var field in fields)
                yield return field;
        }
    }

    private static string TextOf(JsonNode? value) =>
        value is null ? ""
        : value.GetValueKind() == JsonValueKind.String ? value.GetValue<string>()
        : value.ToJsonString(Readable);
}
