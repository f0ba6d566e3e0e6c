using System.Text.Encodings.Web;
using System.Text.Json;

namespace HeadlessCms.Api.Feeds.Formats;

/// <summary>Writes the values of JSON formats; members without a value are omitted.</summary>
internal static class JsonText
{
    /// <summary>For standalone documents: characters of all scripts are written unescaped.</summary>
    public static readonly JsonWriterOptions Standalone = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>For documents in a script element, which an unescaped <c>&lt;</c> could end.</summary>
    public static readonly JsonWriterOptions Embedded = new() { Encoder = JavaScriptEncoder.Default };

    public static void Text(this Utf8JsonWriter json, string name, string? value)
    {
        if (value is not null)
            json.WriteString(name, value);
    }

    public static void Instant(this Utf8JsonWriter json, string name, DateTimeOffset value) =>
        json.WriteString(name, XmlText.Rfc3339(value));

    /// <summary>Writes an array, or nothing if it is empty.</summary>
    public static void Each<T>(this Utf8JsonWriter json, string name, IEnumerable<T> items, Action<T> write)
    {
        var begun = false;
        foreach (var item in items)
        {
            if (!begun)
                json.WriteStartArray(name);
            begun = true;
            write(item);
        }

        if (begun)
            json.WriteEndArray();
    }

    public static void Object(this Utf8JsonWriter json, Action members)
    {
        json.WriteStartObject();
        members();
        json.WriteEndObject();
    }
}
