using HeadlessCms.Core.Storage;
using Microsoft.EntityFrameworkCore;

namespace HeadlessCms.Api.Hosting.Storage;

/// <summary>Reads the newsroom at a standby while the primary is away.</summary>
internal sealed class NewsroomReader(Database database)
{
    /// <summary>Reads at the primary or, if that is away and there are others, at one of them.</summary>
    public async Task<T> ReadAsync<T>(NewsroomDbContext db, Func<NewsroomDbContext, Task<T>> read)
    {
        try
        {
            return await read(db);
        }
        catch (Exception away) when (MayBeSpared(away))
        {
            // Of the same context, because a compiled query belongs to its model.
            await using var standby = database.Readable.CreateConnection();
            db.Database.SetDbConnection(standby);
            try
            {
                return await read(db);
            }
            finally
            {
                db.Database.SetDbConnection(database.Newsroom.CreateConnection(), contextOwnsConnection: true); // contexts are pooled
            }
        }
    }

    /// <summary>Whether a failed write is one that readers need not wait for: the primary is away, and there is another server.</summary>
    public bool MayBeSpared(Exception failed) => database.HasStandby && DatabaseFailures.IsAway(failed);
}
