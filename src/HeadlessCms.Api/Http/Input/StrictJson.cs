using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace HeadlessCms.Api.Http.Input;

/// <summary>
/// The JSON options: camelCase; unknown members, duplicate keys, wrong case, numbers as strings, U+0000 and instants without an offset are
/// refused (RFC 8259, I-JSON RFC 7493, RFC 3339).
/// </summary>
internal static class StrictJson
{
    public static void Configure(JsonSerializerOptions options)
    {
        options.PropertyNamingPolicy = JsonNamingPolicy.CamelCase;
        options.PropertyNameCaseInsensitive = false;
        options.UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow;
        options.AllowDuplicateProperties = false;
        options.NumberHandling = JsonNumberHandling.Strict;
        options.RespectNullableAnnotations = true;
        options.RespectRequiredConstructorParameters = true;
        options.TypeInfoResolver = new DefaultJsonTypeInfoResolver
        {
            Modifiers = { KindMembers.Expand, LeaveRequiredMembersToValidators, WriteInheritedMembersFirst, RefuseNullsInLists },
        };
        options.MaxDepth = 16;
        options.Converters.Add(new StrictText());
        options.Converters.Add(new StrictInstant());
        options.Converters.Add(new StrictEnums());
    }

    // The base type has the id, which comes first.
    private static void WriteInheritedMembersFirst(JsonTypeInfo type)
    {
        foreach (var member in type.Properties)
            for (
                var declaring = (member.AttributeProvider as MemberInfo)?.DeclaringType;
                declaring is not null;
                declaring = declaring.BaseType
            )
                member.Order++;
    }

    // RespectNullableAnnotations covers members, but not the items of lists and dictionaries.
    private static void RefuseNullsInLists(JsonTypeInfo type)
    {
        foreach (var member in type.Properties)
        {
            if (
                member.PropertyType == typeof(string)
                || !member.PropertyType.IsAssignableTo(typeof(System.Collections.IEnumerable))
                || member.Set is not { } set
            )
                continue;
            member.Set = (owner, value) =>
            {
                var keyed = value as IReadOnlyDictionary<string, string>;
                var index = 0;
                foreach (var item in value as System.Collections.IEnumerable ?? Array.Empty<object>())
                {
                    if (item is null || item is KeyValuePair<string, string> { Value: null })
                        throw new RefusedJsonException("null", "The value must not be null.")
                        {
                            Below = keyed is null ? $"/{index}" : $"/{keyed.Keys.ElementAt(index)}",
                        };
                    index++;
                }

                set(owner, value);
            };
        }
    }

    // The reader stops at the first missing member; validators report all errors at once.
    private static void LeaveRequiredMembersToValidators(JsonTypeInfo type)
    {
        foreach (
            var member in type.Properties.Where(member =>
                member.AttributeProvider?.IsDefined(typeof(System.Runtime.CompilerServices.RequiredMemberAttribute), false) == true
            )
        )
            member.IsRequired = false;
    }
}

/// <summary>Refuses a value with a stable error code.</summary>
internal sealed class RefusedJsonException(string code, string detail) : JsonException(detail)
{
    public string Code { get; } = code;

    /// <summary>A JSON Pointer to the value, relative to the position that the reader reports.</summary>
    public string Below { get; init; } = "";
}

/// <summary>
/// Strings without U+0000, which PostgreSQL cannot store, and without the control characters that texts do not have and XML cannot express.
/// Line breaks become U+000A.
/// </summary>
internal sealed class StrictText : JsonConverter<string>
{
    /// <summary>The code of the error.</summary>
    public const string ControlCharacter = "controlCharacter";

    public override string? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.String)
            throw new RefusedJsonException("wrongType", "A string is expected.");
        var text = reader.GetString()!;
        if (text.Contains('\0', StringComparison.Ordinal))
            throw new RefusedJsonException("nul", "U+0000 is not allowed.");
        if (text.Contains('\r', StringComparison.Ordinal))
            text = text.Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n');
        foreach (var character in text)
            if (char.IsControl(character) && character is not ('\n' or '\t'))
                throw new RefusedJsonException(
                    ControlCharacter,
                    $"The control character U+{(int)character:X4} is not allowed: only tabs and line breaks are."
                );
        return text;
    }

    public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options) => writer.WriteStringValue(value);

    public override string ReadAsPropertyName(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.GetString()!;

    public override void WriteAsPropertyName(Utf8JsonWriter writer, string value, JsonSerializerOptions options) =>
        writer.WritePropertyName(value);
}

/// <summary>Enums by their camelCase names, case-sensitive.</summary>
internal sealed class StrictEnums : JsonConverterFactory
{
    public override bool CanConvert(Type typeToConvert) => typeToConvert.IsEnum;

    public override JsonConverter CreateConverter(Type typeToConvert, JsonSerializerOptions options) =>
        (JsonConverter)Activator.CreateInstance(typeof(StrictEnum<>).MakeGenericType(typeToConvert))!;

    private sealed class StrictEnum<T> : JsonConverter<T>
        where T : struct, Enum
    {
        private static readonly Dictionary<string, T> ByName = Enum.GetValues<T>().ToDictionary(EnumNames.Of);
        private static readonly Dictionary<T, string> Names = ByName.ToDictionary(pair => pair.Value, pair => pair.Key);

        public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            reader.TokenType == JsonTokenType.String && ByName.TryGetValue(reader.GetString()!, out var value)
                ? value
                : throw new RefusedJsonException("unknownValue", $"Expected one of: {string.Join(", ", ByName.Keys)}.");

        public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => writer.WriteStringValue(Names[value]);
    }
}

/// <summary>The names of enum values on the wire.</summary>
internal static class EnumNames
{
    public static string Of<T>(T value)
        where T : struct, Enum => Of(typeof(T), value.ToString());

    /// <summary>The value of a validated name.</summary>
    public static T Parse<T>(string name)
        where T : struct, Enum => Enum.GetValues<T>().First(value => Of(value) == name);

    public static IEnumerable<string> Of(Type type) => Enum.GetNames(type).Select(name => Of(type, name));

    private static string Of(Type type, string name) =>
        type.GetField(name)?.GetCustomAttribute<JsonStringEnumMemberNameAttribute>()?.Name ?? JsonNamingPolicy.CamelCase.ConvertName(name);
}
