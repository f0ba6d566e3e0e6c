using HeadlessCms.Api.Content.Articles;
using HeadlessCms.Core.Storage.Live;
using Microsoft.EntityFrameworkCore;

namespace HeadlessCms.Api.Feeds.Pages;

/// <summary>
/// The corrected articles that the first page shows again although newer ones have pushed them off it: up to a third of the page, so that
/// clients that read only that page learn of corrections.
/// </summary>
/// <param name="Ids">The articles, the latest corrected first.</param>
/// <param name="UpdatedAt">The latest publication among them; null if there are none.</param>
internal sealed record FeedCorrections(IReadOnlyList<Guid> Ids, DateTimeOffset? UpdatedAt)
{
    /// <summary>How long a corrected article is shown again.</summary>
    public const int Days = 7;

    public static readonly FeedCorrections None = new([], null);

    /// <param name="rows">The articles of the feed.</param>
    /// <param name="corrected">The recently corrected articles of any feed, the latest first.</param>
    /// <param name="size">The size of the page.</param>
    /// <param name="cancellation">Ends it.</param>
    public static async Task<FeedCorrections> FindAsync(
        IQueryable<LiveArticle> rows,
        IReadOnlyList<Guid> corrected,
        int size,
        CancellationToken cancellation
    )
    {
        var most = size / 3;
        if (most == 0 || corrected.Count == 0)
            return None;
        var candidates = await rows.Where(row => corrected.Contains(row.Id))
            .Select(row => new { row.Id, row.UpdatedAt })
            .ToListAsync(cancellation);
        if (candidates.Count == 0)
            return None;
        var newest = await ArticleOrder.NewestFirst.Sort(rows).Take(size).Select(row => row.Id).ToListAsync(cancellation);
        if (newest.Count < size)
            return None;

        var ranks = corrected.Index().ToDictionary(pair => pair.Item, pair => pair.Index);

        // Each article shown again takes the place of a newest one, which may itself be a corrected one.
        var inOrder = candidates.OrderBy(row => ranks[row.Id]).ToList();

        for (var places = 0; ; )
        {
            var kept = newest.Take(size - places).ToHashSet();
            var again = inOrder.Where(row => !kept.Contains(row.Id)).Take(most).ToList();
            if (again.Count <= places)
                return again.Count == 0
                    ? None
                    : new FeedCorrections([.. again.Select(row => row.Id)], again.Max(row => (DateTimeOffset?)row.UpdatedAt));
            places = again.Count;
        }
    }
}
