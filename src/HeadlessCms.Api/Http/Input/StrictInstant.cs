using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;

namespace HeadlessCms.Api.Http.Input;

/// <summary>Instants as RFC 3339 has them (<c>date-time</c>), all of its forms; written in UTC with <c>Z</c>.</summary>
internal sealed partial class StrictInstant : JsonConverter<DateTimeOffset>
{
    /// <summary>The code of the error.</summary>
    public const string Code = "invalidInstant";

    /// <summary>
    /// Reads an instant, to the microsecond, which is PostgreSQL's precision. A leap second is the first instant after it. False for what
    /// is no RFC 3339 <c>date-time</c>, and for what is not within the years 1 to 9999 in UTC.
    /// </summary>
    public static bool TryParse(string text, out DateTimeOffset instant)
    {
        instant = default;
        var form = Form().Match(text);
        if (!form.Success)
            return false;
        var isLeapSecond = form.Groups["second"].ValueSpan is "60";
        var time = $"{form.Groups["date"].Value}T{form.Groups["minute"].Value}:{(isLeapSecond ? "59" : form.Groups["second"].Value)}";
        if (!DateTime.TryParseExact(time, "yyyy-MM-ddTHH:mm:ss", CultureInfo.InvariantCulture, DateTimeStyles.None, out var local))
            return false;
        var ticks = local.Ticks + (isLeapSecond ? TimeSpan.TicksPerSecond : MicrosecondsOf(form.Groups["fraction"].ValueSpan));
        ticks -= OffsetOf(form).Ticks;
        if (ticks < DateTime.MinValue.Ticks || ticks > DateTime.MaxValue.Ticks)
            return false;
        instant = new(ticks, TimeSpan.Zero);
        return true;
    }

    /// <summary>As <see cref="TryParse"/>, of a query parameter: a <c>+</c> that is not percent-encoded arrives as a space.</summary>
    public static bool TryParseInQuery(string text, out DateTimeOffset instant) =>
        TryParse(text.Length > 6 && text[^6] == ' ' ? $"{text[..^6]}+{text[^5..]}" : text, out instant);

    /// <summary>What is wrong with a text that is no instant.</summary>
    public static string ErrorOf(string text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _)
            ? $"A date alone is not an instant: add a time and an offset, such as {text}T09:30:00Z."
            : "An RFC 3339 instant with an offset is expected, such as 2025-12-23T09:30:00Z.";

    public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var text = reader.TokenType == JsonTokenType.String ? reader.GetString()! : "";
        return TryParse(text, out var instant) ? instant : throw new RefusedJsonException(Code, ErrorOf(text));
    }

    public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.UtcDateTime);

    private static long MicrosecondsOf(ReadOnlySpan<char> digits)
    {
        var microseconds = 0L;
        for (var index = 0; index < 6; index++)
            microseconds = microseconds * 10 + (index < digits.Length ? digits[index] - '0' : 0);
        return microseconds * TimeSpan.TicksPerMicrosecond;
    }

    private static TimeSpan OffsetOf(Match form)
    {
        if (!form.Groups["sign"].Success)
            return TimeSpan.Zero;
        var offset = TimeSpan.ParseExact(form.Groups["offset"].ValueSpan, @"hh\:mm", CultureInfo.InvariantCulture);
        return form.Groups["sign"].ValueSpan is "-" ? -offset : offset;
    }

    // [0-9], because \d takes in the digits of every script.
    [GeneratedRegex(
        "^(?<date>[0-9]{4}-[0-9]{2}-[0-9]{2})[Tt](?<minute>[0-9]{2}:[0-9]{2}):(?<second>[0-9]{2})(\\.(?<fraction>[0-9]+))?"
            + "([Zz]|(?<sign>[+-])(?<offset>([01][0-9]|2[0-3]):[0-5][0-9]))\\z"
    )]
    private static partial Regex Form();
}
