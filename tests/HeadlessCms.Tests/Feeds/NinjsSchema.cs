using HeadlessCms.Tests.Harness;
using Json.Schema;

namespace HeadlessCms.Tests.Feeds;

/// <summary>Validates ninjs against the schema of the IPTC; skips the test where that is missing.</summary>
internal static class NinjsSchema
{
    public static void Validates(string text)
    {
        using var document = System.Text.Json.JsonDocument.Parse(text);
        var result = Read()
            .Evaluate(document.RootElement, new EvaluationOptions { OutputFormat = OutputFormat.List, RequireFormatValidation = true });
        Assert.True(
            result.IsValid,
            string.Join(
                '\n',
                result
                    .Details?.Where(detail => detail.Errors is not null)
                    .SelectMany(detail => detail.Errors!, (detail, error) => $"{detail.InstanceLocation}: {error.Value}")
                    .Take(5)
                    ?? []
            )
        );
    }

    private static JsonSchema Read()
    {
        // A stub for the external GeoJSON schema; another check reads the points.
        var options = new BuildOptions { SchemaRegistry = new SchemaRegistry() };
        JsonSchema.FromText(
            """{ "$id": "https://geojson.org/schema/GeoJSON.json", "type": "object", "required": ["type", "coordinates"] }""",
            options
        );
        return JsonSchema.FromText(File.ReadAllText(SharedData.RequireStandard("ninjs/ninjs-schema_3.1.json")), options);
    }
}
