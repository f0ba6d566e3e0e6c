using System.Security.Cryptography;
using System.Text;
using HeadlessCms.Api.Hosting;
using HeadlessCms.Api.Http.Paging;
using HeadlessCms.Core.Storage.Live;

namespace HeadlessCms.Api.Feeds.Pages;

/// <summary>What a feed says of itself, before its stories. Links are there only where the site's own URL is known.</summary>
internal sealed record FeedHead
{
    /// <summary>The feed's name for ever, whatever page of it this is.</summary>
    public required Guid Id { get; init; }

    public required string Title { get; init; }

    public required string Description { get; init; }

    public required Site Site { get; init; }

    /// <summary>The page of the public site that the feed is of.</summary>
    public string? PageUrl { get; init; }

    /// <summary>Where this very page of the feed is.</summary>
    public string? SelfUrl { get; init; }

    /// <summary>Where its first page is.</summary>
    public string? FirstUrl { get; init; }

    /// <summary>The hub that tells subscribers when the feed changes: it is told of whole feeds alone, and knows none by its parameters.</summary>
    public string? HubUrl { get; init; }

    /// <summary>Whether this is a document of the feed's archive.</summary>
    public bool IsArchive { get; init; }

    /// <summary>The documents beside this one, by their relation to it: absolute paths.</summary>
    public IReadOnlyList<(string Relation, string Path)> Beside { get; init; } = [];

    /// <summary>The same as URLs.</summary>
    public IEnumerable<(string Relation, string Url)> Links =>
        Site.Url is { } site ? Beside.Select(link => (link.Relation, site + link.Path)) : [];

    /// <summary>When the newest thing that it tells was published; null where it tells nothing.</summary>
    public DateTimeOffset? UpdatedAt { get; init; }

    /// <summary>What was withdrawn lately.</summary>
    public IReadOnlyList<LiveTombstone> Tombstones { get; init; } = [];

    public static FeedHead Of(HttpRequest request, Site site, string of, string title, string? description, string page)
    {
        var query = request.QueryString.Value ?? "";
        if (!Uri.IsWellFormedUriString(query, UriKind.Relative))
            query = QueryString.Create(request.Query).Value ?? "";
        return new()
        {
            Id = IdOf($"{site.Url ?? site.Name}\n{of}\n{Filter(request)}"),
            Title = title,
            Description = description is { Length: > 0 } ? description : title,
            Site = site,
            PageUrl = site.Url is null ? null : site.Url + page,
            SelfUrl = site.Url is null ? null : site.Url + request.Path + query,
            FirstUrl = site.Url is null ? null : site.Url + FirstPath(request),
            HubUrl = request.QueryString.HasValue ? null : site.HubUrl,
        };
    }

    /// <summary>The same, of a page that has stories, as the first of them tells.</summary>
    public FeedHead Before(FeedStory first, HttpRequest request) =>
        IsArchive
            ? this
            : this with
            {
                UpdatedAt = Tombstones.Select(tombstone => tombstone.WithdrawnAt).Append(first.PageUpdatedAt).Max(),
                Beside = [.. BesidePage(first, request)],
            };

    /// <summary>The same, of a page that has none.</summary>
    public FeedHead BeforeNothing() =>
        IsArchive ? this : this with { UpdatedAt = Tombstones.Select(tombstone => (DateTimeOffset?)tombstone.WithdrawnAt).Max() };

    /// <summary>The same, of a document of the archive.</summary>
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
        if (!request.Query.ContainsKey("cursor"))
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
                .Query.Where(pair => pair.Key is not ("cursor" or "archive" or "limit" or "text"))
                .SelectMany(pair => pair.Value, (pair, value) => $"{pair.Key}={value}")
                .Order(StringComparer.Ordinal)
        );

    // RFC 9562, 5.8: a UUID v8 made of a name.
    private static Guid IdOf(string name)
    {
        var bytes = SHA256.HashData(Encoding.UTF8.GetBytes(name)).AsSpan(0, 16);
        (bytes[6], bytes[8]) = ((byte)(bytes[6] & 0x0F | 0x80), (byte)(bytes[8] & 0x3F | 0x80));
        return new Guid(bytes, bigEndian: true);
    }
}
