using System.Text.Encodings.Web;
using System.Text.Json;

namespace HeadlessCms.Api.Feeds.Formats;

/// <summary>How values are spelt in JSON formats: what is not there is left out.</summary>
internal static class JsonText
{
    /// <summary>For documents that stand alone: letters of every script as they are.</summary>
    public static readonly JsonWriterOptions Alone = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>For documents that are put into a page's script element, which <c>&lt;</c> could end.</summary>
    public static readonly JsonWriterOptions Embedded = new() { Encoder = JavaScriptEncoder.Default };

    public static void Text(this Utf8JsonWriter json, string name, string? value)
    {
        if (value is not null)
            json.WriteString(name, value);
    }

    public static void Instant(this Utf8JsonWriter json, string name, DateTimeOffset value) =>
        json.WriteString(name, XmlText.Rfc3339(value));

    /// <summary>An array of what <paramref name="write"/> writes of each; none where there is nothing.</summary>
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

    /// <summary>An object with the members that <paramref name="members"/> writes.</summary>
    public static void Object(this Utf8JsonWriter json, Action members)
    {
        json.WriteStartObject();
        members();
        json.WriteEndObject();
    }
}
