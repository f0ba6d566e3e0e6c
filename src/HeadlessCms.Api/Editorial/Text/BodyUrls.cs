using System.Text.RegularExpressions;
using Microsoft.AspNetCore.WebUtilities;

namespace HeadlessCms.Api.Editorial.Text;

/// <summary>The addresses of links and pictures in a body: absolute, or a fragment of the body itself.</summary>
/// <param name="site">The public site's URL, which relative ones are resolved against; null if none is configured.</param>
internal sealed partial class BodyUrls(string? site)
{
    private const int MaxLength = 4_096;

    private readonly Uri? _base = site is null ? null : new Uri(site + "/");

    /// <summary>The address of a link, or why there is none.</summary>
    public (string? Url, string? Refusal) Link(string text)
    {
        var url = Clean(text);
        if (url.StartsWith('#'))
            return (url, null);
        if (Scheme().Match(url) is not { Success: true } scheme)
            return Absolute(url);
        return scheme.Groups[1].Value.ToLowerInvariant() switch
        {
            "http" or "https" => Absolute(url),
            "mailto" when Mailto().IsMatch(url) => ("mailto:" + url[7..], null),
            "tel" when Tel().Replace(url[4..], "") is { Length: > 0 } number => ("tel:" + number, null),
            "mailto" or "tel" => (null, "malformed"),
            var other => (null, other + ":"),
        };
    }

    /// <summary>The address of a picture, or why there is none.</summary>
    public (string? Url, string? Refusal) Picture(string text)
    {
        var url = Clean(text);
        return
            Scheme().Match(url) is { Success: true } scheme
            && !scheme.Groups[1].ValueSpan.StartsWith("http", StringComparison.OrdinalIgnoreCase)
            ? (null, scheme.Groups[1].Value.ToLowerInvariant() + ":")
            : Absolute(url);
    }

    /// <summary>The target of a link that leads through a redirect of a mailer or an office suite; otherwise the link itself.</summary>
    public static string WithoutRedirect(string url)
    {
        if (!Uri.TryCreate(url, UriKind.Absolute, out var uri) || uri.Query.Length < 2)
            return url;
        string[] names = (uri.Host.ToLowerInvariant(), uri.AbsolutePath) switch
        {
            ("www.google.com" or "google.com", "/url") => ["q", "url"],
            ("l.facebook.com" or "lm.facebook.com", "/l.php") => ["u"],
            var (host, _) when host.EndsWith(".safelinks.protection.outlook.com", StringComparison.Ordinal) => ["url"],
            _ => [],
        };
        var query = names.Length == 0 ? null : QueryHelpers.ParseQuery(uri.Query);
        foreach (var name in names)
            if (query!.TryGetValue(name, out var target) && Http().IsMatch(target.ToString()))
                return target.ToString();
        return url;
    }

    private (string? Url, string? Refusal) Absolute(string url)
    {
        if (url.Length is 0 or > MaxLength)
            return (null, url.Length == 0 ? "no address" : "too long");
        if (url.Replace('\\', '/').StartsWith("//", StringComparison.Ordinal))
            url = "https:" + url.Replace('\\', '/');
        else if (url.StartsWith("www.", StringComparison.OrdinalIgnoreCase))
            url = "https://" + url;
        if (!Http().IsMatch(url))
        {
            if (Scheme().IsMatch(url))
                return (null, "malformed");
            if (_base is null)
                return (null, "relative, and Cms:SiteUrl is not set");
            return Uri.TryCreate(_base, url, out var resolved) && Http().IsMatch(resolved.AbsoluteUri)
                ? (resolved.AbsoluteUri, null)
                : (null, "malformed");
        }

        if (!Uri.TryCreate(url, UriKind.Absolute, out var uri) || uri.Host.Length == 0)
            return (null, "malformed");
        return (uri.IsWellFormedOriginalString() ? url : uri.AbsoluteUri, null);
    }

    // As browsers read an address: without controls and spaces around it, and without line breaks and tabs in it.
    private static string Clean(string text) =>
        Breaks().Replace(text, "").Trim([.. Enumerable.Range(0, 33).Select(c => (char)c), '\u00A0']);

    [GeneratedRegex("[\t\r\n]")]
    private static partial Regex Breaks();

    [GeneratedRegex(@"^([A-Za-z][A-Za-z0-9+.\-]*):")]
    private static partial Regex Scheme();

    [GeneratedRegex("^https?://", RegexOptions.IgnoreCase)]
    private static partial Regex Http();

    [GeneratedRegex(@"^mailto:[^\s<>""]+$", RegexOptions.IgnoreCase)]
    private static partial Regex Mailto();

    [GeneratedRegex(@"[^0-9A-Za-z+().\-*#;=%]")]
    private static partial Regex Tel();
}
