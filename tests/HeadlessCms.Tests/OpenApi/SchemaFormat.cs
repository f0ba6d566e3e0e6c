using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace HeadlessCms.Tests.OpenApi;

/// <summary>Checks a value against the <c>format</c> of its schema, as strictly as generated clients do.</summary>
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
            // These formats do not restrict the value.
            ("float" or "double" or "binary" or "password", _) => true,
            // A format applies only to values of its own type.
            ("int32" or "int64" or "uuid" or "date" or "date-time" or "uri" or "uri-reference" or "email" or "byte", _) => true,
            _ => throw new NotSupportedException($"The format {format} is not checked, so nothing may use it yet."),
        };

    private static bool IsDate(string text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _);

    // RFC 3339 without leap seconds, which PostgreSQL does not produce.
    private static bool IsDateTime(string text) => DateTimeParts().Match(text) is { Success: true } parts && IsDate(parts.Groups[1].Value);

    private static bool IsUriReference(string text) => Rfc3986().IsMatch(text) && Uri.TryCreate(text, UriKind.RelativeOrAbsolute, out _);

    // The scheme is required, because "/a" is an absolute file URI on Unix.
    private static bool IsUri(string text) =>
        Scheme().IsMatch(text) && Rfc3986().IsMatch(text) && Uri.TryCreate(text, UriKind.Absolute, out _);

    [GeneratedRegex(
        @"^([0-9]{4}-[0-9]{2}-[0-9]{2})[Tt]([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](\.[0-9]+)?([Zz]|[+-]([01][0-9]|2[0-3]):[0-5][0-9])\z"
    )]
    private static partial Regex DateTimeParts();

    [GeneratedRegex(@"^[A-Za-z][A-Za-z0-9+.-]*:")]
    private static partial Regex Scheme();

    // The characters of RFC 3986; a percent sign only before two hex digits; at most one fragment.
    [GeneratedRegex(@"^([A-Za-z0-9\-._~:/?\[\]@!$&'()*+,;=]|%[0-9A-Fa-f]{2})*(#([A-Za-z0-9\-._~:/?@!$&'()*+,;=]|%[0-9A-Fa-f]{2})*)?\z")]
    private static partial Regex Rfc3986();

    [GeneratedRegex(@"^[^@\s]+@[^@\s.]+(\.[^@\s.]+)*\z")]
    private static partial Regex Email();
}
