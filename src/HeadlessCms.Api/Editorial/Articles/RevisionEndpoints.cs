using System.Security.Claims;
using HeadlessCms.Api.Http.Access;
using HeadlessCms.Api.Http.Html;
using HeadlessCms.Api.Http.Limits;
using HeadlessCms.Api.Http.Paging;
using HeadlessCms.Api.Http.Problems;
using HeadlessCms.Api.Http.Routing;
using HeadlessCms.Core.Access;
using HeadlessCms.Core.Storage;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace HeadlessCms.Api.Editorial.Articles;

/// <summary><c>/editorial/v1/articles/{article}/revisions</c>: the history of an article.</summary>
internal static class RevisionEndpoints
{
    private static readonly Keyset<RevisionContent, int> NewestFirst = Keyset.Highest((RevisionContent row) => row.Revision);

    public static void MapRevisions(this RouteGroupBuilder articles)
    {
        articles.MapRead("/{article}/revisions", List, "listRevisions").For(Role.Reader);
        articles.MapRead("/{article}/revisions/{number:int}", Read, "readRevision").For(Role.Reader);
        articles.MapRead("/{article}/revisions/{number:int}/diff", Compare, "compareRevisions").IsCostly().AlsoAsPage().For(Role.Reader);
        articles.MapPost("/{article}/revisions/{number:int}/restore", Restore).WithName("restoreRevision").For(Role.Author);
    }

    /// <summary>Lists the revisions of an article, newest first.</summary>
    private static async Task<Results<PageResult<RevisionItem>, NotFoundProblem>> List(
        string article,
        [AsParameters] RevisionListQuery query,
        NewsroomDbContext db,
        HttpContext context,
        CancellationToken cancellation
    )
    {
        var id = await db.ArticleIds(article).SingleOrDefaultAsync(cancellation);
        if (id == Guid.Empty)
            return new NotFoundProblem();
        return new PageResult<RevisionItem>(
            await NewestFirst.ReadAsync(
                db.RevisionContents.Where(row => row.Id == id),
                query,
                rows => rows.Select(row => new RevisionItem(row.Revision, row.Headline, row.Slug, row.Note, row.SavedAt, row.SavedBy)),
                item => Cursor.At(item.Revision),
                context
            )
        );
    }

    /// <summary>Reads a revision of an article.</summary>
    private static async Task<Results<Ok<RevisionResponse>, NotFoundProblem>> Read(
        string article,
        int number,
        NewsroomDbContext db,
        CancellationToken cancellation
    )
    {
        var ids = db.ArticleIds(article);
        var revision = await db
            .RevisionContents.Where(row => ids.Contains(row.Id) && row.Revision == number)
            .Select(RevisionResponse.Of)
            .SingleOrDefaultAsync(cancellation);
        return revision is null ? new NotFoundProblem() : TypedResults.Ok(revision);
    }

    /// <summary>Compares a revision with another one: members, and texts word by word, or long ones by paragraphs.</summary>
    /// <remarks>
    /// By default it is compared with the one before; <c>against=0</c> is an empty revision. A client that prefers <c>text/html</c> gets a
    /// page.
    /// </remarks>
    private static async Task<Results<PageOrJsonResult<RevisionDiff>, NotFoundProblem>> Compare(
        string article,
        int number,
        [AsParameters] RevisionDiffQuery query,
        NewsroomDbContext db,
        RevisionComparer comparer,
        CancellationToken cancellation
    )
    {
        var against = query.Against ?? number - 1;
        var ids = db.ArticleIds(article);
        var both = await db
            .RevisionContents.Where(row => ids.Contains(row.Id) && (row.Revision == number || row.Revision == against))
            .Select(RevisionResponse.Of)
            .ToListAsync(cancellation);
        var (before, after) = (both.Find(row => row.Revision == against), both.Find(row => row.Revision == number));
        if (after is null || before is null && against != 0)
            return new NotFoundProblem();
        var diff = new RevisionDiff(number, against, comparer.Compare(before, after, cancellation));
        return new PageOrJsonResult<RevisionDiff>(diff, () => RevisionDiffPage.Of(diff, after));
    }

    /// <summary>Restores a revision: saves its content as a new revision.</summary>
    /// <remarks>The former working copy stays in the history. Merged concepts are replaced by those they were merged into.</remarks>
    private static async Task<Results<Ok<ArticleResponse>, NotFoundProblem>> Restore(
        string article,
        int number,
        NewsroomDbContext db,
        SlugClaims slugs,
        OriginalReferences originals,
        ArticleComposer composer,
        ClaimsPrincipal caller,
        HttpContext context,
        CancellationToken cancellation
    )
    {
        var found = await db.ArticleToCommandAsync(article, cancellation);
        if (found is null || await db.LoadRevisionAsync(found, number, cancellation) is not { } revision)
            return new NotFoundProblem();
        if (number != found.RevisionNumber)
            await db.LoadRevisionAsync(found, found.RevisionNumber, cancellation);
        var content = revision.Content;
        content = content.Following(await db.MergesOfAsync(content, cancellation));
        if (content.Slug != found.Slug)
            await slugs.ForArticleAsync(found.Id, content.Slug, content.Slug, cancellation);
        await originals.RefuseMisfitAsync(found.Id, content, cancellation);
        if (found.Save(content, $"Restored revision {number}", caller.SignedName(), await db.ClockAsync(cancellation)))
            await db.SaveChangesAsync(cancellation);
        await db.DeleteAutosaveAsync(found.Id, caller.CallerId(), cancellation);
        return TypedResults.Ok(
            await ArticleEndpoints.ReadAsync(db, found.Id, context, cancellation) with
            {
                Warnings = composer.WarningsOf(content.Body, cancellation),
            }
        );
    }
}

/// <summary>The parameters of a comparison of revisions.</summary>
public sealed class RevisionDiffQuery
{
    /// <summary>The number of the revision to compare with; 0 is an empty one.</summary>
    [System.ComponentModel.DataAnnotations.Range(0, int.MaxValue)]
    public int? Against { get; init; }
}

/// <summary>The parameters of the list of revisions.</summary>
public sealed class RevisionListQuery : PageQuery;

/// <summary>A revision in a list.</summary>
/// <param name="Revision">Its number.</param>
/// <param name="Headline">The headline.</param>
/// <param name="Slug">The slug.</param>
/// <param name="Note">A note for colleagues about what changed.</param>
/// <param name="SavedAt">When it was saved.</param>
/// <param name="SavedBy">Who saved it.</param>
public sealed record RevisionItem(int Revision, string Headline, string Slug, string? Note, DateTimeOffset SavedAt, string SavedBy);
