using System.Text.Json;
using System.Text.Json.Nodes;
using HeadlessCms.Tests.OpenApi;

namespace HeadlessCms.Tests.Fuzzing;

/// <summary>Generates values that a schema allows, and occasionally invalid ones.</summary>
internal sealed class SchemaSample(OpenApiDocument document, Vocabulary words)
{
    private const int Deepest = 6;

    // Members that refer to another resource.
    private static readonly HashSet<string> Names = ["person", "place", "topic", "authors", "within", "broader", "into", "article"];

    public JsonNode? Of(JsonElement schema, Random random, string? member = null, int depth = 0)
    {
        schema = document.Follow(schema);
        foreach (var alternatives in new[] { "oneOf", "anyOf", "allOf" })
            if (schema.TryGetProperty(alternatives, out var several))
                return Of(random.Of([.. several.EnumerateArray()]), random, member, depth);
        if (schema.TryGetProperty("const", out var only))
            return JsonNode.Parse(only.GetRawText());
        if (schema.TryGetProperty("enum", out var choices))
            return JsonNode.Parse(random.Of([.. choices.EnumerateArray()]).GetRawText());
        return TypeOf(schema, random) switch
        {
            "object" => Object(schema, random, depth),
            "array" => new JsonArray([
                .. Enumerable
                    .Range(0, depth > Deepest ? 0 : random.Next(4))
                    .Select(_ => Of(schema.GetProperty("items"), random, member, depth + 1)),
            ]),
            "integer" => random.Next(
                (int)Bound(schema, "minimum", 0),
                (int)Math.Min(Bound(schema, "maximum", 1_000), int.MaxValue - 1) + 1
            ),
            "number" => Bound(schema, "minimum", -180)
                + random.NextDouble() * (Bound(schema, "maximum", 180) - Bound(schema, "minimum", -180)),
            "boolean" => random.Once(2),
            "null" => null,
            _ => Text(schema, random, member),
        };
    }

    private JsonObject Object(JsonElement schema, Random random, int depth)
    {
        var made = new JsonObject();
        if (depth > Deepest || !schema.TryGetProperty("properties", out var members))
            return made;
        var required = schema.TryGetProperty("required", out var names)
            ? names.EnumerateArray().Select(name => name.GetString()).ToHashSet()
            : [];
        foreach (var member in members.EnumerateObject())
            if (required.Contains(member.Name) || random.Once(3))
                made[member.Name] = Of(member.Value, random, member.Name, depth + 1);
        return made;
    }

    private JsonNode Text(JsonElement schema, Random random, string? member)
    {
        if (member is not null && Names.Contains(member) && !random.Once(4))
            return words.Known(random);
        if (schema.TryGetProperty("example", out var example) && random.Once(3))
            return JsonNode.Parse(example.GetRawText())!;
        return (schema.TryGetProperty("format", out var format) ? format.GetString() : null) switch
        {
            "uuid" => Guid.CreateVersion7().ToString(),
            "date-time" => new DateTimeOffset(2020 + random.Next(12), 1, 1, 0, 0, 0, TimeSpan.Zero)
                .AddSeconds(random.Next(100_000_000))
                .ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture),
            "date" => $"{1900 + random.Next(120)}-01-{10 + random.Next(18)}",
            "uri" => random.Once(2) ? "https://example.org/a/b?c=d" : words.Any(random),
            _ => random.Once(2) ? $"words {random.Next(1_000)}" : words.Any(random),
        };
    }

    private static string? TypeOf(JsonElement schema, Random random)
    {
        if (!schema.TryGetProperty("type", out var type))
            return schema.TryGetProperty("properties", out _) ? "object" : null;
        return type.ValueKind is JsonValueKind.Array ? random.Of([.. type.EnumerateArray()]).GetString() : type.GetString();
    }

    private static double Bound(JsonElement schema, string name, double otherwise) =>
        schema.TryGetProperty(name, out var bound) ? bound.GetDouble() : otherwise;
}
