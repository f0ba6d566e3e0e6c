using System.Text.Json.Nodes;
using HeadlessCms.Api.Http.Input;
using Microsoft.OpenApi;

namespace HeadlessCms.Api.Http.OpenApi;

/// <summary>Documents the texts that stand for a JSON body, for Swagger UI.</summary>
internal static class TextSchemas
{
    /// <summary>Adds the texts to the media types of a body.</summary>
    public static void Add(OpenApiRequestBody body, AcceptsText accepts, JsonNode example)
    {
        var text = (string)example[accepts.Member]!;
        foreach (var (mediaType, format) in AcceptsText.Formats.OrderByDescending(one => one.Key))
            body.Content![mediaType] = new OpenApiMediaType
            {
                Schema = new OpenApiSchema { Type = JsonSchemaType.String, MinLength = 1 },
                Example = format == "html" ? Html(text) : text,
            };
    }

    /// <summary>Removes the texts.</summary>
    public static void RemoveFrom(OpenApiDocument document)
    {
        foreach (var body in document.Paths.Values.SelectMany(path => path.Operations!.Values).Select(operation => operation.RequestBody))
            if (body?.Content is { Count: > 1 } content)
                foreach (var mediaType in AcceptsText.Formats.Keys)
                    content.Remove(mediaType);
    }

    private static string Html(string text) => string.Concat(text.Split("\n\n").Select(paragraph => $"<p>{paragraph}</p>\n"));
}
