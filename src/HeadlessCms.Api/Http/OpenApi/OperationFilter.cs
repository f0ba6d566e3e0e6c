using System.Reflection;
using HeadlessCms.Api.Http.Access;
using HeadlessCms.Api.Http.Input;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.Extensions.Options;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace HeadlessCms.Api.Http.OpenApi;

/// <summary>Adds security, problem responses, headers, examples and forms to each operation.</summary>
internal sealed class OperationFilter(IOptions<JsonOptions> json) : IOperationFilter
{
    public const string SecurityScheme = "key";

    public void Apply(OpenApiOperation operation, OperationFilterContext context)
    {
        var metadata = context.ApiDescription.ActionDescriptor.EndpointMetadata;
        var isPublic = metadata.OfType<IAuthorizeData>().All(rule => rule.Policy is Policies.Reading or Policies.Pulling);
        var needsIfMatch = metadata.OfType<RequiresIfMatch>().Any();
        operation.Description ??= operation.Summary;
        OperationParameters.Add(operation, context, needsIfMatch);
        operation.Security = Security(isPublic, context.Document);
        OperationResponses.Add(operation, context, isPublic, needsIfMatch);
        if (
            Examples.BodyOf(operation.OperationId!) is { } body
            && operation.RequestBody is OpenApiRequestBody { Content: { } content } request
        )
        {
            request.Required = !metadata.OfType<IAcceptsMetadata>().Any(accepts => accepts.IsOptional && MayBeNull(accepts, context));
            foreach (var media in content.Values.OfType<OpenApiMediaType>())
                media.Example = body;
            if (metadata.OfType<AcceptsForm>().SingleOrDefault() is { } form)
                FormSchemas.Add(request, form, form.Fields(json.Value.SerializerOptions), context);
            if (metadata.OfType<AcceptsText>().SingleOrDefault() is { } text)
                TextSchemas.Add(request, text, body);
        }
    }

    // The framework takes the body of each generic handler for optional.
    private static bool MayBeNull(IAcceptsMetadata accepts, OperationFilterContext context)
    {
        var nullability = new NullabilityInfoContext();
        return context
            .MethodInfo.GetParameters()
            .Any(parameter =>
                parameter.ParameterType == accepts.RequestType && nullability.Create(parameter).ReadState == NullabilityState.Nullable
            );
    }

    private static List<OpenApiSecurityRequirement> Security(bool isPublic, OpenApiDocument document)
    {
        var key = new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(SecurityScheme, document)] = [] };
        return isPublic
            ?
            [
                [],
                key,
            ]
            : [key];
    }
}
