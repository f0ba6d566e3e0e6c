using System.Text.Json;
using FluentValidation;
using FluentValidation.Validators;
using HeadlessCms.Api.Http.Input;
using HeadlessCms.Core;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace HeadlessCms.Api.Http.OpenApi;

/// <summary>Adds the limits of the validators to the schemas: lengths, patterns and ranges.</summary>
internal sealed class SchemaLimits(IServiceScopeFactory scopes) : ISchemaFilter
{
    public void Apply(IOpenApiSchema schema, SchemaFilterContext context)
    {
        if (schema is not OpenApiSchema { Properties: { Count: > 0 } members })
            return;
        using var scope = scopes.CreateScope();
        if (scope.ServiceProvider.GetService(typeof(IValidator<>).MakeGenericType(context.Type)) is not IValidator validator)
            return;
        var slugs = scope.ServiceProvider.GetRequiredService<SlugRules>();
        // A null key is a rule of the whole object.
        foreach (var rules in validator.CreateDescriptor().GetMembersWithValidators().Where(rules => rules.Key is not null))
        {
            if (!members.TryGetValue(JsonNamingPolicy.CamelCase.ConvertName(rules.Key), out var member))
                continue;
            var limited = ((member as OpenApiSchema)?.Items ?? member) as OpenApiSchema;
            foreach (var (rule, _) in rules)
                Limit(limited, rule, slugs);
        }
    }

    private static void Limit(OpenApiSchema? member, IPropertyValidator rule, SlugRules slugs)
    {
        if (member is null)
            return;
        switch (rule)
        {
            case { Name: SlugRule.Name }:
                (member.Pattern, member.MaxLength) = (slugs.Pattern, Slug.MaxLength);
                break;
            case { Name: SlugRule.AsciiName }:
                (member.Pattern, member.MaxLength) = (Slug.Pattern, Slug.MaxLength);
                break;
            case ILengthValidator { Max: > 0 } length:
                member.MaxLength = length.Max;
                break;
            case IRegularExpressionValidator form:
                member.Pattern = form.Expression;
                break;
            case INotEmptyValidator:
                member.MinLength = 1;
                break;
            case IBetweenValidator range:
                (member.Minimum, member.Maximum) = (Invariant(range.From), Invariant(range.To));
                break;
        }
    }

    private static string Invariant(object value) => Convert.ToString(value, System.Globalization.CultureInfo.InvariantCulture)!;
}
