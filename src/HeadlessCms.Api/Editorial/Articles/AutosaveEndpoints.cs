using System.ComponentModel.DataAnnotations;
using System.Security.Claims;
using System.Text.Json;
using HeadlessCms.Api.Http.Access;
using HeadlessCms.Api.Http.Input;
using HeadlessCms.Api.Http.Problems;
using HeadlessCms.Api.Http.Routing;
using HeadlessCms.Core.Access;
using HeadlessCms.Core.Articles;
using HeadlessCms.Core.Storage;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace HeadlessCms.Api.Editorial.Articles;

/// <summary><c>/editorial/v1/articles/{article}/autosave</c>: what a caller has not saved yet.</summary>
internal static class AutosaveEndpoints
{
    public static void MapAutosave(this RouteGroupBuilder articles)
    {
        articles.MapPut("/{article}/autosave", Store).WithName("storeAutosave").For(Role.Author);
        articles.MapRead("/{article}/autosave", Read, "readAutosave").For(Role.Author);
        articles.MapDelete("/{article}/autosave", Delete).WithName("deleteAutosave").For(Role.Author);
    }

    /// <summary>Stores what the caller has not saved yet of an article.</summary>
    /// <remarks>
    /// There is one autosave for each caller and article; a later one replaces it, and a save of the article by the same caller, also in
    /// bulk, deletes it. It has the members of a save, but their values are stored as they are sent, also where a save would refuse them.
    /// It creates no revision and no change, leaves the article's <c>ETag</c> as it is, and nobody else sees it. It is deleted after 30
    /// days, and when the caller has 200 newer ones.
    /// </remarks>
    private static async Task<Results<Ok<AutosaveResponse>, NotFoundProblem, InvalidProblem>> Store(
        string article,
        [AsParameters] AutosaveQuery query,
        Unvalidated<ArticleRequest> content,
        NewsroomDbContext db,
        ClaimsPrincipal caller,
        CancellationToken cancellation
    )
    {
        var ids = db.ArticleIds(article);
        var found = await db.Articles.AsNoTracking().SingleOrDefaultAsync(row => ids.Contains(row.Id), cancellation);
        if (found is null)
            return new NotFoundProblem();
        if (query.BasedOn > found.RevisionNumber)
            return new InvalidProblem(InputError.InQuery("basedOn", "unknown", "The article does not have this revision."));
        var now = await db.ClockAsync(cancellation);
        var autosave = found.Autosave(content.Json, query.BasedOn ?? found.RevisionNumber, caller.CallerId(), now);
        await db.StoreAsync(autosave, cancellation);
        await db.DeleteOldAutosavesAsync(autosave.Caller, cancellation);
        return TypedResults.Ok(AutosaveResponse.Of(autosave, found.RevisionNumber));
    }

    /// <summary>Reads the caller's autosave of an article.</summary>
    private static async Task<Results<Ok<AutosaveResponse>, NotFoundProblem>> Read(
        string article,
        NewsroomDbContext db,
        ClaimsPrincipal caller,
        CancellationToken cancellation
    )
    {
        var (ids, id) = (db.ArticleIds(article), caller.CallerId());
        var found = await db
            .Autosaves.AsNoTracking()
            .Where(row => row.Caller == id && ids.Contains(row.ArticleId))
            .Join(
                db.Articles,
                autosave => autosave.ArticleId,
                row => row.Id,
                (autosave, row) => new { Autosave = autosave, Current = row.RevisionNumber }
            )
            .SingleOrDefaultAsync(cancellation);
        return found is null ? new NotFoundProblem() : TypedResults.Ok(AutosaveResponse.Of(found.Autosave, found.Current));
    }

    /// <summary>Deletes the caller's autosave of an article.</summary>
    private static async Task<Results<NoContent, NotFoundProblem>> Delete(
        string article,
        NewsroomDbContext db,
        ClaimsPrincipal caller,
        CancellationToken cancellation
    )
    {
        var id = await db.ArticleIds(article).SingleOrDefaultAsync(cancellation);
        return await db.DeleteAutosaveAsync(id, caller.CallerId(), cancellation) ? TypedResults.NoContent() : new NotFoundProblem();
    }
}

/// <summary>The parameters of an autosave.</summary>
public sealed class AutosaveQuery
{
    /// <summary>The number of the revision that the caller began with; the current one by default.</summary>
    [Range(1, int.MaxValue)]
    public int? BasedOn { get; init; }
}

/// <summary>What the caller has not saved yet of an article.</summary>
/// <param name="Article">The request to save it, as it was sent.</param>
/// <param name="BasedOnRevision">The number of the revision that the caller began with.</param>
/// <param name="CurrentRevision">The number of the article's revision; a higher one was saved meanwhile.</param>
/// <param name="SavedAt">When it was stored.</param>
public sealed record AutosaveResponse(JsonElement Article, int BasedOnRevision, int CurrentRevision, DateTimeOffset SavedAt)
{
    internal static AutosaveResponse Of(Autosave autosave, int current) =>
        new(JsonElement.Parse(autosave.Content), autosave.Revision, current, autosave.SavedAt);
}
