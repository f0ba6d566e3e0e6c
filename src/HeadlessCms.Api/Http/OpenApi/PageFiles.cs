using System.Reflection;
using System.Security.Cryptography;
using HeadlessCms.Api.Http.Caching;
using Microsoft.AspNetCore.StaticFiles;

namespace HeadlessCms.Api.Http.OpenApi;

/// <summary>The files that extend Swagger UI: modules and a stylesheet, under a path that changes with their content.</summary>
internal static class PageFiles
{
    private const string Folder = "HeadlessCms.Api.Http.OpenApi.Page.";

    private static readonly Dictionary<string, EncodedBody> Files = Read();

    private static readonly string Version = Convert.ToHexStringLower(
        SHA256.HashData(Files.OrderBy(file => file.Key, StringComparer.Ordinal).SelectMany(file => file.Value.Plain).ToArray())
    )[..12];

    private static readonly FileExtensionContentTypeProvider MediaTypes = new();

    /// <summary>The modules that <c>main.js</c> needs; the page names them at once, so that none waits for another.</summary>
    public static IEnumerable<string> Modules => Files.Keys.Where(file => file.EndsWith(".js", StringComparison.Ordinal));

    /// <summary>The path of a file.</summary>
    public static string PathOf(string file) => $"/docs/page/{Version}/{file}";

    /// <summary>Sends a file. Under a former version it is sent too, because a page that is open may still ask for one.</summary>
    public static Task WriteAsync(string version, string name, HttpContext context)
    {
        if (!Files.TryGetValue(name, out var file) || !MediaTypes.TryGetContentType(name, out var mediaType))
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return Task.CompletedTask;
        }

        context.Response.ContentType = mediaType;
        context.Response.Headers.CacheControl = version == Version ? "public, max-age=31536000, immutable" : "no-cache";
        context.Response.Headers.Vary = "Accept-Encoding";
        return file.WriteAsync(context, null);
    }

    private static Dictionary<string, EncodedBody> Read()
    {
        var assembly = Assembly.GetExecutingAssembly();
        var files = new Dictionary<string, EncodedBody>(StringComparer.Ordinal);
        foreach (var name in assembly.GetManifestResourceNames().Where(name => name.StartsWith(Folder, StringComparison.Ordinal)))
        {
            using var content = assembly.GetManifestResourceStream(name)!;
            using var bytes = new MemoryStream();
            content.CopyTo(bytes);
            files.Add(name[Folder.Length..], new EncodedBody(bytes.ToArray()));
        }

        return files;
    }
}
