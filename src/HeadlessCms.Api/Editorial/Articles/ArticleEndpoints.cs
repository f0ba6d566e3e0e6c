using System.Security.Claims;
using FluentValidation;
using HeadlessCms.Api.Http.Access;
using HeadlessCms.Api.Http.Input;
using HeadlessCms.Api.Http.OpenApi;
using HeadlessCms.Api.Http.Paging;
using HeadlessCms.Api.Http.Problems;
using HeadlessCms.Api.Http.Routing;
using HeadlessCms.Core;
using HeadlessCms.Core.Access;
using HeadlessCms.Core.Articles;
using HeadlessCms.Core.Storage;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace HeadlessCms.Api.Editorial.Articles;

/// <summary><c>/editorial/v1/articles</c>: working copies.</summary>
internal static class ArticleEndpoints
{
    private static readonly Func<NewsroomDbContext, Guid, CancellationToken, Task<ArticleResponse>> WholeById = EF.CompileAsyncQuery(
        (NewsroomDbContext db, Guid id, CancellationToken _) =>
            db.WorkingCopies.Where(row => row.Id == id).Select(ArticleResponse.Of).Single()
    );

    public static void MapArticles(this RouteGroupBuilder editorial)
    {
        var articles = editorial.MapGroup("/articles").WithTags("Articles");
        articles.MapRead("/", List, "listArticles").For(Role.Reader);
        articles.MapPost("/", Create).WithName("createArticle").For(Role.Author);
        articles.MapRead("/{article}", Read, "readArticle").For(Role.Reader);
        articles.MapPut("/{article}", Replace).WithName("saveArticle").For(Role.Author).NeedsIfMatch();
        articles.MapPatch("/{article}", Patch).WithName("patchArticle").For(Role.Author).NeedsIfMatch();
        articles.MapDelete("/{article}", Trash).WithName("trashArticle").For(Role.Editor).NeedsIfMatch();
        articles.MapPost("/{article}/restore", Restore).WithName("restoreArticle").For(Role.Editor);
        articles.MapAutosave();
        articles.MapRevisions();
        articles.MapPublications();
        articles.MapPost("/{article}/purge", Purge).WithName("purgeArticle").WithTags(OpenApiDocuments.Administration).For(Role.Admin);
    }

    /// <summary>Lists working copies, newest saved first.</summary>
    /// <remarks>Filters are combined with AND. Trashed articles are left out unless <c>status=trashed</c> asks for it.</remarks>
    private static async Task<PageResult<ArticleListItem>> List(
        [AsParameters] ArticleListQuery query,
        NewsroomDbContext db,
        HttpContext context
    )
    {
        var order = query.Sort == "savedAt" ? ArticleOrder.OldestSaved : ArticleOrder.NewestSaved;
        return new(
            await order.ReadAsync(
                ArticleFilter.Apply(db, query),
                query,
                rows => rows.Select(ArticleListItem.Of),
                item => Cursor.At(item.SavedAt, item.Id),
                context
            )
        );
    }

    /// <summary>Creates an article.</summary>
    /// <remarks>Only <c>headline</c> is required. The article is a draft until it is published.</remarks>
    private static async Task<Created<ArticleResponse>> Create(
        ArticleRequest request,
        NewsroomDbContext db,
        ArticleComposer composer,
        ClaimsPrincipal caller,
        HttpContext context,
        CancellationToken cancellation
    )
    {
        var response = await AddAsync(request, db, composer, caller, context, cancellation);
        return TypedResults.Created(Address.Ascii($"/editorial/v1/articles/{response.Slug}"), response);
    }

    /// <summary>Reads the working copy of an article.</summary>
    private static async Task<Results<Ok<ArticleResponse>, NotFoundProblem>> Read(
        string article,
        NewsroomDbContext db,
        HttpContext context,
        CancellationToken cancellation
    )
    {
        var ids = db.ArticleIds(article);
        var response = await db
            .WorkingCopies.Where(row => ids.Contains(row.Id))
            .Select(ArticleResponse.Of)
            .SingleOrDefaultAsync(cancellation);
        if (response is null)
            return new NotFoundProblem();
        context.Response.Headers.ETag = Tag(response.Revision);
        return TypedResults.Ok(response);
    }

