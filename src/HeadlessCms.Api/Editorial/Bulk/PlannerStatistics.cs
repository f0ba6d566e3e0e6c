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

    /// <summary>Counts what was committed.</summary>
    public void Add(int saved) => Interlocked.Add(ref _saved, saved);

    /// <summary>
    /// Renews them where the import has doubled. Before a transaction, because a failure after a commit would look like one of the lines.
    /// </summary>
    public async Task RenewAsync(NewsroomDbContext db, CancellationToken cancellation)
    {
        var (next, saved) = (Volatile.Read(ref _next), Volatile.Read(ref _saved));
        if (saved < next || Interlocked.CompareExchange(ref _next, saved * 2, next) != next)
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
