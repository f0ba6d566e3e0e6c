using System.Linq.Expressions;
using HeadlessCms.Api.Http.Paging;
using HeadlessCms.Core.Storage;

namespace HeadlessCms.Api.Editorial.Articles;

/// <summary>Projections from the views to the wire. Members that a projection leaves out are not read.</summary>
internal static class ArticleProjections
{
    private static readonly Expression<Func<EditorialRevision, Shared>> OfAnyRevision = row => new Shared
    {
        Id = row.Id,
        Slug = row.Slug,
        Headline = row.Headline,
        Standfirst = row.Standfirst,
        Language = row.Language,
        Genre = row.Genre,
        Byline = row.Byline,
        Authors = row.Authors,
        Dateline = Dateline.Of(row.DatelinePlace, row.DatelineSource),
        LeadImage = row.LeadImage,
        Mentions = row.Concepts,
        WordCount = row.WordCount,
        EmbargoUntil = row.EmbargoUntil,
        ExternalId = row.ExternalId,
        Note = row.Note,
        Revision = row.Revision,
        SavedAt = row.SavedAt,
        SavedBy = row.SavedBy,
    };

    public static readonly Expression<Func<WorkingCopy, ArticleListItem>> Item = OfAnyRevision.With(
        (WorkingCopy row) =>
            new ArticleListItem
            {
                Status = row.Status,
                LiveRevision = row.LiveRevision,
                HasUnpublishedChanges = row.LiveRevision != row.Revision,
                Next = row.Next,
                CreatedAt = row.CreatedAt,
                CreatedBy = row.CreatedBy,
            }
    );

    public static readonly Expression<Func<WorkingCopy, ArticleResponse>> Whole = Item.With(
        (WorkingCopy row) =>
            new ArticleResponse
            {
                Body = row.BodyFormat == null ? null : new BodyRequest(row.BodyFormat.Value, row.BodySource!),
                BodyHtml = row.BodyHtml,
            }
    );

    public static readonly Expression<Func<RevisionContent, RevisionResponse>> Revision = OfAnyRevision.With(
        (RevisionContent row) =>
            new RevisionResponse
            {
                Body = row.BodyFormat == null ? null : new BodyRequest(row.BodyFormat.Value, row.BodySource!),
                BodyHtml = row.BodyHtml,
            }
    );

    public static readonly Keyset<WorkingCopy, DateTimeOffset> NewestSaved = Keyset.Newest((WorkingCopy row) => row.SavedAt, row => row.Id);
    public static readonly Keyset<WorkingCopy, DateTimeOffset> OldestSaved = Keyset.Oldest((WorkingCopy row) => row.SavedAt, row => row.Id);

    private sealed record Shared : ArticleBase;
}
