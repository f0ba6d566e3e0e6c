using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using HeadlessCms.Api.Http.Problems;

namespace HeadlessCms.Api.Http.Input;

/// <summary>
/// Finds everything in a JSON document that does not fit a type, where the serializer stops at the first error. Read only after that has
/// failed.
/// </summary>
internal sealed class JsonShape
{
    private readonly JsonSerializerOptions _options;
    private readonly int _maxErrors;
    private readonly List<InputError> _errors = [];

    private bool IsFull => _errors.Count >= _maxErrors;

    private JsonShape(JsonSerializerOptions options, int maxErrors) => (_options, _maxErrors) = (options, maxErrors);

    /// <summary>The errors, and what the type can hold of the document: null where that is nothing.</summary>
    /// <param name="document">The document.</param>
    /// <param name="type">The type that it should fit.</param>
    /// <param name="options">How the serializer reads it.</param>
    /// <param name="maxErrors">After so many errors the rest of the document is not read.</param>
    public static (IReadOnlyList<InputError> Errors, JsonNode? Fitting) Of(
        JsonElement document,
        Type type,
        JsonSerializerOptions options,
        int maxErrors
    )
    {
        var shape = new JsonShape(options, maxErrors);
        if (document.ValueKind == JsonValueKind.Null)
            return ([JsonErrors.Missing("")], null);
        var fits = shape.TryRead(document, type, "", out var fitting);
        return (shape._errors, fits ? fitting : null);
    }

    private bool TryRead(JsonElement value, Type type, string pointer, out JsonNode? fitting)
    {
        fitting = null;
        if (IsFull)
            return false;
        var info = _options.GetTypeInfo(type);
        return info.Kind switch
        {
            JsonTypeInfoKind.Object => TryReadObject(value, info, pointer, out fitting),
            JsonTypeInfoKind.Enumerable => TryReadList(value, info, pointer, out fitting),
            JsonTypeInfoKind.Dictionary => TryReadDictionary(value, info, pointer, out fitting),
            _ => TryReadValue(value, info, pointer, out fitting),
        };
    }

    private bool TryReadObject(JsonElement value, JsonTypeInfo info, string pointer, out JsonNode? fitting)
    {
        fitting = null;
        if (value.ValueKind != JsonValueKind.Object)
            return Refuse(JsonErrors.WrongType(pointer));
        var members = info.Properties.ToDictionary(member => member.Name);
        var sent = new HashSet<string>();
        var result = new JsonObject();
        foreach (var member in value.EnumerateObject().TakeWhile(_ => !IsFull))
        {
            if (!sent.Add(member.Name))
                Refuse(JsonErrors.Duplicate(pointer, member.Name));
            else if (!members.TryGetValue(member.Name, out var known))
                Refuse(JsonErrors.Unknown(pointer, member.Name, members.Keys));
            else if (member.Value.ValueKind == JsonValueKind.Null && !known.IsSetNullable)
                Refuse(JsonErrors.Null(JsonErrors.Below(pointer, member.Name)));
            else if (member.Value.ValueKind == JsonValueKind.Null)
                result[member.Name] = null;
            else if (TryRead(member.Value, known.PropertyType, JsonErrors.Below(pointer, member.Name), out var read))
                result[member.Name] = read;
        }

        fitting = result;
        return true;
    }

    private bool TryReadList(JsonElement value, JsonTypeInfo info, string pointer, out JsonNode? fitting)
    {
        fitting = null;
        if (value.ValueKind != JsonValueKind.Array)
            return Refuse(JsonErrors.WrongType(pointer));
        var result = new JsonArray();
        var (index, fits) = (0, true);
        foreach (var item in value.EnumerateArray().TakeWhile(_ => !IsFull))
        {
            var below = $"{pointer}/{index++}";
            JsonNode? read = null;
            fits &=
                item.ValueKind == JsonValueKind.Null ? Refuse(JsonErrors.Null(below)) : TryRead(item, info.ElementType!, below, out read);
            result.Add(read);
        }

        fitting = result;
        return fits; // without one of its items the others would have other pointers
    }

    private bool TryReadDictionary(JsonElement value, JsonTypeInfo info, string pointer, out JsonNode? fitting)
    {
        fitting = null;
        if (value.ValueKind != JsonValueKind.Object)
            return Refuse(JsonErrors.WrongType(pointer));
        var result = new JsonObject();
        foreach (var member in value.EnumerateObject().TakeWhile(_ => !IsFull))
        {
            var below = JsonErrors.Below(pointer, member.Name);
            if (result.ContainsKey(member.Name))
                Refuse(JsonErrors.Duplicate(pointer, member.Name));
            else if (member.Value.ValueKind == JsonValueKind.Null)
                Refuse(JsonErrors.Null(below));
            else if (TryRead(member.Value, info.ElementType!, below, out var read))
                result[member.Name] = read;
        }

        fitting = result;
        return true;
    }

    private bool TryReadValue(JsonElement value, JsonTypeInfo info, string pointer, out JsonNode? fitting)
    {
        fitting = null;
        try
        {
            value.Deserialize(info);
            fitting = JsonValue.Create(value);
            return true;
        }
        catch (JsonException refused)
        {
            var error = JsonErrors.Of(refused) with { Pointer = pointer };
            return Refuse(
                error.Code == JsonErrors.UnknownValue && value.ValueKind == JsonValueKind.String
                    ? error with
                    {
                        DidYouMean = Nearest.Of(value.GetString()!, [.. EnumNames.Of(Nullable.GetUnderlyingType(info.Type) ?? info.Type)]),
                    }
                    : error
            );
        }
    }

    private bool Refuse(InputError error)
    {
        if (!IsFull)
            _errors.Add(error);
        return false;
    }
}
