using System.Linq.Expressions;
using HeadlessCms.Api.Platform;
using HeadlessCms.Core.Storage;

namespace HeadlessCms.Api.Editorial.Articles;

/// <summary>From the views to the wire; what a projection leaves out is not read.</summary>
internal static class ArticleProjections
{
    public static readonly Expression<Func<WorkingCopy, ArticleResponse>> Whole = row => new ArticleResponse
    {
        Id = row.Id,
        Slug = row.Slug,
        Headline = row.Headline,
        Standfirst = row.Standfirst,
        Body = row.BodyFormat == null ? null : new BodyRequest(row.BodyFormat.Value, row.BodySource!),
        BodyHtml = row.BodyHtml,
        Language = row.Language,
        Genre = row.Genre,
        Byline = row.Byline,
        Authors = row.Authors,
        Dateline = row.DatelinePlace == null && row.DatelineSource == null ? null : new Dateline(row.DatelinePlace, row.DatelineSource),
        LeadImage = row.LeadImage,
        People = row.People,
        Places = row.Places,
        Topics = row.Topics,
        WordCount = row.WordCount,
        EmbargoUntil = row.EmbargoUntil,
        ExternalId = row.ExternalId,
        Note = row.Note,
        Revision = row.Revision,
        SavedAt = row.SavedAt,
        SavedBy = row.SavedBy,
        Status = row.Status,
        LiveRevision = row.LiveRevision,
        HasUnpublishedChanges = row.LiveRevision != row.Revision,
        Next = row.Next,
        CreatedAt = row.CreatedAt,
        CreatedBy = row.CreatedBy,
    };

    public static readonly Expression<Func<WorkingCopy, ArticleListItem>> Item = row => new ArticleListItem
    {
        Id = row.Id,
        Slug = row.Slug,
        Headline = row.Headline,
        Standfirst = row.Standfirst,
        Language = row.Language,
        Genre = row.Genre,
        Byline = row.Byline,
        Authors = row.Authors,
        Dateline = row.DatelinePlace == null && row.DatelineSource == null ? null : new Dateline(row.DatelinePlace, row.DatelineSource),
        LeadImage = row.LeadImage,
        People = row.People,
        Places = row.Places,
        Topics = row.Topics,
        WordCount = row.WordCount,
        EmbargoUntil = row.EmbargoUntil,
        ExternalId = row.ExternalId,
        Note = row.Note,
        Revision = row.Revision,
        SavedAt = row.SavedAt,
        SavedBy = row.SavedBy,
        Status = row.Status,
        LiveRevision = row.LiveRevision,
        HasUnpublishedChanges = row.LiveRevision != row.Revision,
        Next = row.Next,
        CreatedAt = row.CreatedAt,
        CreatedBy = row.CreatedBy,
    };

    public static readonly Expression<Func<RevisionContent, RevisionResponse>> Revision = row => new RevisionResponse
    {
        Id = row.Id,
        Slug = row.Slug,
        Headline = row.Headline,
        Standfirst = row.Standfirst,
        Body = row.BodyFormat == null ? null : new BodyRequest(row.BodyFormat.Value, row.BodySource!),
        BodyHtml = row.BodyHtml,
        Language = row.Language,
        Genre = row.Genre,
        Byline = row.Byline,
        Authors = row.Authors,
        Dateline = row.DatelinePlace == null && row.DatelineSource == null ? null : new Dateline(row.DatelinePlace, row.DatelineSource),
        LeadImage = row.LeadImage,
        People = row.People,
        Places = row.Places,
        Topics = row.Topics,
        WordCount = row.WordCount,
        EmbargoUntil = row.EmbargoUntil,
        ExternalId = row.ExternalId,
        Note = row.Note,
        Revision = row.Revision,
        SavedAt = row.SavedAt,
        SavedBy = row.SavedBy,
    };
}
