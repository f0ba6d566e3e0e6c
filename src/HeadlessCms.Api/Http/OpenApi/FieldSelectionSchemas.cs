using Microsoft.OpenApi;

namespace HeadlessCms.Api.Http.OpenApi;

/// <summary>
/// A response is whole, with its required members; with <c>fields</c> it omits members, so it may also have a schema that requires none, at
/// any depth: <c>SelectedArticle</c> beside <c>Article</c>.
/// </summary>
internal static class FieldSelectionSchemas
{
    private const string Prefix = "Selected";

    public static void AddTo(OpenApiDocument document)
    {
        foreach (var operation in document.Paths.Values.SelectMany(path => path.Operations!.Values).Where(TakesFields))
        {
            var content = (OpenApiMediaType)operation.Responses!["200"].Content!["application/json"];
            content.Schema = new OpenApiSchema { AnyOf = [content.Schema!, Selected(content.Schema!, document)] };
        }
    }

    private static bool TakesFields(OpenApiOperation operation) =>
        operation.Parameters!.Any(parameter => parameter.In == ParameterLocation.Query && parameter.Name == "fields");

    private static IOpenApiSchema Selected(IOpenApiSchema schema, OpenApiDocument document)
    {
        if (schema is not OpenApiSchemaReference reference)
            return Copy((OpenApiSchema)schema, document);
        var (schemas, name) = (document.Components!.Schemas!, Prefix + reference.Reference.Id);
        if (!schemas.ContainsKey(name))
        {
            var whole = (OpenApiSchema)schemas[reference.Reference.Id!];
            if (whole.Properties is not { Count: > 0 })
                return schema;
            schemas.Add(name, new OpenApiSchema()); // a schema may refer to itself
            schemas[name] = Copy(whole, document);
        }

        return new OpenApiSchemaReference(name, document);
    }

    // A page keeps its own members, and omits those of its items.
    private static OpenApiSchema Copy(OpenApiSchema whole, OpenApiDocument document)
    {
        var copy = (OpenApiSchema)whole.CreateShallowCopy();
        var isPage = whole.Properties?.ContainsKey("items") == true;
        if (!isPage)
            copy.Required = null;
        copy.Properties = whole.Properties?.ToDictionary(
            member => member.Key,
            member => isPage && member.Key != "items" ? member.Value : Selected(member.Value, document)
        );
        copy.OneOf = whole.OneOf?.Select(one => Selected(one, document)).ToList();
        copy.Items = whole.Items is { } items ? Selected(items, document) : null;
        return copy;
    }
}
