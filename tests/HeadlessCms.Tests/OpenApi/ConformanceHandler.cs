using System.Globalization;
using System.Text.Json;

namespace HeadlessCms.Tests.OpenApi;

/// <summary>
/// Validates every response against the served documents, so that each integration test also tests the API contract. Paths in the documents
/// are complete, so <c>servers</c> is ignored.
/// </summary>
internal sealed class ConformanceHandler(params IReadOnlyList<OpenApiDocument> documents) : DelegatingHandler
{
    private const string Problem = "application/problem+json";

    // Undocumented paths, each including the paths below it.
    private static readonly string[] Undocumented = ["/health", "/docs", "/openapi"];

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var response = await base.SendAsync(request, cancellationToken);
        // An event stream does not end.
        var isStream = response.Content.Headers.ContentType?.MediaType is "text/event-stream";
        if (!isStream)
            await response.Content.LoadIntoBufferAsync(cancellationToken);
        var body = isStream ? null : await response.Content.ReadAsByteArrayAsync(cancellationToken);

        var (method, path, status) = (request.Method.Method, request.RequestUri!.AbsolutePath, (int)response.StatusCode);
        if (isStream && path == "/content/v1/events")
            path = "/content/v1/changes/stream"; // as the description of the stream says
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
        // A health report with status 503 is not a problem document.
        if (status >= 400 && !IsUnder(path, "/health"))
            CheckProblem(status, mediaType, json, errors);

        var document = documents.FirstOrDefault(d => d.Find(request.Method.Method, path) is not null);
        if (document?.Find(request.Method.Method, path) is { } operation)
            CheckDeclared(document, operation, request, response, isHead, mediaType, body, json, errors);
        else if (!IsExempt(request, path, status))
            errors.Add("no document has this operation");
        return errors;
    }

    private static bool IsExempt(HttpRequestMessage request, string path, int status) =>
        path == "/"
        || Undocumented.Any(prefix => IsUnder(path, prefix))
        // Undeclared operations have no declared error responses.
        || status is 404 or 405
        // OPTIONS is part of HTTP, not of the API.
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
        HttpRequestMessage request,
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
        // HEAD may omit headers, but those it sends must match GET.
        var saysBody = body is null or { Length: > 0 } || (isHead && mediaType is not null);
        // NDJSON may have no lines.
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
        {
            var types = string.Join(", ", content.EnumerateObject().Select(type => type.Name));
            errors.Add($"is {mediaType}, and {operation.Id} declares {types} for {status}");
        }
        else if (json is { } value && media.TryGetProperty("schema", out var schema))
            errors.AddRange((status == 200 ? Schemas(document, operation, request, value) : document.Schemas).Validate(schema, value));
    }

    // A schema is of the whole; with fields, the articles of a response have only the selected members.
    private static SchemaCheck Schemas(OpenApiDocument document, ApiOperation operation, HttpRequestMessage request, JsonElement value) =>
        request.RequestUri!.Query.Contains("fields=", StringComparison.Ordinal)
        && operation.Parameters.Any(parameter => parameter is { Name: "fields", In: "query" })
            ? new(document.Root) { SelectedAt = value.TryGetProperty("items", out _) ? "/items" : "" }
            : document.Schemas;

    private static void CheckHeaders(OpenApiDocument document, JsonElement declared, HttpResponseMessage response, List<string> errors)
    {
        if (!declared.TryGetProperty("headers", out var headers))
            return;
        // OpenAPI ignores a Content-Type declared here.
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

    // A header value is text; its schema determines whether "5" is a number.
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
