using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using HeadlessCms.Api.Http.Input;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace HeadlessCms.Api.Http.OpenApi;

/// <summary>
/// Documents the form of a JSON body for Swagger UI, before the JSON: a field for each member, from the schema of the JSON. The same form
/// as <c>application/x-www-form-urlencoded</c> is accepted, but not documented a second time.
/// </summary>
internal static class FormSchemas
{
    private const string OfForm =
        "The members as fields: those of an object have its name before theirs, the items of a list repeat its name, and an empty field is "
        + "as if it was not sent.";

    private const string OfPatch =
        "The members to change as fields: those of an object have its name before theirs, and the items of a list repeat its name and "
        + "replace all of it. An empty field empties its member.";

    /// <summary>Tells the script of the page to draw several lines.</summary>
    private const string MultiLine = "x-multiline";

    private const int LongText = 1_000;

    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Adds the form to the media types of a body.</summary>
    public static void Add(OpenApiRequestBody body, AcceptsForm accepts, FormFields fields, OperationFilterContext context)
    {
        var name = NameOf(accepts);
        var whole = (OpenApiSchema)context.SchemaRepository.Schemas[SchemaNames.Of(accepts.Body)];
        context.SchemaRepository.Schemas.TryAdd(name, SchemaOf(accepts, fields, whole, context.SchemaRepository));
        var form = new OpenApiMediaType
        {
            Schema = new OpenApiSchemaReference(name, context.Document),
            Encoding = fields
                .Members.SelectMany(member => member.Fields)
                .Where(field => field.Kind == FormKind.List)
                .ToDictionary(field => field.Field, _ => new OpenApiEncoding { Style = ParameterStyle.Form, Explode = true }),
            Example = ExampleOf(body.Content!.Values.OfType<OpenApiMediaType>().First().Example, fields, accepts.IsPatch),
        };
        body.Content = new Dictionary<string, IOpenApiMediaType>([new(AcceptsForm.Multipart, form), .. body.Content]);
    }

    /// <summary>Removes the forms and their schemas.</summary>
    public static void RemoveFrom(OpenApiDocument document)
    {
        foreach (var body in document.Paths.Values.SelectMany(path => path.Operations!.Values).Select(operation => operation.RequestBody))
            if (body?.Content?.Remove(AcceptsForm.Multipart, out var form) == true)
                document.Components!.Schemas!.Remove(((OpenApiSchemaReference)form.Schema!).Reference.Id!);
    }

    private static string NameOf(AcceptsForm accepts)
    {
        var json = SchemaNames.Of(accepts.Body);
        return accepts.IsPatch ? $"{json}Form" : json.Replace("Request", "Form", StringComparison.Ordinal);
    }

    private static OpenApiSchema SchemaOf(AcceptsForm accepts, FormFields fields, OpenApiSchema json, SchemaRepository schemas)
    {
        var form = new OpenApiSchema
        {
            Type = JsonSchemaType.Object,
            Description = accepts.IsPatch ? OfPatch : $"{json.Description} {OfForm}".Trim(),
            AdditionalPropertiesAllowed = false,
            Properties = new Dictionary<string, IOpenApiSchema>(),
            Required = new SortedSet<string>((json.Required ?? new HashSet<string>()).Where(fields.Has), StringComparer.Ordinal),
        };
        AddFields(form.Properties, fields.Members, json, accepts.IsPatch, schemas);
        return form;
    }

    private static void AddFields(
        IDictionary<string, IOpenApiSchema> form,
        IEnumerable<FormMember> members,
        OpenApiSchema json,
        bool isPatch,
        SchemaRepository schemas
    )
    {
        foreach (var member in members)
        {
            var declared = json.Properties![member.Name];
            var schema = Resolved(declared, schemas);
            if (member.Kind == FormKind.Object)
                AddFields(form, member.Members, schema, isPatch, schemas);
            else
                form[member.Field] = FieldOf(member, schema, declared.Description, isPatch, schemas);
        }
    }

    private static OpenApiSchema FieldOf(FormMember field, OpenApiSchema json, string? description, bool isPatch, SchemaRepository schemas)
    {
        var schema = field.Kind switch
        {
            FormKind.Map => new OpenApiSchema { Type = JsonSchemaType.String },
            FormKind.List => new OpenApiSchema { Type = JsonSchemaType.Array, Items = ItemOf(field, json, schemas) },
            _ => Value(json),
        };
        if (isPatch)
            schema.MinLength = null;
        if (field.IsLongText || field.Kind == FormKind.Map || schema.MaxLength >= LongText)
            schema.AddExtension(MultiLine, new JsonNodeExtension(true));
        var more =
            field.Kind == FormKind.Map ? " A JSON object."
            : field.Reference is { } reference
                ? $$""" Each is an id or slug, or a JSON object: `{"{{reference}}":"…"}` with more members."""
            : field.Default is { } value
                ? isPatch ? " As before by default."
                    : $" `{value}` by default."
            : "";
        schema.Description = description + more;
        return schema;
    }

    private static OpenApiSchema ItemOf(FormMember list, OpenApiSchema json, SchemaRepository schemas) =>
        FormMember.KindOf(list.Item!) == FormKind.Object
            ? new OpenApiSchema { Type = JsonSchemaType.String }
            : Value(Resolved(json.Items!, schemas));

    // A field is not null, and has its values in place: Swagger UI draws these.
    private static OpenApiSchema Value(OpenApiSchema json) =>
        new()
        {
            Type = json.Type & ~JsonSchemaType.Null,
            Format = json.Format,
            Enum = json.Enum,
            Pattern = json.Pattern,
            MinLength = json.MinLength,
            MaxLength = json.MaxLength,
            Minimum = json.Minimum,
            Maximum = json.Maximum,
        };

    private static OpenApiSchema Resolved(IOpenApiSchema schema, SchemaRepository schemas) =>
        schema switch
        {
            OpenApiSchemaReference { Reference.Id: { } name } => (OpenApiSchema)schemas.Schemas[name],
            OpenApiSchema { OneOf: [_, var value] } => Resolved(value, schemas), // null or a value
            _ => (OpenApiSchema)schema,
        };

    private static JsonObject ExampleOf(JsonNode? json, FormFields fields, bool isPatch)
    {
        var form = new JsonObject();
        AddValues(form, json as JsonObject ?? [], fields.Members, isPatch);
        return form;
    }

    private static void AddValues(JsonObject form, JsonObject json, IEnumerable<FormMember> members, bool isPatch)
    {
        foreach (var member in members.Where(member => json.ContainsKey(member.Name)))
        {
            if (member.Kind == FormKind.Object && json[member.Name] is JsonObject below)
                AddValues(form, below, member.Members, isPatch);
            else if (json[member.Name] is { } value)
                form[member.Field] = value is JsonArray items ? new JsonArray([.. items.Select(FieldValue)]) : FieldValue(value);
            else if (isPatch)
                form[member.Field] = "";
        }
    }

    private static JsonNode? FieldValue(JsonNode? value) => value is JsonObject ? value.ToJsonString(Readable) : value?.DeepClone();
}
