using HeadlessCms.Api.Hosting.Storage;
using HeadlessCms.Core.Storage;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace HeadlessCms.Api.Editorial.Bulk;

/// <summary>
/// Lets the index of published words take in what an import writes in lots of some hundred stories, in a fifth of the time. At other times
/// it takes in each text by itself: PostgreSQL reads a lot from end to end for each search, and leaves the index of a small newsroom
/// because of it.
/// </summary>
internal static class WordLots
{
    private const int MostTries = 25;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    /// <summary>Runs an import. One that is killed leaves the lots to the next one.</summary>
    /// <param name="services">The app's.</param>
    /// <param name="import">The import.</param>
    public static async Task<T> DuringAsync<T>(IServiceProvider services, Func<Task<T>> import)
    {
        await using var scope = services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<NewsroomDbContext>();
        await SwitchAsync(db, lots: true);
        try
        {
            return await import();
        }
        finally
        {
            await SwitchAsync(db, lots: false);
            await db.Database.ExecuteSqlAsync($"select gin_clean_pending_list('ix_publication_texts_words')");
            await services.GetRequiredService<WorkingCopyIndexer>().TakeInAsync(CancellationToken.None);
        }
    }

    // Without the lock the import is slower, or searches are until the next one.
    private static async Task SwitchAsync(NewsroomDbContext db, bool lots)
    {
        for (var tries = 1; tries <= MostTries; tries++)
            try
            {
                await using var transaction = await db.Database.BeginTransactionAsync();
                await db.Database.ExecuteSqlAsync($"select take_words_in_lots({lots})");
                await transaction.CommitAsync();
                return;
            }
            catch (PostgresException busy) when (busy.SqlState == PostgresErrorCodes.LockNotAvailable)
            {
                await Task.Delay(Pause);
            }
    }
}
