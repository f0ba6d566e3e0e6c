using HeadlessCms.Api.Platform;
using HeadlessCms.Api.Platform.Paging;
using HeadlessCms.Api.Platform.Problems;
using HeadlessCms.Core.Access;
using HeadlessCms.Core.Storage;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace HeadlessCms.Api.Editorial.Articles;

/// <summary><c>/editorial/v1/articles/{article}/revisions</c>: the history of an article.</summary>
internal static class RevisionEndpoints
{
    public static void MapRevisions(this RouteGroupBuilder articles)
    {
        articles.MapRead("/{article}/revisions", List, "listRevisions").For(Role.Reader);
        articles.MapRead("/{article}/revisions/{number:int}", Read, "readRevision").For(Role.Reader);
    }

    /// <summary>Lists the revisions of an article, newest first.</summary>
    private static async Task<Results<PageResult<RevisionItem>, NotFoundProblem>> List(
        string article, [AsParameters] RevisionListQuery query, NewsroomDbContext db, HttpContext context, CancellationToken cancellation)
    {
        var after = Cursor.Read(query.Cursor, context.Request);
        var id = await db.ArticleIds(article).SingleOrDefaultAsync(cancellation);
        if (id == Guid.Empty) return new NotFoundProblem();
        var rows = db.RevisionContents.Where(row => row.Id == id);
        int? total = query.Count == true ? await rows.CountAsync(cancellation) : null;
        if (after is { } last)
        {
            var number = int.Parse(last.Key, System.Globalization.CultureInfo.InvariantCulture);
            rows = rows.Where(row => row.Revision < number);
        }

        var items = await rows.OrderByDescending(row => row.Revision).Take(query.Size + 1)
            .Select(row => new RevisionItem(row.Revision, row.Headline, row.Slug, row.Note, row.SavedAt, row.SavedBy))
            .ToListAsync(cancellation);
        return Pages.Of(items, query, item => new Cursor(item.Revision.ToString(System.Globalization.CultureInfo.InvariantCulture), id), context, total);
    }

    /// <summary>Reads one revision of an article, whole.</summary>
    private static async Task<Results<Ok<RevisionResponse>, NotFoundProblem>> Read(
        string article, int number, NewsroomDbContext db, CancellationToken cancellation)
    {
        var ids = db.ArticleIds(article);
        var revision = await db.RevisionContents.Where(row => ids.Contains(row.Id) && row.Revision == number)
            .Select(ArticleProjections.Revision).SingleOrDefaultAsync(cancellation);
        return revision is null ? new NotFoundProblem() : TypedResults.Ok(revision);
    }
}

/// <summary>What the list of revisions can be asked for.</summary>
public sealed class RevisionListQuery : PageQuery;

/// <summary>A revision in a list.</summary>
/// <param name="Revision">Its number.</param>
/// <param name="Headline">The headline that it has.</param>
/// <param name="Slug">The slug that it has.</param>
/// <param name="Note">What changed, for colleagues.</param>
/// <param name="SavedAt">When it was saved.</param>
/// <param name="SavedBy">Who saved it.</param>
public sealed record RevisionItem(int Revision, string Headline, string Slug, string? Note, DateTimeOffset SavedAt, string SavedBy);
