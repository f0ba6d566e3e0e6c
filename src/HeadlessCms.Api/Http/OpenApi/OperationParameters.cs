using HeadlessCms.Api.Http.Idempotency;
using HeadlessCms.Api.Http.Input;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace HeadlessCms.Api.Http.OpenApi;

/// <summary>The parameters of an operation: in its path, its query and its headers.</summary>
internal static partial class OperationParameters
{
    public static void Add(OpenApiOperation operation, OperationFilterContext context, bool needsIfMatch)
    {
        var metadata = context.ApiDescription.ActionDescriptor.EndpointMetadata;
        operation.Parameters ??= [];
        AddPathParameters(operation, context);
        foreach (var rule in metadata.OfType<GroupQuery>().SelectMany(group => group.Rules))
            operation.Parameters.Add(QueryParameter(rule));
        var query = operation.Parameters.ToList().FindLastIndex(parameter => parameter.In == ParameterLocation.Path) + 1;
        foreach (var rule in metadata.OfType<QueryRules>().SelectMany(rules => rules.OfKinds).Where(rule => rule.IsOfKind))
            operation.Parameters.Insert(query++, QueryParameter(rule));
        foreach (
            var rule in metadata
                .OfType<QueryRules>()
                .SelectMany(rules => rules.All)
                .Where(rule => rule.Names is not null || rule.List is not null)
        )
            TellValues(
                operation
                    .Parameters.OfType<OpenApiParameter>()
                    .Single(parameter => parameter.Name == rule.Name && parameter.In == ParameterLocation.Query),
                rule,
                context
            );

        foreach (var required in metadata.OfType<RequiredQuery>())
        {
            var parameter = operation
                .Parameters.OfType<OpenApiParameter>()
                .Single(there => there.Name == required.Name && there.In == ParameterLocation.Query);
            (parameter.Required, parameter.Example) = (true, required.Example);
        }

        foreach (var header in metadata.OfType<GroupHeader>())
            operation.Parameters.Add(
                new OpenApiParameter
                {
                    Name = header.Name,
                    In = ParameterLocation.Header,
                    Description = header.Description,
                    Schema = new OpenApiSchema { Type = JsonSchemaType.String },
                }
            );
        if (needsIfMatch)
            operation.Parameters.Add(IfMatchHeader(operation.OperationId!));
        if (IdempotentRequest.IsTakenBy(context.ApiDescription.HttpMethod!))
            operation.Parameters.Add(IdempotencyKeyHeader());
    }

    private static void AddPathParameters(OpenApiOperation operation, OperationFilterContext context)
    {
        foreach (var name in PathParameter().Matches(context.ApiDescription.RelativePath!).Select(parameter => parameter.Groups[1].Value))
        {
            var parameter = operation
                .Parameters!.OfType<OpenApiParameter>()
                .FirstOrDefault(there => there.Name == name && there.In == ParameterLocation.Path);
            if (parameter is null)
            {
                parameter = new OpenApiParameter
                {
                    Name = name,
                    In = ParameterLocation.Path,
                    Schema = new OpenApiSchema { Type = JsonSchemaType.String },
                };
                operation.Parameters!.Insert(0, parameter);
            }

            parameter.Required = true;
            parameter.Description = name switch
            {
                "number" => "The number of the revision.",
                "publication" => "The id of the publication, or `next`.",
                "key" => "The name or id of the key.",
                "preview" => "The id of the preview token, or `latest`: the newest of the caller.",
                "webhook" => "The name or id of the webhook.",
                "delivery" => "The number of the delivery, or `latest`.",
                "sitemap" => "The name of the sitemap, as listed in the index.",
                _ => $"The id or slug of the {name}.",
            };
            parameter.Example = Examples.PathValueOf(operation.OperationId!, name);
        }
    }

    private static void TellValues(OpenApiParameter parameter, QueryRule rule, OperationFilterContext context)
    {
        var schema = (OpenApiSchema)parameter.Schema!;
        if (rule.Names is { } values)
            parameter.Schema = new OpenApiSchemaReference(Enumeration(rule, values, context), context.Document)
            {
                Default = schema.Default,
            };
        if (rule is { MayRepeat: true, List: null })
            schema.MaxItems = QueryRule.MaxGroups;
        if (rule.List is not { } list)
            return;
        (parameter.Style, parameter.Explode, schema.MaxItems) = (ParameterStyle.Form, false, list.MaxCount);
        if (list.Names is { } names)
            schema.Items = new OpenApiSchemaReference(Enumeration(rule, names, context), context.Document);
    }

    // Named, because generators number the types of enumerations without a name, and each new one would rename others.
    private static string Enumeration(QueryRule rule, IEnumerable<string> names, OperationFilterContext context)
    {
        context.SchemaRepository.Schemas.TryAdd(
            rule.NamesAre!,
            new OpenApiSchema
            {
                Type = JsonSchemaType.String,
                Enum = [.. names.Select(name => System.Text.Json.Nodes.JsonValue.Create(name))],
            }
        );
        return rule.NamesAre!;
    }

    private static OpenApiParameter QueryParameter(QueryRule rule) =>
        new()
        {
            Name = rule.Name,
            In = ParameterLocation.Query,
            Description = rule.Description,
            Schema = rule.MayRepeat
                ? new OpenApiSchema
                {
                    Type = JsonSchemaType.Array,
                    MaxItems = QueryRule.MaxGroups,
                    Items = new OpenApiSchema { Type = JsonSchemaType.String },
                }
                : new OpenApiSchema { Type = JsonSchemaType.String, Format = rule.IsInstant ? "date-time" : null },
        };

    private static OpenApiParameter IfMatchHeader(string operation) =>
        new()
        {
            Name = "If-Match",
            In = ParameterLocation.Header,
            Required = true,
            Description = "The ETag of the version that was read, to avoid overwriting a concurrent change.",
            Schema = new OpenApiSchema { Type = JsonSchemaType.String },
            Example = Examples.IfMatchOf(operation),
        };

    private static OpenApiParameter IdempotencyKeyHeader() =>
        new()
        {
            Name = IdempotentRequest.Header,
            In = ParameterLocation.Header,
            Description =
                "Identifies this request, so that repeating it has no further effect: 1 to 255 printable ASCII characters, quoted or not, "
                + "such as a UUID.",
            Schema = new OpenApiSchema
            {
                Type = JsonSchemaType.String,
                MinLength = 1,
                MaxLength = 257,
            },
        };

    [System.Text.RegularExpressions.GeneratedRegex(@"\{(\w+)[^}]*\}")]
    private static partial System.Text.RegularExpressions.Regex PathParameter();
}
