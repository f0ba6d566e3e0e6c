using System.Text.RegularExpressions;
using HeadlessCms.Api.Hosting.Options;
using HeadlessCms.Core.Articles;
using Microsoft.AspNetCore.WebUtilities;

namespace HeadlessCms.Api.Editorial.Text;

/// <summary>
/// The services whose pages and players a body may embed (<c>Cms:Embeds</c>). A player's address becomes that of the page that it
/// shows.
/// </summary>
internal sealed partial class EmbedServices(CmsOptions options)
{
    private const RegexOptions Rules = RegexOptions.CultureInvariant | RegexOptions.NonBacktracking;

    // Host and path without a trailing slash, and the page's address. {name} in the address is a parameter that must be there.
    private static readonly (string Service, Regex Form, string Page)[] Forms =
    [
        New(
            "youtube",
            @"(?:www\.|m\.|music\.)?youtube(?:-nocookie)?\.com/embed/videoseries",
            "https://www.youtube.com/playlist?list={list}"
        ),
        New("youtube", @"(?:www\.|m\.|music\.)?youtube\.com/playlist", "https://www.youtube.com/playlist?list={list}"),
        New("youtube", @"(?:www\.|m\.|music\.)?youtube(?:-nocookie)?\.com/(?:embed|v|shorts|live|e)/([\w-]{6,20})", YouTubePage),
        New("youtube", @"youtu\.be/([\w-]{6,20})", YouTubePage),
        New("youtube", @"(?:www\.|m\.|music\.)?youtube\.com/watch", "https://www.youtube.com/watch?v={v}"),
        New("vimeo", @"player\.vimeo\.com/video/(\d+)", "https://vimeo.com/$1"),
        New("vimeo", @"(?:www\.)?vimeo\.com/(?:channels/[\w-]+/|groups/[\w-]+/videos/)?(\d+(?:/[0-9a-f]+)?)", "https://vimeo.com/$1"),
        New(
            "spotify",
            @"open\.spotify\.com/(?:intl-\w+/)?(?:embed(?:-podcast)?/)?((?:track|album|playlist|artist|episode|show)/\w+)",
            "https://open.spotify.com/$1"
        ),
        New("soundcloud", @"w\.soundcloud\.com/player", "{url}"),
        New("soundcloud", @"api\.soundcloud\.com/((?:tracks|playlists|users)/[\w:%-]+)", "https://api.soundcloud.com/$1"),
        New("soundcloud", @"(?:www\.|m\.)?soundcloud\.com/([\w-]+/[\w-]+(?:/[\w-]+)?)", "https://soundcloud.com/$1"),
        New("soundcloud", @"on\.soundcloud\.com/(\w+)", "https://on.soundcloud.com/$1"),
        New("x", @"platform\.(?:twitter|x)\.com/embed/Tweet\.html", "https://x.com/i/status/{id}"),
        New("x", @"(?:www\.|mobile\.)?(?:twitter|x)\.com/(i/web|\w+)/status(?:es)?/(\d+)(?:/.*)?", "https://x.com/$1/status/$2"),
        New("bluesky", @"bsky\.app/profile/([\w.:-]+)/post/(\w+)", "https://bsky.app/profile/$1/post/$2"),
        New("bluesky", @"embed\.bsky\.app/embed/([\w.:-]+)/app\.bsky\.feed\.post/(\w+)", "https://bsky.app/profile/$1/post/$2"),
        New(
            "instagram",
            @"(?:www\.)?instagram\.com/(?:[\w.]+/)?(p|reel|tv)/([\w-]+)(?:/embed(?:/captioned)?)?",
            "https://www.instagram.com/$1/$2/"
        ),
        New("tiktok", @"(?:www\.|m\.)?tiktok\.com/(?:embed(?:/v\d)?|player/v1)/(\d+)", "https://www.tiktok.com/embed/$1"),
        New("tiktok", @"(?:www\.|m\.)?tiktok\.com/(@[\w.-]*)/(video|photo)/(\d+)", "https://www.tiktok.com/$1/$2/$3"),
        New("tiktok", @"(?:vm|vt)\.tiktok\.com/(\w+)", "https://vm.tiktok.com/$1"),
        New("facebook", @"(?:www\.|m\.|web\.)?facebook\.com/plugins/(?:post|video)\.php", "{href}"),
        New(
            "facebook",
            @"(?:www\.|m\.|web\.)?facebook\.com/((?:[\w.-]+/(?:posts|videos|photos)|reel|share/[pvr]|groups/[\w.-]+/posts)/[\w./-]+)",
            "https://www.facebook.com/$1"
        ),
        New("facebook", @"(?:www\.|m\.|web\.)?facebook\.com/watch", "https://www.facebook.com/watch/?v={v}"),
        New(
            "facebook",
            @"(?:www\.|m\.|web\.)?facebook\.com/permalink\.php",
            "https://www.facebook.com/permalink.php?story_fbid={story_fbid}&id={id}"
        ),
        New("facebook", @"fb\.watch/([\w-]+)", "https://fb.watch/$1/"),
        New("datawrapper", @"datawrapper\.dwcdn\.net/(\w{5})(?:/\d+)?(?:/embed\.js)?", "https://datawrapper.dwcdn.net/$1/"),
        New("datawrapper", @"(?:www\.)?datawrapper\.de/_/(\w{5})", "https://datawrapper.dwcdn.net/$1/"),
        New("flourish", @"flo\.uri\.sh/(visualisation|story)/(\d+)(?:/embed)?", "https://public.flourish.studio/$1/$2/"),
        New("flourish", @"public\.flourish\.studio/(visualisation|story)/(\d+)(?:/embed)?", "https://public.flourish.studio/$1/$2/"),
        New("mastodon", @"([\w.-]+\.[a-z]+)/(@[\w.-]+(?:@[\w.-]+)?)/(\d{6,})(?:/embed)?", "https://$1/$2/$3"),
    ];

