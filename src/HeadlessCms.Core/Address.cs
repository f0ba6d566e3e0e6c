using System.Text.RegularExpressions;

namespace HeadlessCms.Core;

/// <summary>URLs with slugs in them, which may be in any script.</summary>
public static partial class Address
{
    /// <summary>Percent-encodes, in UTF-8, what a URI cannot have (RFC 3986), such as letters outside ASCII.</summary>
    public static string Ascii(string url)
    {
        ArgumentNullException.ThrowIfNull(url);
        return System.Text.Ascii.IsValid(url) ? url : NotAscii().Replace(url, match => Uri.EscapeDataString(match.Value));
    }

    [GeneratedRegex(@"[^\x00-\x7f]+")]
    private static partial Regex NotAscii();
}
