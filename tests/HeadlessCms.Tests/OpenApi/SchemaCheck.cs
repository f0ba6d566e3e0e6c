using System.Text.Json;

namespace HeadlessCms.Tests.OpenApi;

/// <summary>
/// Validates a JSON value against an OpenAPI 3.1 schema. It supports the keywords of JSON Schema 2020-12 that the documents use and throws
/// on others, because an ignored rule would look like a passed one.
/// </summary>
internal sealed class SchemaCheck(JsonElement document)
{
    // No body nests as deeply; only a circular reference reaches this depth.
    private const int DeepestReference = 200;

    /// <summary>
    /// The pointer at and below which required members may be missing: the response has what <c>fields</c> selected. Null requires all.
    /// </summary>
    public string? SelectedAt { get; init; }

    /// <summary>The violations as "pointer: error"; empty if the value is valid.</summary>
    public IReadOnlyList<string> Validate(JsonElement schema, JsonElement value)
    {
        var errors = new List<string>();
        Check(schema, value, "", errors, 0);
        return errors;
    }

    /// <summary>The target of a local reference such as <c>#/components/schemas/Article</c>.</summary>
    public JsonElement Resolve(string reference)
    {
        if (!reference.StartsWith("#/", StringComparison.Ordinal))
            throw new NotSupportedException($"The reference {reference} is not local.");
        var at = document;
        foreach (var step in reference[2..].Split('/'))
        {
            var name = Uri.UnescapeDataString(step)
                .Replace("~1", "/", StringComparison.Ordinal)
                .Replace("~0", "~", StringComparison.Ordinal);
            if (at.ValueKind != JsonValueKind.Object || !at.TryGetProperty(name, out at))
                throw new InvalidOperationException($"The reference {reference} points to nothing.");
        }
        return at;
    }

    private void Check(JsonElement schema, JsonElement value, string at, List<string> errors, int depth)
    {
        if (depth > DeepestReference)
            throw new InvalidOperationException($"The schema at {Name(at)} refers to itself without end.");
        if (schema.ValueKind is JsonValueKind.True)
            return;
        if (schema.ValueKind is JsonValueKind.False)
        {
            errors.Add($"{Name(at)}: no value is allowed here");
            return;
        }
        foreach (var keyword in schema.EnumerateObject())
        {
            var rule = keyword.Value;
            switch (keyword.Name)
            {
                case "$ref":
                    Check(Resolve(rule.GetString()!), value, at, errors, depth + 1);
                    break;
                case "allOf":
                    foreach (var part in rule.EnumerateArray())
                        Check(part, value, at, errors, depth + 1);
                    break;
                case "anyOf" or "oneOf":
                    CheckChoice(keyword.Name, rule, value, at, errors, depth);
                    break;
                case "properties":
                    CheckProperties(rule, value, at, errors, depth);
                    break;
                case "additionalProperties":
                    CheckAdditional(schema, rule, value, at, errors, depth);
                    break;
                case "items" when value.ValueKind is JsonValueKind.Array:
                    foreach (var (i, item) in value.EnumerateArray().Index())
                        Check(rule, item, $"{at}/{i}", errors, depth + 1);
                    break;
                case "items":
                    break;
                case "required" when SelectedAt is { } selected && $"{at}/".StartsWith($"{selected}/", StringComparison.Ordinal):
                    break;
                default:
                    if (Breach(keyword.Name, rule, value) is { } wrong)
                        errors.Add($"{Name(at)}: {wrong}");
                    break;
            }
        }
    }

    private void CheckChoice(string keyword, JsonElement choices, JsonElement value, string at, List<string> errors, int depth)
    {
        var failures = new List<string>();
        var (matches, count) = (0, 0);
        foreach (var choice in choices.EnumerateArray())
        {
            var own = new List<string>();
            Check(choice, value, at, own, depth + 1);
            if (own.Count == 0)
                matches++;
            else
                failures.Add($"[{count}] {string.Join(", ", own)}");
            count++;
        }
        if (matches == 0)
            errors.Add($"{Name(at)}: matches none of {keyword} ({string.Join("; ", failures)})");
        else if (matches > 1 && keyword == "oneOf")
            errors.Add($"{Name(at)}: matches {matches} of oneOf");
    }

    private void CheckProperties(JsonElement properties, JsonElement value, string at, List<string> errors, int depth)
    {
        if (value.ValueKind is not JsonValueKind.Object)
            return;
        foreach (var property in properties.EnumerateObject())
            if (value.TryGetProperty(property.Name, out var member))
                Check(property.Value, member, Child(at, property.Name), errors, depth + 1);
    }

    private void CheckAdditional(JsonElement schema, JsonElement rule, JsonElement value, string at, List<string> errors, int depth)
    {
        if (value.ValueKind is not JsonValueKind.Object)
            return;
        var hasProperties = schema.TryGetProperty("properties", out var properties);
        foreach (var member in value.EnumerateObject())
        {
            if (hasProperties && properties.TryGetProperty(member.Name, out _))
                continue;
            if (rule.ValueKind is JsonValueKind.False)
                errors.Add($"{Child(at, member.Name)}: is not declared");
            else
                Check(rule, member.Value, Child(at, member.Name), errors, depth + 1);
        }
    }

