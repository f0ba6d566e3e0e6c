using System.Linq.Expressions;
using HeadlessCms.Api.Content.Articles;
using HeadlessCms.Api.Http.Paging;
using HeadlessCms.Core.Articles;
using HeadlessCms.Core.Storage;
using HeadlessCms.Core.Storage.Live;

namespace HeadlessCms.Api.Feeds.Pages;

/// <summary>A live story as feeds have it; in a page, what the page has to say before its first story besides.</summary>
internal sealed record FeedStory : ArticleItem
{
    /// <summary>When the newest of the page's publications was.</summary>
    public DateTimeOffset PageUpdatedAt { get; init; }

    /// <summary>The sort key of the page's last story, where the page is full.</summary>
    public DateTimeOffset? LastAt { get; init; }

    /// <summary>The id of the page's last story, where the page is full.</summary>
    public Guid? LastId { get; init; }

    /// <summary>Whether there are older ones.</summary>
    public bool HasOlder { get; init; }

    public string Urn => UrnOf(Id);

    /// <summary>Where the page goes on.</summary>
    public Cursor? NextCursor => HasOlder && LastAt is { } at && LastId is { } id ? new Cursor(Cursor.KeyOf(at), id) : null;

    /// <summary>Who wrote it: the authors by name, or else the line as printed.</summary>
    public IEnumerable<string> Writers =>
        Authors.Count > 0 ? Authors.Select(author => author.Name)
        : Byline is { Length: > 0 } line ? [line]
        : [];

    /// <summary>Where on the map it is: what it is about before what it mentions, and that before where it was written.</summary>
    public PlaceLink? Spot =>
        Places
            .OrderBy(place => place.Relation == Relation.About ? 0 : 1)
            .Append(Dateline?.Place)
            .FirstOrDefault(place => place is { Latitude: not null, Longitude: not null });

    public static string UrnOf(Guid id) => $"urn:uuid:{id:D}";

    /// <summary>A story by itself, whole.</summary>
    public static Expression<Func<LiveArticle, FeedStory>> WholeOf(string? site) =>
        ArticleItem.Of(site).With((LiveArticle row) => new FeedStory { BodyHtml = row.BodyHtml });

    /// <summary>The stories of a document of an archive.</summary>
    public static Expression<Func<LiveArticle, FeedStory>> InArchiveOf(string? site, bool full) =>
        ArticleItem.Of(site).With((LiveArticle row) => new FeedStory { BodyHtml = full ? row.BodyHtml : null });

    /// <summary>The stories of a page: what stands before the first one comes with the same statement.</summary>
    public static Expression<Func<LiveArticle, FeedStory>> OnPageOf(string? site, bool full, IQueryable<LiveArticle> ordered, int size)
    {
        var last = size - 1;
        return ArticleItem
            .Of(site)
            .With(
                (LiveArticle row) =>
                    new FeedStory
                    {
                        BodyHtml = full ? row.BodyHtml : null,
                        PageUpdatedAt = ordered.Take(size).Max(story => story.UpdatedAt),
                        LastAt = ordered.Skip(last).Select(story => (DateTimeOffset?)story.PublishedAt).FirstOrDefault(),
                        LastId = ordered.Skip(last).Select(story => (Guid?)story.Id).FirstOrDefault(),
                        HasOlder = ordered.Skip(size).Any(),
                    }
            );
    }
}
