using System.Security.Cryptography;
using System.Text;
using HeadlessCms.Api.Feeds.Formats;
using HeadlessCms.Api.Hosting;
using HeadlessCms.Api.Http.Paging;
using HeadlessCms.Core;

namespace HeadlessCms.Api.Feeds.Pages;

/// <summary>The metadata of a feed. Links are present only if the URL of the site is configured.</summary>
internal sealed record FeedHead
{
    /// <summary>The permanent id, the same on every page of the feed.</summary>
    public required Guid Id { get; init; }

    public required string Title { get; init; }

    public required string Description { get; init; }

    public required Site Site { get; init; }

    /// <summary>The page of the public site that the feed belongs to.</summary>
    public string? PageUrl { get; init; }

    /// <summary>The URL of this page of the feed.</summary>
    public string? SelfUrl { get; init; }

    public string? FirstUrl { get; init; }

    /// <summary>The URL of the picture of the feed: of its concept, or the logo of the site.</summary>
    public string? ImageUrl { get; init; }

    /// <summary>The WebSub hub; null for parts of feeds, because the hub is notified only of whole feeds.</summary>
    public string? HubUrl { get; init; }

    /// <summary>The URL of the feed of which the hub is notified, whatever its limit.</summary>
    public string? TopicUrl { get; init; }

    public bool IsArchive { get; init; }

    /// <summary>The neighbouring documents by link relation, as absolute paths.</summary>
    public IReadOnlyList<(string Relation, string Path)> Beside { get; init; } = [];

    /// <summary><see cref="Beside"/> as URLs.</summary>
    public IEnumerable<(string Relation, string Url)> Links =>
        Site.Url is { } site ? Beside.Select(link => (link.Relation, site + link.Path)) : [];

    /// <summary>The latest publication or tombstone in the feed; null if there is none.</summary>
    public DateTimeOffset? UpdatedAt { get; init; }

    public IReadOnlyList<FeedTombstone> Tombstones { get; init; } = [];

    /// <summary>Whether <see cref="UpdatedAt"/> also covers the articles that left the feed.</summary>
    public bool IsDated { get; init; }

    public static FeedHead Of(
        HttpRequest request,
        Site site,
        string subject,
        string title,
        string? description,
        string page,
        Image? image = null
    )
    {
        var query = request.QueryString.Value ?? "";
        if (!Uri.IsWellFormedUriString(query, UriKind.Relative))
            query = QueryString.Create(request.Query).Value ?? "";
        return new()
        {
            Id = IdOf($"{site.Url ?? site.Name}\n{subject}\n{Filter(request)}"),
            Title = title,
            Description = description is { Length: > 0 } ? description : title,
            Site = site,
            PageUrl = site.Url is null ? null : site.Url + page,
            SelfUrl = site.Url is null ? null : site.Url + request.Path + query,
            FirstUrl = site.Url is null ? null : site.Url + FirstPath(request),
            ImageUrl = PictureFile.Of(image)?.Url ?? site.LogoUrl,
            HubUrl = request.Query.Keys.Any(name => name != "limit") ? null : site.HubUrl,
            TopicUrl = site.Url is null ? null : site.Url + request.Path,
        };
    }

    /// <summary>The head with tombstones.</summary>
    public FeedHead With(IReadOnlyList<FeedTombstone> tombstones) =>
        (this with { Tombstones = tombstones, IsDated = true }).UpdatedBy(tombstones.Max(tombstone => (DateTimeOffset?)tombstone.GoneAt));

    /// <summary>The head of a feed that something else updated.</summary>
    public FeedHead UpdatedBy(DateTimeOffset? instant) =>
        instant is null || instant <= UpdatedAt ? this : this with { UpdatedAt = instant };

    /// <summary>The head of a page that begins with <paramref name="first"/>.</summary>
    public FeedHead Before(FeedStory first, HttpRequest request) =>
        IsArchive ? this : UpdatedBy(first.PageUpdatedAt) with { Beside = [.. BesidePage(first, request)] };

    /// <summary>The head of an archive document.</summary>
    public FeedHead Of(FeedArchive archive, HttpRequest request) =>
        this with
        {
            IsArchive = true,
            UpdatedAt = archive.UpdatedAt,
            Beside = [.. BesideInArchive(archive, request)],
        };

    private static IEnumerable<(string Relation, string Path)> BesidePage(FeedStory first, HttpRequest request)
    {
        if (first.NextCursor is not { } next)
            yield break;
        yield return ("next", NextLink.Of(request, next.Write(request)));
        if (!request.Query.ContainsKey("cursor") && !request.Query.ContainsKey("sort"))
            yield return ("prev-archive", FeedArchive.Link(request, next));
    }

    private static IEnumerable<(string Relation, string Path)> BesideInArchive(FeedArchive archive, HttpRequest request)
    {
        yield return ("current", FirstPath(request));
        if (archive is { HasOlder: true, End: { } end })
            yield return ("prev-archive", FeedArchive.Link(request, end));
        if (archive.Newer is { } newer)
            yield return ("next-archive", FeedArchive.Link(request, newer));
    }

    private static string FirstPath(HttpRequest request) =>
        request.Path + QueryString.Create(request.Query.Where(pair => pair.Key is not ("cursor" or "archive")));

    private static string Filter(HttpRequest request) =>
        string.Join(
            '&',
            request
                .Query.Where(pair => pair.Key is not ("cursor" or "archive" or "limit" or "text" or "sort"))
                .SelectMany(pair => pair.Value, (pair, value) => $"{pair.Key}={value}")
                .Order(StringComparer.Ordinal)
        );

    // A UUID v8 (RFC 9562, section 5.8) from a hash of the name.
    private static Guid IdOf(string name)
    {
        var bytes = SHA256.HashData(Encoding.UTF8.GetBytes(name)).AsSpan(0, 16);
        (bytes[6], bytes[8]) = ((byte)(bytes[6] & 0x0F | 0x80), (byte)(bytes[8] & 0x3F | 0x80));
        return new Guid(bytes, bigEndian: true);
    }
}
