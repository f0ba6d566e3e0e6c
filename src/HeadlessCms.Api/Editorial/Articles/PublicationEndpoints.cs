using System.Security.Claims;
using FluentValidation;
using HeadlessCms.Api.Platform;
using HeadlessCms.Api.Platform.Access;
using HeadlessCms.Api.Platform.Problems;
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
        articles.MapPost("/{article}/unpublish", Unpublish).WithName("unpublishArticle").For(Role.Editor);
    }

    /// <summary>Publishes a revision of an article, now or at an instant.</summary>
    /// <remarks>
    /// The newest word counts: what is live when it begins ends there, and what was to begin within it gives way. A first publication may
    /// begin in the past, for stories that are older than this newsroom.
    /// </remarks>
    private static async Task<Results<Created<PublicationResponse>, NotFoundProblem, InvalidProblem>> Publish(
        string article, PublicationRequest request, NewsroomDbContext db, ClaimsPrincipal caller, CancellationToken cancellation)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        var found = await db.ArticleToCommandAsync(article, cancellation);
        if (found is null) return new NotFoundProblem();
        var revision = await db.LoadRevisionAsync(found, request.Revision ?? found.RevisionNumber, cancellation);
        if (revision is null) return new InvalidProblem(InputError.At("/revision", "unknown", $"There is no revision {request.Revision}."));
        if (!await db.ArticleSlugs.AnyAsync(slug => slug.Slug == revision.Slug && slug.ArticleId == found.Id, cancellation))
            throw new RuleException("slugTaken", $"Another article has taken the slug '{revision.Slug}' since.");

        var now = await db.ClockAsync(cancellation);
        var publication = found.Publish(revision, request.LiveFrom, request.LiveUntil, caller.SignedName(), now);
        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        return TypedResults.Created($"/editorial/v1/articles/{found.Slug}/publications", PublicationResponse.Of(publication, now));
    }

    /// <summary>Lists the publications of an article: history and future, latest first.</summary>
    private static async Task<Results<Ok<PublicationList>, NotFoundProblem>> List(string article, NewsroomDbContext db, CancellationToken cancellation)
    {
        var id = await db.ArticleIds(article).SingleOrDefaultAsync(cancellation);
        if (id == Guid.Empty) return new NotFoundProblem();
        var now = await db.ClockAsync(cancellation);
        var publications = await db.Publications.AsNoTracking().Where(row => row.ArticleId == id)
            .OrderByDescending(row => row.LiveFrom).ThenByDescending(row => row.CreatedAt).ToListAsync(cancellation);
        return TypedResults.Ok(new PublicationList([.. publications.Select(publication => PublicationResponse.Of(publication, now))]));
    }

    /// <summary>Takes an article offline: ends what is live, now or at an instant.</summary>
    /// <remarks>What is scheduled for later stays scheduled.</remarks>
    private static async Task<Results<Ok<ArticleResponse>, NotFoundProblem>> Unpublish(
        string article, UnpublishRequest? request, NewsroomDbContext db, HttpContext context, CancellationToken cancellation)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        var found = await db.ArticleToCommandAsync(article, cancellation);
        if (found is null) return new NotFoundProblem();
        found.Unpublish(request?.At, await db.ClockAsync(cancellation));
        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        return TypedResults.Ok(await ArticleEndpoints.ReadAsync(db, found.Id, context, cancellation));
    }
}

/// <summary>What is to be live, and when.</summary>
public sealed record PublicationRequest
{
    /// <summary>The number of the revision; the working copy where it is missing.</summary>
    public int? Revision { get; init; }

    /// <summary>The first instant at which it is live; now where it is missing.</summary>
    public DateTimeOffset? LiveFrom { get; init; }

    /// <summary>The first instant at which it is not live any more; never where it is missing.</summary>
    public DateTimeOffset? LiveUntil { get; init; }
}

/// <summary>When what is live is to end.</summary>
/// <param name="At">The first instant at which it is not live any more; now where it is missing.</param>
public sealed record UnpublishRequest(DateTimeOffset? At = null);

/// <summary>The rules of a publication.</summary>
internal sealed class PublicationRequestValidator : AbstractValidator<PublicationRequest>
{
    public PublicationRequestValidator()
    {
        RuleFor(publication => publication.Revision).GreaterThanOrEqualTo(1).WithMessage("Revisions are numbered from 1.");
        RuleFor(publication => publication.LiveUntil).Must((publication, until) => until is null || publication.LiveFrom is null || until > publication.LiveFrom)
            .WithErrorCode("outOfRange").WithMessage("liveUntil must be later than liveFrom.");
    }
}

/// <summary>How a publication stands.</summary>
public enum PublicationState
{
    /// <summary>It has not begun.</summary>
    Scheduled,

    /// <summary>Readers see it.</summary>
    Live,

    /// <summary>It is over.</summary>
    Ended,

    /// <summary>It gave way before it began.</summary>
    Cancelled,
}

/// <summary>A revision of an article that is, was or will be live.</summary>
/// <param name="Id">UUID v7.</param>
/// <param name="Revision">The number of the revision.</param>
/// <param name="Slug">The slug under which it is live.</param>
/// <param name="State">How it stands now.</param>
/// <param name="LiveFrom">The first instant at which it is live.</param>
/// <param name="LiveUntil">The first instant at which it is not live any more; null is for ever.</param>
/// <param name="CreatedAt">When it was asked for.</param>
/// <param name="CreatedBy">Who asked for it.</param>
public sealed record PublicationResponse(
    Guid Id, int Revision, string Slug, PublicationState State, DateTimeOffset LiveFrom, DateTimeOffset? LiveUntil, DateTimeOffset CreatedAt, string CreatedBy)
{
    internal static PublicationResponse Of(Publication publication, DateTimeOffset now) => new(
        publication.Id, publication.Revision, publication.Slug,
        publication.IsCancelled ? PublicationState.Cancelled
            : publication.IsLiveAt(now) ? PublicationState.Live
            : publication.LiveFrom > now ? PublicationState.Scheduled
            : PublicationState.Ended,
        publication.LiveFrom, publication.LiveUntil, publication.CreatedAt, publication.CreatedBy);
}

/// <summary>The publications of an article.</summary>
/// <param name="Items">History and future, latest first.</param>
public sealed record PublicationList(IReadOnlyList<PublicationResponse> Items)
{
    /// <summary>Always null: the list is whole.</summary>
    public string? NextCursor => null;
}
