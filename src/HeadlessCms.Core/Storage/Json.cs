using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using HeadlessCms.Core.Concepts;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace HeadlessCms.Core.Storage;

/// <summary>Serialisation of <c>jsonb</c> columns: camelCase, enums as text.</summary>
internal static class Json
{
    public static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase), new JsonMentions() },
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { JsonMentions.TellKindsApart } },
    };

    public static PropertyBuilder<T> AsJson<T>(this PropertyBuilder<T> property)
    {
        var equality = new ValueComparer<T>(
            (a, b) => JsonSerializer.Serialize(a, Options) == JsonSerializer.Serialize(b, Options),
            value => JsonSerializer.Serialize(value, Options).GetHashCode(StringComparison.Ordinal),
            value => value
        );
        return property
            .HasColumnType("jsonb")
            .HasConversion(
                new ValueConverter<T, string>(
                    value => JsonSerializer.Serialize(value, Options),
                    text => JsonSerializer.Deserialize<T>(text, Options)!
                ),
                equality
            );
    }
}

/// <summary>The concepts that an article names: one array, whose items say of which kind they are in their first member.</summary>
internal sealed class JsonMentions : JsonConverter<ByKind<IMention>>
{
    public static void TellKindsApart(JsonTypeInfo type)
    {
        if (type.Type != typeof(IMention))
            return;
        type.PolymorphismOptions = new JsonPolymorphismOptions { TypeDiscriminatorPropertyName = "of" };
        foreach (var names in ConceptKindNames.All)
            type.PolymorphismOptions.DerivedTypes.Add(new(OfKindAttribute.TypeOf(type.Type, names), names.Singular));
    }

    public override ByKind<IMention> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        new(JsonSerializer.Deserialize<List<IMention>>(ref reader, options)!);

    public override void Write(Utf8JsonWriter writer, ByKind<IMention> value, JsonSerializerOptions options) =>
        JsonSerializer.Serialize(writer, value.Items.Select(mention => mention.Item), options);
}

/// <summary>Enums are stored as camelCase text.</summary>
internal sealed class EnumText<T>() : ValueConverter<T, string>(value => Of(value), text => Enum.Parse<T>(text, true))
    where T : struct, Enum
{
    public static string Of(T value) => JsonNamingPolicy.CamelCase.ConvertName(value.ToString());

    /// <summary>The rule that a column holds one of the enum's values, as a check constraint.</summary>
    public static string Check(string column) => $"{column} in ({List(Enum.GetValues<T>())})";

    /// <summary>The values as a list of SQL literals.</summary>
    public static string List(IEnumerable<T> values) => string.Join(", ", values.Select(value => $"'{Of(value)}'"));
}
