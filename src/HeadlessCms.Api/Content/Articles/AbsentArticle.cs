using HeadlessCms.Api.Http.Problems;
using HeadlessCms.Api.Http.Routing;
using HeadlessCms.Core.Storage.Live;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace HeadlessCms.Api.Content.Articles;

/// <summary>What Content and Feeds answer where no live article has the name that was asked for.</summary>
internal static class AbsentArticle
{
    /// <summary>308 where it is live under another slug, 410 where it was withdrawn, and else 404.</summary>
    /// <param name="live">What is live.</param>
    /// <param name="articles">The live articles that the caller may know of.</param>
    /// <param name="tombstones">The withdrawn articles that the caller may know of.</param>
    /// <param name="idOrSlug">The name that was asked for.</param>
    /// <param name="movedTo">The path of another slug.</param>
    /// <param name="cancellation">Ends it.</param>
    public static async Task<Results<TFound, MovedResult, WithdrawnProblem, NotFoundProblem>> AnswerAsync<TFound>(
        LiveDbContext live,
        IQueryable<LiveArticle> articles,
        IQueryable<LiveTombstone> tombstones,
        string idOrSlug,
        Func<string, MovedResult> movedTo,
        CancellationToken cancellation
    )
        where TFound : IResult
    {
        var slug = await live
            .ArticleSlugs.Where(old => old.Slug == idOrSlug)
            .Join(articles, old => old.ArticleId, row => row.Id, (_, row) => row.Slug)
            .SingleOrDefaultAsync(cancellation);
        if (slug is not null && slug != idOrSlug)
            return movedTo(slug);
        _ = Guid.TryParseExact(idOrSlug, "D", out var id);
        var reason = await live
            .Withdrawals.Where(withdrawal => withdrawal.ArticleId == id || withdrawal.Slug == idOrSlug)
            .Where(withdrawal => tombstones.Any(tombstone => tombstone.ArticleId == withdrawal.ArticleId))
            .Select(withdrawal => withdrawal.Reason)
            .FirstOrDefaultAsync(cancellation);
        return reason is null ? new NotFoundProblem() : new WithdrawnProblem(reason);
    }
}
