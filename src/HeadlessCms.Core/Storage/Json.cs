using System.Text.Json;
using System.Text.Json.Serialization;
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
/// <remarks>The serialiser tells derived types apart as well, but a list of twenty articles took a tenth longer with it.</remarks>
internal sealed class JsonMentions : JsonConverter<ByKind<IMention>>
{
    private const string KindMember = "of";

    private static readonly (string Kind, Type Mention)[] Kinds =
    [
        .. ConceptKindNames.All.Select(names => (names.Singular, OfKindAttribute.TypeOf(typeof(IMention), names))),
    ];

    public override ByKind<IMention> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var mentions = new List<IMention>();
        while (reader.Read() && reader.TokenType == JsonTokenType.StartObject)
        {
            var ahead = reader;
            if (!ahead.Read() || !ahead.ValueTextEquals(KindMember) || !ahead.Read())
                throw new JsonException($"A mention must begin with {KindMember}.");
            mentions.Add((IMention)JsonSerializer.Deserialize(ref reader, TypeOf(ref ahead), options)!);
        }

        return new(mentions);
    }

    public override void Write(Utf8JsonWriter writer, ByKind<IMention> value, JsonSerializerOptions options) =>
        throw new NotSupportedException("Mentions are read from a view.");

    private static Type TypeOf(ref Utf8JsonReader text)
    {
        foreach (var (kind, mention) in Kinds)
            if (text.ValueTextEquals(kind))
                return mention;
        throw new JsonException($"{text.GetString()} is no kind of concept.");
    }
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