    private static string? Breach(string keyword, JsonElement rule, JsonElement value) =>
        keyword switch
        {
            "type" => IsOfType(rule, value) ? null : $"is {Kind(value)}, not {rule.GetRawText()}",
            "const" => JsonElement.DeepEquals(rule, value) ? null : $"is {Short(value)}, not {rule.GetRawText()}",
            "enum" => rule.EnumerateArray().Any(e => JsonElement.DeepEquals(e, value))
                ? null
                : $"{Short(value)} is not one of {rule.GetRawText()}",
            "required" => Missing(rule, value) is { Length: > 0 } missing ? $"lacks {missing}" : null,
            "minProperties" => value.ValueKind is JsonValueKind.Object ? TooFew(value.GetPropertyCount(), rule, "members") : null,
            "maxProperties" => value.ValueKind is JsonValueKind.Object ? TooMany(value.GetPropertyCount(), rule, "members") : null,
            "minItems" => value.ValueKind is JsonValueKind.Array ? TooFew(value.GetArrayLength(), rule, "items") : null,
            "maxItems" => value.ValueKind is JsonValueKind.Array ? TooMany(value.GetArrayLength(), rule, "items") : null,
            "uniqueItems" => value.ValueKind is JsonValueKind.Array && rule.GetBoolean() && HasTwins(value) ? "has two equal items" : null,
            "minLength" => value.ValueKind is JsonValueKind.String ? TooFew(Length(value), rule, "characters") : null,
            "maxLength" => value.ValueKind is JsonValueKind.String ? TooMany(Length(value), rule, "characters") : null,
            "pattern" => value.ValueKind is not JsonValueKind.String || EcmaPattern.IsMatch(value.GetString()!, rule.GetString()!)
                ? null
                : $"{Short(value)} does not match {rule.GetString()}",
            "minimum" => Compare(value, rule) < 0 ? $"{value} is below {rule}" : null,
            "maximum" => Compare(value, rule) > 0 ? $"{value} is above {rule}" : null,
            "exclusiveMinimum" => Compare(value, rule) <= 0 ? $"{value} is not above {rule}" : null,
            "exclusiveMaximum" => Compare(value, rule) >= 0 ? $"{value} is not below {rule}" : null,
            "multipleOf" => value.ValueKind is JsonValueKind.Number && value.GetDecimal() % rule.GetDecimal() != 0
                ? $"{value} is no multiple of {rule}"
                : null,
            "format" => SchemaFormat.Holds(rule.GetString()!, value) ? null : $"{Short(value)} is no {rule.GetString()}",
            // Annotations for readers and generators; they restrict nothing.
            "title"
            or "description"
            or "default"
            or "example"
            or "examples"
            or "deprecated"
            or "readOnly"
            or "writeOnly"
            or "discriminator"
            or "externalDocs"
            or "xml"
            or "contentMediaType"
            or "contentEncoding"
            or "$comment" => null,
            _ when keyword.StartsWith("x-", StringComparison.Ordinal) => null,
            _ => throw new NotSupportedException($"The schema keyword {keyword} is not checked, so nothing may use it yet."),
        };

    private static bool IsOfType(JsonElement rule, JsonElement value) =>
        rule.ValueKind is JsonValueKind.Array
            ? rule.EnumerateArray().Any(one => IsOfType(one, value))
            : (rule.GetString(), value.ValueKind) switch
            {
                ("null", JsonValueKind.Null) or ("object", JsonValueKind.Object) or ("array", JsonValueKind.Array) => true,


                ("string", JsonValueKind.String)
                or
                ("boolean", JsonValueKind.True or JsonValueKind.False)
                or ("number", JsonValueKind.Number) => true,
                // JSON Schema treats 1.0 as an integer.
                ("integer", JsonValueKind.Number) => value.TryGetDecimal(out var number) && number == decimal.Truncate(number),
                ("null" or "object" or "array" or "string" or "boolean" or "number" or "integer", _) => false,
                var (type, _) => throw new NotSupportedException($"There is no type {type}."),
            };

    private static string Missing(JsonElement required, JsonElement value) =>
        value.ValueKind is not JsonValueKind.Object
            ? ""
            : string.Join(", ", required.EnumerateArray().Select(r => r.GetString()!).Where(name => !value.TryGetProperty(name, out _)));

    // Null if the value is not a number, because bounds apply only to numbers. Values beyond decimal are compared as double.
    private static int? Compare(JsonElement value, JsonElement bound)
    {
        if (bound.ValueKind is not JsonValueKind.Number)
            throw new NotSupportedException($"A bound of {bound.GetRawText()} is not OpenAPI 3.1.");
        if (value.ValueKind is not JsonValueKind.Number)
            return null;
        return value.TryGetDecimal(out var number) && bound.TryGetDecimal(out var limit)
            ? number.CompareTo(limit)
            : value.GetDouble().CompareTo(bound.GetDouble());
    }

    private static bool HasTwins(JsonElement array)
    {
        var items = array.EnumerateArray().ToList();
        return items.Index().Any(one => items.Skip(one.Index + 1).Any(other => JsonElement.DeepEquals(one.Item, other)));
    }

    // JSON Schema counts code points, not UTF-16 units.
    private static int Length(JsonElement text) => text.GetString()!.EnumerateRunes().Count();

    private static string? TooFew(int count, JsonElement rule, string what) =>
        count < rule.GetDecimal() ? $"has {count} {what}, fewer than {rule}" : null;

    private static string? TooMany(int count, JsonElement rule, string what) =>
        count > rule.GetDecimal() ? $"has {count} {what}, more than {rule}" : null;

    private static string Kind(JsonElement value) =>
        value.ValueKind switch
        {
            JsonValueKind.True or JsonValueKind.False => "a boolean",
            JsonValueKind.Number => $"the number {value}",
            JsonValueKind.String => $"the string {Short(value)}",
            JsonValueKind.Null => "null",
            JsonValueKind.Array => "an array",
            _ => "an object",
        };

    private static string Short(JsonElement value) => value.GetRawText() is { Length: > 80 } text ? text[..80] + "…" : value.GetRawText();

    private static string Child(string at, string name) =>
        $"{at}/{name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal)}";

    private static string Name(string at) => at.Length == 0 ? "(root)" : at;
}
