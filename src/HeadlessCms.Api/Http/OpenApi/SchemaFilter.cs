using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using HeadlessCms.Api.Http.Input;
using HeadlessCms.Api.Http.Problems;
using HeadlessCms.Core.Concepts;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace HeadlessCms.Api.Http.OpenApi;

/// <summary>Adds what the generator omits: required members, nullable references, and requests that allow no additional members.</summary>
internal sealed class SchemaFilter : ISchemaFilter
{
    public void Apply(IOpenApiSchema schema, SchemaFilterContext context)
    {
        if (schema is not OpenApiSchema concrete)
            return;
        if (context.Type.IsGenericType && context.Type.GetGenericTypeDefinition() == typeof(MergePatch<>))
        {
            BecomePatch(concrete, context);
            return;
        }

        if (context.Type.IsGenericType && context.Type.GetGenericTypeDefinition() == typeof(Unvalidated<>))
        {
            BecomeUnvalidated(concrete, context);
            return;
        }

        if (context.Type.IsEnum || Nullable.GetUnderlyingType(context.Type)?.IsEnum == true)
        {
            concrete.Type = JsonSchemaType.String;
            concrete.Format = null;
            concrete.Enum =
            [
                .. EnumNames.Of(Nullable.GetUnderlyingType(context.Type) ?? context.Type).Select(name => JsonValue.Create(name)),
            ];
            return;
        }

        if (concrete.Properties is not { Count: > 0 } members)
            return;
        var isRequest = IsRequest(context.Type);
        concrete.AdditionalPropertiesAllowed = !isRequest;
        concrete.AdditionalProperties = null;
        concrete.Required = new SortedSet<string>(StringComparer.Ordinal);
        if (KindMembers.KindOf(context.Type) is { } of)
            Describe(of, concrete);
        foreach (var (name, _, property, kind) in KindMembers.Of(context.Type))
        {
            if (!members.TryGetValue(name, out var member))
                continue;
            if (kind is not null)
                Describe(kind, member, (member as OpenApiSchema)?.Items);
            if (IsRequired(context.Type, property, isRequest))
                concrete.Required.Add(name);
            if (IsNullable(property) && !property.IsDefined(typeof(JsonIgnoreAttribute), inherit: false))
                members[name] = OrNull(member);
            else if (member is OpenApiSchema { Type: { } type } plain)
                plain.Type = type & ~JsonSchemaType.Null;
        }

        if (context.Type == typeof(Problem))
            members["type"] = ProblemType(members["type"].Description, context);
    }

    // With a name, so that clients have a type of it.
    private static OpenApiSchemaReference ProblemType(string? description, SchemaFilterContext context)
    {
        const string Name = "ProblemType";
        context.SchemaRepository.Schemas.TryAdd(
            Name,
            new OpenApiSchema { Type = JsonSchemaType.String, Enum = [.. ProblemTypes.All.Select(name => JsonValue.Create(name))] }
        );
        return new OpenApiSchemaReference(Name) { Description = description };
    }

    // XML comments are written for concepts of any kind.
    private static void Describe(ConceptKindNames kind, params ReadOnlySpan<IOpenApiSchema?> schemas)
    {
        foreach (var schema in schemas)
            if (schema is { Description: { } text })
                schema.Description = kind.Describe(text);
    }

    private static bool IsRequest(Type type) => type.Name.Split('`')[0].EndsWith("Request", StringComparison.Ordinal);

    private static bool IsRequired(Type type, PropertyInfo property, bool isRequest)
    {
        if (property.IsDefined(typeof(RequiredMemberAttribute)) || property.IsDefined(typeof(KindNameAttribute)))
            return true;
        var argument = type.GetConstructors()
            .SelectMany(constructor => constructor.GetParameters())
            .FirstOrDefault(parameter => parameter.Name == property.Name);
        if (isRequest || argument?.HasDefaultValue == true)
            return argument is { HasDefaultValue: false };
        return !property.IsDefined(typeof(JsonIgnoreAttribute), inherit: false);
    }

    private static bool IsNullable(PropertyInfo property) =>
        Nullable.GetUnderlyingType(property.PropertyType) is not null
        // A context is for one thread, and several documents are generated at once.
        || !property.PropertyType.IsValueType && new NullabilityInfoContext().Create(property).ReadState == NullabilityState.Nullable;

    // null comes first, because client generators then produce a nullable member and not a class.
    private static OpenApiSchema OrNull(IOpenApiSchema member)
    {
        if (member is OpenApiSchema { Type: { } type } plain && plain.Enum is not { Count: > 0 })
        {
            plain.Type = type | JsonSchemaType.Null;
            return plain;
        }

        if (member is OpenApiSchema { Type: null, OneOf: not { Count: > 0 } })
            return (OpenApiSchema)member; // any value, including null
        return new OpenApiSchema { Description = member.Description, OneOf = [new OpenApiSchema { Type = JsonSchemaType.Null }, member] };
    }

    private static void BecomePatch(OpenApiSchema patch, SchemaFilterContext context)
    {
        patch.Description =
            "A JSON Merge Patch (RFC 7396): values replace members, null removes a member, and arrays are replaced as a whole.";
        patch.Type = JsonSchemaType.Object;
        patch.AdditionalPropertiesAllowed = false;
        patch.Properties = MembersOfWhole(context).ToDictionary(member => member.Key, member => member.Value);
    }

    private static void BecomeUnvalidated(OpenApiSchema unvalidated, SchemaFilterContext context)
    {
        unvalidated.Description = "The members of a save; their values may be missing or invalid.";
        unvalidated.Type = JsonSchemaType.Object;
        unvalidated.AdditionalPropertiesAllowed = false;
        unvalidated.Properties = MembersOfWhole(context)
            .ToDictionary(member => member.Key, member => (IOpenApiSchema)new OpenApiSchema { Description = member.Value.Description });
    }

    private static IDictionary<string, IOpenApiSchema> MembersOfWhole(SchemaFilterContext context)
    {
        var whole = context.Type.GetGenericArguments()[0];
        context.SchemaGenerator.GenerateSchema(whole, context.SchemaRepository);
        return ((OpenApiSchema)context.SchemaRepository.Schemas[SchemaNames.Of(whole)]).Properties!;
    }
}
