namespace HeadlessCms.Core.Articles;

/// <summary>A URL at which readers found an article before it came to this newsroom.</summary>
public sealed class FormerUrl
{
    /// <summary>The longest path with its query, in characters.</summary>
    public const int MaxPath = 2_000;

    /// <summary>The longest host, in characters: RFC 1035.</summary>
    public const int MaxHost = 255;

    /// <summary>The host in lower case and in ASCII, with the port where it is not the default.</summary>
    public string Host { get; private set; } = "";

    /// <summary>The path and the query, percent-encoded, without slashes at its end: <c>/2019/05/a-story</c>, <c>/?p=17</c>.</summary>
    public string Path { get; private set; } = "";

    /// <summary>The article that it leads to.</summary>
    public Guid ArticleId { get; private set; }

    private FormerUrl() { }

    private FormerUrl(string host, string path, Guid articleId) => (Host, Path, ArticleId) = (host, path, articleId);

    /// <summary>A former URL of an article; null where it is not the URL of a page, or too long.</summary>
    public static FormerUrl? Of(string url, Guid articleId) =>
        Parts(url) is { Host: { } host } parts ? new FormerUrl(host, parts.Path, articleId) : null;

    /// <summary>
    /// The host and the path of a URL, or the path alone of one that is relative to a host; null where it is neither, or too long.
    /// </summary>
    public static (string? Host, string Path)? Parts(string url)
    {
        ArgumentNullException.ThrowIfNull(url);
        var isPath = url.StartsWith('/') && !url.StartsWith("//", StringComparison.Ordinal);
        if (
            !Uri.TryCreate(isPath ? $"https://path.invalid{url}" : url, UriKind.Absolute, out var uri)
            || uri.Scheme != Uri.UriSchemeHttp && uri.Scheme != Uri.UriSchemeHttps
            || uri.IdnHost.Length is 0 or > MaxHost
        )
            return null;
        var path = uri.GetComponents(UriComponents.Path | UriComponents.KeepDelimiter, UriFormat.UriEscaped).TrimEnd('/');
        var query = uri.GetComponents(UriComponents.Query | UriComponents.KeepDelimiter, UriFormat.UriEscaped);
        path = (path.Length == 0 ? "/" : path) + (query is "?" ? "" : query);
        if (path.Length > MaxPath)
            return null;
        return (
            isPath ? null
            : uri.IsDefaultPort ? uri.IdnHost.ToLowerInvariant()
            : $"{uri.IdnHost.ToLowerInvariant()}:{uri.Port}",
            path
        );
    }
}
