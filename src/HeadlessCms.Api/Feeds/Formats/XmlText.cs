using System.Globalization;
using System.Text;
using System.Xml;

namespace HeadlessCms.Api.Feeds.Formats;

/// <summary>Formats values for XML.</summary>
internal static class XmlText
{
    /// <summary>Removes the characters that XML 1.0 does not allow: most control characters, lone surrogates, U+FFFE and U+FFFF.</summary>
    public static string Clean(string text)
    {
        StringBuilder? clean = null;
        for (var at = 0; at < text.Length; at++)
        {
            var length =
                XmlConvert.IsXmlChar(text[at]) ? 1
                : at + 1 < text.Length && XmlConvert.IsXmlSurrogatePair(text[at + 1], text[at]) ? 2
                : 0;
            if (length == 0)
                clean ??= new StringBuilder(text, 0, at, text.Length);
            else
                clean?.Append(text, at, length);
            if (length == 2)
                at++;
        }

        return clean?.ToString() ?? text;
    }

    /// <summary>Plain text as HTML. Only what must be is written as a reference, because some readers show the HTML as it is.</summary>
    public static string Html(string text) =>
        text.Replace("&", "&amp;", StringComparison.Ordinal)
            .Replace("<", "&lt;", StringComparison.Ordinal)
            .Replace(">", "&gt;", StringComparison.Ordinal);

    /// <summary>RFC 822 with a four-digit year, as RSS requires.</summary>
    public static string Rfc822(DateTimeOffset instant) =>
        instant.UtcDateTime.ToString("ddd, dd MMM yyyy HH:mm:ss '+0000'", CultureInfo.InvariantCulture);

    /// <summary>RFC 3339 with microseconds.</summary>
    public static string Rfc3339(DateTimeOffset instant) =>
        instant.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFF'Z'", CultureInfo.InvariantCulture);

    /// <summary>Latitude and longitude in degrees (GeoRSS Simple).</summary>
    public static string Point(double latitude, double longitude) =>
        FormattableString.Invariant($"{Degrees(latitude)} {Degrees(longitude)}");

    /// <summary>An angle as a decimal number without an exponent or a negative zero; nine digits are a tenth of a millimetre.</summary>
    public static decimal Degrees(double value) =>
        Math.Round((decimal)value, 9) is var rounded && rounded == 0 ? 0m : rounded / 1.000000000m;
}
