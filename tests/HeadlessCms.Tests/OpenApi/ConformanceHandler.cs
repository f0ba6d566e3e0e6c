using System.Globalization;
using System.Text.Json;

namespace HeadlessCms.Tests.OpenApi;

/// <summary>
/// Holds every answer that passes against the served documents, so that each integration test also tests what we promise its clients.
/// The document is the one that has the path; our documents have full paths, so <c>servers</c> plays no part.
/// </summary>
internal sealed class ConformanceHandler(params IReadOnlyList<OpenApiDocument> documents) : DelegatingHandler
{
    private const string Problem = "application/problem+json";

    // All that we serve outside the documents, each alone or with more below it.
    private static readonly string[] Undocumented = ["/health", "/metrics", "/docs", "/openapi"];

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var response = await base.SendAsync(request, cancellationToken);
        // An event stream has no end to wait for.
        var isStream = response.Content.Headers.ContentType?.MediaType is "text/event-stream";
        if (!isStream)
            await response.Content.LoadIntoBufferAsync(cancellationToken);
        var body = isStream ? null : await response.Content.ReadAsByteArrayAsync(cancellationToken);

        var (method, path, status) = (request.Method.Method, request.RequestUri!.AbsolutePath, (int)response.StatusCode);
        var errors = Errors(request, path, response, status, body);
        if (errors.Count == 0)
            return response;
        response.Dispose();
        throw new ConformanceException(method, path, status, errors);
    }

    private List<string> Errors(HttpRequestMessage request, string path, HttpResponseMessage response, int status, byte[]? body)
    {
        var errors = new List<string>();
        var isHead = request.Method == HttpMethod.Head;
        var mediaType = response.Content.Headers.ContentType?.MediaType;
        if ((isHead || status is 204 or 304) && body is { Length: > 0 })
            errors.Add($"has a body of {body.Length} bytes, and may have none");

        var json = isHead || body is null or { Length: 0 } ? null : Parse(mediaType, body, errors);
        // A health report is a report at 503 too, and is read by machines that know its shape.
        if (status >= 400 && !IsUnder(path, "/health"))
            CheckProblem(status, mediaType, json, errors);

        var document = documents.FirstOrDefault(d => d.Find(request.Method.Method, path) is not null);
        if (document?.Find(request.Method.Method, path) is { } operation)
            CheckDeclared(document, operation, response, isHead, mediaType, body, json, errors);
        else if (!IsExempt(request, path, status))
            errors.Add("no document has this operation");
        return errors;
    }

    private static bool IsExempt(HttpRequestMessage request, string path, int status) =>
        path == "/"
        || Undocumented.Any(prefix => IsUnder(path, prefix))
        // Nobody declares the refusal of what nobody declared.
        || status is 404 or 405
        // OPTIONS says which methods there are, and belongs to HTTP, not to the interface.
        || request.Method == HttpMethod.Options;

    private static bool IsUnder(string path, string prefix) => path == prefix || path.StartsWith(prefix + "/", StringComparison.Ordinal);

    private static JsonElement? Parse(string? mediaType, byte[] body, List<string> errors)
    {
        if (mediaType is null || !(mediaType == "application/json" || mediaType.EndsWith("+json", StringComparison.Ordinal)))
            return null;
        try
        {
            using var parsed = JsonDocument.Parse(body, new JsonDocumentOptions { AllowDuplicateProperties = false });
            return parsed.RootElement.Clone();
        }
        catch (JsonException wrong)
        {
            errors.Add($"the body is not JSON: {wrong.Message}");
            return null;
        }
    }

    private static void CheckProblem(int status, string? mediaType, JsonElement? json, List<string> errors)
    {
        if (mediaType != Problem)
            errors.Add($"is an error of type {mediaType ?? "(none)"}, not {Problem}");
        if (json is not { } problem)
            return;
        if (problem.ValueKind is not JsonValueKind.Object)
            errors.Add("the problem is no JSON object");
        else if (problem.TryGetProperty("status", out var said) && said.ToString() != status.ToString(CultureInfo.InvariantCulture))
            errors.Add($"/status: says {said}, and the answer is {status}");
    }

    private static void CheckDeclared(
        OpenApiDocument document,
        ApiOperation operation,
        HttpResponseMessage response,
        bool isHead,
        string? mediaType,
        byte[]? body,
        JsonElement? json,
        List<string> errors
    )
    {
        var status = (int)response.StatusCode;
        if (operation.Response(status) is not { } declared)
        {
            errors.Add($"{operation.Id} declares no {status}, only {string.Join(", ", operation.Responses.Keys)}");
            return;
        }
        CheckHeaders(document, declared, response, errors);

        var declaresBody = declared.TryGetProperty("content", out var content) && content.EnumerateObject().Any();
        // What HEAD leaves out cannot be missing; what it does say must be as GET would say it.
        var saysBody = body is null or { Length: > 0 } || (isHead && mediaType is not null);
        // Lines may be none.
        var mayBeEmpty = declaresBody && content.EnumerateObject().All(media => media.Name == "application/x-ndjson");
        if (!saysBody && declaresBody && !mayBeEmpty && !isHead && status is not 304)
            errors.Add("has no body, and one is declared");
        if (!saysBody)
            return;
        if (!declaresBody)
            errors.Add($"has {mediaType ?? "a body"}, and {operation.Id} declares no body for {status}");
        else if (mediaType is null)
            errors.Add("has a body without Content-Type");
        else if (ApiOperation.Media(declared, mediaType) is not { } media)
            errors.Add(
                $"is {mediaType}, and {operation.Id} declares {string.Join(", ", content.EnumerateObject().Select(c => c.Name))} for {status}"
            );
        else if (json is { } value && media.TryGetProperty("schema", out var schema))
            errors.AddRange(document.Schemas.Validate(schema, value));
    }

    private static void CheckHeaders(OpenApiDocument document, JsonElement declared, HttpResponseMessage response, List<string> errors)
    {
        if (!declared.TryGetProperty("headers", out var headers))
            return;
        // OpenAPI says that a Content-Type declared here is ignored.
        foreach (var entry in headers.EnumerateObject().Where(h => !h.Name.Equals("Content-Type", StringComparison.OrdinalIgnoreCase)))
        {
            var header = document.Follow(entry.Value);
            if (Sent(response, entry.Name) is not { } value)
            {
                if (header.TryGetProperty("required", out var required) && required.GetBoolean())
                    errors.Add($"lacks the header {entry.Name}");
            }
            else if (header.TryGetProperty("schema", out var schema))
            {
                errors.AddRange(
                    document.Schemas.Validate(schema, HeaderValue(document.Follow(schema), value)).Select(e => $"header {entry.Name} {e}")
                );
            }
        }
    }

    private static string? Sent(HttpResponseMessage response, string name) =>
        response.Headers.NonValidated.TryGetValues(name, out var values)
        || response.Content.Headers.NonValidated.TryGetValues(name, out values)
            ? string.Join(", ", values)
            : null;

    // A header is text; only its schema tells that "5" is the number 5.
    private static JsonElement HeaderValue(JsonElement schema, string text)
    {
        var type = schema.ValueKind is JsonValueKind.Object && schema.TryGetProperty("type", out var said) ? said.ToString() : "";
        if (type is "integer" or "number" && decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number))
            return JsonSerializer.SerializeToElement(number);
        if (type is "boolean" && bool.TryParse(text, out var flag))
            return JsonSerializer.SerializeToElement(flag);
        if (type is "array")
            return JsonSerializer.SerializeToElement(text.Split(',', StringSplitOptions.TrimEntries));
        return JsonSerializer.SerializeToElement(text);
    }
}
