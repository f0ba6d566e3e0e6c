using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace HeadlessCms.Tests.OpenApi;

/// <summary>Whether a value keeps its schema's <c>format</c>. Strict, since a client's generated type will be.</summary>
internal static partial class SchemaFormat
{
    public static bool Holds(string format, JsonElement value) =>
        (format, value.ValueKind) switch
        {
            ("int32", JsonValueKind.Number) => value.TryGetDecimal(out var n) && n is >= int.MinValue and <= int.MaxValue,
            ("int64", JsonValueKind.Number) => value.TryGetDecimal(out var n) && n is >= long.MinValue and <= long.MaxValue,
            ("uuid", JsonValueKind.String) => Guid.TryParseExact(value.GetString(), "D", out _),
            ("date", JsonValueKind.String) => IsDate(value.GetString()!),
            ("date-time", JsonValueKind.String) => IsDateTime(value.GetString()!),
            ("uri", JsonValueKind.String) => IsUri(value.GetString()!),
            ("uri-reference", JsonValueKind.String) => IsUriReference(value.GetString()!),
            ("email", JsonValueKind.String) => Email().IsMatch(value.GetString()!),
            ("byte", JsonValueKind.String) => value.TryGetBytesFromBase64(out _),
            // These say how to treat a value, not which values there are.
            ("float" or "double" or "binary" or "password", _) => true,
            // A format is only about its own kind of value; "type" tells the rest.
            ("int32" or "int64" or "uuid" or "date" or "date-time" or "uri" or "uri-reference" or "email" or "byte", _) => true,
            _ => throw new NotSupportedException($"The format {format} is not checked, so nothing may use it yet."),
        };

    private static bool IsDate(string text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _);

    // RFC 3339, less its leap second, which PostgreSQL's clock never tells.
    private static bool IsDateTime(string text) => DateTimeParts().Match(text) is { Success: true } parts && IsDate(parts.Groups[1].Value);

    private static bool IsUriReference(string text) => Rfc3986().IsMatch(text) && Uri.TryCreate(text, UriKind.RelativeOrAbsolute, out _);

    // The scheme is looked for, because "/a" alone counts as an absolute file address on Unix.
    private static bool IsUri(string text) =>
        Scheme().IsMatch(text) && Rfc3986().IsMatch(text) && Uri.TryCreate(text, UriKind.Absolute, out _);

    [GeneratedRegex(
        @"^([0-9]{4}-[0-9]{2}-[0-9]{2})[Tt]([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](\.[0-9]+)?([Zz]|[+-]([01][0-9]|2[0-3]):[0-5][0-9])\z"
    )]
    private static partial Regex DateTimeParts();

    [GeneratedRegex(@"^[A-Za-z][A-Za-z0-9+.-]*:")]
    private static partial Regex Scheme();

    // The characters that RFC 3986 knows, a percent sign only before two hex digits, and one fragment at most.
    [GeneratedRegex(@"^([A-Za-z0-9\-._~:/?\[\]@!$&'()*+,;=]|%[0-9A-Fa-f]{2})*(#([A-Za-z0-9\-._~:/?@!$&'()*+,;=]|%[0-9A-Fa-f]{2})*)?\z")]
    private static partial Regex Rfc3986();

    [GeneratedRegex(@"^[^@\s]+@[^@\s.]+(\.[^@\s.]+)*\z")]
    private static partial Regex Email();
}