    /// <summary>Replaces the working copy of an article.</summary>
    /// <remarks>Missing members are emptied; the slug stays. Saves a new revision, unless nothing changed.</remarks>
    private static async Task<Results<Ok<ArticleResponse>, NotFoundProblem, StaleProblem>> Replace(
        string article,
        ArticleRequest request,
        NewsroomDbContext db,
        ArticleComposer composer,
        ClaimsPrincipal caller,
        HttpContext context,
        CancellationToken cancellation
    )
    {
        var found = await db.ArticleToSaveAsync(article, cancellation);
        if (found is null)
            return new NotFoundProblem();
        if (await StaleAsync(found, db, context, cancellation) is { } stale)
            return stale;
        return TypedResults.Ok(await SaveAsync(found, request, db, composer, caller, context, cancellation));
    }

    /// <summary>Changes some members of an article.</summary>
    /// <remarks>A JSON Merge Patch (RFC 7396): members replace, <c>null</c> empties, arrays replace whole.</remarks>
    private static async Task<Results<Ok<ArticleResponse>, NotFoundProblem, StaleProblem, InvalidProblem>> Patch(
        string article,
        MergePatch<ArticleRequest> patch,
        IValidator<ArticleRequest> validator,
        NewsroomDbContext db,
        ArticleComposer composer,
        ClaimsPrincipal caller,
        HttpContext context,
        CancellationToken cancellation
    )
    {
        var found = await db.ArticleToSaveAsync(article, cancellation);
        if (found is null)
            return new NotFoundProblem();
        if (await StaleAsync(found, db, context, cancellation) is { } stale)
            return stale;
        var saved = await db.WorkingCopies.SingleAsync(row => row.Id == found.Id, cancellation);
        var request = patch.ApplyTo(ArticleRequest.Of(saved));
        if (await Validation.ProblemOfAsync(validator, request, context.RequestServices, cancellation) is { } invalid)
            return invalid;
        return TypedResults.Ok(await SaveAsync(found, request, db, composer, caller, context, cancellation));
    }

    /// <summary>Moves an article to the trash.</summary>
    /// <remarks>
    /// Its publications end or are cancelled. <c>POST …/restore</c> restores the article. It keeps its slug, unless <c>releaseSlug=true</c>
    /// frees it for another article: then a revision with another slug is saved.
    /// </remarks>
    private static async Task<Results<NoContent, NotFoundProblem, StaleProblem>> Trash(
        string article,
        [AsParameters] TrashQuery query,
        NewsroomDbContext db,
        SlugClaims slugs,
        ClaimsPrincipal caller,
        HttpContext context,
        CancellationToken cancellation
    )
    {
        var found = await db.ArticleToCommandAsync(article, cancellation);
        if (found is null)
            return new NotFoundProblem();
        if (await StaleAsync(found, db, context, cancellation) is { } stale)
            return stale;
        var now = await db.ClockAsync(cancellation);
        found.Trash(now);
        if (query.ReleaseSlug == true)
        {
            await db.LoadRevisionAsync(found, found.RevisionNumber, cancellation);
            var other = await slugs.ForArticleAsync(found.Id, null, $"{Slug.Stem(found.Slug)}-{found.Id:N}"[..^24], cancellation);
            found.ReleaseSlug(other, caller.SignedName(), now);
        }

        await db.SaveChangesAsync(cancellation);
        return TypedResults.NoContent();
    }

    /// <summary>Restores an article from the trash, or lifts its withdrawal.</summary>
    /// <remarks>It is not live until it is published again.</remarks>
    private static async Task<Results<Ok<ArticleResponse>, NotFoundProblem>> Restore(
        string article,
        NewsroomDbContext db,
        OriginalReferences originals,
        HttpContext context,
        CancellationToken cancellation
    )
    {
        var found = await db.ArticleToCommandAsync(article, cancellation);
        if (found is null)
            return new NotFoundProblem();
        if (found.TrashedAt is not null && await db.LoadRevisionAsync(found, found.RevisionNumber, cancellation) is { } revision)
            await originals.RefuseMisfitAsync(found.Id, revision.Content, cancellation); // its language may be taken meanwhile
        found.Restore(await db.ClockAsync(cancellation));
        await db.SaveChangesAsync(cancellation);
        return TypedResults.Ok(await ReadAsync(db, found.Id, context, cancellation));
    }

