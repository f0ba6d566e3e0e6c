using System.Text.Json;
using System.Text.RegularExpressions;

namespace HeadlessCms.Tests.OpenApi;

/// <summary>A served OpenAPI document, read from its JSON text without the server's libraries, as clients read it.</summary>
internal sealed partial class OpenApiDocument
{
    private static readonly string[] Methods = ["get", "put", "post", "delete", "options", "head", "patch", "trace", "query"];

    private readonly List<(Regex[] Segments, int[] Ranks, ApiOperation Operation)> routes = [];

    private OpenApiDocument(string name, JsonElement root)
    {
        (Name, Root, Schemas) = (name, root, new SchemaCheck(root));
        foreach (var path in root.GetProperty("paths").EnumerateObject())
        {
            var item = Follow(path.Value);
            var segments = path.Name.Split('/');
            var (patterns, ranks) = (segments.Select(Pattern).ToArray(), segments.Select(Rank).ToArray());
            foreach (var member in item.EnumerateObject().Where(m => Methods.Contains(m.Name)))
                routes.Add((patterns, ranks, Read(member.Name.ToUpperInvariant(), path.Name, item, member.Value)));
        }
    }

    public string Name { get; }

    public JsonElement Root { get; }

    public SchemaCheck Schemas { get; }

    public IEnumerable<ApiOperation> Operations => routes.Select(r => r.Operation);

    public static OpenApiDocument Load(string json, string name)
    {
        // Parsers disagree on duplicate names.
        using var parsed = JsonDocument.Parse(json, new JsonDocumentOptions { AllowDuplicateProperties = false, MaxDepth = 256 });
        return new OpenApiDocument(name, parsed.RootElement.Clone());
    }

    /// <summary>
    /// The operation for a method and path; null if there is none. In each segment, a literal takes precedence over a template. HEAD uses
    /// GET unless it is declared.
    /// </summary>
    public ApiOperation? Find(string method, string path)
    {
        var found = Matches(path).FirstOrDefault(o => o.Method.Equals(method, StringComparison.OrdinalIgnoreCase));
        return found is null && HttpMethod.Head.Method.Equals(method, StringComparison.OrdinalIgnoreCase)
            ? Find(HttpMethod.Get.Method, path)
            : found;
    }

    public bool HasPath(string path) => Matches(path).Any();

    /// <summary>The target of the <c>$ref</c> of a node, or the node itself.</summary>
    public JsonElement Follow(JsonElement node)
    {
        while (node.ValueKind is JsonValueKind.Object && node.TryGetProperty("$ref", out var reference))
            node = Schemas.Resolve(reference.GetString()!);
        return node;
    }

    private IEnumerable<ApiOperation> Matches(string path)
    {
        var segments = path.Split('?', 2)[0].Split('/').Select(Uri.UnescapeDataString).ToArray();
        return routes
            .Where(r => r.Segments.Length == segments.Length && r.Segments.Zip(segments).All(pair => pair.First.IsMatch(pair.Second)))
            .OrderBy(r => string.Concat(r.Ranks), StringComparer.Ordinal)
            .Select(r => r.Operation);
    }

    private ApiOperation Read(string method, string path, JsonElement item, JsonElement node)
    {
        var parameters = new List<ApiParameter>();
        foreach (var holder in (JsonElement[])[item, node])
        {
            if (!holder.TryGetProperty("parameters", out var declared))
                continue;
            foreach (var parameter in declared.EnumerateArray().Select(Follow))
            {
                var read = new ApiParameter(
                    parameter.GetProperty("name").GetString()!,
                    parameter.GetProperty("in").GetString()!,
                    parameter.TryGetProperty("required", out var required) && required.GetBoolean(),
                    parameter
                );
                // Parameters of the operation override those of the path.
                parameters.RemoveAll(p => p.Name == read.Name && p.In == read.In);
                parameters.Add(read);
            }
        }
        var id = node.TryGetProperty("operationId", out var said) ? said.GetString()! : $"{method} {path}";
        JsonElement? body = node.TryGetProperty("requestBody", out var sent) ? Follow(sent) : null;
        var responses = node.TryGetProperty("responses", out var answers)
            ? answers.EnumerateObject().ToDictionary(r => r.Name, r => Follow(r.Value), StringComparer.OrdinalIgnoreCase)
            : [];
        return new ApiOperation(method, path, id, node, parameters, body, responses);
    }

    // 0: literal; 1: partly literal ("{slug}.json"); 2: template.
    private static int Rank(string segment) =>
        !segment.Contains('{', StringComparison.Ordinal) ? 0
        : Template().Replace(segment, "").Length > 0 ? 1
        : 2;

    private static Regex Pattern(string segment) =>
        new("^" + string.Join("[^/]+", Template().Split(segment).Select(Regex.Escape)) + @"\z", RegexOptions.CultureInvariant);

    [GeneratedRegex(@"\{[^}]*\}")]
    private static partial Regex Template();
}
