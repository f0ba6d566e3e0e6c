using System.Text;
using System.Text.Json;

namespace HeadlessCms.Tests.OpenApi;

/// <summary>Sends the examples of each operation in document order: an example that a reader copies must work.</summary>
internal static class ExampleWalk
{
    private const string Form = "multipart/form-data";

    /// <summary>
    /// Sends all examples. <paramref name="prepare"/> runs before each request to add data that a document cannot contain: a credential, or
    /// the bytes of a picture. A body set there replaces the example. A body that has a form is sent as one, unless
    /// <paramref name="asForms"/> is false.
    /// </summary>
    public static async Task<IReadOnlyList<ExampleStep>> RunAsync(
        OpenApiDocument document,
        HttpClient client,
        Action<ApiOperation, HttpRequestMessage>? prepare,
        CancellationToken cancellationToken,
        bool asForms = true
    )
    {
        var steps = new List<ExampleStep>();
        foreach (var operation in document.Operations)
        {
            using var request = new HttpRequestMessage(new HttpMethod(operation.Method), Address(document, operation));
            prepare?.Invoke(operation, request);
            request.Content ??= Body(document, operation, asForms);
            AddHeaders(document, operation, request);
            using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            // An event stream does not end.
            var isStream = response.Content.Headers.ContentType?.MediaType is "text/event-stream";
            var text = isStream ? "" : await response.Content.ReadAsStringAsync(cancellationToken);
            steps.Add(new ExampleStep(operation.Method, request.RequestUri!.PathAndQuery, (int)response.StatusCode, text));
        }
        return steps;
    }

    private static string Address(OpenApiDocument document, ApiOperation operation)
    {
        var path = operation.PathTemplate;
        var query = new List<string>();
        foreach (var parameter in operation.Parameters.Where(p => p.In is "path" or "query"))
        {
            if (Example(document, parameter.Node) is not { } example)
            {
                if (parameter.Required)
                    throw Lacks(operation, $"the {parameter.In} parameter {parameter.Name}");
                continue;
            }
            if (parameter.In == "path")
                path = path.Replace(
                    $"{{{parameter.Name}}}",
                    Uri.EscapeDataString(string.Join(",", Texts(example))),
                    StringComparison.Ordinal
                );
            else if (parameter.Node.TryGetProperty("explode", out var explode) && !explode.GetBoolean())
                query.Add($"{Uri.EscapeDataString(parameter.Name)}={string.Join(",", Texts(example).Select(Uri.EscapeDataString))}");
            else
                query.AddRange(Texts(example).Select(text => $"{Uri.EscapeDataString(parameter.Name)}={Uri.EscapeDataString(text)}"));
        }
        return query.Count == 0 ? path : $"{path}?{string.Join('&', query)}";
    }

    private static void AddHeaders(OpenApiDocument document, ApiOperation operation, HttpRequestMessage request)
    {
        foreach (
            var parameter in operation.Parameters.Where(p =>
                p is { In: "header", Required: true } && !request.Headers.NonValidated.Contains(p.Name)
            )
        )
        {
            var value = string.Join(
                ", ",
                Texts(Example(document, parameter.Node) ?? throw Lacks(operation, $"the header {parameter.Name}"))
            );
            // .NET keeps content headers on the content.
            if (
                !request.Headers.TryAddWithoutValidation(parameter.Name, value)
                && request.Content?.Headers.TryAddWithoutValidation(parameter.Name, value) is not true
            )
                throw new InvalidOperationException($"{operation.Id} declares the header {parameter.Name}, which no request can have.");
        }
    }

    private static HttpContent? Body(OpenApiDocument document, ApiOperation operation, bool asForms)
    {
        if (operation.RequestBody is not { } body)
            return null;
        foreach (var media in body.GetProperty("content").EnumerateObject())
        {
            if (Example(document, media.Value) is not { } example || media.Name == Form && !asForms)
                continue;
            if (media.Name == Form)
                return Parts(example);
            HttpContent content =
                media.Name == "application/x-www-form-urlencoded"
                    ? new FormUrlEncodedContent(
                        example.EnumerateObject().SelectMany(m => Texts(m.Value).Select(text => KeyValuePair.Create(m.Name, text)))
                    )
                    : new ByteArrayContent(Encoding.UTF8.GetBytes(IsJson(media.Name) ? example.GetRawText() : example.GetString()!));
            content.Headers.Remove("Content-Type");
            content.Headers.TryAddWithoutValidation("Content-Type", media.Name);
            return content;
        }
        return body.TryGetProperty("required", out var required) && required.GetBoolean()
            ? throw Lacks(operation, "the request body")
            : null;
    }

    private static MultipartFormDataContent Parts(JsonElement example)
    {
        var form = new MultipartFormDataContent();
        foreach (var member in example.EnumerateObject())
        foreach (var text in Texts(member.Value))
            form.Add(new StringContent(text), member.Name);
        return form;
    }

    private static bool IsJson(string mediaType) =>
        mediaType.Split(';')[0].Trim() is var type && (type == "application/json" || type.EndsWith("+json", StringComparison.Ordinal));

    // The order is "example", the first of "examples" (named here, a list within a schema), then the example of the schema.
    private static JsonElement? Example(OpenApiDocument document, JsonElement holder)
    {
        if (holder.TryGetProperty("example", out var example))
            return example;
        if (holder.TryGetProperty("examples", out var examples))
        {
            if (examples.ValueKind is JsonValueKind.Array)
                return examples.EnumerateArray().Cast<JsonElement?>().FirstOrDefault();
            foreach (var entry in examples.EnumerateObject())
                if (document.Follow(entry.Value).TryGetProperty("value", out var value))
                    return value;
        }
        return holder.TryGetProperty("schema", out var schema) ? Example(document, document.Follow(schema)) : null;
    }

    private static IEnumerable<string> Texts(JsonElement value) =>
        value.ValueKind switch
        {
            JsonValueKind.Array => value.EnumerateArray().SelectMany(Texts),
            JsonValueKind.String => [value.GetString()!],
            JsonValueKind.Object or JsonValueKind.Null => throw new NotSupportedException(
                $"The example {value.GetRawText()} cannot be told in a line."
            ),
            _ => [value.GetRawText()],
        };

    private static InvalidOperationException Lacks(ApiOperation operation, string what) =>
        new($"{operation.Id} has no example for {what}.");
}
