using HeadlessCms.Api.Http.Paging;
using HeadlessCms.Core.Storage;

namespace HeadlessCms.Api.Editorial.Articles;

/// <summary>The orders of lists of working copies.</summary>
internal static class ArticleOrder
{
    public static readonly Keyset<WorkingCopy, DateTimeOffset> NewestSaved = Keyset.Newest((WorkingCopy row) => row.SavedAt, row => row.Id);
    public static readonly Keyset<WorkingCopy, DateTimeOffset> OldestSaved = Keyset.Oldest((WorkingCopy row) => row.SavedAt, row => row.Id);

    /// <summary>The articles of a series in its order: as readers see them, then those that were never live, by their creation.</summary>
    public static readonly Keyset<WorkingCopy, string> InSeries = Keyset.ByPlace((WorkingCopy row) => row.SeriesPlace!, row => row.Id);
}
