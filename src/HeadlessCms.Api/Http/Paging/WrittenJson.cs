using System.Text.Json;
using System.Text.Json.Serialization;

namespace HeadlessCms.Api.Http.Paging;

/// <summary>A value that is JSON already, in UTF-8.</summary>
/// <param name="Utf8">The JSON.</param>
[JsonConverter(typeof(Converter))]
internal readonly record struct WrittenJson(byte[] Utf8)
{
    /// <summary>Writes it as a response.</summary>
    public Task WriteAsync(HttpResponse response)
    {
        response.ContentType = "application/json";
        return response.BodyWriter.WriteAsync(Utf8, response.HttpContext.RequestAborted).AsTask();
    }

    private sealed class Converter : JsonConverter<WrittenJson>
    {
        public override WrittenJson Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            throw new NotSupportedException("It is written only.");

        public override void Write(Utf8JsonWriter writer, WrittenJson value, JsonSerializerOptions options) =>
            writer.WriteRawValue(value.Utf8, skipInputValidation: true);
    }
}
