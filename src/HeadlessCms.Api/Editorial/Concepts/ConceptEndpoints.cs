using System.Security.Claims;
using FluentValidation;
using HeadlessCms.Api.Editorial.Articles;
using HeadlessCms.Api.Editorial.Text;
using HeadlessCms.Api.Platform;
using HeadlessCms.Api.Platform.Access;
using HeadlessCms.Api.Platform.Concepts;
using HeadlessCms.Api.Platform.Input;
using HeadlessCms.Api.Platform.Paging;
using HeadlessCms.Api.Platform.Problems;
using HeadlessCms.Core;
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
    public static void Map(RouteGroupBuilder editorial, KindWords words)
    {
        var concepts = editorial.MapGroup($"/{words.Many}").WithTags(words.Title).WithMetadata(words);
        var path = $"/{{{words.One}}}";
        concepts.MapRead("/", List, $"list{words.Title}").For(Role.Reader)
            .WithSummary($"Lists {words.Many} by name.");
        concepts.MapPost("/", Create).WithName($"create{words.OneTitle}").For(Role.Author)
            .WithSummary($"Makes a {words.One}: its version 1.")
            .WithDescription($"Readers see it from the instant that its first article goes live, or at once where `public` is true.");
        concepts.MapRead(path, Read, $"read{words.OneTitle}").For(Role.Reader)
            .WithSummary($"Reads a {words.One}.");
        concepts.MapPut(path, Replace).WithName($"save{words.OneTitle}").For(Role.Author).NeedsIfMatch()
            .WithSummary($"Saves a {words.One} whole: its next version.")
            .WithDescription("What is missing is emptied; the slug stays. A changed slug leaves the old one behind as a redirect.");
        concepts.MapPatch(path, Patch).WithName($"patch{words.OneTitle}").For(Role.Author).NeedsIfMatch()
            .WithSummary($"Changes some members of a {words.One}: its next version.")
            .WithDescription("A JSON Merge Patch (RFC 7396): members replace, `null` empties, arrays replace whole.");
        concepts.MapDelete(path, Delete).WithName($"delete{words.OneTitle}").For(Role.Editor).NeedsIfMatch()
            .WithSummary($"Deletes a {words.One} that nothing names.")
            .WithDescription("One in use is not deleted: 409 says by how many articles.");
        concepts.MapRead($"{path}/articles", Articles, $"list{words.OneTitle}Articles").For(Role.Reader)
            .WithSummary($"Lists the working copies that name a {words.One}, newest saved first.");
    }

    private static async Task<PageResult<TResponse>> List(
        [AsParameters] ConceptListQuery query, NewsroomDbContext db, HttpContext context, CancellationToken cancellation)
    {
        var after = Cursor.Read(query.Cursor, context.Request);
        IQueryable<TConcept> rows = db.Set<TConcept>().AsNoTracking();
        int? total = query.Count == true ? await rows.CountAsync(cancellation) : null;
        if (after is { } last)
        {
            var (name, id) = last;
            rows = rows.Where(row => EF.Functions.GreaterThan(ValueTuple.Create(row.Name, row.Id), ValueTuple.Create(name, id)));
        }

        var items = await rows.OrderBy(row => row.Name).ThenBy(row => row.Id).Take(query.Size + 1).Include(row => row.Parent).ToListAsync(cancellation);
        return Pages.Of([.. items.Select(TResponse.Of)], query, item => new Cursor(item.Name, item.Id), context, total);
    }

    private static async Task<Created<TResponse>> Create(
        TRequest request, NewsroomDbContext db, ConceptReferences references, SlugClaims slugs, ClaimsPrincipal caller, HttpContext context, CancellationToken cancellation)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        var concept = new TConcept();
        await WriteAsync(concept, request, db, references, slugs, caller, cancellation);
        db.Add(concept);
        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        var response = await ReadAsync(concept.Id, db, context, cancellation);
        return TypedResults.Created($"{context.Request.Path}/{concept.Slug}", response);
    }

    private static async Task<Results<Ok<TResponse>, NotFoundProblem>> Read(ConceptPath path, NewsroomDbContext db, HttpContext context, CancellationToken cancellation)
    {
        var concept = await Find(db.Set<TConcept>().AsNoTracking(), path, db).Include(row => row.Parent).SingleOrDefaultAsync(cancellation);
        if (concept is null) return new NotFoundProblem();
        context.Response.Headers.ETag = Tag(concept);
        return TypedResults.Ok(TResponse.Of(concept));
    }

    private static async Task<Results<Ok<TResponse>, NotFoundProblem, StaleProblem>> Replace(
        ConceptPath path, TRequest request, NewsroomDbContext db, ConceptReferences references, SlugClaims slugs, ClaimsPrincipal caller,
        HttpContext context, CancellationToken cancellation)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        var concept = await Find(db.Set<TConcept>(), path, db).SingleOrDefaultAsync(cancellation);
        if (concept is null) return new NotFoundProblem();
        if (!IfMatch.Allows(context, Tag(concept))) return new StaleProblem { CurrentVersion = concept.Version };
        return TypedResults.Ok(await SaveAsync(concept, request, db, references, slugs, caller, context, cancellation));
    }

    private static async Task<Results<Ok<TResponse>, NotFoundProblem, StaleProblem, InvalidProblem>> Patch(
        ConceptPath path, MergePatch<TRequest> patch, IValidator<TRequest> validator, NewsroomDbContext db, ConceptReferences references, SlugClaims slugs,
        ClaimsPrincipal caller, HttpContext context, CancellationToken cancellation)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        var concept = await Find(db.Set<TConcept>(), path, db).Include(row => row.Parent).SingleOrDefaultAsync(cancellation);
        if (concept is null) return new NotFoundProblem();
        if (!IfMatch.Allows(context, Tag(concept))) return new StaleProblem { CurrentVersion = concept.Version };
        var request = patch.ApplyTo(TRequest.Of(concept));
        if (await Validation.ProblemOfAsync(validator, request, cancellation) is { } invalid) return invalid;
        return TypedResults.Ok(await SaveAsync(concept, request, db, references, slugs, caller, context, cancellation));
    }

    private static async Task<Results<NoContent, NotFoundProblem, StaleProblem>> Delete(
        ConceptPath path, NewsroomDbContext db, HttpContext context, CancellationToken cancellation)
    {
        var concept = await Find(db.Set<TConcept>(), path, db).SingleOrDefaultAsync(cancellation);
        if (concept is null) return new NotFoundProblem();
        if (!IfMatch.Allows(context, Tag(concept))) return new StaleProblem { CurrentVersion = concept.Version };
        var id = concept.Id;
        var articles = await db.Mentions.Where(row => row.ConceptId == id).Select(row => row.ArticleId)
            .Union(db.Authorships.Where(row => row.PersonId == id).Select(row => row.ArticleId))
            .Union(db.Set<Revision>().Where(row => row.DatelinePlaceId == id).Select(row => row.ArticleId))
            .CountAsync(cancellation);
        if (articles > 0) throw new RuleException("inUse", $"{articles} {(articles == 1 ? "article names" : "articles name")} it in {(articles == 1 ? "its" : "their")} history.");
        var children = await db.Concepts.CountAsync(row => row.ParentId == id, cancellation);
        if (children > 0) throw new RuleException("inUse", $"{children} of its kind {(children == 1 ? "lies" : "lie")} below it.");
        db.Remove(concept);
        await db.SaveChangesAsync(cancellation);
        return TypedResults.NoContent();
    }

    private static async Task<Results<PageResult<ArticleListItem>, NotFoundProblem>> Articles(
        ConceptPath path, [AsParameters] ConceptArticlesQuery query, NewsroomDbContext db, HttpContext context, CancellationToken cancellation)
    {
        var after = Cursor.Read(query.Cursor, context.Request);
        var id = await db.ConceptIds(path.Kind, path.Named).SingleOrDefaultAsync(cancellation);
        if (id == Guid.Empty) return new NotFoundProblem();
        var rows = db.WorkingCopies.Where(row => row.Status != ArticleStatus.Trashed
            && db.Mentions.Any(mention => mention.ArticleId == row.Id && mention.Revision == row.Revision && mention.ConceptId == id));
        int? total = query.Count == true ? await rows.CountAsync(cancellation) : null;
        if (after is { } last)
        {
            var (at, lastId) = (last.Instant, last.Id);
            rows = rows.Where(row => EF.Functions.LessThan(ValueTuple.Create(row.SavedAt, row.Id), ValueTuple.Create(at, lastId)));
        }

        var items = await rows.OrderByDescending(row => row.SavedAt).ThenByDescending(row => row.Id).Take(query.Size + 1)
            .Select(ArticleProjections.Item).ToListAsync(cancellation);
        return Pages.Of(items, query, item => new Cursor(Cursor.KeyOf(item.SavedAt), item.Id), context, total);
    }

    private static IQueryable<TConcept> Find(IQueryable<TConcept> concepts, ConceptPath path, NewsroomDbContext db)
    {
        var ids = db.ConceptIds(path.Kind, path.Named);
        return concepts.Where(concept => ids.Contains(concept.Id));
    }

    private static async Task<TResponse> SaveAsync(
        TConcept concept, TRequest request, NewsroomDbContext db, ConceptReferences references, SlugClaims slugs, ClaimsPrincipal caller,
        HttpContext context, CancellationToken cancellation)
    {
        await WriteAsync(concept, request, db, references, slugs, caller, cancellation);
        await db.SaveChangesAsync(cancellation);
        await db.Database.CurrentTransaction!.CommitAsync(cancellation);
        return await ReadAsync(concept.Id, db, context, cancellation);
    }

    private static async Task WriteAsync(
        TConcept concept, TRequest request, NewsroomDbContext db, ConceptReferences references, SlugClaims slugs, ClaimsPrincipal caller, CancellationToken cancellation)
    {
        var asked = request.Slug ?? (concept.Version > 0 ? concept.Slug : null);
        var slug = asked is not null && asked == concept.Slug
            ? asked
            : await slugs.ForConceptAsync(concept, asked, SlugMaker.Make(request.Name, concept.Kind.ToString().ToLowerInvariant()), cancellation);
        request.WriteShared(concept);
        request.WriteTo(concept, request.Parent.Named is { } parent ? references.Get(concept.Kind, parent) : null);
        concept.Save(slug, request.Public, caller.SignedName(), await db.ClockAsync(cancellation));
    }

    private static async Task<TResponse> ReadAsync(Guid id, NewsroomDbContext db, HttpContext context, CancellationToken cancellation)
    {
        var concept = await db.Set<TConcept>().AsNoTracking().Include(row => row.Parent).SingleAsync(row => row.Id == id, cancellation);
        context.Response.Headers.ETag = Tag(concept);
        return TResponse.Of(concept);
    }

    private static string Tag(TConcept concept) => $"\"v{concept.Version}\"";
}

/// <summary>What a list of concepts can be asked for.</summary>
public sealed class ConceptListQuery : PageQuery;

/// <summary>What the list of a concept's articles can be asked for.</summary>
public sealed class ConceptArticlesQuery : PageQuery;