    private const string YouTubePage = "https://www.youtube.com/watch?v=$1";

    private readonly HashSet<string> _allowed = new(options.Embeds, StringComparer.OrdinalIgnoreCase);

    /// <summary>The names that <c>Cms:Embeds</c> may have; other items are hosts.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. Forms.Select(form => form.Service).Distinct()];

    /// <summary>The embed that a URL stands for; null if it is of no allowed service.</summary>
    public Embed? Find(string? url)
    {
        // A player may be the content of another one's address: SoundCloud, Facebook.
        for (var steps = 0; steps < 3 && Parse(url) is { } uri; steps++)
        {
            var place = $"{uri.Host}{uri.AbsolutePath}".TrimEnd('/');
            var (service, form, page) = Array.Find(Forms, one => one.Form.IsMatch(place));
            if (service is null)
                return _allowed.Contains(uri.Host) ? new Embed(uri.Host, uri.AbsoluteUri) : null;
            if (!_allowed.Contains(service) || Filled(form.Replace(place, page), uri) is not { } target)
                return null;
            if (!page.StartsWith('{'))
                return new Embed(service, target + Suffix(service, target, uri));
            url = target;
        }

        return null;
    }

    private static Uri? Parse(string? url) =>
        Uri.TryCreate(url, UriKind.Absolute, out var uri) && uri.Scheme is "https" or "http" && uri.UserInfo.Length == 0 ? uri : null;

    private static string? Filled(string page, Uri uri)
    {
        if (!page.Contains('{', StringComparison.Ordinal))
            return page;
        var query = QueryHelpers.ParseQuery(uri.Query);
        var isWhole = page.StartsWith('{');
        var missing = false;
        var filled = Parameter()
            .Replace(page, hole =>
            {
                var value = query.TryGetValue(hole.Groups[1].Value, out var values) ? values[0] ?? "" : "";
                missing |= !(isWhole ? value.Length > 0 : Token().IsMatch(value));
                return value;
            });
        return missing ? null : filled;
    }

    // The instant at which a video begins, and the key of an unlisted one.
    private static string Suffix(string service, string page, Uri uri)
    {
        var query = QueryHelpers.ParseQuery(uri.Query);
        if (service == "vimeo" && query.TryGetValue("h", out var key) && Token().IsMatch(key.ToString()))
            return $"/{key}";
        if (service != "youtube" || !page.Contains("watch?", StringComparison.Ordinal))
            return "";
        var at =
            query.TryGetValue("start", out var start) ? start.ToString()
            : query.TryGetValue("t", out var t) ? t.ToString()
            : "";
        return Time().Match(at) is { Success: true } time ? $"&t={time.Groups[1].Value}" : "";
    }

    private static (string, Regex, string) New(string service, string form, string page) => (service, new Regex($"^{form}$", Rules), page);

    [GeneratedRegex(@"\{(\w+)\}")]
    private static partial Regex Parameter();

    [GeneratedRegex(@"^[\w-]{1,100}$")]
    private static partial Regex Token();

    [GeneratedRegex(@"^((?:\d+h)?(?:\d+m)?\d+)s?$")]
    private static partial Regex Time();
}
