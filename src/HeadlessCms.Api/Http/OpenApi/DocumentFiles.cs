using System.Text;
using HeadlessCms.Api.Http.Caching;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.Swagger;

namespace HeadlessCms.Api.Http.OpenApi;

/// <summary>The OpenAPI documents as they are sent. Each is generated once, when it is first asked for.</summary>
internal sealed class DocumentFiles(IServiceScopeFactory scopes)
{
    private readonly Dictionary<string, Lazy<Task<EncodedBody>>> _files = OpenApiDocuments.All.ToDictionary(
        document => document.Name,
        document => new Lazy<Task<EncodedBody>>(() => GenerateAsync(scopes, document.Name)),
        StringComparer.Ordinal
    );

    /// <summary>Generates a document before it is asked for.</summary>
    public Task PrepareAsync(string name) => _files[name].Value;

    public async Task WriteAsync(string name, HttpContext context)
    {
        if (!_files.TryGetValue(name, out var file))
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        var body = await file.Value;
        context.Response.ContentType = "application/json";
        context.Response.Headers.CacheControl = "public, max-age=300";
        context.Response.Headers.Vary = "Accept-Encoding";
        await body.WriteAsync(context, null);
    }

    private static async Task<EncodedBody> GenerateAsync(IServiceScopeFactory scopes, string name)
    {
        await using var scope = scopes.CreateAsyncScope();
        var document = await scope.ServiceProvider.GetRequiredService<IAsyncSwaggerProvider>().GetSwaggerAsync(name);
        return new EncodedBody(Encoding.UTF8.GetBytes(await document.SerializeAsJsonAsync(OpenApiSpecVersion.OpenApi3_1)));
    }
}
