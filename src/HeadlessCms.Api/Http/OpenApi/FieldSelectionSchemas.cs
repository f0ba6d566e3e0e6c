using Microsoft.OpenApi;

namespace HeadlessCms.Api.Http.OpenApi;

/// <summary>Where a caller picks members with <c>fields</c> the others are missing: what such an answer holds requires none, at any depth.</summary>
internal static class FieldSelectionSchemas
{
    public static void RequireNothing(OpenApiDocument document)
    {
        var seen = new HashSet<OpenApiSchema>();
        foreach (var operation in document.Paths.Values.SelectMany(path => path.Operations!.Values).Where(TakesFields))
        {
            var answer = Schema(operation.Responses!["200"].Content!["application/json"].Schema, document)!;
            RequireNothing(
                answer.Properties!.TryGetValue("items", out var items) ? Schema(items, document)!.Items : answer,
                document,
                seen
            );
        }
    }

    private static bool TakesFields(OpenApiOperation operation) =>
        operation.Parameters!.Any(parameter => parameter.In == ParameterLocation.Query && parameter.Name == "fields");

    private static void RequireNothing(IOpenApiSchema? of, OpenApiDocument document, HashSet<OpenApiSchema> seen)
    {
        if (Schema(of, document) is not { } schema || !seen.Add(schema))
            return;
        schema.Required = null;
        foreach (var below in (schema.Properties?.Values ?? []).Concat(schema.OneOf ?? []).Append(schema.Items))
            RequireNothing(below, document, seen);
    }

    private static OpenApiSchema? Schema(IOpenApiSchema? schema, OpenApiDocument document) =>
        schema is OpenApiSchemaReference reference
            ? (OpenApiSchema)document.Components!.Schemas![reference.Reference.Id!]
            : (OpenApiSchema?)schema;
}