    /// <summary>Deletes a trashed article for good, with its revisions and publications.</summary>
    /// <remarks>
    /// This cannot be undone. The audit trail and the change log keep their entries. Where a revision of another article is a translation
    /// of this one, it is refused with 409 <c>inUse</c>: purge that article first.
    /// </remarks>
    private static async Task<Results<NoContent, NotFoundProblem>> Purge(
        string article,
        NewsroomDbContext db,
        CancellationToken cancellation
    )
    {
        var found = await db.ArticleToCommandAsync(article, cancellation);
        if (found is null)
            return new NotFoundProblem();
        await db.LoadRevisionAsync(found, found.RevisionNumber, cancellation);
        if (await db.Set<Revision>().AnyAsync(revision => revision.OriginalId == found.Id, cancellation))
            throw new RuleException("inUse", "Another article is or was a translation of it.");
        found.Purge();
        db.Remove(found);
        await db.SaveChangesAsync(cancellation);
        return TypedResults.NoContent();
    }

    /// <summary>Saves a valid request as a new article.</summary>
    internal static async Task<ArticleResponse> AddAsync(
        ArticleRequest request,
        NewsroomDbContext db,
        ArticleComposer composer,
        ClaimsPrincipal caller,
        HttpContext context,
        CancellationToken cancellation
    )
    {
        var now = await db.ClockAsync(cancellation);
        var id = Guid.CreateVersion7();
        var composed = await composer.ComposeAsync(request, id, null, cancellation);
        db.Articles.Add(new Article(id, composed.Content, request.Note, caller.SignedName(), now));
        await db.SaveChangesAsync(cancellation);
        return await ReadAsync(db, id, context, cancellation) with { Warnings = composed.Warnings };
    }

    internal static async Task<ArticleResponse> ReadAsync(
        NewsroomDbContext db,
        Guid id,
        HttpContext context,
        CancellationToken cancellation
    )
    {
        var response = await WholeById(db, id, cancellation);
        context.Response.Headers.ETag = Tag(response.Revision);
        return response;
    }

    internal static async Task<StaleProblem?> StaleAsync(
        Article article,
        NewsroomDbContext db,
        HttpContext context,
        CancellationToken cancellation
    )
    {
        var current = new CurrentStateReader(
            async (db, cancellation) =>
                await db
                    .WorkingCopies.Where(row => row.Id == article.Id)
                    .Select(row => new CurrentState(Tag(row.Revision), row.Revision, row.SavedBy, row.SavedAt))
                    .SingleOrDefaultAsync(cancellation)
        );
        context.Features.Set(current);
        return IfMatch.Allows(context, Tag(article.RevisionNumber)) ? null : new StaleProblem((await current.ReadAsync(db, cancellation))!);
    }

    internal static string Tag(int revision) => $"\"r{revision}\"";

    private static async Task<ArticleResponse> SaveAsync(
        Article article,
        ArticleRequest request,
        NewsroomDbContext db,
        ArticleComposer composer,
        ClaimsPrincipal caller,
        HttpContext context,
        CancellationToken cancellation
    )
    {
        var saved = article.WorkingCopy.Content;
        var composed = await composer.ComposeAsync(request, article.Id, saved, cancellation);
        if (article.Save(composed.Content, request.Note, caller.SignedName(), await db.ClockAsync(cancellation)))
            await db.SaveChangesAsync(cancellation);
        await db.DeleteAutosaveAsync(article.Id, caller.CallerId(), cancellation);
        // A body that is saved again lacks what it lacked before.
        var isKept = ReferenceEquals(composed.Content.Body, saved.Body);
        return await ReadAsync(db, article.Id, context, cancellation) with
        {
            Warnings = isKept ? composer.WarningsOf(saved.Body, cancellation) : composed.Warnings,
        };
    }
}
