using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Unicode;

namespace HeadlessCms.Api.Http.Html;

/// <summary>Markup. It is made of the literal parts of interpolated strings, and of their values, which are encoded.</summary>
internal readonly record struct Markup
{
    private readonly string? _html;

    private Markup(string html) => _html = html;

    /// <summary>Markup without content.</summary>
    public static Markup None => default;

    /// <summary>The markup of an interpolated string. Each value in it is encoded, unless it is markup.</summary>
    public static Markup Of(MarkupText text) => new(text.ToString());

    /// <summary>HTML that is not encoded: the sanitiser's, or our own.</summary>
    public static Markup Raw(string? html) => new(html ?? "");

    /// <summary>Markup after markup.</summary>
    public static Markup Join(IEnumerable<Markup> parts) => new(string.Concat(parts.Select(part => part.ToString())));

    /// <summary>An instant in UTC.</summary>
    public static Markup Of(DateTimeOffset instant) =>
        Of($"<time datetime=\"{Format(instant, "yyyy-MM-dd'T'HH:mm:ss'Z'")}\">{Format(instant, "yyyy-MM-dd HH:mm 'UTC'")}</time>");

    public override string ToString() => _html ?? "";

    private static string Format(DateTimeOffset instant, string format) =>
        instant.UtcDateTime.ToString(format, CultureInfo.InvariantCulture);
}

/// <summary>Encodes the values of an interpolated string. Attributes in its literal parts must be in double quotes.</summary>
[InterpolatedStringHandler]
internal readonly ref struct MarkupText(int literalLength, int formattedCount)
{
    private static readonly HtmlEncoder Encoder = HtmlEncoder.Create(UnicodeRanges.All);
    private readonly StringBuilder _html = new(literalLength + 32 * formattedCount);

    public void AppendLiteral(string markup) => _html.Append(markup);

    public void AppendFormatted(Markup markup) => _html.Append(markup.ToString());

    public void AppendFormatted(int number) => _html.Append(number.ToString("N0", CultureInfo.InvariantCulture));

    public void AppendFormatted(string? text)
    {
        if (text is not null)
            _html.Append(Encoder.Encode(HasNoText(text) ? WithoutNoText(text) : text));
    }

    public override string ToString() => _html.ToString();

    // A character reference to a noncharacter or a control character is a parse error.
    private static bool IsNoText(Rune part) =>
        part.Value is not ('\n' or '\t')
        && (Rune.IsControl(part) || (part.Value & 0xFFFE) == 0xFFFE || part.Value is >= 0xFDD0 and <= 0xFDEF);

    private static bool HasNoText(string text)
    {
        foreach (var part in text.EnumerateRunes())
            if (IsNoText(part))
                return true;
        return false;
    }

    private static string WithoutNoText(string text)
    {
        var kept = new StringBuilder(text.Length);
        foreach (var part in text.EnumerateRunes())
            kept.Append(IsNoText(part) ? "\uFFFD" : part.ToString());
        return kept.ToString();
    }
}
