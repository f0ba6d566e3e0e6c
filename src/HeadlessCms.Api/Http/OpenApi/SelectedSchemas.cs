using Microsoft.OpenApi;

namespace HeadlessCms.Api.Http.OpenApi;

/// <summary>
/// The types of responses with <c>fields</c>, which omit members: <c>SelectedArticle</c> beside <c>Article</c>, without a required member
/// at any depth. A response has the whole type in its operation, because a choice of both would oblige every client to tell them apart. The
/// schema of <c>fields</c> names the other one in <c>$defs</c> (JSON Schema 2020-12, 8.2.4), so that tools see it used.
/// </summary>
internal static class SelectedSchemas
{
    private const string Prefix = "Selected";

    public static void AddTo(OpenApiDocument document)
    {
        foreach (var operation in document.Paths.Values.SelectMany(path => path.Operations!.Values))
            if (operation.Parameters?.OfType<OpenApiParameter>().FirstOrDefault(IsFields) is { Schema: OpenApiSchema fields })
            {
                var whole = (OpenApiSchemaReference)operation.Responses!["200"].Content!["application/json"].Schema!;
                fields.Definitions = new Dictionary<string, IOpenApiSchema> { ["response"] = Selected(whole, document) };
            }
    }

    private static bool IsFields(OpenApiParameter parameter) => parameter is { In: ParameterLocation.Query, Name: "fields" };

    private static IOpenApiSchema Selected(IOpenApiSchema schema, OpenApiDocument document)
    {
        if (schema is not OpenApiSchemaReference { Reference.Id: { } id })
            return Copy((OpenApiSchema)schema, document);
        var (schemas, name) = (document.Components!.Schemas!, Prefix + id);
        var whole = (OpenApiSchema)schemas[id];
        if (whole.Properties is not { Count: > 0 })
            return schema;
        if (!schemas.ContainsKey(name))
        {
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
