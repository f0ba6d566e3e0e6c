using HeadlessCms.Core;
using HeadlessCms.Core.Storage;

namespace HeadlessCms.Api.Outbox.Changes;

/// <summary>
/// Logs the publications that began or ended by the clock: once, on one node, in order, also after downtime. Nothing that
/// readers see waits for it.
/// </summary>
internal sealed class BoundaryRecorder(IServiceScopeFactory scopes)
{
    private const int BatchSize = 100;

    public async Task RecordAsync(CancellationToken cancellation)
    {
        while (await RecordSomeAsync(cancellation) == BatchSize) { }
    }

    private async Task<int> RecordSomeAsync(CancellationToken cancellation)
    {
        using var span = Tracing.Source.StartActivity("record boundaries");
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<NewsroomDbContext>();
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        var (articles, now) = await db.ArticlesWithBoundariesAsync(BatchSize, cancellation);
        foreach (var article in articles)
            article.LogBoundaries(now);
        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        return articles.Count;
    }
}
