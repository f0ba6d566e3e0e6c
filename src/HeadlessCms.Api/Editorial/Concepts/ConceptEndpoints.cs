using System.Security.Claims;
using FluentValidation;
using HeadlessCms.Api.Editorial.Text;
using HeadlessCms.Api.Http.Access;
using HeadlessCms.Api.Http.Input;
using HeadlessCms.Api.Http.Paging;
using HeadlessCms.Api.Http.Problems;
using HeadlessCms.Api.Http.Routing;
using HeadlessCms.Core;
using HeadlessCms.Core.Access;
using HeadlessCms.Core.Concepts;
using HeadlessCms.Core.Storage;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace HeadlessCms.Api.Editorial.Concepts;

/// <summary><c>/editorial/v1/people</c>, <c>/places</c> …: one set of endpoints for all kinds of concepts.</summary>
internal static class ConceptEndpoints<TConcept, TRequest, TResponse>
    where TConcept : Concept, new()
    where TRequest : ConceptRequest, IConceptRequest<TRequest, TConcept>
    where TResponse : ConceptResponse, IConceptResponse<TResponse, TConcept>
{
    private static readonly Keyset<TConcept, string> ByName = Keyset.ByName((TConcept row) => row.Name, row => row.Id);

    public static void Map(RouteGroupBuilder editorial, ConceptKindNames names)
    {
        var concepts = editorial.MapGroup($"/{names.Plural}").WithTags(names.PluralTitle).WithMetadata(names);
        var path = $"/{{{names.Singular}}}";
        concepts.MapRead("/", List, $"list{names.PluralTitle}").For(Role.Reader).WithSummary($"Lists {names.Plural} by name.");
        concepts
            .MapPost("/", Create)
            .WithName($"create{names.SingularTitle}")
            .For(Role.Author)
            .WithSummary($"Creates {names.Indefinite}.")
            .WithDescription(
                $"Readers see it when the first article that names it goes live, or at once where `public` is true, which takes an editor."
            );
        concepts.MapRead(path, Read, $"read{names.SingularTitle}").For(Role.Reader).WithSummary($"Reads {names.Indefinite}.");
        concepts
            .MapPut(path, Replace)
            .WithName($"save{names.SingularTitle}")
            .For(Role.Author)
            .NeedsIfMatch()
            .WithSummary($"Replaces {names.Indefinite}.")
            .WithDescription(
                "Missing members are emptied; the slug stays. A former slug redirects to the new one. "
                    + "A change to what readers see takes an editor."
            );
        concepts
            .MapPatch(path, Patch)
            .WithName($"patch{names.SingularTitle}")
            .For(Role.Author)
            .NeedsIfMatch()
            .WithSummary($"Changes some members of {names.Indefinite}.")
            .WithDescription("A JSON Merge Patch (RFC 7396): members replace, `null` empties, arrays replace whole.");
        concepts
            .MapPost($"{path}/merge", Merge)
            .WithName($"merge{names.SingularTitle}")
            .For(Role.Editor)
            .WithSummary($"Merges {names.Indefinite} into another one that is the same.")
            .WithDescription(
                "Working copies and live or scheduled revisions name the target from then on; older revisions do not change. "
                    + "Its names become aliases, its slugs and its id redirect to the target, and its children move below the "
                    + "target. This cannot be undone."
            );
        concepts
            .MapDelete(path, Delete)
            .WithName($"delete{names.SingularTitle}")
            .For(Role.Editor)
            .NeedsIfMatch()
            .WithSummary($"Deletes {names.Indefinite} that is not in use.")
            .WithDescription("Where it is in use, 409 has the number of articles and a link to their list.");
        concepts
            .MapRead($"{path}/articles", ConceptArticles.List, $"list{names.SingularTitle}Articles")
            .For(Role.Reader)
            .WithSummary(ConceptArticles.SummaryOf(names))
            .WithDescription(ConceptArticles.DescriptionOf(names));
    }

    private static async Task<PageResult<TResponse>> List(
        [AsParameters] ConceptListQuery query,
        NewsroomDbContext db,
        HttpContext context,
        CancellationToken cancellation
    )
    {
        var rows = db.Set<TConcept>().AsNoTracking().Where(row => row.MergedIntoId == null);
        if (query.Q is { } text)
        {
            var pattern = LikePattern.Containing(text);
            rows = rows.Where(row =>
                db.KnownNames.Any(known =>
                    known.ConceptId == row.Id
                    && EF.Functions.ILike(EF.Functions.Collate(known.Name, LikePattern.AllScripts), pattern, LikePattern.Escape)
                )
            );
        }

        var page = await ByName.ReadAsync(rows, query, found => found.WithNamed(), item => new(item.Name, item.Id), context);
        return new(page.With(await ConceptUsages.AddAsync<TResponse>([.. page.Items.Select(TResponse.Of)], db, cancellation)));
    }

    private static async Task<Created<TResponse>> Create(
        TRequest request,
        NewsroomDbContext db,
        ConceptWriter writer,
        ClaimsPrincipal caller,
        HttpContext context,
        CancellationToken cancellation
    )
    {
        var concept = new TConcept();
        await writer.WriteAsync(concept, request, caller.SignedName(), await db.ClockAsync(cancellation), cancellation);
        db.Add(concept);
        await db.SaveChangesAsync(cancellation);
        var response = await ReadAsync(concept.Id, db, context, cancellation);
        return TypedResults.Created(Address.Ascii($"{context.Request.Path}/{concept.Slug}"), response);
    }

    private static async Task<Results<Ok<TResponse>, NotFoundProblem>> Read(
        ConceptPath path,
        NewsroomDbContext db,
        HttpContext context,
        CancellationToken cancellation
    )
    {
        var concept = await Find(db.Set<TConcept>().AsNoTracking(), path, db).WithNamed().SingleOrDefaultAsync(cancellation);
        if (concept is null)
            return new NotFoundProblem();
        context.Response.Headers.ETag = Tag(concept);
        return TypedResults.Ok((await ConceptUsages.AddAsync<TResponse>([TResponse.Of(concept)], db, cancellation))[0]);
    }

    private static async Task<Results<Ok<TResponse>, NotFoundProblem, StaleProblem>> Replace(
        ConceptPath path,
        TRequest request,
        NewsroomDbContext db,
        ConceptWriter writer,
        ClaimsPrincipal caller,
        HttpContext context,
        CancellationToken cancellation
    )
    {
        var concept = await Find(db.Set<TConcept>(), path, db).WithNamed().SingleOrDefaultAsync(cancellation);
        if (concept is null)
            return new NotFoundProblem();
        if (Stale(concept, context) is { } stale)
            return stale;
        return TypedResults.Ok(await SaveAsync(concept, request, db, writer, caller, context, cancellation));
    }

    private static async Task<Results<Ok<TResponse>, NotFoundProblem, StaleProblem, InvalidProblem>> Patch(
        ConceptPath path,
        MergePatch<TRequest> patch,
        IValidator<TRequest> validator,
        NewsroomDbContext db,
        ConceptWriter writer,
        ClaimsPrincipal caller,
        HttpContext context,
        CancellationToken cancellation
    )
    {
        var concept = await Find(db.Set<TConcept>(), path, db).WithNamed().SingleOrDefaultAsync(cancellation);
        if (concept is null)
            return new NotFoundProblem();
        if (Stale(concept, context) is { } stale)
            return stale;
        var request = patch.ApplyTo(TRequest.Of(concept));
        if (await Validation.ProblemOfAsync(validator, request, context.RequestServices, cancellation) is { } invalid)
            return invalid;
        return TypedResults.Ok(await SaveAsync(concept, request, db, writer, caller, context, cancellation));
    }

    private static async Task<Results<Ok<TResponse>, NotFoundProblem, InvalidProblem>> Merge(
        ConceptPath path,
        MergeRequest request,
        NewsroomDbContext db,
        ConceptMerging merging,
        ClaimsPrincipal caller,
        HttpContext context,
        CancellationToken cancellation
    )
    {
        var source = await db.ConceptIds(path.Kind, path.IdOrSlug).SingleOrDefaultAsync(cancellation);
        if (source == Guid.Empty)
            return new NotFoundProblem();
        var into = await db.ConceptIds(path.Kind, request.Into).SingleOrDefaultAsync(cancellation);
        if (into == Guid.Empty)
            return new InvalidProblem(ConceptReferences.Unknown("/into", path.Kind, request.Into));
        var target = await merging.MergeAsync<TConcept>(source, into, caller.SignedName(), cancellation);
        return target is null ? new NotFoundProblem() : TypedResults.Ok(await ReadAsync(target.Id, db, context, cancellation));
    }

    private static async Task<Results<NoContent, NotFoundProblem, StaleProblem, ConflictProblem>> Delete(
        ConceptPath path,
        NewsroomDbContext db,
        HttpContext context,
        CancellationToken cancellation
    )
    {
        var concept = await Find(db.Set<TConcept>(), path, db).SingleOrDefaultAsync(cancellation);
        if (concept is null)
            return new NotFoundProblem();
        if (Stale(concept, context) is { } stale)
            return stale;
        if (await ConceptUsages.InUseAsync(concept, context.Request.Path, db, cancellation) is { } inUse)
            return inUse;
        concept.Delete();
        db.Remove(concept);
        await db.SaveChangesAsync(cancellation);
        return TypedResults.NoContent();
    }

    private static IQueryable<TConcept> Find(IQueryable<TConcept> concepts, ConceptPath path, NewsroomDbContext db)
    {
        var ids = db.ConceptIds(path.Kind, path.IdOrSlug);
        return concepts.Where(concept => ids.Contains(concept.Id));
    }

    private static async Task<TResponse> SaveAsync(
        TConcept concept,
        TRequest request,
        NewsroomDbContext db,
        ConceptWriter writer,
        ClaimsPrincipal caller,
        HttpContext context,
        CancellationToken cancellation
    )
    {
        await writer.WriteAsync(concept, request, caller.SignedName(), await db.ClockAsync(cancellation), cancellation);
        await db.SaveChangesAsync(cancellation);
        return await ReadAsync(concept.Id, db, context, cancellation);
    }

    private static async Task<TResponse> ReadAsync(Guid id, NewsroomDbContext db, HttpContext context, CancellationToken cancellation)
    {
        var concept = await db.Set<TConcept>().AsNoTracking().WithNamed().SingleAsync(row => row.Id == id, cancellation);
        context.Response.Headers.ETag = Tag(concept);
        return (await ConceptUsages.AddAsync<TResponse>([TResponse.Of(concept)], db, cancellation))[0];
    }

    private static StaleProblem? Stale(TConcept concept, HttpContext context)
    {
        context.Features.Set(
            new CurrentStateReader(
                async (db, cancellation) =>
                    await db.Set<TConcept>().AsNoTracking().SingleOrDefaultAsync(row => row.Id == concept.Id, cancellation) is { } current
                        ? StateOf(current)
                        : null
            )
        );
        return IfMatch.Allows(context, Tag(concept)) ? null : new StaleProblem(StateOf(concept));
    }

    private static CurrentState StateOf(TConcept concept) => new(Tag(concept), concept.Version, concept.SavedBy, concept.SavedAt);

    private static string Tag(TConcept concept) => $"\"v{concept.Version}\"";
}
