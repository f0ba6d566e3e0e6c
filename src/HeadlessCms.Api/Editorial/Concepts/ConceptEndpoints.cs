using System.Security.Claims;
using FluentValidation;
using HeadlessCms.Api.Editorial.Articles;
using HeadlessCms.Api.Editorial.Text;
using HeadlessCms.Api.Http.Access;
using HeadlessCms.Api.Http.Input;
using HeadlessCms.Api.Http.Paging;
using HeadlessCms.Api.Http.Problems;
using HeadlessCms.Api.Http.Routing;
using HeadlessCms.Core.Access;
using HeadlessCms.Core.Articles;
using HeadlessCms.Core.Concepts;
using HeadlessCms.Core.Storage;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace HeadlessCms.Api.Editorial.Concepts;

/// <summary><c>/editorial/v1/people</c>, <c>/places</c>, <c>/topics</c>: one set of endpoints for all kinds of concepts.</summary>
internal static class ConceptEndpoints<TConcept, TRequest, TResponse>
    where TConcept : Concept, new()
    where TRequest : ConceptRequest, IConceptRequest<TRequest, TConcept>
    where TResponse : ConceptResponse, IConceptResponse<TResponse, TConcept>
{
    public static void Map(RouteGroupBuilder editorial, ConceptKindNames names)
    {
        var concepts = editorial.MapGroup($"/{names.Plural}").WithTags(names.PluralTitle).WithMetadata(names);
        var path = $"/{{{names.Singular}}}";
        concepts.MapRead("/", List, $"list{names.PluralTitle}").For(Role.Reader).WithSummary($"Lists {names.Plural} by name.");
        concepts
            .MapPost("/", Create)
            .WithName($"create{names.SingularTitle}")
            .For(Role.Author)
            .WithSummary($"Makes a {names.Singular}: its version 1.")
            .WithDescription($"Readers see it from the instant that its first article goes live, or at once where `public` is true.");
        concepts.MapRead(path, Read, $"read{names.SingularTitle}").For(Role.Reader).WithSummary($"Reads a {names.Singular}.");
        concepts
            .MapPut(path, Replace)
            .WithName($"save{names.SingularTitle}")
            .For(Role.Author)
            .NeedsIfMatch()
            .WithSummary($"Saves a {names.Singular} whole: its next version.")
            .WithDescription("What is missing is emptied; the slug stays. A changed slug leaves the old one behind as a redirect.");
        concepts
            .MapPatch(path, Patch)
            .WithName($"patch{names.SingularTitle}")
            .For(Role.Author)
            .NeedsIfMatch()
            .WithSummary($"Changes some members of a {names.Singular}: its next version.")
            .WithDescription("A JSON Merge Patch (RFC 7396): members replace, `null` empties, arrays replace whole.");
        concepts
            .MapPost($"{path}/merge", Merge)
            .WithName($"merge{names.SingularTitle}")
            .For(Role.Editor)
            .WithSummary($"Merges a {names.Singular} into another that is the same.")
            .WithDescription(
                $"Every working copy, and all that is live or to be live, names the other from then on; older revisions keep what they said. Its names become aliases, its slugs and its id lead to the other, and what lay below it lies below the other. There is no way back."
            );
        concepts
            .MapDelete(path, Delete)
            .WithName($"delete{names.SingularTitle}")
            .For(Role.Editor)
            .NeedsIfMatch()
            .WithSummary($"Deletes a {names.Singular} that nothing names.")
            .WithDescription("One in use is not deleted: 409 says by how many articles, and links the list of them.");
        concepts
            .MapRead($"{path}/articles", Articles, $"list{names.SingularTitle}Articles")
            .For(Role.Reader)
            .WithSummary($"Lists the articles that name a {names.Singular}, newest saved first.")
            .WithDescription(
                "Those whose working copy names it in any way: mentions it, is by it, or was written there. `history=true` takes in those of which only an older revision does, and those in the trash."
            );
    }

    private static async Task<PageResult<TResponse>> List(
        [AsParameters] ConceptListQuery query,
        NewsroomDbContext db,
        HttpContext context,
        CancellationToken cancellation
    )
    {
        var after = Cursor.Read(query.Cursor, context.Request);
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

        int? total = query.Count == true ? await rows.CountAsync(cancellation) : null;
        if (after is { } last)
        {
            var (name, id) = last;
            rows = rows.Where(row => EF.Functions.GreaterThan(ValueTuple.Create(row.Name, row.Id), ValueTuple.Create(name, id)));
        }

        var items = await rows.OrderBy(row => row.Name)
            .ThenBy(row => row.Id)
            .Take(query.Size + 1)
            .Include(row => row.Parent)
            .ToListAsync(cancellation);
        var responses = await ConceptUsages.AddAsync<TResponse>([.. items.Select(TResponse.Of)], db, cancellation);
        return Pages.Of(responses, query.Size, item => new Cursor(item.Name, item.Id), context, total);
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
        return TypedResults.Created($"{context.Request.Path}/{concept.Slug}", response);
    }

    private static async Task<Results<Ok<TResponse>, NotFoundProblem>> Read(
        ConceptPath path,
        NewsroomDbContext db,
        HttpContext context,
        CancellationToken cancellation
    )
    {
        var concept = await Find(db.Set<TConcept>().AsNoTracking(), path, db).Include(row => row.Parent).SingleOrDefaultAsync(cancellation);
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
        var concept = await Find(db.Set<TConcept>(), path, db).SingleOrDefaultAsync(cancellation);
        if (concept is null)
            return new NotFoundProblem();
        if (!IfMatch.Allows(context, Tag(concept)))
            return new StaleProblem { CurrentVersion = concept.Version };
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
        var concept = await Find(db.Set<TConcept>(), path, db).Include(row => row.Parent).SingleOrDefaultAsync(cancellation);
        if (concept is null)
            return new NotFoundProblem();
        if (!IfMatch.Allows(context, Tag(concept)))
            return new StaleProblem { CurrentVersion = concept.Version };
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
        var source = await db.ConceptIds(path.Kind, path.Named).SingleOrDefaultAsync(cancellation);
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
        if (!IfMatch.Allows(context, Tag(concept)))
            return new StaleProblem { CurrentVersion = concept.Version };
        if (await ConceptUsages.InUseAsync(concept, context.Request.Path, db, cancellation) is { } inUse)
            return inUse;
        concept.Delete();
        db.Remove(concept);
        await db.SaveChangesAsync(cancellation);
        return TypedResults.NoContent();
    }

    private static async Task<Results<PageResult<ArticleListItem>, NotFoundProblem>> Articles(
        ConceptPath path,
        [AsParameters] ConceptArticlesQuery query,
        NewsroomDbContext db,
        HttpContext context,
        CancellationToken cancellation
    )
    {
        var after = Cursor.Read(query.Cursor, context.Request);
        var id = await db.ConceptIds(path.Kind, path.Named).SingleOrDefaultAsync(cancellation);
        if (id == Guid.Empty)
            return new NotFoundProblem();
        var rows =
            query.History == true
                ? db.WorkingCopies.Where(row => ConceptUsages.Of(id, db).Any(use => use.ArticleId == row.Id))
                : db.WorkingCopies.Where(row =>
                    row.Status != ArticleStatus.Trashed
                    && db.ConceptUses.Any(use => use.ArticleId == row.Id && use.Revision == row.Revision && use.ConceptId == id)
                );
        int? total = query.Count == true ? await rows.CountAsync(cancellation) : null;
        if (after is { } last)
        {
            var (at, lastId) = (last.Instant, last.Id);
            rows = rows.Where(row => EF.Functions.LessThan(ValueTuple.Create(row.SavedAt, row.Id), ValueTuple.Create(at, lastId)));
        }

        var items = await rows.OrderByDescending(row => row.SavedAt)
            .ThenByDescending(row => row.Id)
            .Take(query.Size + 1)
            .Select(ArticleProjections.Item)
            .ToListAsync(cancellation);
        return Pages.Of(items, query.Size, item => new Cursor(Cursor.KeyOf(item.SavedAt), item.Id), context, total);
    }

    private static IQueryable<TConcept> Find(IQueryable<TConcept> concepts, ConceptPath path, NewsroomDbContext db)
    {
        var ids = db.ConceptIds(path.Kind, path.Named);
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
        var concept = await db.Set<TConcept>().AsNoTracking().Include(row => row.Parent).SingleAsync(row => row.Id == id, cancellation);
        context.Response.Headers.ETag = Tag(concept);
        return (await ConceptUsages.AddAsync<TResponse>([TResponse.Of(concept)], db, cancellation))[0];
    }

    private static string Tag(TConcept concept) => $"\"v{concept.Version}\"";
}
