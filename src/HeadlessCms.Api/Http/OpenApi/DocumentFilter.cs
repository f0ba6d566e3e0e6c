using HeadlessCms.Api.Hosting;
using HeadlessCms.Api.Hosting.Options;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace HeadlessCms.Api.Http.OpenApi;

/// <summary>Sets the server and tags of a document, and removes an unused security scheme.</summary>
internal sealed class DocumentFilter(CmsOptions options, Site site, IHostEnvironment environment, IServer server) : IDocumentFilter
{
    public void Apply(OpenApiDocument swaggerDoc, DocumentFilterContext context)
    {
        var document = OpenApiDocuments.All.Single(candidate => candidate.Name == context.DocumentName);
        swaggerDoc.Servers = [ServerOf(document)];
        swaggerDoc.Tags = new HashSet<OpenApiTag>(
            document.Tags.Select(tag => new OpenApiTag { Name = tag.Name, Description = tag.Description })
        );
        if (swaggerDoc.Paths.Count == 0)
            swaggerDoc.Components?.SecuritySchemes?.Clear();
    }

    // Not the host of the request: the document is stored by caches, and a client would send its key to whatever host it names.
    private OpenApiServer ServerOf(ApiDocument document) =>
        (document.IsOnSite ? site.Url : null) is { } url ? new() { Url = url, Description = "The public site." }
        : options.ApiUrl is { } api ? new() { Url = api.TrimEnd('/'), Description = "This server." }
        : environment.IsDevelopment() && server.Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault() is { } local
            ? new() { Url = LocalUrl.Of(local), Description = "This server, on this machine." }
        : new() { Url = "/", Description = "The server of this document." };
}
