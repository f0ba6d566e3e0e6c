using HeadlessCms.Core.Storage;
using Microsoft.EntityFrameworkCore;

namespace HeadlessCms.Api.Editorial.Bulk;

/// <summary>
/// What PostgreSQL's planner knows of the tables that an import fills, renewed each time that the import has doubled. By itself PostgreSQL
/// looks once a minute: until then its plans are for empty tables, and read a table that grows from end to end for each batch.
/// </summary>
internal sealed class PlannerStatistics
{
    private const int First = 500;

    private int _saved;
    private int _next = First;

    /// <param name="db">The connection, outside a transaction.</param>
    /// <param name="saved">How many more lines were committed.</param>
    /// <param name="cancellation">Ends it.</param>
    public async Task RenewAsync(NewsroomDbContext db, int saved, CancellationToken cancellation)
    {
        var (next, total) = (Volatile.Read(ref _next), Interlocked.Add(ref _saved, saved));
        if (total < next || Interlocked.CompareExchange(ref _next, total * 2, next) != next)
            return;
        await db.Database.ExecuteSqlAsync(
            $"""
            analyze (skip_locked) concepts, concept_names, concept_slugs, concept_tree, articles, article_slugs, revisions, mentions,
              publications, appearances
            """,
            cancellation
        );
    }
}
