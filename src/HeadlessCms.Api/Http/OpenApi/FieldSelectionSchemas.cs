using Microsoft.OpenApi;

namespace HeadlessCms.Api.Http.OpenApi;

/// <summary>With <c>fields</c>, a response omits members, so its schemas require none, at any depth.</summary>
internal static class FieldSelectionSchemas
{
    public static void RequireNothing(OpenApiDocument document)
    {
        var visited = new HashSet<OpenApiSchema>();
        foreach (var operation in document.Paths.Values.SelectMany(path => path.Operations!.Values).Where(TakesFields))
        {
            var response = Schema(operation.Responses!["200"].Content!["application/json"].Schema, document)!;
            RequireNothing(
                response.Properties!.TryGetValue("items", out var items) ? Schema(items, document)!.Items : response,
                document,
                visited
            );
        }
    }

    private static bool TakesFields(OpenApiOperation operation) =>
        operation.Parameters!.Any(parameter => parameter.In == ParameterLocation.Query && parameter.Name == "fields");

    private static void RequireNothing(IOpenApiSchema? of, OpenApiDocument document, HashSet<OpenApiSchema> visited)
    {
        if (Schema(of, document) is not { } schema || !visited.Add(schema))
            return;
        schema.Required = null;
        foreach (var below in (schema.Properties?.Values ?? []).Concat(schema.OneOf ?? []).Append(schema.Items))
            RequireNothing(below, document, visited);
    }

    private static OpenApiSchema? Schema(IOpenApiSchema? schema, OpenApiDocument document) =>
        schema is OpenApiSchemaReference reference
            ? (OpenApiSchema)document.Components!.Schemas![reference.Reference.Id!]
            : (OpenApiSchema?)schema;
}
