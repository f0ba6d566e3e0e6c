using System.Linq.Expressions;
using HeadlessCms.Api.Content.Articles;
using HeadlessCms.Api.Feeds.Formats;
using HeadlessCms.Api.Http.Paging;
using HeadlessCms.Core.Articles;
using HeadlessCms.Core.Storage;
using HeadlessCms.Core.Storage.Kinds;
using HeadlessCms.Core.Storage.Live;

namespace HeadlessCms.Api.Feeds.Pages;

/// <summary>A live article in a feed; on a page it also carries the values of the head.</summary>
internal sealed record FeedStory : ArticleItem
{
    private string? _summary;

    /// <summary>The beginning of the body, if the summary is made of it and the body is not shown.</summary>
    public string? BodyStart
    {
        private get => Reader.Of(field, Flags.Access);
        init;
    }

    /// <summary>When an editor planned its end; null is never.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>Its id in another system.</summary>
    public string? ExternalId { get; init; }

    /// <summary>The embargo of the live revision, which has passed.</summary>
    public DateTimeOffset? EmbargoUntil { get; init; }

    /// <summary>The latest publication on the page.</summary>
    public DateTimeOffset PageUpdatedAt { get; init; }

    /// <summary>The sort key of the last article of the page, if the page is full.</summary>
    public DateTimeOffset? LastAt { get; init; }

    /// <summary>The id of the last article of the page, if the page is full.</summary>
    public Guid? LastId { get; init; }

    public bool HasOlder { get; init; }

    public string Urn => UrnOf(Id);

    public Cursor? NextCursor => HasOlder && LastAt is { } at && LastId is { } id ? new Cursor(Cursor.KeyOf(at), id) : null;

    /// <summary>The standfirst, or else an excerpt of the body, or else the headline.</summary>
    public string Summary =>
        _summary ??= string.IsNullOrWhiteSpace(Standfirst) ? Excerpt.Of(BodyHtml ?? BodyStart) ?? Headline : Standfirst;

    /// <summary>The body, if it is shown and has any text.</summary>
    public string? Text => string.IsNullOrWhiteSpace(BodyHtml) ? null : BodyHtml;

    /// <summary>Who holds the copyright and what others may do with it, in one line; null where neither is given.</summary>
    public string? Rights =>
        CopyrightHolder is null && UsageTerms is null
            ? null
            : string.Join(". ", new[] { CopyrightHolder is { } holder ? $"© {holder}" : null, UsageTerms }.OfType<string>());

    /// <summary>The lead image, if its URL can be written as a URI.</summary>
    public PictureFile? Picture => PictureFile.Of(LeadImage);

    /// <summary>The names of the authors, or of the people in the byline if there are none.</summary>
    public IReadOnlyList<string> Writers =>
        Authors.Count > 0 ? [.. Authors.Select(author => author.Name)] : BylineNames.Of(Byline, Language);

    /// <summary>The same story in other languages, by URL, each language once; empty if no site is configured.</summary>
    public IEnumerable<(string Language, string Url)> Alternates =>
        from translation in (Translations ?? []).DistinctBy(translation => translation.Language)
        where translation.Url is not null && translation.Language != Language
        select (translation.Language, translation.Url);

    /// <summary>The first place with coordinates: places it is about, then places it mentions, then the dateline.</summary>
    public PlaceLink? Spot =>
        Mentions
            .Items.Select(mention => mention.Item)
            .OfType<MentionedPlace>()
            .OrderBy(place => place.Relation == Relation.About ? 0 : 1)
            .Append<PlaceLink?>(Dateline?.Place)
            .FirstOrDefault(place => place is { Latitude: not null, Longitude: not null });

    public static string UrnOf(Guid id) => $"urn:uuid:{id:D}";

    public static Expression<Func<LiveArticle, FeedStory>> WholeOf(string? site) => InArchiveOf(site, full: true);

    public static Expression<Func<LiveArticle, FeedStory>> InArchiveOf(string? site, bool full) =>
        ArticleItem
            .Of(site)
            .Without(member => member == nameof(Part)) // no format names the articles beside it
            .With(
                (LiveArticle row) =>
                    new FeedStory
                    {
                        Body = full ? row.BodyHtml : null,
                        BodyStart = full || row.Standfirst != null ? null : row.BodyHtml!.Substring(0, Excerpt.MaxHtml),
                        ExpiresAt = row.ExpiresAt,
                        ExternalId = row.ExternalId,
                        EmbargoUntil = row.EmbargoUntil,
                        Story = row.Translations,
                    }
            );

    /// <summary>The articles of a page; the same statement reads the values of its head.</summary>
    public static Expression<Func<LiveArticle, FeedStory>> OnPageOf(
        string? site,
        FeedQuery query,
        IQueryable<LiveArticle> ordered,
        int size
    )
    {
        var last = size - 1;
        var keys = query.IsByUpdate
            ? ordered.Skip(last).Select(story => (DateTimeOffset?)story.UpdatedAt)
            : ordered.Skip(last).Select(story => (DateTimeOffset?)story.PublishedAt);
        return InArchiveOf(site, query.IsFull)
            .With(
                (LiveArticle row) =>
                    new FeedStory
                    {
                        PageUpdatedAt = ordered.Take(size).Max(story => story.UpdatedAt),
                        LastAt = keys.FirstOrDefault(),
                        LastId = ordered.Skip(last).Select(story => (Guid?)story.Id).FirstOrDefault(),
                        HasOlder = ordered.Skip(size).Any(),
                    }
            );
    }
}
