using System.Text;
using HeadlessCms.Api.Http.Caching;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.Swagger;

namespace HeadlessCms.Api.Http.OpenApi;

/// <summary>
/// The OpenAPI documents as they are sent, for programs and for the page of Swagger UI. Each is generated once, when it is first asked for.
/// </summary>
internal sealed class DocumentFiles(IServiceScopeFactory scopes)
{
    private const string Keyword = "{event}";

    private readonly Dictionary<string, Lazy<Task<EncodedBody>>> _forPrograms = Files(scopes, ForPrograms);
    private readonly Dictionary<string, Lazy<Task<EncodedBody>>> _forPage = Files(scopes, ForPage);

    /// <summary>Generates a document for the page before it is asked for.</summary>
    public Task PrepareAsync(string name) => _forPage[name].Value;

    public Task WriteAsync(string name, HttpContext context) => WriteAsync(_forPrograms, name, context);

    public Task WriteForPageAsync(string name, HttpContext context) => WriteAsync(_forPage, name, context);

    private static async Task WriteAsync(Dictionary<string, Lazy<Task<EncodedBody>>> files, string name, HttpContext context)
    {
        if (!files.TryGetValue(name, out var file))
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

    // What programs take a document for: a client. Generators take one body of a request, and some the first, so that a client would write
    // forms instead of JSON. Pages are for people, and a client would have to tell each from the data. And `event` is a keyword, which a
    // generator writes as the name of a parameter all the same.
    private static void ForPrograms(OpenApiDocument document)
    {
        FormSchemas.RemoveFrom(document);
        SelectedSchemas.AddTo(document);
        TextSchemas.RemoveFrom(document);
        foreach (var response in document.Paths.Values.SelectMany(path => path.Operations!.Values).SelectMany(one => one.Responses!.Values))
            if (response.Content is { Count: > 1 } content)
                content.Remove("text/html");
        var paths = new OpenApiPaths();
        foreach (var (path, item) in document.Paths)
        {
            paths.Add(path.Replace(Keyword, "{eventId}", StringComparison.Ordinal), item);
            foreach (var parameter in item.Operations!.Values.SelectMany(one => one.Parameters ?? []).OfType<OpenApiParameter>())
                if (parameter is { In: ParameterLocation.Path, Name: "event" })
                    parameter.Name = "eventId";
        }

        document.Paths = paths;
    }

    // The page sends to its own origin: its policy allows no other, and the key belongs there.
    private static void ForPage(OpenApiDocument document) => document.Servers = [new OpenApiServer { Url = "/" }];

    private static Dictionary<string, Lazy<Task<EncodedBody>>> Files(IServiceScopeFactory scopes, Action<OpenApiDocument> adapt) =>
        OpenApiDocuments.All.ToDictionary(
            document => document.Name,
            document => new Lazy<Task<EncodedBody>>(() => GenerateAsync(scopes, document.Name, adapt)),
            StringComparer.Ordinal
        );

    private static async Task<EncodedBody> GenerateAsync(IServiceScopeFactory scopes, string name, Action<OpenApiDocument> adapt)
    {
        await using var scope = scopes.CreateAsyncScope();
        var document = await scope.ServiceProvider.GetRequiredService<IAsyncSwaggerProvider>().GetSwaggerAsync(name);
        adapt(document);
        return new EncodedBody(Encoding.UTF8.GetBytes(await document.SerializeAsJsonAsync(OpenApiSpecVersion.OpenApi3_1)));
    }
}
