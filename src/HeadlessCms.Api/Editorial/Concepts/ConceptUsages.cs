using HeadlessCms.Api.Http.Problems;
using HeadlessCms.Core.Concepts;
using HeadlessCms.Core.Storage;
using Microsoft.EntityFrameworkCore;

namespace HeadlessCms.Api.Editorial.Concepts;

/// <summary>How much a concept is used.</summary>
/// <param name="Articles">The number of articles whose working copy names it.</param>
/// <param name="Live">The number of live articles that name it.</param>
public sealed record UsageResponse(int Articles, int Live);

/// <summary>The usage of concepts.</summary>
internal static class ConceptUsages
{
    /// <summary>Adds the usage of concepts, in one statement.</summary>
    public static async Task<List<TResponse>> AddAsync<TResponse>(
        List<TResponse> concepts,
        NewsroomDbContext db,
        CancellationToken cancellation
    )
        where TResponse : ConceptResponse
    {
        Guid[] ids = [.. concepts.Select(concept => concept.Id)];
        var used = await db
            .ConceptUsages.Where(usage => ids.Contains(usage.ConceptId))
            .ToDictionaryAsync(usage => usage.ConceptId, cancellation);
        return
        [
            .. concepts.Select(concept =>
                used.TryGetValue(concept.Id, out var usage) ? concept with { Usage = new(usage.Articles, usage.Live) } : concept
            ),
        ];
    }

    /// <summary>The revisions that ever named a concept or one that was merged into it.</summary>
    public static IQueryable<ConceptUse> Of(Guid id, NewsroomDbContext db) =>
        db.ConceptUses.Where(use =>
            use.ConceptId == id || db.Concepts.Any(merged => merged.Id == use.ConceptId && merged.MergedIntoId == id)
        );

    /// <summary>The concepts with what they name.</summary>
    public static IQueryable<TConcept> WithNamed<TConcept>(this IQueryable<TConcept> concepts)
        where TConcept : Concept =>
        concepts
            .Include(concept => concept.Parent)
            .Include(concept => concept.Ties.OrderBy(tie => tie.Position))
                .ThenInclude(tie => tie.Named);

    /// <summary>409 where the concept is in use.</summary>
    public static async Task<ConflictProblem?> InUseAsync(
        Concept concept,
        string path,
        NewsroomDbContext db,
        CancellationToken cancellation
    )
    {
        var id = concept.Id;
        var articles = await Of(id, db).Select(use => use.ArticleId).Distinct().CountAsync(cancellation);
        if (articles > 0)
        {
            var detail =
                articles == 1 ? "1 article names it, now or in its history." : $"{articles} articles name it, now or in their history.";
            return new ConflictProblem("inUse", detail) { Count = articles, Href = $"{path}/articles?history=true" };
        }

        var ties = await db.Set<ConceptTie>()
            .Where(tie => tie.NamedId == id)
            .Select(tie => tie.ConceptId)
            .Distinct()
            .CountAsync(cancellation);
        if (ties > 0)
            return new ConflictProblem("inUse", $"{(ties == 1 ? "1 concept names" : $"{ties} concepts name")} it.") { Count = ties };

        var children = await db.Concepts.CountAsync(row => row.ParentId == id, cancellation);
        return children == 0
            ? null
            : new ConflictProblem("inUse", $"{children} of its kind {(children == 1 ? "lies" : "lie")} below it.") { Count = children };
    }
}
