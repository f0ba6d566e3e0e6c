using System.Text.Json;

namespace HeadlessCms.Tests.OpenApi;

/// <summary>One operation of a document, including the parameters of its path, with all references resolved.</summary>
internal sealed record ApiOperation(
    string Method,
    string PathTemplate,
    string Id,
    JsonElement Node,
    IReadOnlyList<ApiParameter> Parameters,
    JsonElement? RequestBody,
    IReadOnlyDictionary<string, JsonElement> Responses
)
{
    /// <summary>The declared response for a status: the status itself, then its range ("4XX"), then "default".</summary>
    public JsonElement? Response(int status)
    {
        foreach (var key in (string[])[$"{status}", $"{status / 100}XX", "default"])
            if (Responses.TryGetValue(key, out var response))
                return response;
        return null;
    }

    /// <summary>The entry of a media type under <c>content</c>: the type itself, then a range such as <c>image/*</c>.</summary>
    public static JsonElement? Media(JsonElement response, string mediaType)
    {
        if (!response.TryGetProperty("content", out var content))
            return null;
        foreach (var name in (string[])[mediaType, mediaType.Split('/')[0] + "/*", "*/*"])
        foreach (var declared in content.EnumerateObject())
            if (declared.Name.Split(';')[0].Trim().Equals(name, StringComparison.OrdinalIgnoreCase))
                return declared.Value;
        return null;
    }
}

/// <summary>One parameter; <paramref name="In"/> is path, query, header or cookie.</summary>
internal sealed record ApiParameter(string Name, string In, bool Required, JsonElement Node);
