using HeadlessCms.Api.Editorial.Articles;
using HeadlessCms.Api.Http.Paging;
using HeadlessCms.Api.Http.Problems;
using HeadlessCms.Api.Http.Routing;
using HeadlessCms.Core.Articles;
using HeadlessCms.Core.Concepts;
using HeadlessCms.Core.Storage;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace HeadlessCms.Api.Editorial.Concepts;

/// <summary>The articles that name a concept, or that are the parts of a series.</summary>
internal static class ConceptArticles
{
    public static string SummaryOf(ConceptKindNames names) =>
        names.HasParts
            ? $"Lists the articles of {names.Indefinite}, in its order."
            : $"Lists the articles that name {names.Indefinite}, newest saved first.";

    public static string DescriptionOf(ConceptKindNames names) =>
        names.HasParts
            ? "Articles whose working copy is a part of it: by the number of the part, then those without one; articles with the same "
                + "part, and those without one, by first publication, and those never published last. `history=true` includes those of "
                + "which only an older revision is a part, and those in the trash, newest saved first."
            : "Articles whose working copy names it as a mention, an author or a dateline. `history=true` includes those "
                + "of which only an older revision does, and those in the trash.";

    public static async Task<Results<PageResult<ArticleListItem>, NotFoundProblem>> List(
        ConceptPath path,
        [AsParameters] ConceptArticlesQuery query,
        NewsroomDbContext db,
        HttpContext context,
        CancellationToken cancellation
    )
    {
        var id = await db.ConceptIds(path.Kind, path.IdOrSlug).SingleOrDefaultAsync(cancellation);
        if (id == Guid.Empty)
            return new NotFoundProblem();
        if (query.History == true)
        {
            var everNamed = db.WorkingCopies.Where(row => ConceptUsages.Of(id, db).Any(use => use.ArticleId == row.Id));
            return await NewestSavedAsync(everNamed, query, context);
        }

        var named = db.WorkingCopies.Where(row =>
            row.Status != ArticleStatus.Trashed
            && db.ConceptUses.Any(use => use.ArticleId == row.Id && use.Revision == row.Revision && use.ConceptId == id)
        );
        return ConceptKindNames.Of(path.Kind).HasParts
            ? await InOrderAsync(named, query, context)
            : await NewestSavedAsync(named, query, context);
    }

    private static async Task<PageResult<ArticleListItem>> NewestSavedAsync(
        IQueryable<WorkingCopy> rows,
        ConceptArticlesQuery query,
        HttpContext context
    ) =>
        new(
            await ArticleOrder.NewestSaved.ReadAsync(
                rows,
                query,
                found => found.Select(ArticleListItem.Of),
                item => Cursor.At(item.SavedAt, item.Id),
                context
            )
        );

    private static async Task<PageResult<ArticleListItem>> InOrderAsync(
        IQueryable<WorkingCopy> rows,
        ConceptArticlesQuery query,
        HttpContext context
    ) =>
        new(
            await ArticleOrder.InSeries.ReadAsync(
                rows,
                query,
                found => found.Select(ArticleListItem.OfPart),
                item => new(item.SeriesPlace!, item.Id),
                context
            )
        );
}
