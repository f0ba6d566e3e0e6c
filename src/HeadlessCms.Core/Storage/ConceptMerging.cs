using HeadlessCms.Core.Concepts;
using Microsoft.EntityFrameworkCore;

namespace HeadlessCms.Core.Storage;

/// <summary>Merges two concepts that are the same thing.</summary>
/// <param name="db">The newsroom; a transaction must be open.</param>
public sealed class ConceptMerging(NewsroomDbContext db)
{
    /// <summary>
    /// Merges a concept into another of its kind. Working copies and live or scheduled revisions name the target from then on;
    /// older ones do not change. Its slugs redirect to the target, and its children move below it.
    /// </summary>
    /// <returns>The target; null where one of the two does not exist.</returns>
    /// <exception cref="RuleException"><c>sameConcept</c></exception>
    public async Task<TConcept?> MergeAsync<TConcept>(Guid sourceId, Guid targetId, string savedBy, CancellationToken cancellation)
        where TConcept : Concept
    {
        if (sourceId == targetId)
            throw new RuleException("sameConcept", "A concept cannot be merged into itself.");
        Guid[] both = [sourceId, targetId];
        // Serialises with requests that are about to name one of them.
        var locked = await db.Set<TConcept>()
            .FromSql($"select * from concepts where id = any({both}) order by id for update")
            .ToListAsync(cancellation);
        await db.Set<ConceptTie>().Where(tie => both.Contains(tie.ConceptId)).OrderBy(tie => tie.Position).LoadAsync(cancellation);
        var (source, target) = (locked.Find(row => row.Id == sourceId), locked.Find(row => row.Id == targetId));
        if (source is null || target is null || source.MergedIntoId is not null || target.MergedIntoId is not null)
            return null;

        var now = await db.ClockAsync(cancellation);
        await MoveHierarchyAsync(source, target, savedBy, now, cancellation);
        var named = await db
            .ConceptUses.Where(use =>
                use.ConceptId == sourceId
                && (
                    db.Articles.Any(article => article.Id == use.ArticleId && article.RevisionNumber == use.Revision)
                    || db.Publications.Any(publication =>
                        publication.ArticleId == use.ArticleId
                        && publication.Revision == use.Revision
                        && (publication.LiveUntil == null || publication.LiveUntil > publication.LiveFrom && publication.LiveUntil > now)
                    )
                )
            )
            .Select(use => new { use.ArticleId, use.Revision })
            .ToListAsync(cancellation);
        target.Absorb(source, await db.IsVisibleAsync(sourceId, cancellation), savedBy, now);
        await db.SaveChangesAsync(cancellation);

        await db
            .Concepts.Where(former => former.MergedIntoId == sourceId)
            .ExecuteUpdateAsync(row => row.SetProperty(former => former.MergedIntoId, targetId), cancellation);
        await db
            .ConceptSlugs.Where(slug => slug.ConceptId == sourceId)
            .ExecuteUpdateAsync(row => row.SetProperty(slug => slug.ConceptId, targetId), cancellation);
        await db.Set<ConceptTie>()
            .Where(tie => tie.NamedId == sourceId)
            .ExecuteUpdateAsync(row => row.SetProperty(tie => tie.NamedId, targetId), cancellation);
        await NameOnceAsync(targetId, cancellation);
        await db.FollowMergesAsync([.. named.Select(use => (use.ArticleId, use.Revision))], cancellation);
        return target;
    }

    // What named both concepts in the same way names the one that remains twice: the first time stays.
    private Task<int> NameOnceAsync(Guid targetId, CancellationToken cancellation) =>
        db.Set<ConceptTie>()
            .Where(tie =>
                tie.NamedId == targetId
                && db.Set<ConceptTie>()
                    .Any(first =>
                        first.ConceptId == tie.ConceptId
                        && first.Position < tie.Position
                        && first.NamedId == targetId
                        && first.Kind == tie.Kind
                        && first.Role == tie.Role
                        && first.From == tie.From
                        && first.Until == tie.Until
                    )
            )
            .ExecuteDeleteAsync(cancellation);

    private async Task MoveHierarchyAsync(
        Concept source,
        Concept target,
        string savedBy,
        DateTimeOffset now,
        CancellationToken cancellation
    )
    {
        var (sourceId, targetId) = (source.Id, target.Id);
        var below = await db
            .Database.SqlQuery<bool>(
                $"select exists (select from concept_tree where concept_id = {targetId} and ancestor_id = {sourceId}) as \"Value\""
            )
            .SingleAsync(cancellation);
        if (below)
        {
            target.MoveBelow(source.ParentId, savedBy, now);
            await db.SaveChangesAsync(cancellation); // first, or the hierarchy would have a cycle
        }

        foreach (var child in await db.Concepts.Where(row => row.ParentId == sourceId && row.Id != targetId).ToListAsync(cancellation))
            child.MoveBelow(targetId, savedBy, now);
        await db.SaveChangesAsync(cancellation);
    }
}
