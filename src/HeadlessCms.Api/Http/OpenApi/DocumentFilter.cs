using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace HeadlessCms.Api.Http.OpenApi;

/// <summary>What holds for a document as a whole: its chapters, where it is served, nothing unused.</summary>
internal sealed class DocumentFilter : IDocumentFilter
{
    public void Apply(OpenApiDocument swaggerDoc, DocumentFilterContext context)
    {
        var door = OpenApiDocuments.All.Single(door => door.Name == context.DocumentName);
        swaggerDoc.Servers = [new OpenApiServer { Url = "/", Description = "This server." }];
        swaggerDoc.Tags = new HashSet<OpenApiTag>(
            door.Tags.Select(tag => new OpenApiTag { Name = tag.Name, Description = tag.Description })
        );
        FieldSelectionSchemas.RequireNothing(swaggerDoc);
        if (swaggerDoc.Paths.Count == 0)
            swaggerDoc.Components?.SecuritySchemes?.Clear();
    }
}
