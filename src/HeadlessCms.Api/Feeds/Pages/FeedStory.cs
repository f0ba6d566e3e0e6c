using System.Linq.Expressions;
using HeadlessCms.Api.Content.Articles;
using HeadlessCms.Api.Http.Paging;
using HeadlessCms.Core.Articles;
using HeadlessCms.Core.Storage;
using HeadlessCms.Core.Storage.Kinds;
using HeadlessCms.Core.Storage.Live;

namespace HeadlessCms.Api.Feeds.Pages;

/// <summary>A live article in a feed; on a page it also carries the values of the head.</summary>
internal sealed record FeedStory : ArticleItem
{
    /// <summary>The latest publication on the page.</summary>
    public DateTimeOffset PageUpdatedAt { get; init; }

    /// <summary>The sort key of the last article of the page, if the page is full.</summary>
    public DateTimeOffset? LastAt { get; init; }

    /// <summary>The id of the last article of the page, if the page is full.</summary>
    public Guid? LastId { get; init; }

    public bool HasOlder { get; init; }

    public string Urn => UrnOf(Id);

    public Cursor? NextCursor => HasOlder && LastAt is { } at && LastId is { } id ? new Cursor(Cursor.KeyOf(at), id) : null;

    /// <summary>The names of the authors, or the byline if there are none.</summary>
    public IEnumerable<string> Writers =>
        Authors.Count > 0 ? Authors.Select(author => author.Name)
        : Byline is { Length: > 0 } line ? [line]
        : [];

    /// <summary>The first place with coordinates: places it is about, then places it mentions, then the dateline.</summary>
    public PlaceLink? Spot =>
        Mentions
            .Items.Select(mention => mention.Item)
            .OfType<MentionedPlace>()
            .OrderBy(place => place.Relation == Relation.About ? 0 : 1)
            .Append<PlaceLink?>(Dateline?.Place)
            .FirstOrDefault(place => place is { Latitude: not null, Longitude: not null });

    public static string UrnOf(Guid id) => $"urn:uuid:{id:D}";

    public static Expression<Func<LiveArticle, FeedStory>> WholeOf(string? site) =>
        ArticleItem.Of(site).With((LiveArticle row) => new FeedStory { BodyHtml = row.BodyHtml });

    public static Expression<Func<LiveArticle, FeedStory>> InArchiveOf(string? site, bool full) =>
        ArticleItem.Of(site).With((LiveArticle row) => new FeedStory { BodyHtml = full ? row.BodyHtml : null });

    /// <summary>The articles of a page; the same statement reads the values of its head.</summary>
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
