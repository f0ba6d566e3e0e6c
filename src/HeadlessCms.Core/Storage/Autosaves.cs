using HeadlessCms.Core.Articles;
using Microsoft.EntityFrameworkCore;

namespace HeadlessCms.Core.Storage;

/// <summary>Stores and deletes autosaves. They are neither in the audit trail nor in the change log.</summary>
public static class Autosaves
{
    /// <summary>Stores an autosave; it replaces that of the same caller and article.</summary>
    public static Task StoreAsync(this NewsroomDbContext db, Autosave autosave, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(db);
        ArgumentNullException.ThrowIfNull(autosave);
        return db.Database.ExecuteSqlAsync(
            $"""
            insert into autosaves (caller, article_id, revision, content, saved_at)
            values ({autosave.Caller}, {autosave.ArticleId}, {autosave.Revision}, {autosave.Content}::json, {autosave.SavedAt})
            on conflict (caller, article_id) do update
              set revision = excluded.revision, content = excluded.content, saved_at = excluded.saved_at
            """,
            cancellation
        );
    }

    /// <summary>Deletes the autosave of a caller and an article.</summary>
    /// <returns>Whether there was one.</returns>
    public static async Task<bool> DeleteAutosaveAsync(
        this NewsroomDbContext db,
        Guid article,
        string caller,
        CancellationToken cancellation
    )
    {
        ArgumentNullException.ThrowIfNull(db);
        return await db
                .Autosaves.Where(autosave => autosave.Caller == caller && autosave.ArticleId == article)
                .ExecuteDeleteAsync(cancellation) > 0;
    }

    /// <summary>Deletes the autosaves of a caller and some articles.</summary>
    public static Task DeleteAutosavesAsync(
        this NewsroomDbContext db,
        IReadOnlyCollection<Guid> articles,
        string caller,
        CancellationToken cancellation
    )
    {
        ArgumentNullException.ThrowIfNull(db);
        return db
            .Autosaves.Where(autosave => autosave.Caller == caller && articles.Contains(autosave.ArticleId))
            .ExecuteDeleteAsync(cancellation);
    }

    /// <summary>
    /// Deletes autosaves of more than 30 days, and the oldest of a caller beyond <see cref="Autosave.MaxPerCaller"/>. The limit keeps a
    /// request cheap, however many there are; rows that another request holds are skipped, so that two do not wait for each other.
    /// </summary>
    public static Task DeleteOldAutosavesAsync(this NewsroomDbContext db, string caller, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(db);
        return db.Database.ExecuteSqlAsync(
            $"""
            delete from autosaves where (caller, article_id) in (
                select caller, article_id from autosaves
                where saved_at <= cms_now() - interval '30 days'
                order by saved_at
                limit 100 for update skip locked)
              or (caller, article_id) in (
                select caller, article_id from autosaves
                where caller = {caller}
                order by saved_at desc
                offset {Autosave.MaxPerCaller} limit 100 for update skip locked)
            """,
            cancellation
        );
    }
}
