using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace HeadlessCms.Api.Http.OpenApi;

/// <summary>Sets the servers and tags of a document, and removes an unused security scheme.</summary>
internal sealed class DocumentFilter : IDocumentFilter
{
    public void Apply(OpenApiDocument swaggerDoc, DocumentFilterContext context)
    {
        var document = OpenApiDocuments.All.Single(candidate => candidate.Name == context.DocumentName);
        swaggerDoc.Servers = [new OpenApiServer { Url = "/", Description = "This server." }];
        swaggerDoc.Tags = new HashSet<OpenApiTag>(
            document.Tags.Select(tag => new OpenApiTag { Name = tag.Name, Description = tag.Description })
        );
        FieldSelectionSchemas.AddTo(swaggerDoc);
        if (swaggerDoc.Paths.Count == 0)
            swaggerDoc.Components?.SecuritySchemes?.Clear();
    }
}
