using System.Security.Claims;
using HeadlessCms.Api.Http.Access;
using HeadlessCms.Api.Http.Problems;
using HeadlessCms.Api.Http.Routing;
using HeadlessCms.Core;
using HeadlessCms.Core.Access;
using HeadlessCms.Core.Articles;
using HeadlessCms.Core.Storage;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace HeadlessCms.Api.Editorial.Articles;

/// <summary><c>/editorial/v1/articles/{article}/publications</c>: what readers see of an article, and when.</summary>
internal static class PublicationEndpoints
{
    public static void MapPublications(this RouteGroupBuilder articles)
    {
        articles.MapPost("/{article}/publications", Publish).WithName("publishArticle").For(Role.Editor);
        articles.MapRead("/{article}/publications", List, "listPublications").For(Role.Reader);
        articles.MapDelete("/{article}/publications/{publication}", Cancel).WithName("cancelPublication").For(Role.Editor);
        articles.MapPost("/{article}/unpublish", Unpublish).WithName("unpublishArticle").For(Role.Editor);
        articles.MapPost("/{article}/withdraw", Withdraw).WithName("withdrawArticle").For(Role.Editor);
    }

    /// <summary>Publishes a revision of an article, now or at a given instant.</summary>
    /// <remarks>
    /// The newest command wins: the live publication ends when this one begins, and publications that would begin within it are cancelled.
    /// What gave way is listed in <c>replaced</c>; <c>keepScheduled</c> ends the new one where the next begins instead. What is live or
    /// scheduled so already stays as it is, with 200. A first publication may begin in the past, for stories that are older than this
    /// newsroom. Readers see a correction with the article from then on.
    /// </remarks>
    private static async Task<Results<Created<PublicationResponse>, Ok<PublicationResponse>, NotFoundProblem, InvalidProblem>> Publish(
        string article,
        PublicationRequest request,
        NewsroomDbContext db,
        SlugClaims slugs,
        ClaimsPrincipal caller,
        CancellationToken cancellation
    )
    {
        var found = await db.ArticleToCommandAsync(article, cancellation);
        if (found is null)
            return new NotFoundProblem();
        var number = request.Revision ?? found.RevisionNumber;
        if (number != found.RevisionNumber)
            await db.FollowMergesAsync([(found.Id, number)], cancellation);
        var revision = await db.LoadRevisionAsync(found, number, cancellation);
        if (revision is null)
            return new InvalidProblem(InputError.At("/revision", "unknown", $"There is no revision {number}."));
        if (!await db.ArticleSlugs.AnyAsync(slug => slug.Slug == revision.Slug && slug.ArticleId == found.Id, cancellation))
            throw await slugs.TakenAsync(revision.Slug, cancellation);

        var now = await db.ClockAsync(cancellation);
        var correction = request.Correction is { } note ? new Correction(note.Kind, note.Text) : null;
        var outcome = found.Publish(
            revision,
            request.LiveFrom,
            request.LiveUntil,
            correction,
            caller.SignedName(),
            now,
            request.KeepScheduled
        );
        await db.SaveChangesAsync(cancellation);
        var response = PublicationResponse.Of(outcome.Publication, now) with { Replaced = outcome.Replaced };
        return outcome.IsNew
            ? TypedResults.Created(Address.Ascii($"/editorial/v1/articles/{found.Slug}/publications"), response)
            : TypedResults.Ok(response);
    }

    /// <summary>Lists the past and future publications of an article, latest first.</summary>
    private static async Task<Results<Ok<PublicationList>, NotFoundProblem>> List(
        string article,
        NewsroomDbContext db,
        CancellationToken cancellation
    )
    {
        var id = await db.ArticleIds(article).SingleOrDefaultAsync(cancellation);
        if (id == Guid.Empty)
            return new NotFoundProblem();
        var now = await db.ClockAsync(cancellation);
        var publications = await db
            .Publications.AsNoTracking()
            .Where(row => row.ArticleId == id)
            .OrderByDescending(row => row.LiveFrom)
            .ThenByDescending(row => row.CreatedAt)
            .ToListAsync(cancellation);
        return TypedResults.Ok(new PublicationList([.. publications.Select(publication => PublicationResponse.Of(publication, now))]));
    }

    /// <summary>Cancels a publication that has not begun.</summary>
    /// <remarks>
    /// By its id, or <c>next</c> for the one that begins next. The publication that it would have replaced continues as planned. One that
    /// has begun is ended by <c>POST …/unpublish</c>.
    /// </remarks>
    private static async Task<Results<NoContent, NotFoundProblem>> Cancel(
        string article,
        string publication,
        NewsroomDbContext db,
        CancellationToken cancellation
    )
    {
        var found = await db.ArticleToCommandAsync(article, cancellation);
        if (found is null)
            return new NotFoundProblem();
        var now = await db.ClockAsync(cancellation);
        var named =
            publication == "next" ? found.NextPublication(now)
            : Guid.TryParseExact(publication, "D", out var id) ? found.Publications.FirstOrDefault(row => row.Id == id)
            : null;
        if (named is null)
            return new NotFoundProblem();
        found.Cancel(named, now);
        await db.SaveChangesAsync(cancellation);
        return TypedResults.NoContent();
    }

    /// <summary>Ends the live publication of an article, now or at a given instant.</summary>
    /// <remarks>Later publications stay scheduled.</remarks>
    private static Task<Results<Ok<ArticleResponse>, NotFoundProblem>> Unpublish(
        string article,
        UnpublishRequest? request,
        NewsroomDbContext db,
        HttpContext context,
        CancellationToken cancellation
    ) => CommandAsync(article, (found, now) => found.Unpublish(request?.At, now), db, context, cancellation);

    /// <summary>Takes an article down for cause.</summary>
    /// <remarks>Readers get 410 with the reason, and nothing goes live, until <c>POST …/restore</c> lifts the withdrawal.</remarks>
    private static Task<Results<Ok<ArticleResponse>, NotFoundProblem>> Withdraw(
        string article,
        WithdrawRequest request,
        NewsroomDbContext db,
        ClaimsPrincipal caller,
        HttpContext context,
        CancellationToken cancellation
    ) => CommandAsync(article, (found, now) => found.Withdraw(request.Reason, caller.SignedName(), now), db, context, cancellation);

    /// <summary>Runs a command on a locked article and returns its new state.</summary>
    private static async Task<Results<Ok<ArticleResponse>, NotFoundProblem>> CommandAsync(
        string article,
        Action<Article, DateTimeOffset> command,
        NewsroomDbContext db,
        HttpContext context,
        CancellationToken cancellation
    )
    {
        var found = await db.ArticleToCommandAsync(article, cancellation);
        if (found is null)
            return new NotFoundProblem();
        command(found, await db.ClockAsync(cancellation));
        await db.SaveChangesAsync(cancellation);
        return TypedResults.Ok(await ArticleEndpoints.ReadAsync(db, found.Id, context, cancellation));
    }
}
