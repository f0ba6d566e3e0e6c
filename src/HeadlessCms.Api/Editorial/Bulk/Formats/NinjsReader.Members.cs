using System.Text.Json;

namespace HeadlessCms.Api.Editorial.Bulk.Formats;

// The members of an item, whatever their case and version. A member that is null is not there.
internal static partial class NinjsReader
{
    private static string? Part(JsonElement item, string[] roles, string list, bool isRequired = false)
    {
        var parts = Objects(item, list).ToList();
        var part = roles
            .Select(role => parts.Find(one => Text(one, "role") == role))
            .FirstOrDefault(one => one.ValueKind == JsonValueKind.Object);
        if (part.ValueKind != JsonValueKind.Object && !isRequired)
            part = parts.FirstOrDefault();
        if (part.ValueKind != JsonValueKind.Object)
            return null;
        return Text(part, "contentType") is "text/html" ? SourceText.Plain(Text(part, "value")) : Text(part, "value");
    }

    private static JsonElement? Child(JsonElement item, string name)
    {
        if (item.ValueKind == JsonValueKind.Object)
            foreach (var member in item.EnumerateObject())
                if (member.Name.Equals(name, StringComparison.OrdinalIgnoreCase) && member.Value.ValueKind != JsonValueKind.Null)
                    return member.Value;
        return null;
    }

    private static string? Text(JsonElement item, params ReadOnlySpan<string> names) => SourceText.OrNull(Raw(item, names));

    private static string? Raw(JsonElement item, params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
            if (Child(item, name) is { ValueKind: JsonValueKind.String } text)
                return text.GetString();
        return null;
    }

    private static double? Number(JsonElement item, string name) =>
        Child(item, name) is { ValueKind: JsonValueKind.Number } number && number.TryGetDouble(out var value) ? value : null;

    // ninjs 1 has associations and renditions as members of an object.
    private static IEnumerable<JsonElement> Objects(JsonElement item, string name, string? before = null) =>
        (Child(item, name) ?? (before is null ? null : Child(item, before))) switch
        {
            { ValueKind: JsonValueKind.Array } list => list.EnumerateArray().Where(one => one.ValueKind == JsonValueKind.Object),
            { ValueKind: JsonValueKind.Object } map => map.EnumerateObject()
                .Select(member => member.Value)
                .Where(one => one.ValueKind == JsonValueKind.Object),
            _ => [],
        };
}
